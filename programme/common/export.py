"""A list as a file for a spreadsheet: CSV or Excel, in which no cell can become a formula.

A text that begins like a formula is kept as the text that it is: behind an apostrophe in CSV, as
a cell of type text in Excel (OWASP, CSV Injection). Figures stay figures, days stay days.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMATS = ("csv", "xlsx")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# What a spreadsheet may read as the beginning of a formula, also behind white space.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n\u2212\uff0b\uff0d\uff1d\uff20]")
# Characters that XML, and so Excel's file, cannot hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SHEET = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """What a file holds: headings, and rows of texts, numbers, days and nothing."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


def grid_of(table: Any, title: str) -> Grid:
    """All rows of a ``django_tables2`` table, not just a page of it, in its order. A column may
    say in ``parts`` and ``export`` that its value takes several cells."""
    columns = [one for one in table.columns if not one.column.exclude_from_export]
    header = []
    for one in columns:
        for part in getattr(one.column, "parts", ("",)):
            header.append(f"{one.header} ({part})" if part else str(one.header))
    return Grid(title, header, (_cells(row, columns) for row in table.rows))


def response(grid: Grid, form: str, name: str) -> HttpResponse:
    """The grid as a download. ``form`` is one of FORMATS, ``name`` the file's name without its
    ending."""
    content = to_csv(grid) if form == "csv" else to_xlsx(grid)
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def to_csv(grid: Grid) -> bytes:
    """UTF-8 with a byte order mark, by which Excel knows the encoding."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([_csv(cell) for cell in grid.header])
    writer.writerows([_csv(cell) for cell in row] for row in grid.rows)
    return file.getvalue().encode("utf-8-sig")


def to_xlsx(grid: Grid) -> bytes:
    """One sheet, its first row the headings, which stay in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET.sub(" ", grid.title)[:31] or "List")
    sheet.freeze_panes = "A2"
    rows = [list(row) for row in grid.rows]
    for number, heading in enumerate(grid.header, 1):
        longest = max([len(heading), *(len(_text(row[number - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(number)].width = min(longest, _WIDEST) + 2
    sheet.append([_excel(sheet, heading, bold=True) for heading in grid.header])
    for row in rows:
        sheet.append([_excel(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return bool(_FORMULA.match(text))


def _cells(row: Any, columns: Sequence[Any]) -> list[Any]:
    cells: list[Any] = []
    for one in columns:
        value = row.get_cell_value(one.name)
        export = getattr(one.column, "export", None)
        cells += export(value) if export else [value]
    return cells


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return _local(cell).strftime("%Y-%m-%d %H:%M")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _local(moment: datetime) -> datetime:
    """The moment by the clock on the wall: a spreadsheet's moments know no time zone."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _csv(cell: Any) -> str:
    text = _FORBIDDEN.sub("", _text(cell))
    harmless = isinstance(cell, (int, Decimal)) or not is_dangerous(text)
    return text if harmless else f"'{text}"


def _excel(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = _local(value)
    keep = value is None or isinstance(value, (bool, int, Decimal, date))
    cell = WriteOnlyCell(sheet, value if keep else _FORBIDDEN.sub("", str(value)))
    if isinstance(cell.value, str):
        cell.data_type = "s"
        cell.quotePrefix = is_dangerous(cell.value)
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = "d mmm yyyy"
    if bold:
        cell.font = Font(bold=True)
    return cell
