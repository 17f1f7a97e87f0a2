"""How a programme scores risks: its matrix, the words of its steps, and its levels."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404

from programme.common.words import say
from programme.models import RiskLevel, RiskScheme
from programme.pages import (
    SET_UP,
    DetailPage,
    EditPage,
    InAddress,
    PartAdd,
    PartEdit,
    PartList,
    PartRestore,
    PartWithdraw,
    ProgrammePage,
)
from programme.pages.base import Link
from projects.actions import (
    begin_risk_scheme,
    save_risk_level,
    save_risk_matrix,
    save_risk_scheme,
)
from projects.forms import BeginSchemeForm, MatrixForm, RiskLevelForm, SchemeForm
from projects.selectors.registers import matrix, risk_cells, risk_words
from projects.tables import RiskLevelTable

SCHEME = ("Risk scheme", "projects:risk_scheme:detail")
RISK_LEVELS = ("Risk levels", "projects:risk_scheme:levels:list")


class OfScheme(ProgrammePage):
    """Mixin of the pages about the programme's own scheme: there is one, or none yet."""

    @cached_property
    def scheme(self) -> RiskScheme | None:
        return RiskScheme.objects.of(self.programme).select_related("programme").first()

    def get_object(self) -> RiskScheme:
        if self.scheme is None:
            raise Http404("This programme has set up no risk scheme.")
        return self.scheme


class SchemeDetail(OfScheme, DetailPage):
    """The matrix as it is drawn, or the way to begin one."""

    permission = "programme.edit"
    row = "scheme"
    title = "Risk scheme"
    above = SET_UP
    template_name = "projects/risk_scheme.html"

    def get_object(self) -> RiskScheme | None:
        return self.scheme

    def get_buttons(self) -> list[Link]:
        if self.scheme is None:
            return [(say("Set up the risk scheme"), self.beside("begin"))]
        return [
            ("Edit", self.beside("edit")),
            ("Matrix", self.beside("matrix")),
            (say("Risk levels"), self.url("projects:risk_scheme:levels:list")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cells = risk_cells(self.programme)
        return super().get_context_data(
            scheme=self.scheme,
            matrix=matrix((), cells, risk_words(self.programme)),
            history=self.history_of(self.scheme) if self.scheme else (),
            **kwargs,
        )


class _SchemeForm(OfScheme, EditPage):
    permission = "programme.edit"
    row = "scheme"
    above = (*SET_UP, SCHEME)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"scheme": self.object}


class SchemeBegin(OfScheme, EditPage):
    permission = "programme.edit"
    row = "scheme"
    title = "Set up the risk scheme"
    above = (*SET_UP, SCHEME)
    form_class = BeginSchemeForm
    action = begin_risk_scheme
    success_text = "The risk scheme is set up. Change what is not yours."

    def get_object(self) -> RiskScheme | None:
        return self.scheme

    def get_new_row(self, form: Any) -> RiskScheme:
        return RiskScheme(programme=self.programme)


class SchemeEdit(_SchemeForm):
    form_class = SchemeForm
    action = save_risk_scheme
    title = "Edit the steps of likelihood and impact"


class SchemeMatrix(_SchemeForm):
    form_class = MatrixForm
    template_name = "projects/risk_matrix_form.html"
    action = save_risk_matrix
    title = "Matrix"
    success_text = "The matrix is saved."


class RiskLevelList(PartList):
    title = "Risk levels"
    above = (*SET_UP, SCHEME)
    adds = "Add a risk level"
    model = RiskLevel
    table_class = RiskLevelTable
    things = ("risk level", "risk levels")
    empty_text = (
        "There is no risk level yet. Set up the risk scheme, which begins with levels, or add your "
        "own, the lowest risk first."
    )


class OfRiskLevel(ProgrammePage):
    """Mixin of the pages about one level of risk."""

    above = (*SET_UP, SCHEME)
    risk_level = InAddress(lambda page: RiskLevel.objects.of(page.programme), among=RISK_LEVELS)


class RiskLevelAdd(PartAdd):
    row = "risk_level"
    title = "Add a risk level"
    above = (*SET_UP, SCHEME, RISK_LEVELS)
    form_class = RiskLevelForm
    action = save_risk_level


class RiskLevelEdit(OfRiskLevel, PartEdit):
    row = "risk_level"
    form_class = RiskLevelForm
    action = save_risk_level


class RiskLevelWithdraw(OfRiskLevel, PartWithdraw):
    row = "risk_level"


class RiskLevelRestore(OfRiskLevel, PartRestore):
    row = "risk_level"
