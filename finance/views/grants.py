"""Grants and the returns made on them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from finance.actions import save_grant, save_grant_return
from finance.display import Fact, stated, text, word
from finance.filters import GrantFilter
from finance.forms import GrantForm, GrantReturnForm
from finance.models import FinancialYear, Grant, GrantReturn
from finance.tables import GrantTable
from finance.views.base import FinancePage
from finance.views.spend_grids import returns_grid
from programme.common import formats
from programme.pages import DetailPage, EditPage, ListPage
from programme.pages.base import Link
from programme.reference_day import reference_day

GRANTS = ("Grants", "finance:grants:list")


class GrantList(FinancePage, ListPage):
    permission = "finance.view"
    title = "Grants"
    table_class = GrantTable
    filterset_class = GrantFilter
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


class OneGrant(FinancePage):
    """A page about one grant, which its address names."""

    @cached_property
    def grant(self) -> Grant:
        grants = Grant.objects.of(self.programme).select_related(
            "year", "source", "awarded_by", "held_by"
        )
        return get_object_or_404(grants, slug=self.kwargs["slug"])

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), (GRANTS[0], self.url(GRANTS[1]))]

    def grant_url(self, name: str, **kwargs: str) -> str:
        return self.url(f"finance:grants:{name}", slug=self.grant.slug, **kwargs)


class GrantDetail(OneGrant, DetailPage):
    permission = "finance.view"
    template_name = "finance/grant.html"

    def get_object(self) -> Grant:
        return self.grant

    def get_buttons(self) -> list[Link]:
        if not self.allows("grants.edit"):
            return []
        return [
            ("Change this grant", self.grant_url("edit")),
            ("Add a return", self.grant_url("returns:add")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        returns = list(self.grant.returns.all())
        may_change = self.allows("grants.edit")

        def change(each: GrantReturn) -> str:
            return self.grant_url("returns:edit", pk=str(each.pk)) if may_change else ""

        grid = returns_grid(returns, reference_day(self.programme).day, change) if returns else None
        return super().get_context_data(
            facts=list(self._facts()),
            projects=[
                text(each.label, self.url("finance:project", ref=each.ref))
                for each in self.grant.projects.all()
            ],
            returns=grid,
            history=self.history_of(self.grant, returns),
            **kwargs,
        )

    def _facts(self) -> Any:
        grant = self.grant
        yield Fact("Award", stated(grant.amount))
        yield Fact("Year", text(grant.year.label, self.url("finance:year", year=grant.year.slug)))
        source, funded = grant.source, ""
        if source:
            lines = self.url("finance:lines:list", year=grant.year.slug)
            funded = f"{lines}?source={source.slug}"
        name = source.name if source else ""
        yield Fact("Part of the budget as", word(name, funded, otherwise="Held outside it"))
        yield Fact("Awarded by", text(grant.awarded_by.name))
        held_by = grant.held_by.name if grant.held_by else ""
        yield Fact("Held by", word(held_by, otherwise="Not stated"))
        awarded = formats.day(grant.awarded_on) if grant.awarded_on else ""
        yield Fact("Awarded on", word(awarded, otherwise="Not stated"))
        yield Fact("What it is for", word(grant.purpose, otherwise="Not stated"))
        yield Fact("Marking", text(grant.get_sensitivity_display()))


class GrantAdd(FinancePage, EditPage):
    permission = "grants.edit"
    title = "Add a grant"
    form_class = GrantForm
    action = save_grant
    row = "grant"
    button = "Add grant"
    success_text = "The grant {obj} is added."
    above = (*FinancePage.above, GRANTS)

    def get_initial(self) -> dict[str, Any]:
        years = FinancialYear.objects.of(self.programme)
        return {
            **super().get_initial(),
            "year": self.named(years, "year"),
            "sensitivity": self.programme.default_marking,
        }

    def get_new_row(self, form: Any) -> Grant:
        return Grant(programme=self.programme)

    def get_success_url(self, obj: Grant) -> str:
        return self.url("finance:grants:detail", slug=obj.slug)


class _GrantForm(OneGrant, EditPage):
    permission = "grants.edit"

    def get_permission_object(self) -> None:
        return None

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), (self.grant.name, self.grant_url("detail"))]

    def get_success_url(self, obj: Any) -> str:
        return self.grant_url("detail")


class GrantEdit(_GrantForm):
    title = "Change this grant"
    form_class = GrantForm
    action = save_grant
    row = "grant"
    success_text = "The grant {obj} is saved."

    def get_object(self) -> Grant:
        return self.grant

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "amount": self.grant.amount}


class ReturnAdd(_GrantForm):
    title = "Add a return"
    form_class = GrantReturnForm
    action = save_grant_return
    row = "grant_return"
    button = "Add return"
    success_text = "The return is added."

    def get_new_row(self, form: Any) -> GrantReturn:
        return GrantReturn(grant=self.grant)


class ReturnEdit(ReturnAdd):
    title = "Change a return"
    button = "Save"
    success_text = "The return is saved."

    def get_object(self) -> GrantReturn:
        return get_object_or_404(GrantReturn.objects.filter(grant=self.grant), pk=self.kwargs["pk"])
