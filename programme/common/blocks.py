"""Tables, charts and their typed cells: what a page or a paper shows, before anybody prints it.

Plain frozen dataclasses that know neither Django nor any page or paper. Cells stay typed
(``Money``, ``Day``, ``Rating`` ...) until ``programme.common.cells`` prints them, so that pages,
HTML, PDF, Word and JSON always agree.

A value that is not there is always said: ``Missing`` names a gap, ``Money`` carries "TBC" and
"not applicable", and only ``Blank`` prints nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from programme.common.values import Amount, AmountTotal, PlainDate

# --- inline text ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``href`` makes it a link (http, https or mailto only).

    A newline in ``text`` is a line break.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    runs: tuple[Run, ...]

    @classmethod
    def plain(cls, text: str) -> Text:
        return cls((Run(text),))

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


# --- cells ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a figure comes from: a kind of row and its key. The HTML view links it to a page."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Deliberately nothing, as in the empty corner of a table."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap in the stored data, named: ``what`` is a short phrase ("Rating not given")."""

    what: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; ``term`` says over what time ("a year", "over 2 years"), ``label`` what it is
    of ("ANPR"). ``signed_word`` is a word that a negative or positive variance carries ("over")."""

    amount: Amount
    term: str = ""
    label: str = ""
    signed_word: str = ""
    ref: Ref | None = None
    pence: bool = False


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """A total that may have parts to be confirmed; prints as "£416,500, 1 TBC"."""

    total: AmountTotal
    ref: Ref | None = None
    pence: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    date: PlainDate


@dataclass(frozen=True, slots=True)
class Slip:
    """Working days between baseline and forecast or actual; positive is late; None unknown.
    ``months`` is given where both dates are known to their months only."""

    working_days: int | None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as a number of percent (35.4 is 35.4%), printed to ``places`` decimals."""

    value: Decimal
    places: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    unit: str = ""


class Movement(StrEnum):
    """Change of a rating since the last period."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating level as printed: always a letter code and a word as well as a colour token.

    ``colour`` is one of red, amber_red, amber, amber_green, green, blue, grey, none. ``reason`` is
    carried as data: a section that wants it read says it in a block of its own. ``steps`` is by how
    many levels it moved.
    """

    code: str
    word: str
    colour: str
    movement: Movement | None = None
    previous_word: str = ""
    reason: str = ""
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """A risk score on a likelihood x impact matrix; the level's word and colour with it."""

    likelihood: int
    impact: int
    word: str
    colour: str


Value = Text | Blank | Missing | Money | MoneyTotal | Day | Slip | Percent | Number | Rating | Score


@dataclass(frozen=True, slots=True)
class OnPage:
    """A value with what only a page gives it; papers carry a ``Ref`` in its place.

    ``url`` leads to the rows behind it, ``quiet`` is a second, lesser line; ``hidden`` is read out
    and not shown, for a link whose text alone would not say where it leads; ``anchor`` is the
    cell's id on its page.
    """

    value: Value
    url: str = ""
    quiet: str = ""
    hidden: str = ""
    anchor: str = ""


Cell = Value | OnPage

# --- tables and charts -----------------------------------------------------------------------


class ColumnKind(StrEnum):
    TEXT = "text"
    FIGURE = "figure"
    DATE = "date"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; ``weight`` is its share of the width relative to the others (0: natural)."""

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    weight: int = 0


class RowKind(StrEnum):
    BODY = "body"
    TOTAL = "total"
    SHARE = "share"  # the percentages below a total


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as many cells as the table has columns; the first cell is the row's header."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under a common heading; an empty heading means the table has just one group."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[Text, ...] = ()

    @classmethod
    def of(
        cls,
        caption: str,
        columns: tuple[Column, ...],
        rows: tuple[Row, ...],
        notes: tuple[Text, ...] = (),
    ) -> Table:
        return cls(caption, columns, (RowGroup("", rows),), notes)

    def without_empty_columns(self) -> Table:
        """The table without columns that are blank in every row, such as the changes that a
        reader may not make. The first one heads the rows and stays."""
        rows = [row for group in self.groups for row in group.rows]
        kept = [
            place
            for place in range(len(self.columns))
            if place == 0 or any(row.cells[place] != Blank() for row in rows)
        ]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            groups=tuple(
                replace(
                    group,
                    rows=tuple(
                        replace(row, cells=tuple(row.cells[place] for place in kept))
                        for row in group.rows
                    ),
                )
                for group in self.groups
            ),
        )


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart. ``role`` is "bar" (drawn as bars) or "target" (drawn as a marker).

    Of a total the known part is drawn, with what is still to come; a total of no parts is
    neither drawn nor labelled.
    """

    name: str
    values: tuple[Amount | AmountTotal, ...]
    role: str = "bar"


@dataclass(frozen=True, slots=True)
class Chart:
    """A horizontal bar chart of amounts in pounds, one group of bars per category.

    ``description`` says in words what the drawing shows; ``table`` holds the same figures.
    """

    title: str
    description: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    table: Table
