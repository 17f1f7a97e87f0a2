"""Where a year's money stands: who pays for what, and how that meets what was agreed.

Built from entries (category, source, amount), as the budget lines' splits give them. A part that
is TBC is counted in every total it belongs to and never added as zero; a percentage or a
variance that depends on one is not given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from programme.common.values import (
    Amount,
    AmountTotal,
    Certainty,
    difference,
    percent_of,
    total,
)

Category = TypeVar("Category", bound=Hashable)
Source = TypeVar("Source", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Payment(Generic[Category, Source]):
    """What one source pays of one category."""

    category: Category
    source: Source
    amount: Amount


# --- category x source ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MatrixRow(Generic[Category]):
    """One category: a cell per source, their total, and its percent of the grand total."""

    category: Category
    cells: tuple[AmountTotal, ...]
    total: AmountTotal
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Matrix(Generic[Category, Source]):
    """Categories by sources with totals both ways.

    ``shares`` are the sources' unrounded percent of the grand total; each is None while that
    total has a part TBC or is zero. Printed as whole percentages they are rounded one by one
    and may make 99 or 101: none is bent to make 100. A cell of no entries has ``counted`` and
    ``unknown`` 0, which is not the same as a cell of £0.
    """

    sources: tuple[Source, ...]
    rows: tuple[MatrixRow[Category], ...]
    totals: tuple[AmountTotal, ...]
    grand_total: AmountTotal
    shares: tuple[Decimal | None, ...]

    def figure(self, category: Category | None = None, source: Source | None = None) -> AmountTotal:
        """A cell; without a source the row's total, without a category the column's, without
        both the grand total. What the table does not hold is a total of nothing."""
        if category is None:
            if source is None:
                return self.grand_total
            return dict(zip(self.sources, self.totals, strict=True)).get(source, total(()))
        for row in self.rows:
            if row.category == category:
                cells = dict(zip(self.sources, row.cells, strict=True))
                return row.total if source is None else cells.get(source, total(()))
        return total(())


def matrix(
    entries: Iterable[Payment[Category, Source]],
    *,
    categories: Iterable[Category] = (),
    sources: Iterable[Source] = (),
) -> Matrix[Category, Source]:
    """Lay entries out by category and source, in the given orders.

    A category or source that is given has its row or column even without an entry; one that only
    the entries name follows after the given ones, so that no money drops out of the table.
    """
    entries = tuple(entries)
    across = _in_order(sources, (entry.source for entry in entries))
    down = _in_order(categories, (entry.category for entry in entries))
    grand_total = total(entry.amount for entry in entries)
    cells: dict[tuple[Category, Source], list[Amount]] = {}
    for entry in entries:
        cells.setdefault((entry.category, entry.source), []).append(entry.amount)
    rows = []
    for category in down:
        row = [cells.get((category, source), []) for source in across]
        row_total = total(amount for cell in row for amount in cell)
        share = _share(row_total, grand_total)
        rows.append(MatrixRow(category, tuple(total(cell) for cell in row), row_total, share))
    totals = tuple(
        total(amount for category in down for amount in cells.get((category, source), []))
        for source in across
    )
    shares = tuple(_share(column, grand_total) for column in totals)
    return Matrix(across, tuple(rows), totals, grand_total, shares)


# --- contributions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contribution(Generic[Source]):
    """What a source pays in all, and what without the programme team's salaries."""

    source: Source
    total: AmountTotal
    without_team: AmountTotal


@dataclass(frozen=True, slots=True)
class Funding(Generic[Source]):
    """What a year costs and who meets it: grants, and the partners' match fund beside them."""

    total: AmountTotal
    grant: AmountTotal
    match_fund: AmountTotal
    contributions: tuple[Contribution[Source], ...]


