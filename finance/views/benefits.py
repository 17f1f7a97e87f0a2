"""The benefits register and one benefit with its profile by year."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from finance.benefit_chart import class_chart
from finance.benefits import BenefitClass, ClassTotals
from finance.display import Fact, text, word
from finance.filters import PROGRAMME, PROJECTS, BenefitFilterSet
from finance.forms.benefits import WHOLE_LIFE
from finance.models import Benefit, BenefitProfile
from finance.selectors import benefit_position
from finance.selectors.benefits import life_of, listed_benefits, profile_rows
from finance.tables import BenefitTable
from finance.views.addresses import filtered
from finance.views.base import FinancePage
from finance.views.benefit_grids import (
    benefits_grid,
    class_grid,
    profile_chart,
    profile_grid,
    year_words,
)
from programme.access import ANYTHING
from programme.common import formats
from programme.common.blocks import Blank, Cell
from programme.common.words import say
from programme.pages import DetailPage, InAddress, ListPage
from programme.pages.base import Link

REGISTER = ("Benefits register", "finance:benefits:list")


class BenefitList(FinancePage, ListPage):
    """The register, below the totals of each class: drawn and as a table."""

    permission = "finance.view"
    template_name = "finance/benefits.html"
    title = "Benefits register"
    table_class = BenefitTable
    filterset_class = BenefitFilterSet
    things = ("benefit", "benefits")
    empty_text = (
        "There is no benefit yet. Add one with its class, its measure and its owner; then say by "
        "year what is aimed at and what is expected."
    )

    def get_buttons(self) -> list[Link]:
        if self.allows("benefits.edit", ANYTHING):
            return [(say("Add a benefit"), self.url("finance:benefits:add"))]
        return []

    def get_queryset(self) -> QuerySet:
        return listed_benefits(Benefit.objects.of(self.programme))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self._totals())
        shown = class_grid(say("Benefits by class"), rows)
        named = [(label, totals) for label, totals, _ in rows]
        return super().get_context_data(
            chart=class_chart(named, shown),
            totals=shown if rows else None,
            **kwargs,
        )

    def _totals(self) -> Any:
        """Each class with its totals and the address of its benefits: those of the programme as a
        whole, then those of its projects, which are never added to them."""
        position = benefit_position(self.programme)
        register = self.url("finance:benefits:list")
        groups: list[tuple[str, tuple[ClassTotals, ...], dict[str, str]]] = [
            ("Programme", position.programme, {"project": PROGRAMME}),
            (say("Projects"), position.projects, {"project": PROJECTS}),
        ]
        for whose, totals, only in groups:
            for each in totals:
                kind: BenefitClass = each.benefit_class
                address = filtered(register, {"benefit_class": kind.value, **only})
                yield f"{whose}: {kind.label.lower()}", each, address


class OfBenefit(FinancePage):
    """Mixin of the pages about one benefit or what belongs to it."""

    benefit = InAddress(
        lambda page: listed_benefits(Benefit.objects.of(page.programme)),
        detail="finance:benefits:detail",
        among=REGISTER,
    )


class BenefitDetail(OfBenefit, DetailPage):
    permission = "finance.view"
    row = "benefit"
    template_name = "finance/benefit.html"

    def get_buttons(self) -> list[Link]:
        if not self.allows("benefits.edit", self.benefit):
            return []
        if self.benefit.withdrawn_on:
            return [("Reopen", self.beside("reopen"))]
        return [
            ("Edit", self.beside("edit")),
            ("Add a year’s figures", self.beside("profile:add")),
            ("Withdraw", self.beside("withdraw")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = profile_rows(self.benefit)
        several = len(rows) > 1
        shown = profile_grid(rows, self._links)
        return super().get_context_data(
            facts=list(self._facts()),
            chart=profile_chart(self.benefit, rows, shown),
            profile=shown if rows else None,
            life=benefits_grid("Over all years", [self.benefit], self.url) if several else None,
            history=self.history_of(self.benefit, rows),
            **kwargs,
        )

    def _links(self, row: BenefitProfile) -> list[Cell]:
        """The ways to edit a year's figures and to validate what was realised in it."""
        year = row.year.slug if row.year else WHOLE_LIFE
        about = f"the figures of {year_words(row)}"
        edit = validate = Blank()
        if not self.benefit.withdrawn_on:
            if self.allows("benefits.edit", self.benefit):
                edit = text("Edit", self.beside("profile:edit", year=year), hidden=about)
            waiting = row.realised.known and row.validated_on is None
            if waiting and self.allows("benefits.validate", self.benefit):
                if row.is_by(self.request.user):
                    validate = text("By somebody else", quiet="The value is yours")
                else:
                    address = self.beside("profile:validate", year=year)
                    validate = text("Validate", address, hidden=about)
        return [edit, validate]

    def _facts(self) -> Any:
        benefit = self.benefit
        if benefit.withdrawn_on:
            yield Fact("Withdrawn", text(formats.day(benefit.withdrawn_on)))
        yield Fact("Class", text(benefit.get_benefit_class_display()))
        yield Fact("Recurrence", text(benefit.get_recurrence_display()))
        project = benefit.project
        address = self.url("finance:project", project=project.ref) if project else ""
        label = project.label if project else ""
        yield Fact(say("Project"), word(label, address, otherwise="The programme as a whole"))
        for name in ("measure", "baseline", "timescale", "evidence"):
            yield Fact(name.capitalize(), word(getattr(benefit, name), otherwise="Not stated"))
        owner = ", ".join(
            part for part in (benefit.owner_post, str(benefit.owner_organisation or "")) if part
        )
        yield Fact("Owner", word(owner, otherwise="Not stated"))
        yield Fact("Marking", text(benefit.get_sensitivity_display()))
        life = life_of(benefit)
        if life is not None and life.realised.unvalidated.counted:
            waiting = formats.money_total(life.realised.unvalidated)
            yield Fact("Waits for validation", text(waiting))
