"""The register of risks and issues."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from programme.access import Anything, Owned
from programme.common.states import possible
from programme.common.words import say
from programme.pages import (
    ANYTHING,
    ConfirmPage,
    DetailPage,
    InAddress,
    ListPage,
    ProgrammePage,
    ReasonForm,
)
from programme.pages.base import Link
from projects.actions import assess_risk, close_risk, reopen_risk, save_risk
from projects.filters import RiskFilterSet
from projects.forms import AssessmentForm, CloseRiskForm, RiskForm
from projects.models import Project, Risk
from projects.selectors.registers import (
    inherent_score,
    matrix,
    present_score,
    risk_cells,
    risk_movement,
    risk_words,
    scored,
    scored_risks,
    target_score,
)
from projects.states import RISK, risk_state
from projects.steps import UpdateStep
from projects.tables import RiskTable
from projects.views.base import (
    HOME,
    PROJECTS,
    RegisterPage,
    StatedInPeriod,
    offer_own_projects,
    stays,
)

RISKS = ("Risks and issues", "projects:risks:list")


class RiskList(RegisterPage, ListPage):
    """The matrix of the open risks that the filters let through, and all of these in a table."""

    template_name = "projects/risk_list.html"
    permission = "projects.view"
    title = "Risks and issues"
    above = (HOME, PROJECTS)
    table_class = RiskTable
    filterset_class = RiskFilterSet
    things = ("risk or issue", "risks and issues")
    empty_text = (
        "No risk or issue is on the register yet. A project’s lead or the programme office adds "
        "what may go wrong, or has."
    )

    @cached_property
    def cells(self) -> Any:
        return risk_cells(self.programme)

    def get_queryset(self) -> QuerySet[Risk]:
        return scored_risks(self.programme).order_by("closed_on", "-level_rank", "ref")

    def table_options(self) -> dict[str, Any]:
        return {"levels": self.cells}

    def get_buttons(self) -> list[Link]:
        if self.allows("risks.edit", ANYTHING):
            return [(say("Add a risk or an issue"), self.url("projects:risks:add"))]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.filterset.qs.open().order_by("ref")
        kept = self.request.GET.copy()
        for name in ("state", "score", "page", "format"):
            kept.pop(name, None)
        return super().get_context_data(
            matrix=matrix(shown, self.cells, risk_words(self.programme)),
            kept=f"{kept.urlencode()}&" if kept else "",
            **kwargs,
        )


class OfRisk(ProgrammePage):
    """Mixin of the pages about one risk or issue."""

    above = (HOME, PROJECTS)
    risk = InAddress(
        lambda page: scored_risks(page.programme).select_related(
            "project__lead_organisation", "owner_organisation", "owner_user", "programme"
        ),
        detail="projects:risks:detail",
        among=RISKS,
    )


class RiskDetail(OfRisk, DetailPage):
    permission = "projects.view"
    row = "risk"
    template_name = "projects/risk_detail.html"

    def get_title(self) -> str:
        return self.risk.title

    def get_buttons(self) -> list[Link]:
        if not self.allows("risks.edit", self.risk):
            return []
        can = possible(RISK, risk_state(self.risk.closed_on))
        offered = [("assessed", "Assess", "assess"), ("changed", "Edit", "edit")]
        offered += [("closed", "Close", "close"), ("reopened", "Reopen", "reopen")]
        return [(words, self.beside(name)) for done, words, name in offered if done in can]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cells = risk_cells(self.programme)
        return super().get_context_data(
            state=risk_state(self.risk.closed_on),
            present_score=present_score(self.risk, cells),
            inherent=inherent_score(self.risk, cells),
            target=target_score(self.risk, cells),
            movement=risk_movement(self.risk, cells),
            assessments=[
                (each, scored(each.likelihood, each.impact, cells))
                for each in self.risk.assessments.all()
            ],
            history=self.history_of(self.risk),
            **kwargs,
        )


class _RiskForm(StatedInPeriod):
    """What adding and editing a risk share."""

    permission = "risks.edit"
    row = "risk"
    form_class = RiskForm
    action = save_risk
    detail = "projects:risks:detail"
    step = UpdateStep.RISKS

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not self.allows(self.permission):
            offer_own_projects(self, form)
        return form

    def owner_of(self, form: Any) -> Owned:
        if stays(self, form, "project"):
            return self.risk
        return Risk(programme=self.programme, project=form.cleaned_data["project"])


class RiskAdd(_RiskForm):
    title = "Add a risk or an issue"
    stated = "raised_on"
    above = (HOME, PROJECTS, RISKS)
    success_text = "{obj} is on the register."

    def get_permission_object(self) -> Anything:
        return ANYTHING

    def project_of_update(self) -> Project | None:
        found: Project | None = self.named(Project.objects.all(), "project")
        return found

    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "project": self.named(Project.objects.all(), "project"),
            "sensitivity": self.programme.default_marking,
        }


class RiskEdit(OfRisk, _RiskForm):
    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "likelihood": self.risk.likelihood,
            "impact": self.risk.impact,
        }


class RiskAssess(OfRisk, StatedInPeriod):
    stated = "assessed_on"
    step = UpdateStep.RISKS
    permission = "risks.edit"
    row = "risk"
    form_class = AssessmentForm
    action = assess_risk
    success_text = "{obj} is assessed."

    def get_title(self) -> str:
        return f"Assess {self.risk}"

    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "likelihood": self.risk.likelihood,
            "impact": self.risk.impact,
        }

    def project_of_update(self) -> Project | None:
        return self.risk.project

    def stated_last(self) -> date | None:
        return self.risk.raised_on


class RiskClose(OfRisk, ConfirmPage):
    permission = "risks.edit"
    row = "risk"
    form_class = CloseRiskForm
    action = close_risk
    button = "Close it"
    success_text = "It is closed, and stays on the register with how it ended."
    warning = "It leaves the open register. Who may close it can reopen it, with a reason."

    def get_title(self) -> str:
        return f"Close {self.risk}?"


class RiskReopen(OfRisk, ConfirmPage):
    permission = "risks.edit"
    row = "risk"
    form_class = ReasonForm
    action = reopen_risk
    button = "Reopen it"
    success_text = "It is open again. That it had been closed stays on record."
    warning = (
        "It is on the open register again as of today, with the score that it had. Papers of days "
        "before today stay as they were."
    )

    def get_title(self) -> str:
        return f"Reopen {self.risk}?"
