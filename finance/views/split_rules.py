"""Split rules: their list, one rule with the lines it splits, and the form that changes it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from finance.actions import save_split_rule
from finance.display import FIGURE, Fact, share, stated, table, text
from finance.forms import SplitRuleForm
from finance.models import BudgetLine, FundingSource, SplitRule
from finance.views.base import FinancePage
from finance.views.lines import Payers, own_money
from programme.access import ANYTHING, Anything, Owned
from programme.checks import next_slug
from programme.common import formats
from programme.common.blocks import Column, Table
from programme.common.cells import printed
from programme.pages import DetailPage, EditPage
from programme.pages.base import Link

RULES = ("Split rules", "finance:split_rules:list")


class SplitRuleList(FinancePage, TemplateView):
    """All split rules with their shares. A programme has a handful: no filter, no pages."""

    permission = "finance.view"
    template_name = "finance/split_rules.html"
    title = "Split rules"

    def get_buttons(self) -> list[Link]:
        if self.allows("budget.edit", ANYTHING):
            return [("Add a split rule", self.url("finance:split_rules:add"))]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = list(
            SplitRule.objects.of(self.programme).prefetch_related("shares__source", "lines")
        )
        grid = table(
            "Split rules with their shares",
            (Column("Rule"), Column("Shares"), Column("In force"), Column("Lines", FIGURE)),
            tuple(
                (
                    text(rule.name, self.url("finance:split_rules:detail", slug=rule.slug)),
                    text(_shares_in_words(rule)),
                    text(in_force(rule)),
                    text(formats.number(len(rule.lines.all()))),
                )
                for rule in rules
            ),
        )
        return super().get_context_data(rules=grid if rules else None, **kwargs)


class OneRule(FinancePage):
    """A page about one rule, which its address names."""

    @cached_property
    def rule(self) -> SplitRule:
        rules = SplitRule.objects.of(self.programme)
        return get_object_or_404(rules, slug=self.kwargs["slug"])

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), (RULES[0], self.url(RULES[1]))]


class SplitRuleDetail(OneRule, DetailPage):
    permission = "finance.view"
    template_name = "finance/split_rule.html"

    def get_object(self) -> SplitRule:
        return self.rule

    def get_buttons(self) -> list[Link]:
        if self.allows("budget.edit", self.rule):
            return [("Change this rule", self.url("finance:split_rules:edit", slug=self.rule.slug))]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shares = self.rule.shares.select_related("source")
        lines = list(
            BudgetLine.objects.filter(split_rule=self.rule).select_related("year", "category")
        )
        return super().get_context_data(
            facts=[Fact("In force", text(in_force(self.rule)))],
            shares=table(
                "Shares",
                (Column("Source"), Column("Share", FIGURE)),
                tuple((text(each.source.name), share(each.percent)) for each in shares),
            ),
            lines=self._lines(lines) if lines else None,
            history=self.history_of(self.rule),
            **kwargs,
        )

    def _lines(self, lines: list[BudgetLine]) -> Table:
        return table(
            "Lines that this rule splits",
            (Column("Line"), Column("Year"), Column("Category"), Column("Amount", FIGURE)),
            tuple(
                (
                    text(
                        each.description,
                        self.url("finance:lines:detail", year=each.year.slug, ref=each.ref),
                    ),
                    text(each.year.label),
                    text(each.category.name),
                    stated(each.amount),
                )
                for each in lines
            ),
        )


class SplitRuleAdd(FinancePage, EditPage):
    permission = "budget.edit"
    title = "Add a split rule"
    form_class = SplitRuleForm
    button = "Add rule"
    success_text = "The split rule is added."
    above = (*FinancePage.above, RULES)

    @cached_property
    def sources(self) -> list[FundingSource]:
        return list(FundingSource.objects.of(self.programme))

    def get_permission_object(self) -> Owned | Anything | None:
        return ANYTHING

    def owner_of(self, form: SplitRuleForm) -> Owned:
        return Payers(list(form.by_source()))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sources": self.sources, "own": own_money(self)}

    def slug_for(self, form: SplitRuleForm) -> str:
        rules = SplitRule.objects.of(self.programme)
        return next_slug(rules, form.cleaned_data["name"])

    def perform(self, form: SplitRuleForm) -> SplitRule:
        return save_split_rule(
            programme=self.programme,
            slug=self.slug_for(form),
            **form.values,
            expected_version=self.expected_version(form),
            by=self.request.user,
        )

    def get_success_url(self, obj: SplitRule) -> str:
        return self.url("finance:split_rules:detail", slug=obj.slug)


class SplitRuleEdit(OneRule, SplitRuleAdd):
    title = "Change this rule"
    button = "Save"
    success_text = "The split rule is saved."

    def get_object(self) -> SplitRule:
        return self.rule

    def get_permission_object(self) -> SplitRule:
        return self.rule

    def get_breadcrumbs(self) -> list[Link]:
        address = self.url("finance:split_rules:detail", slug=self.rule.slug)
        return [*super().get_breadcrumbs(), (self.rule.name, address)]

    def get_initial(self) -> dict[str, Any]:
        rule = self.rule
        shares = {
            f"{SplitRuleForm.prefix_of_sources}_{each.source.slug}": f"{each.percent.normalize():f}"
            for each in rule.shares.select_related("source")
        }
        kept = {name: getattr(rule, name) for name in ("name", "in_force_from", "in_force_to")}
        return {**super().get_initial(), **kept, **shares}

    def slug_for(self, form: SplitRuleForm) -> str:
        return self.rule.slug


def in_force(rule: SplitRule) -> str:
    """Between which days a rule holds, in words."""
    start = formats.day(rule.in_force_from) if rule.in_force_from else ""
    end = formats.day(rule.in_force_to) if rule.in_force_to else ""
    if not start:
        return f"Until {end}" if end else "Always"
    return f"From {start} to {end}" if end else f"From {start}"


def _shares_in_words(rule: SplitRule) -> str:
    return ", ".join(
        f"{each.source.short_name} {printed(share(each.percent))}" for each in rule.shares.all()
    )
