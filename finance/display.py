"""Cells and tables of the pages of money, every figure with the way to its rows.

Knows no address: whoever builds a table hands each figure its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from programme.common.blocks import (
    Blank,
    Cell,
    Column,
    ColumnKind,
    Missing,
    Money,
    MoneyTotal,
    OnPage,
    Percent,
    Row,
    RowKind,
    Table,
    Text,
    Value,
)
from programme.common.formats import variance_word
from programme.common.values import Amount, AmountTotal, Certainty

FIGURE = ColumnKind.FIGURE
NOTHING = Text.plain("–")
"""Where there is no entry at all, which is not the same as £0."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a summary list."""

    key: str
    cell: Cell


def table(
    caption: str,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[Cell, ...]],
    *,
    total: tuple[Cell, ...] = (),
    shares: tuple[Cell, ...] = (),
    notes: Iterable[str] = (),
) -> Table:
    """A table whose last rows are its total and the shares of it."""
    body = [Row(cells) for cells in rows]
    if total:
        body.append(Row(total, RowKind.TOTAL))
    if shares:
        body.append(Row(shares, RowKind.SHARE))
    return Table.of(caption, columns, tuple(body), tuple(Text.plain(note) for note in notes))


def figures(*headings: str) -> tuple[Column, ...]:
    """Columns of figures."""
    return tuple(Column(heading, FIGURE) for heading in headings)


def text(words: str, url: str = "", *, quiet: str = "", hidden: str = "", anchor: str = "") -> Cell:
    """Words; none are a blank cell."""
    return OnPage(Text.plain(words), url, quiet, hidden, anchor) if words else Blank()


def word(words: str, url: str = "", *, otherwise: str) -> Cell:
    """A text; where there is none, what is said ``otherwise``."""
    return text(words, url) if words else Missing(otherwise)


def money(amount: Amount, url: str = "", *, pence: bool = False) -> Cell:
    """An amount; what does not apply is a dash."""
    if amount.certainty is Certainty.NOT_APPLICABLE:
        return NOTHING
    return stated(amount, url, pence=pence)


def stated(amount: Amount, url: str = "", *, pence: bool = False) -> Cell:
    """An amount that somebody stated: that it does not apply is printed in words."""
    return _leading(Money(amount, pence=pence), url)


def total(amount: AmountTotal, url: str = "", *, pence: bool = False) -> Cell:
    """A total with what it could not add; a total of no entries is a dash."""
    if amount.nothing:
        return NOTHING
    return _leading(MoneyTotal(amount, pence=pence), url)


def variance(amount: Amount, url: str = "") -> Cell:
    """Budget less funding, with "over" or "under"."""
    return _leading(Money(amount, signed_word=variance_word(amount)), url)


def percent(value: Decimal | None, places: int = 0) -> Cell:
    """A percentage; while it cannot be given, a dash."""
    return NOTHING if value is None else Percent(value, places)


def share(value: Decimal | None) -> Cell:
    """The percentage of a split rule, with all the decimals it has."""
    if value is None:
        return NOTHING
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return percent(value, places)


def _leading(value: Value, url: str) -> Cell:
    return OnPage(value, url) if url else value
