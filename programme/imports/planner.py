"""What the planning of every kind of row shares: what a cell names, what changes, what stands on
what. An app's planner says beside that which row is meant and what its cells mean."""

from __future__ import annotations

from datetime import date
from typing import Any

from programme.common import formats
from programme.common.words import say
from programme.imports.lookups import AmbiguousWord, Lookup, UnknownWord
from programme.imports.plan import FieldChange, Planned, words
from programme.imports.shapes import Problem, Reading, ReadRow, Sheet
from programme.models import Programme


class RowPlanner:
    """Plans the rows of one workbook for a programme. ``several`` are the columns whose cells name
    more than one row, a line each."""

    several: frozenset[str] = frozenset()

    def __init__(self, programme: Programme, reading: Reading) -> None:
        self.programme, self.reading = programme, reading
        self.problems: list[Problem] = []

    def said(self, name: str, value: Any) -> str:
        """A value of a column as the preview shows it."""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return formats.day(value) if isinstance(value, date) else words(value)

    def found(self, planned: Planned, name: str, lookup: Lookup[Any]) -> Any:
        """The row, or for what may be several the rows, that a cell names; what was withdrawn only
        where the row has it already."""
        text = str(planned.source.values.get(name) or "")
        try:
            rows = lookup.find_all(text) if name in self.several else [lookup.find(text)]
        except (UnknownWord, AmbiguousWord) as wrong:
            if text:
                self.wrong(planned.sheet, planned.source, name, "{wrong}", wrong=wrong)
            return [] if name in self.several else None
        kept = self.before(planned, name)
        kept = kept if isinstance(kept, list) else [kept]
        for row in rows:
            if getattr(row, "withdrawn_on", None) is not None and row not in kept:
                message = "“{choice}” is withdrawn and cannot be chosen."
                self.wrong(planned.sheet, planned.source, name, message, choice=row)
        rows = [row.planned if isinstance(row, Coming) else row for row in rows]
        return rows if name in self.several else rows[0]

    def take(self, planned: Planned, name: str, value: Any, *, always: bool = False) -> None:
        """Keeps a value that differs from what is stored; of a column that the sheet lacks none."""
        if name not in planned.source.values and not always:
            return
        before = self.before(planned, name)
        if value is None and isinstance(before, str):
            value = ""
        if planned.is_new and value in (None, "", []):
            return
        if not planned.is_new and _same(before, value):
            return
        planned.values[name] = value
        column = planned.sheet.column(name)
        planned.changes.append(
            FieldChange(
                column.heading if column else name, self.said(name, before), self.said(name, value)
            )
        )

    def before(self, planned: Planned, name: str) -> Any:
        if planned.stored is None:
            return [] if name in self.several else None
        value = getattr(planned.stored, name)
        return list(value.all()) if name in self.several else value

    def twice(self, planned: Planned, name: str, first: Planned) -> None:
        what = planned.sheet.thing
        self.wrong(
            planned.sheet,
            planned.source,
            name,
            "Row {number} is about this {what} already.",
            number=first.source.number,
            what=what,
        )

    def refuse_oneself(self, planned: Planned) -> None:
        parent = planned.values.get("parent")
        if parent is not None and (parent is planned or parent == planned.stored):
            self.wrong(planned.sheet, planned.source, "parent", "It cannot stand below itself.")
            del planned.values["parent"]

    def in_order(self, rows: list[Planned]) -> list[Planned]:
        """Each after what it stands on; new rows that stand on one another in a circle are said."""
        done: list[Planned] = []
        for row in rows:
            self._put(row, done, [])
        return done

    def _put(self, row: Planned, done: list[Planned], above: list[Planned]) -> None:
        if row in done:
            return
        if row in above:
            self.wrong(
                row.sheet,
                row.source,
                "parent",
                "This would make a circle: it stands above that one.",
            )
            row.values.pop("parent", None)
            return
        parent = row.values.get("parent")
        if isinstance(parent, Planned):
            self._put(parent, done, [*above, row])
        if row not in done:
            done.append(row)

    def wrong(self, sheet: Sheet, row: ReadRow, name: str, message: str, **named: Any) -> None:
        """A problem at a cell: the portal's own sentence, and the names that stand in it."""
        message = say(message).format(**named)
        self.problems.append(self.reading.problem(sheet, row, name, message))


class Coming:
    """A row that the workbook adds, among those that its other rows can name."""

    withdrawn_on = None
    slug = ""

    def __init__(self, planned: Planned) -> None:
        self.planned, self.name = planned, planned.label

    def __str__(self) -> str:
        return self.name


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return {each.pk for each in before} == {each.pk for each in after}
    return bool(before == after)
