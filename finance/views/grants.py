"""Grants and the returns made on them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from finance.actions import save_grant, save_grant_return
from finance.display import Fact, stated, text, word
from finance.filters import GrantFilterSet
from finance.forms import GrantForm, GrantReturnForm
from finance.models import FinancialYear, Grant, GrantReturn
from finance.tables import GrantTable
from finance.views.base import UP, FinancePage
from finance.views.spend_grids import returns_grid
from programme.common import formats
from programme.pages import DetailPage, EditPage, InAddress, ListPage
from programme.pages.base import Link
from programme.reference_day import reference_day

GRANTS = ("Grants", "finance:grants:list")


class GrantList(FinancePage, ListPage):
    permission = "finance.view"
    title = "Grants"
    table_class = GrantTable
    filterset_class = GrantFilterSet
    things = ("grant", "grants")
    empty_text = (
        "There is no grant yet. The programme office adds one with its award, what it is for and "
        "the returns that are asked for."
    )

    def get_buttons(self) -> list[Link]:
        if self.allows("grants.edit"):
            return [("Add a grant", self.url("finance:grants:add"))]
        return []

    def get_queryset(self) -> QuerySet:
        return Grant.objects.of(self.programme).select_related(
            "year", "source", "awarded_by", "held_by"
        )


class OfGrant(FinancePage):
    """Mixin of the pages about one grant or what belongs to it."""

    grant = InAddress(
        lambda page: Grant.objects.of(page.programme).select_related(
            "year", "source", "awarded_by", "held_by"
        ),
        detail="finance:grants:detail",
        among=GRANTS,
    )


class GrantDetail(OfGrant, DetailPage):
    permission = "finance.view"
    row = "grant"
    template_name = "finance/grant.html"

    def get_buttons(self) -> list[Link]:
        if not self.allows("grants.edit"):
            return []
        return [("Edit", self.beside("edit")), ("Add a return", self.beside("returns:add"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        returns = list(self.grant.returns.all())
        may_change = self.allows("grants.edit")

        def edit(each: GrantReturn) -> str:
            return self.beside("returns:edit", grant_return=each.pk) if may_change else ""

        grid = returns_grid(returns, reference_day(self.programme).day, edit) if returns else None
        return super().get_context_data(
            facts=list(self._facts()),
            projects=[
                text(each.label, self.url("finance:project", project=each.ref))
                for each in self.grant.projects.all()
            ],
            returns=grid,
            history=self.history_of(self.grant, returns),
            **kwargs,
        )

    def _facts(self) -> Any:
        grant = self.grant
        yield Fact("Award", stated(grant.amount))
        yield Fact(
            "Year", text(grant.year.label, self.url("finance:years:detail", year=grant.year.slug))
        )
        source, funded = grant.source, ""
        if source:
            only = {"source": source.slug}
            funded = self.url("finance:lines:list", year=grant.year.slug, query=only)
        name = source.name if source else ""
        yield Fact("Part of the budget as", word(name, funded, otherwise="Held outside it"))
        yield Fact("Awarded by", text(grant.awarded_by.name))
        held_by = grant.held_by.name if grant.held_by else ""
        yield Fact("Held by", word(held_by, otherwise="Not stated"))
        awarded = formats.day(grant.awarded_on) if grant.awarded_on else ""
        yield Fact("Awarded on", word(awarded, otherwise="Not stated"))
        yield Fact("What it is for", word(grant.purpose, otherwise="Not stated"))
        yield Fact("Marking", text(grant.get_sensitivity_display()))


class _GrantForm(EditPage):
    """What adding and editing a grant share."""

    permission = "grants.edit"
    row = "grant"
    form_class = GrantForm
    action = save_grant
    detail = "finance:grants:detail"


class GrantAdd(FinancePage, _GrantForm):
    title = "Add a grant"
    above = (*UP, GRANTS)

    def get_initial(self) -> dict[str, Any]:
        years = FinancialYear.objects.of(self.programme)
        return {
            **super().get_initial(),
            "year": self.named(years, "year"),
            "sensitivity": self.programme.default_marking,
        }


class GrantEdit(OfGrant, _GrantForm):
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "amount": self.grant.amount}


class _ReturnForm(EditPage):
    """What adding and editing a return on a grant share."""

    permission = "grants.edit"
    row = "grant_return"
    form_class = GrantReturnForm
    action = save_grant_return


class ReturnAdd(OfGrant, _ReturnForm):
    title = "Add a return"

    def get_new_row(self, form: Any) -> GrantReturn:
        return GrantReturn(grant=self.grant)


class ReturnEdit(OfGrant, _ReturnForm):
    grant_return = InAddress(lambda page: page.grant.returns.all(), words=lambda row: row.name)
