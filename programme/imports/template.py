"""The workbook that somebody fills in: what is stored already, room for more, and what may stand
where. What tells stored rows apart is protected, without a password: against slips of the hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from programme.common.export import is_dangerous
from programme.common.words import say
from programme.imports.reading import MAX_ROWS
from programme.imports.shapes import Kind, Sheet, SheetColumn, Value

LISTS = "Lists"
_DAY = "dd/mm/yyyy"
_OPEN, _SHUT = Protection(locked=False), Protection(locked=True)
_HEAD = PatternFill("solid", fgColor="E8EDF2")
_KEY = PatternFill("solid", fgColor="F3F2F1")
_LONGEST_PROMPT = 255
_YES_NO = '"Yes,No"'

HOW = (
    "Fill in a row for each new one, and change what is there. Then upload the workbook: you see "
    "what it would do before anything is saved.",
    "A row that you take out of the workbook stays in the portal as it is: nothing is deleted.",
    "A cell that you empty empties the value. A column that you delete leaves the values as they "
    "are. Columns may stand in any order, under the headings that they have here.",
    "Days are written day first, such as 27/3/2026 or 27 March 2026. Formulas are not read: paste "
    "their values.",
    "Where several may be named, write each on a line of its own in the cell (Alt and Enter), or "
    "part them with semicolons.",
    f"At most {MAX_ROWS} rows are taken at a time.",
)


def write(
    sheets: Sequence[Sheet],
    rows: Mapping[str, Sequence[Mapping[str, Value]]],
    *,
    lists: Mapping[str, Sequence[str]],
    title: str,
    marking: str,
) -> bytes:
    """The workbook with the rows of each sheet by its name. ``lists`` are what columns choose from,
    by the heading of the list."""
    book = Workbook()
    book.properties.title, book.properties.creator = title, "Collaboration Portal"
    _read_me(book.active, sheets, title=title, marking=marking)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title[:31]), sheet, rows.get(sheet.name, ()), lists)
    _lists(book.create_sheet(LISTS), lists)
    file = BytesIO()
    save_workbook(book, file)
    return file.getvalue()


def _fill(
    found: Worksheet,
    sheet: Sheet,
    rows: Sequence[Mapping[str, Value]],
    lists: Mapping[str, Sequence[str]],
) -> None:
    for at, column in enumerate(sheet.columns, 1):
        heading = found.cell(1, at, _heading(column))
        heading.font, heading.fill = Font(bold=True), _HEAD
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        whole = found.column_dimensions[get_column_letter(at)]
        whole.width = column.width
        # What an empty cell of the column is: open, and text unless it is a day.
        whole.protection = _OPEN
        whole.number_format = _format(column)
        whole.alignment = Alignment(wrap_text=True, vertical="top")
        _offer(found, at, column, lists)
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(sheet.columns, 1):
            _put(found.cell(number, at), column, row.get(column.name))
    found.freeze_panes = "C2"
    found.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort"):
        setattr(found.protection, allowed, False)  # what is False here is not forbidden


def _heading(column: SheetColumn) -> str:
    return f"{column.title} *" if column.needed else column.title


def _format(column: SheetColumn) -> str:
    return _DAY if column.kind is Kind.DAY else "@"


def _put(cell: Any, column: SheetColumn, value: Value) -> None:
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    cell.value = value or None
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = is_dangerous(value)
    cell.number_format = _DAY if isinstance(value, date) else _format(column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = _SHUT if column.is_key else _OPEN
    if column.is_key:
        cell.fill = _KEY


def _offer(
    found: Worksheet, at: int, column: SheetColumn, lists: Mapping[str, Sequence[str]]
) -> None:
    """What Excel shows when a cell of the column is chosen, and the list to choose from. A list
    warns and does not forbid: the portal says what is wrong in better words."""
    rule = DataValidation(allow_blank=True)
    if column.kind is Kind.YES_NO:
        rule.type, rule.formula1 = "list", _YES_NO
    elif column.choices and column.kind is Kind.LINE and lists.get(column.choices):
        letter = get_column_letter(list(lists).index(column.choices) + 1)
        last = len(lists[column.choices]) + 1
        rule.type, rule.formula1 = "list", f"={LISTS}!${letter}$2:${letter}${last}"
        rule.errorStyle = "warning"
    if column.note:
        rule.promptTitle, rule.prompt = column.title[:32], say(column.note)[:_LONGEST_PROMPT]
        rule.showInputMessage = True
    if rule.type or rule.prompt:
        letter = get_column_letter(at)
        rule.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
        found.add_data_validation(rule)


def _read_me(found: Worksheet, sheets: Sequence[Sheet], *, title: str, marking: str) -> None:
    found.title = "Read me"
    found.column_dimensions["A"].width, found.column_dimensions["B"].width = 44, 90
    lines: list[tuple[str, str, bool]] = [(title, "", True), (marking, "", False)]
    lines += [("", text, False) for text in map(say, HOW)]
    for sheet in sheets:
        lines += [("", "", False), (f"Sheet “{sheet.title}”", "", True)]
        lines += [(_heading(each), _note(each), False) for each in sheet.columns]
    lines += [("", "", False), ("* A new row must have it.", "", False)]
    for number, (first, second, bold) in enumerate(lines, 1):
        for at, text in enumerate((first, second), 1):
            cell = found.cell(number, at, text or None)
            if text:
                cell.data_type, cell.quotePrefix = "s", is_dangerous(text)
            cell.font = Font(bold=bold or at == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _note(column: SheetColumn) -> str:
    chosen = f"One of those in the list “{say(column.choices)}”" if column.choices else ""
    if chosen and column.kind is Kind.TEXT:
        chosen = f"Any of those in the list “{say(column.choices)}”, each on a line of its own"
    if column.kind is Kind.YES_NO:
        chosen = "Yes or No"
    if column.kind is Kind.DAY:
        chosen = "A day"
    if column.longest and not column.choices:
        chosen = f"At most {column.longest:,} characters"
    return ". ".join(each.rstrip(".") for each in (say(column.note), chosen) if each) + "."


def _lists(found: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    for at, (name, choices) in enumerate(lists.items(), 1):
        found.column_dimensions[get_column_letter(at)].width = 40
        found.cell(1, at, say(name)).font = Font(bold=True)
        for number, choice in enumerate(choices, 2):
            cell = found.cell(number, at, choice)
            cell.data_type, cell.quotePrefix = "s", is_dangerous(choice)
    found.protection.sheet = True