def funding(
    entries: Iterable[Payment[Category, Source]],
    *,
    sources: Iterable[Source] = (),
    grants: Collection[Source] = (),
    team_salaries: Collection[Category] = (),
    nobody: Collection[Source] = (),
) -> Funding[Source]:
    """The year's total, its grant and match fund, and each source's contribution.

    ``grants`` are the sources that are grants; all others make up the match fund.
    ``team_salaries`` are the categories that hold the programme team's salaries. Contributions
    are in the order of ``sources``, grants among them. ``nobody`` are keys of what no source pays
    yet: part of the total and of what grants leave, and no one's contribution.
    """
    entries = tuple(entries)

    def paid(wanted: Callable[[Payment[Category, Source]], bool]) -> AmountTotal:
        return total(entry.amount for entry in entries if wanted(entry))

    def contribution(source: Source) -> Contribution[Source]:
        own = [entry for entry in entries if entry.source == source]
        return Contribution(
            source,
            total(entry.amount for entry in own),
            total(entry.amount for entry in own if entry.category not in team_salaries),
        )

    return Funding(
        total=paid(lambda entry: True),
        grant=paid(lambda entry: entry.source in grants),
        match_fund=paid(lambda entry: entry.source not in grants),
        contributions=tuple(
            contribution(source)
            for source in _in_order(sources, (entry.source for entry in entries))
            if source not in nobody
        ),
    )


# --- budget, funding, variance ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overspend:
    """By how much funding is over its budget, above zero; ``at_least`` so much while a part of the
    funding is to be confirmed and the rest is over already."""

    amount: Amount
    at_least: bool


@dataclass(frozen=True, slots=True)
class VarianceRow(Generic[Source]):
    """A source's agreed budget, the funding that falls on it, and budget less funding.

    A negative variance is an overspend. ``agrees`` is false of what is no source (the costs that
    nobody pays yet), and of a source of which there is neither budget nor funding: nothing is
    said of their budgets then, neither that they are unknown nor that they do not apply.
    """

    source: Source
    budget: Amount
    funding: AmountTotal
    variance: Amount
    agrees: bool = True

    @property
    def overspend(self) -> Overspend | None:
        """The known funding above the budget; None where there is none, or no known budget."""
        over = difference(self.funding.known_part(), self.budget)
        if over.pounds is None or over.pounds <= 0:
            return None
        return Overspend(over, at_least=not self.funding.complete)


@dataclass(frozen=True, slots=True)
class VarianceTable(Generic[Source]):
    """The rows and their totals; the total variance is TBC while any part of either total is."""

    rows: tuple[VarianceRow[Source], ...]
    budget: AmountTotal
    funding: AmountTotal
    variance: Amount

    @property
    def overspent(self) -> tuple[VarianceRow[Source], ...]:
        """The rows whose known funding is above their budget, whatever is still to come."""
        return tuple(row for row in self.rows if row.overspend)


def variance_table(
    budgets: Mapping[Source, Amount],
    funded: Mapping[Source, AmountTotal],
    *,
    sources: Iterable[Source] = (),
    nobody: Collection[Source] = (),
) -> VarianceTable[Source]:
    """Set what each source agreed to pay against what falls on it. ``nobody`` are keys of what no
    source pays yet: it has no budget, and stands in the totals.

    A source without a budget has one TBC as soon as money falls on it: nobody has said what it
    agreed to. A source with a budget on which nothing falls funds £0, and that is known.
    """
    rows = []
    for source in _in_order(sources, (*budgets, *funded)):
        paid = funded.get(source, total(()))
        stated = budgets.get(source)
        has_funding = bool(paid.counted or paid.unknown)
        agrees = stated is not None or (has_funding and source not in nobody)
        if stated is None:
            stated = Amount.tbc() if agrees else Amount.not_applicable()
        elif not has_funding and stated.certainty is not Certainty.NOT_APPLICABLE:
            paid = total([Amount.exact(0)])
        variance = difference(stated, paid.as_amount())
        rows.append(VarianceRow(source, stated, paid, variance, agrees))
    budget = total(row.budget for row in rows)
    all_paid = add(row.funding for row in rows)
    variance = difference(budget.as_amount(), all_paid.as_amount())
    return VarianceTable(tuple(rows), budget, all_paid, variance)


def add(totals: Iterable[AmountTotal]) -> AmountTotal:
    """Add totals up, with their counts of known and unknown parts."""
    totals = tuple(totals)
    return AmountTotal(
        pounds=sum((each.pounds for each in totals), Decimal(0)),
        circa=any(each.circa for each in totals),
        unknown=sum(each.unknown for each in totals),
        counted=sum(each.counted for each in totals),
    )


Key = TypeVar("Key", bound=Hashable)


def _in_order(given: Iterable[Key], found: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys((*given, *found)))


def _share(part: AmountTotal, whole: AmountTotal) -> Decimal | None:
    """Percent of a total; a part of no entries is nothing of it, which is 0%."""
    if not (part.counted or part.unknown):
        part = total([Amount.exact(0)])
    return percent_of(part.as_amount(), whole.as_amount())
