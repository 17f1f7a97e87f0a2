"""What the paper's templates are given: every block as plain data, each value already printed.

Templates only place things. Which heading level a title has, what a column's class is, whether a
title would stand twice: all of it is decided here, once, for the page and for the PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from programme.common import cells, charts
from programme.common.blocks import (
    Cell,
    Chart,
    Column,
    ColumnKind,
    Missing,
    Rating,
    Row,
    RowKind,
    Table,
    Text,
)
from programme.common.words import say
from reports.document import (
    Block,
    Bullets,
    Gap,
    GridRow,
    KeyFigures,
    Paragraph,
    RagBox,
    RagCell,
    RagGrid,
    RatingKey,
    Recommendations,
    Section,
    Subheading,
    Withheld,
)
from reports.render import widths

View = dict[str, Any]

DEEPEST_HEADING = 6
# Share of the width that a column of natural width is taken to need beside weighted ones.
NATURAL_PERCENT = 15
WIDTH_STEP = 5
# A table, or a group of rows with its heading, is kept on one page when it has so few rows.
SHORT_TABLE = 8
SHORT_GROUP = 5
# A strip of cells is broken into several where it has more; a grid of more dimensions is turned.
MOST_IN_A_STRIP = 7
MOST_DIMENSIONS = 9
SAME_IN_FIGURES = "The same in figures"


class Views:
    """Builds the views of one paper, keeping its headings in order and its ids unique."""

    def __init__(self, resolve: cells.Resolve, *, scrolling: bool) -> None:
        """``scrolling``: wide tables and charts scroll inside the page, so they take the focus."""
        self._resolve = resolve
        self._scrolling = scrolling
        self._ids: set[str] = set()
        self._open: list[int] = []  # the levels asked for by the headings above the next block
        self._heading = ""

    # --- sections and headings ----------------------------------------------------------------

    def section(self, section: Section, level: int = 2) -> View:
        """``plain``: no paragraph in it is numbered, so text need not stand clear of numbers."""
        heading = self._headed(section.heading, level, section.key, section.number)
        blocks = [self._block(block, level, section.key) for block in section.blocks]
        sections = [self.section(child, level + 1) for child in section.sections]
        return {
            "heading": heading,
            "new_page": section.new_page,
            "marking": section.marking,
            "restricted": section.restricted,
            "blocks": blocks,
            "sections": sections,
            "plain": not any(block.get("number") for block in blocks)
            and all(child["plain"] for child in sections),
        }

    def _headed(self, text: str, level: int, key: str, number: str = "") -> View:
        """A heading one level below the one it stands under, so that no level is ever skipped."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        self._heading = text
        actual = min(1 + len(self._open), DEEPEST_HEADING)
        return {
            "id": self._id(key),
            "level": actual,
            "number": number,
            "text": text,
            "sideways": False,
        }

    def _id(self, key: str) -> str:
        base = f"paper-{slugify(key)}".rstrip("-")  # apart from the ids of the page around it
        name, count = base, 1
        while name in self._ids:
            count += 1
            name = f"{base}-{count}"
        self._ids.add(name)
        return name

    # --- blocks -------------------------------------------------------------------------------

    def _block(self, block: Block, level: int, key: str) -> View:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Bullets():
                return _bullets(block)
            case Subheading():
                heading = self._headed(block.text, level + block.depth, f"{key}-{block.text}")
                return _view("subheading", heading=heading)
            case Table():
                return self._table(block, key)
            case RagBox():
                return self._rag_box(block, level, key)
            case RagGrid():
                return self._rag_grid(block, key)
            case KeyFigures():
                return self._key_figures(block)
            case Chart():
                return self._chart(block, key)
            case RatingKey():
                return self._rating_key(block, key)
            case Recommendations():
                return self._recommendations(block)
            case Gap():
                return _view("gap", text=block.text)
            case Withheld():
                return _view("withheld", what=block.what, ground=block.ground)

    def _paragraph(self, block: Paragraph) -> View:
        name = self._id(f"paragraph-{block.number}") if block.number else ""
        return _view("paragraph", number=block.number, id=name, html=cells.inline(block.text))

    def _recommendations(self, block: Recommendations) -> View:
        return _view(
            "recommendations",
            number=block.number,
            id=self._id(f"paragraph-{block.number}") if block.number else "",
            intro=cells.inline(block.intro),
            items=[{"verb": item.verb, "html": cells.inline(item.text)} for item in block.items],
        )

    def _table(self, block: Table, key: str) -> View:
        """A table; in print one of many columns goes on a sideways page, or in several parts."""
        rows = [row.cells for group in block.groups for row in group.rows]
        printing = not self._scrolling
        how = widths.fit(block.columns, rows) if printing else None
        parts = how.parts if how else (tuple(range(len(block.columns))),)
        views = []
        for number, chosen in enumerate(parts, start=1):
            columns = tuple(block.columns[place] for place in chosen)
            if how and how.sideways:
                columns = tuple(replace(column, weight=0) for column in columns)
            groups = [
                _group(
                    group.heading,
                    [
                        self._row(row, tuple(row.cells[place] for place in chosen), columns)
                        for row in group.rows
                    ],
                )
                for group in block.groups
            ]
            caption = block.caption
            if len(parts) > 1:
                caption = f"{caption} (part {number} of {len(parts)})"
            views.append(self._tabular(caption, columns, groups, key))
        return _view(
            "table",
            tables=views,
            sideways=bool(how and how.sideways),
            notes=[cells.inline(note) for note in block.notes],
        )

    def _tabular(
        self, caption: str, columns: tuple[Column, ...], groups: list[View], key: str
    ) -> View:
        shares = _widths(columns)
        return {
            "id": self._id(f"{key}-table"),
            "caption": caption,
            "scrolling": self._scrolling,
            "columns": [
                {
                    "heading": column.heading,
                    "css": _css(column, long=widths.has_long_word(column.heading)),
                    "width": width,
                }
                for column, width in zip(columns, shares, strict=True)
            ],
            "has_widths": any(shares),
            "together": sum(len(group["rows"]) for group in groups) <= SHORT_TABLE,
            "groups": groups,
        }

    def _row(self, row: Row, values: tuple[Cell, ...], columns: tuple[Column, ...]) -> View:
        printed = [
            {
                "css": _css(column, long=widths.is_long(value)),
                "html": cells.cell(value, self._resolve),
            }
            for column, value in zip(columns, values, strict=True)
        ]
        return {"kind": row.kind.value, "header": printed[0], "cells": printed[1:]}

    def _rag_grid(self, block: RagGrid, key: str) -> View:
        columns = (
            Column(say("Project")),
            *(Column(dimension, ColumnKind.RATING) for dimension in block.dimensions),
        )
        groups = [
            _group(group.heading, [self._grid_row(row) for row in group.rows])
            for group in block.groups
        ]
        return _view(
            "rag_grid",
            tables=[self._tabular(block.caption, columns, groups, key)],
            sideways=not self._scrolling and len(block.dimensions) > MOST_DIMENSIONS,
            notes=[cells.inline(note) for note in block.notes],
        )

    def _grid_row(self, row: GridRow) -> View:
        project = cells.linked(row.project, row.ref, self._resolve)
        return {
            "kind": RowKind.BODY.value,
            "header": {"css": ColumnKind.TEXT.value, "html": project},
            "cells": [
                {"css": ColumnKind.RATING.value, "html": cells.cell(rating)}
                for rating in row.ratings
            ],
        }

    def _rag_box(self, block: RagBox, level: int, key: str) -> View:
        """The title is a heading, unless the heading before it says the same already."""
        heading = None
        if block.title != self._heading:
            heading = self._headed(block.title, level + block.depth, f"{key}-{block.title}")
        overall = (block.overall,) if block.overall else ()
        return _view(
            "rag_box",
            heading=heading,
            title=block.title,
            id=self._id(f"{key}-ratings"),
            scrolling=self._scrolling,
            strips=_strips([self._rag_cell(cell) for cell in (*overall, *block.cells)]),
            is_line=len(overall) + len(block.cells) == 1,
            has_overall=block.overall is not None,
            notes=[cells.inline(note) for note in block.notes],
        )

    def _rag_cell(self, cell: RagCell) -> View:
        return {
            "dimension": cell.dimension,
            "rating": cells.cell(cell.rating),
            "figures": [cells.cell(figure, self._resolve) for figure in cell.figures],
        }

    def _key_figures(self, block: KeyFigures) -> View:
        return _view(
            "key_figures",
            id=self._id("key-figures"),
            scrolling=self._scrolling,
            strips=_strips(
                [
                    {
                        "label": item.label,
                        "html": cells.cell(item.value, self._resolve),
                        "is_figure": not isinstance(item.value, Rating | Missing | Text),
                        "note": item.note,
                    }
                    for item in block.items
                ]
            ),
        )

    def _chart(self, block: Chart, key: str) -> View:
        name = self._id(f"{key}-chart")
        return _view(
            "chart",
            id=name,
            title=block.title,
            description=block.description,
            svg=_drawing(block, name),
            scrolling=self._scrolling,
            table=self._table(_below(block), key),
        )

    def _rating_key(self, block: RatingKey, key: str) -> View:
        return _view(
            "rating_key",
            id=self._id(f"{key}-ratings-key"),
            title=block.title,
            levels=[
                {"html": cells.rating(level.rating), "definition": level.definition}
                for level in block.levels
            ],
        )


