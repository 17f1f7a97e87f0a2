"""Budget, funding and variance by source: the one table of it, with its drawing, for the year's
page, for home and for papers."""

from __future__ import annotations

from finance.facts import UNFUNDED, BudgetPosition, FundingGlance, SourceFacts
from programme.common.blocks import (
    Chart,
    Column,
    ColumnKind,
    Money,
    MoneyTotal,
    Ref,
    Row,
    RowKind,
    Series,
    Table,
    Text,
)
from programme.common.formats import money, money_total, variance_word
from programme.common.values import Amount

NOTE = (
    "Budget is what a source has agreed to put in, funding what falls on it. Variance is budget "
    "less funding: minus is over budget."
)


def variance_chart(position: BudgetPosition | FundingGlance) -> Chart:
    """What falls on each source against what it agreed to put in, drawn and as a table."""
    rows = position.variance.rows
    names = tuple(position.source(row.source).short_name for row in rows)
    said = ". ".join(
        f"{name}: {money_total(row.funding)} to be funded against a budget of {money(row.budget)}"
        for name, row in zip(names, rows, strict=True)
    )
    return Chart(
        title=f"Funding by source against budget, {position.year}",
        description=f"Bars of what falls on each source with its budget. {said}.",
        categories=names,
        series=(
            Series("Funding", tuple(row.funding.as_amount() for row in rows)),
            Series("Budget", tuple(row.budget for row in rows), role="target"),
        ),
        table=variance_table(position),
    )


def variance_table(position: BudgetPosition | FundingGlance) -> Table:
    """Source, budget, funding and variance, each figure with a reference to its rows."""
    table, year = position.variance, position.year_slug
    rows = [
        Row(
            (
                Text.plain(position.source(row.source).name),
                Money(row.budget, ref=agreed(position.source(row.source), year)),
                MoneyTotal(row.funding, ref=Ref("funding", f"{year}/{row.source}")),
                _variance(row.variance),
            )
        )
        for row in table.rows
    ]
    rows.append(
        Row(
            (
                Text.plain("Total"),
                MoneyTotal(table.budget),
                MoneyTotal(table.funding, ref=Ref("funding", f"{year}/")),
                _variance(table.variance),
            ),
            RowKind.TOTAL,
        )
    )
    return Table.of(
        f"Budget, funding and variance by source, {position.year}",
        (
            Column("Source", weight=34),
            Column("Budget", ColumnKind.FIGURE, weight=20),
            Column("Funding", ColumnKind.FIGURE, weight=20),
            Column("Variance", ColumnKind.FIGURE, weight=26),
        ),
        tuple(rows),
        (Text.plain(NOTE),),
    )


def agreed(source: SourceFacts, year: str) -> Ref | None:
    """Where it stands what a source has agreed to: of a grant, its award."""
    if source.slug == UNFUNDED:
        return None
    return Ref("awards" if source.is_grant else "contribution", f"{year}/{source.slug}")


def _variance(amount: Amount) -> Money:
    return Money(amount, signed_word=variance_word(amount))
