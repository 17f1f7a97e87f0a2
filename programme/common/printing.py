"""The cells of a table's rows as HTML, quickly.

django-tables2 asks the signature of every column anew for every cell; over a page of fifty rows
that takes longer than all the rest. Here it is asked once for each column.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

Cell = Callable[[Any], SafeString]
"""Prints the cell of one bound row."""


def printed_rows(table: Any, fast: type) -> Iterator[list[SafeString]]:
    """The rows of the table's page as lists of their cells, each with its tag.

    Columns of the class ``fast`` promise attributes that are the same in every row; any other is
    left to django-tables2.
    """
    cells = [_cell(table, column, isinstance(column.column, fast)) for column in table.columns]
    for row in table.paginated_rows:
        yield [cell(row) for cell in cells]


def _cell(table: Any, column: Any, is_fast: bool) -> Cell:
    header = getattr(column.column, "row_header", False)
    tag, kind = ("th", "header") if header else ("td", "cell")
    opening = format_html(
        '<{} {}class="govuk-table__{} {}" data-label="{}">',
        tag,
        mark_safe('scope="row" role="rowheader" ' if header else 'role="cell" '),  # noqa: S308
        kind,
        column.attrs["td"].get("class") or "",
        column.header,
    )
    closing = f"</{tag}>"
    content = _content(table, column) if is_fast and not column.link else None

    def printed(row: Any) -> SafeString:
        text = row.get_cell(column.name) if content is None else content(row)
        return mark_safe(f"{opening}{conditional_escape(text)}{closing}")  # noqa: S308 - escaped

    return printed


def _content(table: Any, column: Any) -> Callable[[Any], Any]:
    """What ``BoundRow.get_cell`` does, with all that is the same in every row done before."""
    accessor, empty, default = column.accessor, column.column.empty_values, column.default
    shown = _display(accessor)
    parameters = inspect.signature(column.render).parameters
    given = {"column": column.column, "bound_column": column, "table": table}
    fixed = {name: value for name, value in given.items() if name in parameters}
    wants_value, wants_record, wants_row = (
        name in parameters for name in ("value", "record", "bound_row")
    )

    def content(row: Any) -> Any:
        value = shown(row.record)
        if value in empty:
            return default
        arguments = dict(fixed)
        if wants_value:
            arguments["value"] = value
        if wants_record:
            arguments["record"] = row.record
        if wants_row:
            arguments["bound_row"] = row
        return column.render(**arguments)

    return content


def _display(accessor: Any) -> Callable[[Any], Any]:
    """Reads the value of a row: of a choice its words; nothing where the way to it ends in None."""
    *before, last = str(accessor).split("__")
    words = f"get_{last}_display"

    def read(record: Any) -> Any:
        found = record
        for name in before:
            found = _step(found, name)
        if isinstance(found, Model) and hasattr(found, words):
            return getattr(found, words)()
        return _step(found, last)

    return read


def _step(found: Any, name: str) -> Any:
    if found is None:
        return None
    # A column may stand for nothing that the row has and make its cells of the record alone.
    found = found.get(name) if isinstance(found, dict) else getattr(found, name, None)
    if not callable(found) or getattr(found, "do_not_call_in_templates", False):
        return found
    if getattr(found, "alters_data", False):
        raise ValueError(f"A column must not call {name}(), which alters data.")
    return found()