def contents(sections: Iterable[View]) -> View:
    """A list of contents: sections with their sub-sections, and whether any has a number."""
    entries = [
        section["heading"] | {"entries": [child["heading"] for child in section["sections"]]}
        for section in sections
    ]
    numbers = [entry["number"] for entry in entries]
    return {"entries": entries, "numbered": any(number[:1].isdigit() for number in numbers)}


def turn_headings(sections: Iterable[View]) -> None:
    """Put the headings right above a table on a sideways page onto that page, so that none is left
    on an upright one without anything below it."""
    above: list[View] = []
    for view in _in_order(sections):
        if view.get("sideways"):
            for heading in above:
                heading["sideways"] = True
        if "level" in view:
            above.append(view)
        else:
            above = []


def _in_order(sections: Iterable[View]) -> Iterator[View]:
    """Headings and blocks as they follow each other, a subheading as the heading that it is."""
    for section in sections:
        yield section["heading"]
        for block in section["blocks"]:
            yield block["heading"] if block["kind"] == "subheading" else block
        yield from _in_order(section["sections"])


def _view(kind: str, **fields: Any) -> View:
    return {"template": f"reports/paper/{kind}.html", "kind": kind, **fields}


def _bullets(block: Bullets) -> View:
    """A list; each item carries the lists that belong to it."""
    items: list[dict[str, Any]] = []
    for item in block.items:
        if isinstance(item, Bullets):
            items[-1]["below"].append(_bullets(item))
        else:
            items.append({"html": cells.inline(item), "below": []})
    return _view("bullets", items=items, marker=block.marker)


