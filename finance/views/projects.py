"""The money and the benefits of one project."""

from __future__ import annotations

from typing import Any

from finance.actions import save_cost_estimate
from finance.benefit_chart import class_chart
from finance.benefits import ClassTotals
from finance.display import FIGURE, figures, money, stated, table, text, total
from finance.facts import NO_SOURCE, UNFUNDED
from finance.forms import CostEstimateForm
from finance.models import CostEstimate
from finance.selectors.benefits import term_words
from finance.selectors.lines import Sources, funding_of, paid_by, sources_of
from finance.selectors.projects import ProjectMoney, project_money
from finance.views.addresses import YearUrls
from finance.views.benefit_grids import benefits_grid, class_grid
from finance.views.spend_grids import grants_grid
from programme.common.blocks import Blank, Cell, Column, Money, Table
from programme.common.words import say
from programme.models import ReportingPeriod
from programme.pages import EditPage, InAddress
from programme.pages.base import Link
from projects.views.base import OfProject
from projects.views.projects import ProjectPage

MONEY = ("Money and benefits", "finance:project")


class FinanceProject(ProjectPage):
    """One of the project's own pages, beside those of the floor below."""

    permission = "finance.view"
    template_name = "finance/project.html"
    in_menu = "projects:list"
    here = "finance:project"

    def get_buttons(self) -> list[Link]:
        found = []
        if self.allows("benefits.edit", self.project):
            about = {"project": self.project.ref}
            found.append((say("Add a benefit"), self.url("finance:benefits:add", query=about)))
        if self.allows("updates.edit", self.project):
            found.append(("Add a cost estimate", self.beside("costs:add")))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = project_money(self.project)
        named = [(each.benefit_class.label, each) for each in facts.totals]
        by_class = [(label, each, self._register(each)) for label, each in named]
        totals = class_grid(say("Benefits by class"), by_class)
        return super().get_context_data(
            estimates=self._estimates(facts) if facts.estimates else None,
            lines=self._lines(facts, sources_of(self.programme)) if facts.lines else None,
            spent=self._spent(facts) if facts.spent else None,
            grants=grants_grid("that support it", facts.grants, self.url) if facts.grants else None,
            chart=class_chart(named, totals),
            totals=totals if by_class else None,
            benefits=benefits_grid(say("Benefits of the project"), facts.benefits, self.url)
            if facts.benefits
            else None,
            **kwargs,
        )

    def _register(self, totals: ClassTotals) -> str:
        only = {"project": self.project.ref, "benefit_class": totals.benefit_class.value}
        return self.url("finance:benefits:list", query=only)

    def _estimates(self, facts: ProjectMoney) -> Table:
        may_change = self.allows("updates.edit", self.project)

        def edit(each: CostEstimate) -> Cell:
            if not may_change or each.period.state == ReportingPeriod.State.CLOSED:
                return Blank()
            address = self.beside("costs:edit", estimate=each.pk)
            return text("Edit", address, hidden=f"the estimate of {each.period.name}")

        return table(
            "What it is thought to cost",
            (Column("Stated in"), Column("Of what"), Column("Amount", FIGURE), Column("Edit")),
            tuple(
                (
                    text(each.period.name),
                    text(each.label or "All of it"),
                    Money(each.amount, term=term_words(each)),
                    edit(each),
                )
                for each in facts.estimates
            ),
        ).without_empty_columns()

    def _lines(self, facts: ProjectMoney, sources: Sources) -> Table:
        found = [(line, funding_of(line, sources)) for line in facts.lines]
        keys = [each.slug for each in sources.values()] + [UNFUNDED]
        names = {each.slug: each.short_name for each in sources.values()}
        names[UNFUNDED] = NO_SOURCE.name
        return table(
            "Budget lines and who pays",
            (Column("Line"), *figures("Amount", *(names[key] for key in keys))),
            tuple(
                (
                    text(
                        line.description,
                        YearUrls(self.url, line.year.slug).line(line.ref),
                        quiet=line.year.label,
                    ),
                    stated(line.amount, pence=True),
                    *(money(paid_by(funding, key), pence=True) for key in keys),
                )
                for line, funding in found
            ),
        )

    def _spent(self, facts: ProjectMoney) -> Table:
        return table(
            "Spent by year",
            (Column("Year"), Column("Spent", FIGURE)),
            tuple(
                (
                    text(label),
                    total(
                        spent,
                        YearUrls(self.url, slug).actuals(project=self.project.ref),
                        pence=True,
                    ),
                )
                for slug, (label, spent) in facts.spent.items()
            ),
        )


class _CostForm(EditPage):
    """What adding and editing share of what a project is thought to cost, as stated in a period
    that is not closed."""

    permission = "updates.edit"
    row = "estimate"
    in_menu = "projects:list"
    form_class = CostEstimateForm
    action = save_cost_estimate


class CostAdd(OfProject, _CostForm):
    title = "Add a cost estimate"
    beneath = (MONEY,)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "term": CostEstimate.Term.ONE_OFF}

    def get_new_row(self, form: Any) -> CostEstimate:
        return CostEstimate(project=self.project, period=form.cleaned_data["period"])


class CostEdit(OfProject, _CostForm):
    title = "Edit a cost estimate"
    estimate = InAddress(
        lambda page: CostEstimate.objects.filter(project=page.project).select_related("period"),
        among=MONEY,
    )

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["period"].disabled = True
        return form

    def get_initial(self) -> dict[str, Any]:
        kept = ("period", "label", "amount", "term", "years")
        return {**super().get_initial(), **{name: getattr(self.estimate, name) for name in kept}}
