"""A programme's financial years side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from finance.facts import BudgetPosition
from finance.models import Actual, FinancialYear
from finance.selectors.budget import budget_positions
from programme.common.values import AmountTotal, total
from programme.models import Programme

NOTHING_SPENT = total(())


@dataclass(frozen=True, slots=True)
class YearSummary:
    """A year, where its budget stands, and what has been spent in it."""

    slug: str
    label: str
    state: str
    position: BudgetPosition
    spent: AmountTotal


def year_summaries(programme: Programme) -> tuple[YearSummary, ...]:
    """Every year, the newest first. Eight queries, however many years there are."""
    years = list(FinancialYear.objects.of(programme))
    spent = spent_by_year(programme)
    positions = budget_positions(years)
    return tuple(
        YearSummary(
            slug=year.slug,
            label=year.label,
            state=year.get_state_display(),
            position=position,
            spent=spent[year.slug][1] if year.slug in spent else NOTHING_SPENT,
        )
        for year, position in zip(years, positions, strict=True)
    )


def spent_by_year(programme: Programme, **only: object) -> dict[str, tuple[str, AmountTotal]]:
    """What was spent in each year, the newest first: the year's slug to its label and total. Years
    without spend are left out. ``only`` narrows the actuals. One query."""
    rows = (
        Actual.objects.of(programme)
        .filter(**only)
        .values("line__year__slug", "line__year__label")
        .annotate(spent=Sum("pounds"), counted=Count("pk"))
        .order_by("-line__year__starts_on")
    )
    return {
        each["line__year__slug"]: (
            each["line__year__label"],
            AmountTotal(pounds=each["spent"], circa=False, unknown=0, counted=each["counted"]),
        )
        for each in rows
    }