def _below(chart: Chart) -> Table:
    """The table below a drawing, which need not say the drawing's title again."""
    same = chart.table.caption in ("", chart.title)
    return replace(chart.table, caption=SAME_IN_FIGURES) if same else chart.table


def _group(heading: str, rows: list[View]) -> View:
    return {"heading": heading, "rows": rows, "together": len(rows) <= SHORT_GROUP}


def _css(column: Column, *, long: bool) -> str:
    return f"{column.kind.value} cell--long" if long else column.kind.value


def _strips(items: list[View]) -> list[list[View]]:
    """Cells in as few strips as hold them, of about the same length."""
    count = max(1, ceil(len(items) / MOST_IN_A_STRIP))
    size = ceil(len(items) / count)
    return [items[start : start + size] for start in range(0, max(len(items), 1), size or 1)]


def _widths(columns: tuple[Column, ...]) -> list[int]:
    """Widths in percent for the weighted columns, in steps that have a class; 0: natural."""
    weight = sum(column.weight for column in columns)
    natural = sum(1 for column in columns if not column.weight)
    share = max(0, 100 - NATURAL_PERCENT * natural)
    return [
        max(WIDTH_STEP, round(share * column.weight / weight / WIDTH_STEP) * WIDTH_STEP)
        if column.weight
        else 0
        for column in columns
    ]


def _drawing(chart: Chart, name: str) -> SafeString:
    return mark_safe(charts.draw(chart, name))  # noqa: S308 - the drawing escapes its texts
