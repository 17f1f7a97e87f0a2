"""Rows of a workbook, or everything that keeps it from being read: each problem with its cell."""

from __future__ import annotations

import difflib
import logging
import re
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from programme.common.english import listed
from programme.imports.cells import WrongCell, is_empty, shown, tidy, value_of
from programme.imports.guard import Refused, SheetFacts, broken, inspect, letters
from programme.imports.shapes import Problem, Reading, ReadRow, Sheet, SheetColumn, Value

logger = logging.getLogger(__name__)

MAX_ROWS = 300
"""Rows that one workbook may bring: each is rehearsed by its action before the preview is shown,
which takes seconds for this many."""
_HEADINGS_WITHIN = 20
"""Rows of a sheet among which its headings are looked for: a title may stand above them."""


def read(content: bytes, sheets: Sequence[Sheet]) -> Reading:
    """What the workbook holds of these sheets. Other sheets are left alone. Raises Refused where
    the file is not one that is read at all."""
    try:
        facts = inspect(content)
        # What openpyxl would do without on writing is no concern of a reader.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _Book(content, sheets, facts).read()
    except Refused:
        raise
    except Exception as error:
        # zipfile, expat and openpyxl meet what is not as they expect with any exception of Python.
        logger.warning("A workbook of %d bytes is broken: %r", len(content), error)
        raise broken() from error


class _Book:
    def __init__(
        self, content: bytes, sheets: Sequence[Sheet], facts: Mapping[str, SheetFacts]
    ) -> None:
        self.book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        self.sheets, self.facts = sheets, facts
        self.rows: list[ReadRow] = []
        self.letters: dict[str, dict[str, str]] = {}
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def read(self) -> Reading:
        try:
            found = {_plain(one.title): one for one in self.book.worksheets}
            for sheet in self.sheets:
                one = found.get(_plain(sheet.title)) or found.get(_plain(sheet.name))
                if one is not None:
                    facts = self.facts[one._worksheet_path]
                    _SheetReader(self, sheet, one, facts).read()
                elif sheet.needed:
                    names = listed([f"“{each.title}”" for each in self.book.worksheets])
                    self.problems.append(
                        Problem(f"The workbook has no sheet “{sheet.title}”. It has {names}.")
                    )
        finally:
            self.book.close()
        if len(self.rows) > MAX_ROWS:
            self.problems.append(
                Problem(
                    f"The workbook has {len(self.rows):,} rows, and {MAX_ROWS:,} are taken at a "
                    "time. Upload it in parts."
                )
            )
        if not self.rows and not self.problems:
            self.problems.append(Problem("No row of the workbook is filled in."))
        problems = tuple(sorted(self.problems, key=lambda each: each.place))
        return Reading(tuple(self.rows), self.letters, problems, tuple(self.notes))


