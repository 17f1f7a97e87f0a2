"""Split rules: their list, one rule with the lines it splits, and the form that changes it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.views.generic import TemplateView

from finance.actions import save_split_rule
from finance.display import FIGURE, Fact, share, stated, table, text
from finance.forms import SplitRuleForm
from finance.models import BudgetLine, FundingSource, SplitRule
from finance.selectors.lines import payers
from finance.views.base import UP, FinancePage
from finance.views.lines import Payers, own_money
from programme.access import ANYTHING, Anything, Owned
from programme.common import formats
from programme.common.blocks import Column, Table
from programme.common.cells import printed
from programme.pages import DetailPage, EditPage, InAddress, PartRestore, PartWithdraw
from programme.pages.base import Link
from programme.pages.set_up import way_out

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
                    text(rule.name, self.url("finance:split_rules:detail", rule=rule.slug)),
                    text(_shares_in_words(rule)),
                    text(in_force(rule)),
                    text(formats.number(len(rule.lines.all()))),
                )
                for rule in rules
            ),
        )
        return super().get_context_data(rules=grid if rules else None, **kwargs)


class OfRule(FinancePage):
    """Mixin of the pages about one split rule."""

    rule = InAddress(
        lambda page: SplitRule.objects.of(page.programme),
        detail="finance:split_rules:detail",
        among=RULES,
    )


class SplitRuleDetail(OfRule, DetailPage):
    permission = "finance.view"
    row = "rule"
    template_name = "finance/split_rule.html"

    def get_buttons(self) -> list[Link]:
        links = []
        if self.allows("budget.edit", self.rule):
            links.append(("Edit", self.beside("edit")))
        if self.allows("programme.edit"):
            links.append(way_out(self, self.rule))
        return links

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
                        self.url("finance:lines:detail", year=each.year.slug, line=each.ref),
                    ),
                    text(each.year.label),
                    text(each.category.name),
                    stated(each.amount),
                )
                for each in lines
            ),
        )


class _SplitRuleForm(EditPage):
    """What adding and editing a split rule share."""

    permission = "budget.edit"
    row = "rule"
    form_class = SplitRuleForm
    action = save_split_rule
    detail = "finance:split_rules:detail"

    @cached_property
    def sources(self) -> list[FundingSource]:
        shares = self.object.shares.all() if self.object else ()
        return payers(self.programme, kept=[each.source_id for each in shares])

    def owner_of(self, form: SplitRuleForm) -> Owned:
        return Payers(list(form.by_source()))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sources": self.sources, "own": own_money(self)}


class SplitRuleAdd(FinancePage, _SplitRuleForm):
    title = "Add a split rule"
    above = (*UP, RULES)

    def get_permission_object(self) -> Anything:
        return ANYTHING

    def get_new_row(self, form: Any) -> SplitRule:
        return SplitRule(programme=self.programme)


class SplitRuleEdit(OfRule, _SplitRuleForm):
    def get_initial(self) -> dict[str, Any]:
        rule = self.rule
        shares = {
            f"{SplitRuleForm.prefix_of_sources}_{each.source.slug}": f"{each.percent.normalize():f}"
            for each in rule.shares.select_related("source")
        }
        kept = {name: getattr(rule, name) for name in ("name", "in_force_from", "in_force_to")}
        return {**super().get_initial(), **kept, **shares}


class SplitRuleWithdraw(OfRule, PartWithdraw):
    row = "rule"


class SplitRuleRestore(OfRule, PartRestore):
    row = "rule"


def in_force(rule: SplitRule) -> str:
    """Between which days a rule holds, in words."""
    if rule.withdrawn_on is not None:
        return f"Withdrawn on {formats.day(rule.withdrawn_on)}"
    start = formats.day(rule.in_force_from) if rule.in_force_from else ""
    end = formats.day(rule.in_force_to) if rule.in_force_to else ""
    if not start:
        return f"Until {end}" if end else "Always"
    return f"From {start} to {end}" if end else f"From {start}"


def _shares_in_words(rule: SplitRule) -> str:
    return ", ".join(
        f"{each.source.short_name} {printed(share(each.percent))}" for each in rule.shares.all()
    )
