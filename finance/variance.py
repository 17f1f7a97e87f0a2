"""Budget, funding and variance by source: the one table of it, with its drawing, for the year's
page, for home and for papers."""

from __future__ import annotations

from finance.facts import UNFUNDED, BudgetPosition, FundingGlance, SourceFacts
from finance.position import VarianceRow
from programme.common.blocks import (
    Blank,
    Cell,
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
from programme.common.english import be, listed, within
from programme.common.formats import money, money_total, variance_word
from programme.common.values import Amount, AmountTotal, Certainty

NOTE = (
    "Budget is what a source has agreed to put in, funding what falls on it. Variance is budget "
    "less funding: minus is over budget."
)


def variance_chart(position: BudgetPosition | FundingGlance) -> Chart:
    """What falls on each source against what it agreed to put in, drawn and as a table."""
    rows = position.variance.rows
    names = tuple(position.source(row.source).short_name for row in rows)
    said = ". ".join(
        f"{name}: {'nothing' if row.funding.nothing else money_total(row.funding)} to be funded"
        + (f" against a budget of {money(row.budget)}" if row.agrees else "")
        for name, row in zip(names, rows, strict=True)
    )
    return Chart(
        title=f"Funding by source against budget, {position.year}",
        description=f"Bars of what falls on each source with its budget. {said}.",
        categories=names,
        series=(
            Series("Funding", tuple(row.funding for row in rows)),
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
                *_cells(row, position.source(row.source), year),
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


def statements(position: BudgetPosition | FundingGlance) -> tuple[str, ...]:
    """What the table says, in sentences: which sources are over their budget and by how much,
    what is not known yet or belongs to no source; and that all is within budget only where every
    variance is known and none is over."""
    table = position.variance
    said = [
        f"What falls on {_name(position, row)} is {words} over its budget."
        for row in table.overspent
        if (words := overspend_words(row))
    ]
    sources = [row for row in table.rows if row.agrees]
    if waiting := [row for row in sources if row.budget.certainty is Certainty.TBC]:
        noun = "The budget" if len(waiting) == 1 else "The budgets"
        said.append(
            f"{noun} of {_names(position, waiting)} {be(len(waiting))} still to be confirmed, so "
            f"the total variance cannot be given."
        )
    if open_ended := [
        row
        for row in sources
        if row.budget.known and not row.funding.complete and not row.overspend
    ]:
        said.append(
            f"What falls on {_names(position, open_ended)} is not all known yet, so nobody can say "
            f"whether it is within budget."
        )
    said += [
        f"{_sum(row.funding)} falls on {_name(position, row)}, to which no budget applies."
        for row in sources
        if row.budget.certainty is Certainty.NOT_APPLICABLE and not row.funding.nothing
    ]
    said += [
        f"{_sum(row.funding)} has no source yet." for row in table.rows if row.source == UNFUNDED
    ]
    if not said and any(row.variance.known for row in table.rows):
        said.append("Every source is within its budget.")
    return tuple(said)


def overspend_words(row: VarianceRow[str]) -> str:
    """By how much a source is over its budget: "£17,289", "at least circa £273,451", with pence
    where whole pounds would say £0; '' where it is not."""
    over = row.overspend
    if over is None:
        return ""
    words = money(over.amount, pence=not variance_word(over.amount))
    return f"at least {words}" if over.at_least else words


def _sum(total: AmountTotal) -> str:
    """A total at the beginning of a sentence."""
    words = money_total(total) if total.counted else "An amount still to be confirmed"
    return f"{words[:1].upper()}{words[1:]}"


def _name(position: BudgetPosition | FundingGlance, row: VarianceRow[str]) -> str:
    return within(position.source(row.source).name)


def _names(position: BudgetPosition | FundingGlance, rows: list[VarianceRow[str]]) -> str:
    return listed([_name(position, row) for row in rows])


def agreed(source: SourceFacts, year: str) -> Ref:
    """Where it stands what a source has agreed to: of a grant, its award."""
    return Ref("awards" if source.is_grant else "contribution", f"{year}/{source.slug}")


def _cells(row: VarianceRow[str], source: SourceFacts, year: str) -> tuple[Cell, Cell, Cell]:
    """Budget, funding and variance; what has no budget has a blank for it and for its variance."""
    funding = MoneyTotal(row.funding, ref=Ref("funding", f"{year}/{row.source}"))
    if not row.agrees:
        return Blank(), Blank() if row.funding.nothing else funding, Blank()
    return Money(row.budget, ref=agreed(source, year)), funding, _variance(row.variance)


def _variance(amount: Amount) -> Money:
    return Money(amount, signed_word=variance_word(amount))
