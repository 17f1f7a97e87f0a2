"""A year's budget as tables, every figure leading to its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from finance.display import (
    FIGURE,
    figures,
    money,
    percent,
    stated,
    table,
    text,
    total,
    word,
)
from finance.facts import BudgetPosition, CategoryFacts, LineFacts, SourceFacts
from finance.funding import LinePart
from finance.models import FundingSource, PlannedContribution
from finance.position import Matrix
from finance.views.addresses import YearUrls
from programme.common import formats
from programme.common.blocks import Blank, Cell, Column, Missing, Table
from programme.common.values import AmountTotal, Certainty
from programme.common.words import say

WHOLE = Decimal(100)


def contributions_grid(position: BudgetPosition, urls: YearUrls) -> Table:
    """What each source pays in all, and without the programme team's salaries."""
    rows = []
    for each in position.funding.contributions:
        source = position.source(each.source)
        rows.append(
            (
                text(source.name),
                total(each.total, urls.lines(source=source.slug)),
                total(each.without_team, urls.lines(source=source.slug, team="without")),
            )
        )
    return table(
        f"{say('Contributions with and without the programme team')}, {position.year}",
        (Column("Source"), *figures("In all", "Without the programme team")),
        tuple(rows),
    )


def matrix_grid(
    caption: str,
    matrix: Matrix[str, str],
    categories: Iterable[CategoryFacts],
    sources: Iterable[SourceFacts],
    rows_behind: Callable[..., str],
) -> Table:
    """Category by source with totals and percentages; ``rows_behind`` gives the address of the
    rows of a ``category`` and a ``source``."""
    names = {each.slug: each.name for each in categories}
    heads = {each.slug: each.short_name for each in sources}

    def cells(amounts: Iterable[AmountTotal], category: str) -> Iterable[Cell]:
        for source, amount in zip(matrix.sources, amounts, strict=True):
            yield total(amount, rows_behind(category=category, source=source))

    rows = tuple(
        (
            text(names[row.category]),
            *cells(row.cells, row.category),
            total(row.total, rows_behind(category=row.category)),
            percent(row.share),
        )
        for row in matrix.rows
    )
    known = matrix.grand_total.complete and bool(matrix.grand_total.pounds)
    whole = percent(WHOLE) if known else percent(None)
    foot = (
        text("Total"),
        *cells(matrix.totals, ""),
        total(matrix.grand_total, rows_behind()),
        whole,
    )
    shares = (
        text("Share of the total"),
        *(percent(each) for each in matrix.shares),
        whole,
        Blank(),
    )
    notes = ["Percentages are rounded one by one, so that they may make 99 or 101."]
    if not known:
        notes = ["No percentage is given while a part of the total is to be confirmed."]
    if any(not cell.counted and not cell.unknown for row in matrix.rows for cell in row.cells):
        notes.append(say("A dash means that there is no entry, which is not the same as £0."))
    columns = (Column("Category"), *figures(*(heads[each] for each in matrix.sources)))
    heads = (*columns, *figures("Total", "Share"))
    return table(caption, heads, rows, total=foot, shares=shares, notes=notes)


def lines_grid(position: BudgetPosition, urls: YearUrls) -> Table:
    """The year's lines, and to the penny who pays what of each and why."""
    order = [each.slug for each in position.sources]
    names = {each.slug: each.short_name for each in position.sources}
    columns = (Column("Line"), Column("How it is funded"), Column("Amount", FIGURE))
    return table(
        f"Budget lines and their funding, {position.year}",
        (*columns, *figures(*(names[each] for each in order))),
        tuple(
            (
                text(
                    line.description, urls.line(line.ref), quiet=line.problem if line.parts else ""
                ),
                word(how_funded(line, names), otherwise="No source yet"),
                money(line.amount, pence=True),
                *(money(line.paid_by(source), pence=True) for source in order),
            )
            for line in position.lines
        ),
        total=(
            text("Total"),
            Blank(),
            total(position.matrix.grand_total, pence=True),
            *(total(each, pence=True) for each in position.matrix.totals),
        ),
    )


def how_funded(line: LineFacts, names: dict[str, str]) -> str:
    """In words: "£129,500 fixed from PTF grant, the rest by Police and fire equally"."""
    fixed = [each for each in line.parts if each.fixed.certainty is not Certainty.NOT_APPLICABLE]
    said = ", ".join(_fixed_words(each, names) for each in fixed)
    if not line.rule:
        return said
    return f"{said}, the rest by “{line.rule}”" if said else f"By rule: “{line.rule}”"


def _fixed_words(part: LinePart[str], names: dict[str, str]) -> str:
    return f"{formats.money(part.fixed)} fixed from {names.get(part.source, part.source)}"


def planned_grid(
    year: str,
    sources: Iterable[FundingSource],
    planned: dict[int, PlannedContribution],
    edit: Callable[[FundingSource], str],
) -> Table:
    """What each source has agreed for the year; ``edit`` gives the address to change it, or ''."""
    rows = []
    for source in sources:
        own = planned.get(source.pk)
        change = edit(source)
        action = text(
            "Edit" if own else "Add", change, hidden=f"{say('contribution')} of {source.name}"
        )
        rows.append(
            (
                text(source.name, anchor=f"contribution-{source.slug}"),
                stated(own.amount) if own else Missing("Not stated"),
                text(own.note if own else ""),
                action if change else Blank(),
            )
        )
    return table(
        f"{say('Planned contributions')}, {year}",
        (Column("Source"), Column("Amount", FIGURE), Column("Note"), Column("Edit")),
        tuple(rows),
        notes=("A grant has none: its award is its budget.",),
    ).without_empty_columns()