class _SheetReader:
    """Reads one sheet of a workbook: its headings wherever they stand, then row by row."""

    def __init__(self, book: _Book, sheet: Sheet, found: Any, facts: SheetFacts) -> None:
        self.book, self.sheet, self.found, self.facts = book, sheet, found, facts
        self.epoch: datetime = book.book.epoch
        self.columns: dict[int, SheetColumn] = {}
        """By the number of the column, from 1."""

    def read(self) -> None:
        self.found.reset_dimensions()
        last_row, last_column = self.facts.last_row, self.facts.last_column
        rows = list(self.found.iter_rows(max_row=last_row, max_col=last_column)) if last_row else []
        top = self._headings(rows)
        if top is None:
            names = listed([f"“{each.title}”" for each in self.sheet.columns if each.needed])
            if self.sheet.needed or any(not is_empty(cell) for row in rows for cell in row):
                self._problem(f"No row of this sheet has the headings of the template: {names}.")
            return
        if not self._know_columns(rows[top]):
            return
        self._refuse_merged(top + 1)
        for number, row in enumerate(rows[top + 1 :], top + 2):
            if any(not is_empty(cell) for cell in row):
                self._row(number, row)
        self._note_hidden()

    # --- headings -------------------------------------------------------------------------------

    def _headings(self, rows: Sequence[Sequence[Any]]) -> int | None:
        """Which row has the headings: the one with most of them; None where none has any."""
        known = set(_by_heading(self.sheet))
        score = [len({_heading(cell) for cell in row} & known) for row in rows[:_HEADINGS_WITHIN]]
        best = max(score, default=0)
        return score.index(best) if best else None

    def _know_columns(self, row: Sequence[Any]) -> bool:
        """Finds out which column is which; whether the sheet can be read."""
        known = _by_heading(self.sheet)
        for at, cell in enumerate(row, 1):
            heading = _heading(cell)
            column = known.get(heading)
            if not heading:
                continue
            if column is None:
                self._unknown(at, cell, known)
            elif column in self.columns.values():
                self._problem(
                    f"Two columns are headed “{column.title}”. Delete one of them.", at=at
                )
            else:
                self.columns[at] = column
        self.book.letters[self.sheet.name] = {
            column.name: letters(at) for at, column in self.columns.items()
        }
        if self.sheet.key not in self.columns.values():
            self._problem(
                f"This sheet has no column “{self.sheet.key.title}”, which says which "
                f"{self.sheet.thing} a row is about."
            )
            return False
        return True

    def _unknown(self, at: int, cell: Any, known: Mapping[str, SheetColumn]) -> None:
        missing = {word for word, column in known.items() if column not in self.columns.values()}
        near = difflib.get_close_matches(_heading(cell), sorted(missing), 1)
        meant = f" Did you mean “{known[near[0]].title}”?" if near else ""
        self._problem(
            f"The template has no column “{shown(cell)}”.{meant} Give the column the heading of "
            "the template, or delete it.",
            at=at,
        )

    # --- rows -----------------------------------------------------------------------------------

    def _row(self, number: int, row: Sequence[Any]) -> None:
        values: dict[str, Value] = {}
        for at, cell in enumerate(row, 1):
            column = self.columns.get(at)
            if column is None:
                self._refuse_homeless(number, at, cell)
                continue
            try:
                value = value_of(cell, column, self.epoch)
            except WrongCell as wrong:
                self._problem(f"{wrong}.", row=number, at=at, found=shown(cell))
                values[column.name] = None
                continue
            if column.needed and value in ("", None) and not column.is_key:
                self._problem(f"{column.title} must not be empty.", row=number, at=at)
            values[column.name] = value
        self.book.rows.append(ReadRow(self.sheet.name, number, values))

    def _refuse_homeless(self, row: int, at: int, cell: Any) -> None:
        """A value below no heading would be lost without a word."""
        has_problem = any(
            each.sheet == self.sheet.title and each.letter == letters(at) and each.row is None
            for each in self.book.problems
        )
        if not is_empty(cell) and not has_problem:
            self._problem(
                "This stands in a column without a heading. Delete it, or give the column the "
                "heading of the template.",
                row=row,
                at=at,
                found=shown(cell),
            )

    def _refuse_merged(self, top: int) -> None:
        """A merged cell keeps one value for several rows or columns: nobody can tell which."""
        known = set(self.columns)
        for first_row, first_column, last_row, last_column in self.facts.merged:
            columns = [at for at in known if first_column <= at <= last_column]
            if columns and last_row >= top and first_row <= self.facts.last_row:
                area = f"{letters(first_column)}{first_row}:{letters(last_column)}{last_row}"
                self._problem(
                    f"The cells {area} are merged. Unmerge them, and fill in each of them.",
                    row=first_row,
                    at=first_column,
                )

    def _note_hidden(self) -> None:
        numbers = [
            row.number
            for row in self.book.rows
            if row.sheet == self.sheet.name and row.number in self.facts.hidden_rows
        ]
        if numbers:
            words = listed([str(each) for each in numbers[:10]])
            more = " and others" if len(numbers) > 10 else ""
            self.book.notes.append(
                f"{self.sheet.title}: rows that the workbook hides count too ({words}{more})."
            )
        hidden = [
            f"“{column.title}”"
            for at, column in self.columns.items()
            if any(first <= at <= last for first, last in self.facts.hidden_columns)
        ]
        if hidden:
            self.book.notes.append(
                f"{self.sheet.title}: columns that the workbook hides count too ({listed(hidden)})."
            )
        if self.found.sheet_state != "visible":
            self.book.notes.append(f"The sheet “{self.sheet.title}” is hidden, and counts too.")

    def _problem(
        self, message: str, *, row: int | None = None, at: int = 0, found: str = ""
    ) -> None:
        column = self.columns.get(at)
        self.book.problems.append(
            Problem(
                message,
                sheet=self.sheet.title,
                row=row,
                letter=letters(at),
                heading=column.title if column else "",
                found=found,
            )
        )


def _by_heading(sheet: Sheet) -> dict[str, SheetColumn]:
    """The columns by their headings in the programme's words, and in the usual ones: those of a
    workbook that was downloaded before the words changed."""
    usual = {_plain(each.heading): each for each in sheet.columns}
    return usual | {_plain(each.title): each for each in sheet.columns}


def _heading(cell: Any) -> str:
    return _plain(cell.value) if isinstance(cell.value, str) else _plain(cell.value or "")


def _plain(words: Any) -> str:
    """Words as they are compared: however they are written, and whether marked as needed or not."""
    text = tidy(str(words)).replace("'", "’").rstrip("*: ")
    return re.sub(r"\s+", " ", text).casefold()
