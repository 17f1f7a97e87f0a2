"""Tables of figures as pages show them: every cell printed, every figure with the way to its rows.

Templates only place what stands here (``templates/finance/includes/grid.html``). Knows no address:
whoever builds a table hands each figure its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programme.common import formats
from programme.common.values import Amount, AmountTotal, Certainty

NOTHING = "–"
"""Where there is no entry at all, which is not the same as £0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed value; ``url`` leads to the rows behind it, ``quiet`` is a second, lesser line.

    ``missing`` marks what is not known or does not apply; ``hidden`` is read out and not shown, for
    a link whose text alone would not say where it leads; ``anchor`` is the cell's id on its page.
    """

    text: str
    url: str = ""
    quiet: str = ""
    missing: bool = False
    hidden: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the place it has in its row."""

    cell: Cell
    numeric: bool
    is_header: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of each row is its header. ``foot`` are its totals."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def body(self) -> Iterator[tuple[Placed, ...]]:
        return (self._placed(row) for row in self.rows)

    @property
    def totals(self) -> Iterator[tuple[Placed, ...]]:
        return (self._placed(row) for row in self.foot)

    def without_empty_columns(self) -> Grid:
        """The table without columns in which no row says anything, such as the changes that a
        reader may not make."""
        kept = [
            place
            for place in range(len(self.columns))
            if place == 0 or any(row[place].text for row in self.rows)
        ]

        def cut(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
            return tuple(row[place] for place in kept)

        return Grid(
            self.caption,
            tuple(self.columns[place] for place in kept),
            tuple(cut(row) for row in self.rows),
            tuple(cut(row) for row in self.foot),
            self.notes,
        )

    def _placed(self, row: Sequence[Cell]) -> tuple[Placed, ...]:
        pairs = zip(row, self.columns, strict=True)
        return tuple(
            Placed(cell, column.numeric, place == 0) for place, (cell, column) in enumerate(pairs)
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a summary list."""

    key: str
    cell: Cell


FIGURE = True


def figures(*headings: str) -> tuple[Column, ...]:
    """Columns of figures."""
    return tuple(Column(heading, numeric=True) for heading in headings)


def word(text: str, url: str = "", *, quiet: str = "", otherwise: str = "") -> Cell:
    """A text; where there is none, what is said ``otherwise``."""
    return Cell(text or otherwise, url if text else "", quiet, missing=not text)


def money(amount: Amount, url: str = "", *, pence: bool = False) -> Cell:
    """An amount; what does not apply is a dash."""
    if amount.certainty is Certainty.NOT_APPLICABLE:
        return Cell(NOTHING)
    return Cell(formats.money(amount, pence=pence), url, missing=not amount.known)


def stated(amount: Amount, url: str = "", *, pence: bool = False) -> Cell:
    """An amount that somebody stated: that it does not apply is printed in words."""
    return Cell(formats.money(amount, pence=pence), url, missing=not amount.known)


def total(amount: AmountTotal, url: str = "", *, pence: bool = False) -> Cell:
    """A total with what it could not add; a total of no entries is a dash."""
    if not amount.counted and not amount.unknown:
        return Cell(NOTHING)
    text = formats.money_total(amount, pence=pence)
    return Cell(text, url, missing=not amount.counted)


def variance(amount: Amount, url: str = "") -> Cell:
    """Budget less funding, with "over" or "under"."""
    return Cell(formats.variance(amount), url, missing=not amount.known)


def percent(value: Decimal | None, places: int = 0) -> Cell:
    """A percentage; while it cannot be given, a dash."""
    return Cell(NOTHING) if value is None else Cell(formats.percent(value, places))


def share(value: Decimal | None) -> Cell:
    """The percentage of a split rule, with all the decimals it has."""
    if value is None:
        return Cell(NOTHING)
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return percent(value, places)
