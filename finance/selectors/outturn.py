"""What was spent in a year, beside what old papers printed of it."""

from __future__ import annotations

from datetime import date

from finance.models import Actual, FinancialYear, PublishedFigure
from finance.position import Entry, Matrix, matrix
from finance.reconcile import Published, differences
from finance.selectors.budget import category_facts, source_facts
from finance.snapshot import OutturnPosition, PublishedDifference
from programme.common.values import Amount


def outturn_position(year: FinancialYear, *, as_at: date | None = None) -> OutturnPosition:
    """Spend of a year by category and source, up to a day when one is given. Two queries.

    Only categories and sources with spend have a row or a column.
    """
    actuals = (
        Actual.objects.filter(line__year=year)
        .select_related("line__category", "source")
        .order_by("source__order")
    )
    if as_at:
        actuals = actuals.filter(month__lte=as_at)
    categories, sources, entries = {}, {}, []
    for actual in actuals:
        categories[actual.line.category.slug] = actual.line.category
        sources[actual.source.slug] = actual.source
        entries.append(
            Entry(actual.line.category.slug, actual.source.slug, Amount.exact(actual.pounds))
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
    )


def _published_differences(
    year: FinancialYear, table: Matrix[str, str]
) -> tuple[PublishedDifference, ...]:
    found = []
    rows = PublishedFigure.objects.filter(year=year).select_related("category", "source")
    for figure in rows:
        label = _label(figure)
        computed = table.figure(
            figure.category.slug if figure.category else None,
            figure.source.slug if figure.source else None,
        )
        compared = differences(
            [Published(label, Amount.exact(figure.pounds), computed.as_amount())]
        )
        found += [PublishedDifference(figure.document, each) for each in compared]
    return tuple(found)


def _label(figure: PublishedFigure) -> str:
    """Which cell of the outturn table a published figure was."""
    if figure.category and figure.source:
        return f"{figure.category.name}, {figure.source.short_name}"
    if figure.category:
        return f"{figure.category.name}, total of all sources"
    if figure.source:
        return f"{figure.source.short_name}, total of all categories"
    return "Grand total"
