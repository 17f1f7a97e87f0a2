"""A year's budget as tables and a drawing, every figure leading to its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from finance.display import (
    FIGURE,
    Cell,
    Column,
    Grid,
    figures,
    money,
    percent,
    stated,
    total,
    variance,
    word,
)
from finance.facts import UNFUNDED, BudgetPosition, CategoryFacts, LineFacts, SourceFacts
from finance.funding import Part
from finance.models import FundingSource, PlannedContribution
from finance.position import Matrix
from finance.views.addresses import YearUrls
from programme.common import formats
from programme.common.charts import BarChart, Bars
from programme.common.values import AmountTotal, Certainty

VARIANCE_NOTE = (
    "Budget is what a source has agreed to put in, funding what falls on it. Variance is budget "
    "less funding: minus is over budget."
)
WHOLE = 100


def variance_grid(position: BudgetPosition, urls: YearUrls) -> Grid:
    """Budget, funding and variance by source."""
    table = position.variance
    rows = []
    for row in table.rows:
        source = position.source(row.source)
        rows.append(
            (
                Cell(source.name),
                money(row.budget, agreed_at(source, urls)),
                total(row.funding, urls.lines(source=source.slug)),
                variance(row.variance),
            )
        )
    foot = (Cell("Total"), total(table.budget), total(table.funding, urls.lines()))
    return Grid(
        f"Budget, funding and variance by source, {position.year}",
        (Column("Source"), *figures("Budget", "Funding", "Variance")),
        tuple(rows),
        ((*foot, variance(table.variance)),),
        (VARIANCE_NOTE,),
    )


def agreed_at(source: SourceFacts, urls: YearUrls) -> str:
    """Where it stands what a source has agreed to: of a grant, its award."""
    if source.slug == UNFUNDED:
        return ""
    if source.is_grant:
        return urls.grants(source=source.slug)
    return urls.contribution(source.slug)


def variance_chart(position: BudgetPosition) -> BarChart:
    """Funding against budget by source, as papers draw it."""
    rows = position.variance.rows
    names = tuple(position.source(row.source).short_name for row in rows)
    said = ". ".join(
        f"{name}: {formats.money_total(row.funding)} to be funded against a budget of "
        f"{formats.money(row.budget)}"
        for name, row in zip(names, rows, strict=True)
    )
    return BarChart(
        title=f"Funding by source against budget, {position.year}",
        description=f"Bars of what falls on each source with its budget. {said}.",
        categories=names,
        series=(
            Bars("Funding", tuple(row.funding.as_amount() for row in rows)),
            Bars("Budget", tuple(row.budget for row in rows), role="target"),
        ),
    )


def contributions_grid(position: BudgetPosition, urls: YearUrls) -> Grid:
    """What each source pays in all, and without the programme team's salaries."""
    rows = []
    for each in position.funding.contributions:
        source = position.source(each.source)
        rows.append(
            (
                Cell(source.name),
                total(each.total, urls.lines(source=source.slug)),
                total(each.without_team, urls.lines(source=source.slug, team="without")),
            )
        )
    return Grid(
        f"Contributions with and without the programme team, {position.year}",
        (Column("Source"), *figures("In all", "Without the programme team")),
        tuple(rows),
    )


def matrix_grid(
    caption: str,
    table: Matrix[str, str],
    categories: Iterable[CategoryFacts],
    sources: Iterable[SourceFacts],
    rows_behind: Callable[..., str],
) -> Grid:
    """Category by source with totals and percentages; ``rows_behind`` gives the address of the
    rows of a ``category`` and a ``source``."""
    names = {each.slug: each.name for each in categories}
    heads = {each.slug: each.short_name for each in sources}

    def cells(amounts: Iterable[AmountTotal], category: str) -> Iterable[Cell]:
        for source, amount in zip(table.sources, amounts, strict=True):
            yield total(amount, rows_behind(category=category, source=source))

    rows = tuple(
        (
            Cell(names[row.category]),
            *cells(row.cells, row.category),
            total(row.total, rows_behind(category=row.category)),
            percent(row.share),
        )
        for row in table.rows
    )
    known = table.grand_total.complete and bool(table.grand_total.pounds)
    whole = Cell(formats.percent(WHOLE)) if known else percent(None)
    foot = (
        (
            Cell("Total"),
            *cells(table.totals, ""),
            total(table.grand_total, rows_behind()),
            whole,
        ),
        (Cell("Share of the total"), *(percent(each) for each in table.shares), whole, Cell("")),
    )
    notes = ["Percentages are rounded one by one, so that they may make 99 or 101."]
    if not known:
        notes = ["No percentage is given while a part of the total is to be confirmed."]
    if any(not cell.counted and not cell.unknown for row in table.rows for cell in row.cells):
        notes.append("A dash means that there is no entry, which is not the same as £0.")
    columns = (Column("Category"), *figures(*(heads[each] for each in table.sources)))
    return Grid(caption, (*columns, *figures("Total", "Share")), rows, foot, tuple(notes))


def lines_grid(position: BudgetPosition, urls: YearUrls) -> Grid:
    """The year's lines, and to the penny who pays what of each and why."""
    order = [each.slug for each in position.sources]
    names = {each.slug: each.short_name for each in position.sources}
    columns = (Column("Line"), Column("How it is funded"), Column("Amount", FIGURE))
    return Grid(
        f"Budget lines and their funding, {position.year}",
        (*columns, *figures(*(names[each] for each in order))),
        tuple(
            (
                Cell(
                    line.description, urls.line(line.ref), quiet=line.problem if line.parts else ""
                ),
                word(how_funded(line, names), otherwise="No source yet"),
                money(line.amount, pence=True),
                *(money(line.paid_by(source), pence=True) for source in order),
            )
            for line in position.lines
        ),
        (
            (
                Cell("Total"),
                Cell(""),
                total(position.matrix.grand_total, pence=True),
                *(total(each, pence=True) for each in position.matrix.totals),
            ),
        ),
    )


def how_funded(line: LineFacts, names: dict[str, str]) -> str:
    """In words: "£129,500 fixed from PTF grant, the rest by Police and fire equally"."""
    fixed = [each for each in line.parts if each.fixed.certainty is not Certainty.NOT_APPLICABLE]
    said = ", ".join(_fixed_words(each, names) for each in fixed)
    if not line.rule:
        return said
    return f"{said}, the rest by “{line.rule}”" if said else f"By rule: “{line.rule}”"


def _fixed_words(part: Part[str], names: dict[str, str]) -> str:
    return f"{formats.money(part.fixed)} fixed from {names.get(part.source, part.source)}"


def planned_grid(
    year: str,
    sources: Iterable[FundingSource],
    planned: dict[int, PlannedContribution],
    edit: Callable[[FundingSource], str],
) -> Grid:
    """What each source has agreed for the year; ``edit`` gives the address to change it, or ''."""
    rows = []
    for source in sources:
        own = planned.get(source.pk)
        change = edit(source)
        action = Cell("Change" if own else "Add", change, hidden=f"contribution of {source.name}")
        rows.append(
            (
                Cell(source.name, anchor=f"contribution-{source.slug}"),
                stated(own.amount) if own else Cell("Not stated", missing=True),
                Cell(own.note if own else ""),
                action if change else Cell(""),
            )
        )
    return Grid(
        f"Planned contributions, {year}",
        (Column("Source"), Column("Amount", FIGURE), Column("Note"), Column("Change")),
        tuple(rows),
        notes=("A grant has none: its award is its budget.",),
    ).without_empty_columns()
