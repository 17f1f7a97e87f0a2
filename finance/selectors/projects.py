"""The money and the benefits of one project."""

from __future__ import annotations

from dataclasses import dataclass

from finance.benefits import ClassTotals, totals_by_class, whole_life
from finance.models import Benefit, BudgetLine, CostEstimate, Grant
from finance.selectors.benefits import listed_benefits, profiles_of
from finance.selectors.lines import funded
from finance.selectors.years import spent_by_year
from programme.common.values import AmountTotal
from projects.models import Project


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """What a project is thought to cost, its budget lines with their funding, what was spent by
    year (its slug to its label and total), its grants, its benefits and their totals by class."""

    estimates: tuple[CostEstimate, ...]
    lines: tuple[BudgetLine, ...]
    spent: dict[str, tuple[str, AmountTotal]]
    grants: tuple[Grant, ...]
    benefits: tuple[Benefit, ...]
    totals: tuple[ClassTotals, ...]


def project_money(project: Project) -> ProjectMoney:
    """The money of a project. Nine queries at most."""
    estimates = CostEstimate.objects.filter(project=project).select_related("period")
    lines = funded(BudgetLine.objects.filter(project=project))
    grants = Grant.objects.filter(projects=project).select_related("year", "awarded_by")
    kept = Benefit.objects.filter(project=project, withdrawn_on__isnull=True)
    benefits = tuple(listed_benefits(kept))
    return ProjectMoney(
        estimates=tuple(estimates.order_by("-period__as_at", "label")),
        lines=tuple(lines.order_by("-year__starts_on", "order")),
        spent=spent_by_year(project.programme, line__project=project),
        grants=tuple(grants),
        benefits=benefits,
        totals=totals_by_class(part for each in benefits for part in whole_life(profiles_of(each))),
    )
