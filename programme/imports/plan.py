"""What a workbook would do: its rows as they are to become, and how that is carried out.

A plan is made anew whenever it is shown or carried out, from what the workbook said and from what
is stored at that moment. Its digest stands for all that a reader has seen of it, versions of rows
among it: what changed in between gives another digest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction

from programme.imports.shapes import Problem, Reading, ReadRow, Sheet, SheetColumn
from programme.writing import StaleVersion

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a row before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(eq=False, slots=True)
class Planned:
    """A row of the workbook with what it is to become.

    ``stored`` is the row it is about, None for a new one. ``values`` are what its action takes;
    where that is a row of the workbook that is not stored yet, a Planned stands for it, which comes
    earlier in the plan.
    """

    sheet: Sheet
    source: ReadRow
    label: str
    stored: models.Model | None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    saved: models.Model | None = None

    def __str__(self) -> str:
        return self.label

    @property
    def is_new(self) -> bool:
        return self.stored is None

    @property
    def is_changed(self) -> bool:
        return self.stored is not None and bool(self.changes)

    @property
    def version(self) -> int:
        return getattr(self.stored, "version", 0)

    @property
    def now(self) -> models.Model | None:
        """The row as it is stored now; None for a new one that could not be saved."""
        return self.saved or self.stored

    def ready(self) -> dict[str, Any] | None:
        """The values with rows in place of their plans; None where one of these is not there."""
        found = {name: _now(value) for name, value in self.values.items()}
        return None if any(each is _MISSING for each in found.values()) else found


_MISSING = object()


def _now(value: Any) -> Any:
    if isinstance(value, Planned):
        return value.now or _MISSING
    return value


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of a workbook in the order in which they are saved, and what is wrong with it."""

    rows: Sequence[Planned]
    problems: Sequence[Problem]
    reading: Reading

    @property
    def notes(self) -> Sequence[str]:
        return self.reading.notes

    @property
    def added(self) -> list[Planned]:
        return self._as_in_the_workbook([row for row in self.rows if row.is_new])

    @property
    def changed(self) -> list[Planned]:
        return self._as_in_the_workbook([row for row in self.rows if row.is_changed])

    @property
    def unchanged(self) -> list[Planned]:
        return [row for row in self.rows if not row.is_new and not row.is_changed]

    @property
    def groups(self) -> list[tuple[str, str, list[Planned], bool]]:
        """What a preview lists: heading, its word on the page, rows, whether these are new."""
        return [("Added", "added", self.added, True), ("Changed", "changed", self.changed, False)]

    @property
    def does_something(self) -> bool:
        return any(row.is_new or row.is_changed for row in self.rows)

    def touches(self, sheet: Sheet) -> bool:
        """Whether a row of the sheet is added or changed."""
        return any(row.sheet is sheet for row in self.rows if row.is_new or row.is_changed)

    @property
    def digest(self) -> str:
        said = [
            [row.sheet.name, row.source.number, str(row), row.version]
            + [[each.label, each.before, each.after] for each in row.changes]
            for row in self.rows
        ]
        return sha256(json.dumps(said).encode()).hexdigest()

    def _as_in_the_workbook(self, rows: list[Planned]) -> list[Planned]:
        return sorted(rows, key=lambda row: (row.sheet.name, row.source.number))


Save = Callable[[Planned, dict[str, Any]], models.Model]
"""Saves one row of a plan by its action, with the values that the action takes."""


class _Undone(Exception):
    """Takes a rehearsal back."""


def rehearse(plan: Plan, save: Save) -> list[Problem]:
    """What the actions would refuse, row by row; nothing of it stays. Every rule that holds on a
    screen is asked, those over several rows among them."""
    problems: list[Problem] = []
    try:
        with transaction.atomic():
            problems = carry_out(plan, save)
            raise _Undone
    except _Undone:
        for row in plan.rows:
            row.saved = None
    return problems


def all_problems(reading: Reading, plan: Plan, save: Save) -> list[Problem]:
    """Everything that is wrong with a workbook, in its order: cells that could not be read, what
    they cannot mean, and what the actions would refuse. Of a cell, and of what an action says of a
    row, only the first is said: the rest may follow from it."""
    found = list(reading.problems)
    if any(each.row is None for each in found):
        return found  # a sheet or a column is missing: all else would follow from that
    cells = {(each.sheet, each.cell) for each in found}
    found += [each for each in plan.problems if (each.sheet, each.cell) not in cells]
    rows = {(each.sheet, each.row) for each in found}
    found += [each for each in rehearse(plan, save) if (each.sheet, each.row) not in rows]
    return sorted(found, key=lambda each: each.place)


def carry_out(plan: Plan, save: Save) -> list[Problem]:
    """Saves all rows that are new or changed, in the transaction of its caller, who takes all back
    where there is any problem. What stands on a row that was refused is passed over."""
    problems: list[Problem] = []
    for row in plan.rows:
        if not (row.is_new or row.is_changed):
            continue
        values = row.ready()
        if values is None:
            continue
        try:
            with transaction.atomic():
                row.saved = save(row, values)
        except StaleVersion as stale:
            problems.append(_at(plan, row, NON_FIELD_ERRORS, f"{stale} Look at it again."))
        except ValidationError as error:
            for name, messages in _by_field(error).items():
                problems += [_at(plan, row, name, message) for message in messages]
    return sorted(problems, key=lambda each: each.place)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return error.message_dict
    return {NON_FIELD_ERRORS: error.messages}


def _at(plan: Plan, row: Planned, name: str, message: str) -> Problem:
    return plan.reading.problem(row.sheet, row.source, name, message)


def words(value: Any) -> str:
    """A value as the preview prints it."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, (list, tuple)):
        return "; ".join(sorted(str(each) for each in value))
    return str(value)


def new_row_needs(sheet: Sheet, row: ReadRow, reading: Reading) -> list[Problem]:
    """What a new row lacks because its sheet lacks the column."""
    lacking: list[SheetColumn] = [
        each for each in sheet.columns if each.needed and each.name not in row.values
    ]
    return [
        reading.problem(
            sheet,
            row,
            each.name,
            f"This {sheet.thing} is new. Add the column “{each.title}” and fill it in.",
        )
        for each in lacking
    ]
