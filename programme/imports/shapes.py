"""What a workbook may hold, told as sheets and columns, and what was read from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from programme.common.words import say

Value = str | date | bool | None
"""What a cell holds once it is read; an empty text for an empty cell of text."""


class Kind(Enum):
    """How the cells of a column are read."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column by its heading. ``name`` is what the action that saves the row calls it.

    ``needed`` says that a new row must have it and no row may empty it. ``is_key`` marks what tells
    rows apart: the template protects it where the row is stored already. ``choices`` names the list
    of the template from which one is chosen; ``note`` says what the column holds.
    """

    name: str
    heading: str
    kind: Kind = Kind.LINE
    needed: bool = False
    is_key: bool = False
    longest: int | None = None
    choices: str = ""
    note: str = ""
    width: int = 20

    @property
    def title(self) -> str:
        """The heading in the programme's words, as the template has it."""
        return say(self.heading)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name, with the words for one of its rows and for several. A workbook may lack
    a sheet that is not ``needed``, and any column but the key of one that is."""

    name: str
    columns: tuple[SheetColumn, ...]
    things: tuple[str, str]
    needed: bool = True

    @property
    def title(self) -> str:
        """The name in the programme's words, as the template has it."""
        return say(self.name)

    @property
    def thing(self) -> str:
        """What one of its rows is, in the programme's words."""
        return say(self.things[0])

    @property
    def key(self) -> SheetColumn:
        return next(each for each in self.columns if each.is_key)

    def column(self, name: str) -> SheetColumn | None:
        return next((each for each in self.columns if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where: the sheet, and in it the row and the letter and heading of the
    column, each as far as it is known. ``found`` is what the cell holds."""

    message: str
    sheet: str = ""
    row: int | None = None
    letter: str = ""
    heading: str = ""
    found: str = ""

    @property
    def place(self) -> tuple[str, int, int, str]:
        """In the order in which somebody goes through a workbook."""
        return (self.sheet, self.row or 0, len(self.letter), self.letter)

    @property
    def cell(self) -> str:
        """What Excel calls the place: "E7" for a cell, or its row or column alone."""
        if self.letter and self.row:
            return f"{self.letter}{self.row}"
        return f"row {self.row}" if self.row else self.letter and f"column {self.letter}"

    @property
    def sentence(self) -> str:
        """The problem with its place, where it stands among other sentences."""
        place = ", ".join(each for each in (self.sheet, self.cell, self.heading) if each)
        return f"{place}: {self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a sheet by its number there; ``values`` has the columns that the sheet has."""

    sheet: str
    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: rows, the letters of the columns by sheet and name, problems, and what the
    reader of the preview should know."""

    rows: tuple[ReadRow, ...] = ()
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, sheet: Sheet) -> list[ReadRow]:
        return [row for row in self.rows if row.sheet == sheet.name]

    def problem(self, sheet: Sheet, row: ReadRow, name: str, message: str) -> Problem:
        """A problem at the cell of a column; at the row where the sheet lacks that column."""
        column = sheet.column(name)
        letter = self.letters.get(sheet.name, {}).get(name, "")
        value = row.values.get(name)
        return Problem(
            message,
            sheet=sheet.title,
            row=row.number,
            letter=letter,
            heading=column.title if column else "",
            found=str(value) if letter and value not in (None, "") else "",
        )

    # --- as it is kept until it is confirmed --------------------------------------------------

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "rows": [
                [row.sheet, row.number, {name: _plain(one) for name, one in row.values.items()}]
                for row in self.rows
            ],
            "letters": {sheet: dict(names) for sheet, names in self.letters.items()},
            "notes": list(self.notes),
        }

    @classmethod
    def restored(cls, data: Mapping[str, Any], sheets: Sequence[Sheet]) -> Reading:
        """What ``stored`` made."""
        known = {sheet.name: sheet for sheet in sheets}
        rows = [
            ReadRow(
                sheet,
                number,
                {name: _restored(known[sheet], name, one) for name, one in values.items()},
            )
            for sheet, number, values in data.get("rows", ())
        ]
        return cls(tuple(rows), data.get("letters", {}), (), tuple(data.get("notes", ())))


def _plain(value: Value) -> str | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def _restored(sheet: Sheet, name: str, value: Any) -> Value:
    column = sheet.column(name)
    is_day = column is not None and column.kind is Kind.DAY
    return date.fromisoformat(value) if is_day and value else value
