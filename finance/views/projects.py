"""The money and the benefits of one project."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from finance.actions import save_cost_estimate
from finance.benefit_chart import class_chart
from finance.display import FIGURE, figures, money, stated, table, text, total
from finance.facts import UNFUNDED
from finance.forms import CostEstimateForm
from finance.models import CostEstimate
from finance.selectors.benefits import term_words
from finance.selectors.lines import Sources, funding_of, paid_by, sources_of
from finance.selectors.projects import ProjectMoney, project_money
from finance.views.addresses import YearUrls
from finance.views.base import UP
from finance.views.benefit_grids import benefits_grid, class_grid
from finance.views.spend_grids import grants_grid
from programme.common.blocks import Blank, Cell, Column, Money, Table
from programme.models import Programme, ReportingPeriod
from programme.pages import EditPage
from programme.pages.base import Link, ProgrammePage
from projects.models import Project


class OfProject(ProgrammePage):
    """A page about the money of one project, which its address names."""

    above = UP

    @cached_property
    def project(self) -> Project:
        projects = Project.objects.of(self.programme).select_related(
            "programme", "lead_organisation"
        )
        return get_object_or_404(projects, ref=self.kwargs["ref"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(project=self.project, **kwargs)


class ProjectFinance(OfProject, TemplateView):
    permission = "finance.view"
    template_name = "finance/project.html"

    def get_title(self) -> str:
        return f"Money and benefits: {self.project.label}"

    def get_buttons(self) -> list[Link]:
        found = []
        if self.allows("benefits.edit", self.project):
            address = self.url("finance:benefits:add")
            found.append(("Add a benefit", f"{address}?project={self.project.ref}"))
        if self.allows("updates.edit", self.project):
            found.append(
                ("Add a cost estimate", self.url("finance:costs:add", ref=self.project.ref))
            )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = project_money(self.project)
        named = [(each.benefit_class.label, each) for each in facts.totals]
        register = self.url("finance:benefits:list")
        by_class = [
            (
                label,
                each,
                f"{register}?project={self.project.ref}&benefit_class={each.benefit_class}",
            )
            for label, each in named
        ]
        totals = class_grid("Benefits by class", by_class)
        return super().get_context_data(
            project_url=self.url("projects:detail", ref=self.project.ref),
            estimates=self._estimates(facts) if facts.estimates else None,
            lines=self._lines(facts, sources_of(self.programme)) if facts.lines else None,
            spent=self._spent(facts) if facts.spent else None,
            grants=grants_grid("that support it", facts.grants, self.url) if facts.grants else None,
            chart=class_chart(named, totals),
            totals=totals if by_class else None,
            benefits=benefits_grid("Benefits of the project", facts.benefits, self.url)
            if facts.benefits
            else None,
            **kwargs,
        )

    def _estimates(self, facts: ProjectMoney) -> Table:
        may_change = self.allows("updates.edit", self.project)

        def change(each: CostEstimate) -> Cell:
            if not may_change or each.period.state == ReportingPeriod.State.CLOSED:
                return Blank()
            address = self.url("finance:costs:edit", ref=self.project.ref, pk=each.pk)
            return text("Change", address, hidden=f"the estimate of {each.period.name}")

        return table(
            "What it is thought to cost",
            (Column("Stated in"), Column("Of what"), Column("Amount", FIGURE), Column("Change")),
            tuple(
                (
                    text(each.period.name),
                    text(each.label or "All of it"),
                    Money(each.amount, term=term_words(each)),
                    change(each),
                )
                for each in facts.estimates
            ),
        ).without_empty_columns()

    def _lines(self, facts: ProjectMoney, sources: Sources) -> Table:
        found = [(line, funding_of(line, sources)) for line in facts.lines]
        keys = [each.slug for each in sources.values()] + [UNFUNDED]
        names = {each.slug: each.short_name for each in sources.values()}
        names[UNFUNDED] = "No source yet"
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


class CostAdd(OfProject, EditPage):
    """What a project is thought to cost, as stated in a period that is not closed."""

    permission = "updates.edit"
    title = "Add a cost estimate"
    form_class = CostEstimateForm
    action = save_cost_estimate
    row = "estimate"
    button = "Add estimate"
    success_text = "The estimate is saved."
    programme: Programme

    def get_permission_object(self) -> Project:
        return self.project

    def get_breadcrumbs(self) -> list[Link]:
        address = self.url("finance:project", ref=self.project.ref)
        return [*super().get_breadcrumbs(), (self.project.label, address)]

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "term": CostEstimate.Term.ONE_OFF}

    def get_new_row(self, form: Any) -> CostEstimate:
        return CostEstimate(project=self.project, period=form.cleaned_data["period"])

    def get_success_url(self, obj: CostEstimate) -> str:
        return self.url("finance:project", ref=self.project.ref)


class CostEdit(CostAdd):
    title = "Change a cost estimate"
    button = "Save"

    def get_object(self) -> CostEstimate:
        estimates = CostEstimate.objects.filter(project=self.project).select_related("period")
        return get_object_or_404(estimates, pk=self.kwargs["pk"])

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["period"].disabled = True
        return form

    def get_initial(self) -> dict[str, Any]:
        kept = ("period", "label", "amount", "term", "years")
        return {**super().get_initial(), **{name: getattr(self.object, name) for name in kept}}
