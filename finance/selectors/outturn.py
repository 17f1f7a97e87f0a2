"""What was spent in a year, beside what old papers printed of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from finance.facts import OutturnPosition, PublishedDifference
from finance.models import Actual, FinancialYear, PublishedFigure
from finance.position import Matrix, Payment, matrix
from finance.reconcile import Difference, Published, differences
from finance.selectors.budget import category_facts, line_marking, source_facts
from programme.common.markings import highest
from programme.common.values import Amount


def outturn_position(year: FinancialYear, *, as_at: date | None = None) -> OutturnPosition:
    """Spend of a year by category and source, up to a day when one is given. Two queries.

    Only categories and sources with spend have a row or a column.
    """
    actuals = (
        Actual.objects.filter(line__year=year)
        .select_related("line__category", "line__project", "source")
        .order_by("source__order")
    )
    if as_at:
        actuals = actuals.filter(month__lte=as_at)
    categories, sources, entries = {}, {}, []
    markings = set()
    for actual in actuals:
        categories[actual.line.category.slug] = actual.line.category
        sources[actual.source.slug] = actual.source
        markings.add(line_marking(actual.line))
        entries.append(
            Payment(actual.line.category.slug, actual.source.slug, Amount.exact(actual.pounds))
        )
    ordered = category_facts(categories.values())
    table = matrix(entries, categories=[each.slug for each in ordered], sources=list(sources))
    return OutturnPosition(
        year=year.label,
        year_slug=year.slug,
        sources=source_facts(sources.values()),
        categories=ordered,
        matrix=table,
        differences=_published_differences(year, table),
        sensitivity=highest(markings),
    )


def _published_differences(
    year: FinancialYear, table: Matrix[str, str]
) -> tuple[PublishedDifference, ...]:
    return tuple(
        PublishedDifference(
            each.document, Difference(each.label, each.printed, each.computed, each.difference)
        )
        for each in compared_figures(year, table)
        if not each.agrees
    )


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure as a paper printed it beside what the rows make. ``key`` is its row's; the
    difference is printed less computed, not applicable where the two agree."""

    key: int
    document: str
    label: str
    printed: Amount
    computed: Amount
    difference: Amount
    note: str

    @property
    def agrees(self) -> bool:
        return self.difference == Amount.not_applicable()


def compared_figures(year: FinancialYear, table: Matrix[str, str]) -> tuple[ComparedFigure, ...]:
    """Every published figure of a year beside its cell of the outturn table. One query."""
    found = []
    rows = PublishedFigure.objects.filter(year=year).select_related("category", "source")
    for figure in rows:
        label, printed = figure_label(figure), Amount.exact(figure.pounds)
        computed = table.figure(
            figure.category.slug if figure.category else None,
            figure.source.slug if figure.source else None,
        ).as_amount()
        differing = differences([Published(label, printed, computed)])
        difference = differing[0].difference if differing else Amount.not_applicable()
        found.append(
            ComparedFigure(
                figure.pk, figure.document, label, printed, computed, difference, figure.note
            )
        )
    return tuple(found)


def figure_label(figure: PublishedFigure) -> str:
    """Which cell of the outturn table a published figure was."""
    if figure.category and figure.source:
        return f"{figure.category.name}, {figure.source.short_name}"
    if figure.category:
        return f"{figure.category.name}, total of all sources"
    if figure.source:
        return f"{figure.source.short_name}, total of all categories"
    return "Grand total"
