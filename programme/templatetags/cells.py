"""Tables, drawings and typed cells in templates: ``{% load cells %}``, then ``{{ value|cell }}``,
``{% table years "years" %}`` and ``{% drawing chart "funding" %}``."""

from __future__ import annotations

from typing import Any, Protocol

from django import template
from django.utils.safestring import SafeString, mark_safe

from programme.common import cells, charts
from programme.common.blocks import Cell, Chart, ColumnKind, OnPage, Ref, Row, RowKind, Table

register = template.Library()


class Resolver(Protocol):
    """Whoever knows the page behind a reference."""

    def resolve(self, ref: Ref) -> str | None: ...


@register.filter
def cell(value: Cell) -> SafeString:
    """`{{ project.rating|cell }}`: a rating as letter and word on its colour, a gap named."""
    return cells.cell(value)


@register.simple_tag
def drawing(chart: Chart, key: str) -> SafeString:
    """The chart's drawing; its table stands beside it. ``key`` is unique on the page."""
    return mark_safe(charts.draw(chart, key))  # noqa: S308 - the drawing escapes its texts


@register.inclusion_tag("includes/table.html")
def table(shown: Table, key: str, addresses: Resolver | None = None) -> dict[str, Any]:
    """A table of figures with its notes. ``key`` is unique on the page; ``addresses`` knows where
    references lead, if there are any."""
    resolve = addresses.resolve if addresses else cells.no_links
    figures = [column.kind is ColumnKind.FIGURE for column in shown.columns]

    def placed(row: Row) -> list[dict[str, Any]]:
        return [
            {
                "html": cells.cell(cells.leading(value, resolve)),
                "figure": figure,
                "anchor": value.anchor if isinstance(value, OnPage) else "",
            }
            for value, figure in zip(row.cells, figures, strict=True)
        ]

    rows = [row for group in shown.groups for row in group.rows]
    return {
        "key": key,
        "caption": shown.caption,
        "columns": list(zip((column.heading for column in shown.columns), figures, strict=True)),
        "groups": [
            (
                group.heading,
                [placed(row) for row in group.rows if row.kind is RowKind.BODY],
            )
            for group in shown.groups
        ],
        "foot": [placed(row) for row in rows if row.kind is not RowKind.BODY],
        "notes": [cells.inline(note) for note in shown.notes],
    }
