"""How much room a table needs in print: whether it stands upright, on a page turned sideways, or in
parts, so that no column ever leaves the page. Pure.

Sizes are points of type as it is set in tables. They are estimated from what is printed; whether
the laid-out page keeps its margins is then checked by ``reports.render.margins``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programme.common.blocks import Cell, Column, ColumnKind, Missing, Rating, Score, Text
from programme.common.cells import printed
from programme.common.charts import text_width

SIZE = 9.7
PADDING = 9.5
BOLD = 1.06
UPRIGHT = 481.0
"""The width of an A4 page between its margins; SIDEWAYS of one that is turned."""
SIDEWAYS = 728.0
# Words of more characters are broken wherever the line ends.
LONG_WORD = 20
# A column of text can be made as narrow as its longest word, within these.
NARROWEST_TEXT, WIDEST_TEXT = 46.0, 90.0
FIRST_COLUMN = 100.0
# A figure wider than this is broken between its words.
WIDEST_FIGURE = 130.0
CHIP = 14.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is printed: on a sideways page or not, and which columns each part has. The
    first column stands in every part."""

    sideways: bool
    parts: tuple[tuple[int, ...], ...]


def fit(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Fit:
    """The first way in which all columns find room."""
    needed = _needed(columns, list(rows))
    every = tuple(range(len(columns)))
    if sum(needed) <= UPRIGHT:
        return Fit(sideways=False, parts=(every,))
    if sum(needed) <= SIDEWAYS:
        return Fit(sideways=True, parts=(every,))
    return Fit(sideways=True, parts=_parts(needed))


def _parts(needed: Sequence[float]) -> tuple[tuple[int, ...], ...]:
    """Columns in as few parts as hold them, of about the same width each, so that the last one,
    which is often a total, is seldom left alone."""
    first, *others = needed
    room = SIDEWAYS - first
    count = 1
    while True:
        parts = _fill(others, max(room if count == 1 else sum(others) / count, max(others)), room)
        if len(parts) <= count or count > len(others):
            return tuple((0, *part) for part in parts)
        count += 1


def _fill(widths: Sequence[float], aim: float, room: float) -> list[list[int]]:
    """Columns in order, a part closed when the next column passes ``aim`` by more than a half."""
    parts: list[list[int]] = [[]]
    used = 0.0
    for place, width in enumerate(widths, start=1):
        if parts[-1] and (used + width > room or used + width / 2 > aim):
            parts.append([])
            used = 0.0
        parts[-1].append(place)
        used += width
    return parts


def _needed(columns: Sequence[Column], rows: list[Sequence[Cell]]) -> list[float]:
    needed = []
    for place, column in enumerate(columns):
        width = max((_cell(row[place], column.kind) for row in rows), default=0.0)
        width = max(width, min(_longest_word(column.heading) * BOLD, WIDEST_TEXT))
        needed.append(max(width, FIRST_COLUMN - PADDING if place == 0 else 0.0) + PADDING)
    return needed


def _cell(cell: Cell, kind: ColumnKind) -> float:
    """The least width in which a cell is printed well."""
    text = printed(cell)
    if isinstance(cell, Rating | Score):
        return min(text_width(text, SIZE) + CHIP, WIDEST_FIGURE)
    if kind in (ColumnKind.FIGURE, ColumnKind.DATE):
        return min(text_width(text, SIZE) * BOLD, WIDEST_FIGURE)
    return min(max(_longest_word(text), NARROWEST_TEXT), WIDEST_TEXT) if text else 0.0


def _longest_word(text: str) -> float:
    return max((text_width(word, SIZE) for word in text.split()), default=0.0)


def is_long(cell: Cell) -> bool:
    """Whether a cell has a word that is broken where no space is, or a figure or rating that is
    broken between its words."""
    text = printed(cell)
    if has_long_word(text):
        return True
    return not isinstance(cell, Text | Missing) and text_width(text, SIZE) > WIDEST_FIGURE


def has_long_word(text: str) -> bool:
    return any(len(word) > LONG_WORD for word in text.split())
