"""Columns of lists: how each kind of value is printed in a table and written to a download.

``render`` makes a cell of the page, ``value`` what a download holds. A value that may be unknown
downloads as two columns, the figure and how certain it is, so that "to be confirmed", "not
applicable" and £0 stay apart and a column of figures still adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import Model
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2.utils import Accessor, OrderByTuple

from programme.common import formats, ratings
from programme.common.values import Amount, PlainDate
from programme.common.words import say

NONE = "–"
"""What a cell holds where there is nothing to say."""

_NUMERIC = {
    "th": {"class": "govuk-table__header--numeric"},
    "td": {"class": "govuk-table__cell--numeric"},
}


_ENDS = ("_pounds", "_day")


class PortalTable(tables.Table):
    """A list's table. Its request carries the programme whose addresses its links lead to.

    A value of two columns, an amount or an uncertain date, is sorted by its figure.
    """

    class Meta:
        default = NONE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": NONE, **kwargs})
        # Headings that a table was written with; those of further columns may be names.
        written = self.base_columns.keys() - dict(kwargs.get("extra_columns") or ()).keys()
        for each in self.columns.iterall():
            heading = str(each.header or "")
            if each.name in written and say(heading) != heading:
                each.column.verbose_name = say(heading)
        model = self.data.model
        for column in self.columns.iterall():
            if model is not None and column.column.order_by is None:
                column.column.order_by = _stored_order(model, str(column.accessor))

    @property
    def printed_rows(self) -> Iterator[list[SafeString]]:
        """The rows of the page, each a list of whole cells. The attributes of a column are the
        same in all its cells, and so are put together once."""
        columns = [(each.name, *_tags(each)) for each in self.columns]
        for row in self.paginated_rows:
            yield [
                mark_safe(f"{opening}{conditional_escape(row.get_cell(name))}{closing}")  # noqa: S308
                for name, opening, closing in columns
            ]


def _tags(column: Any) -> tuple[SafeString, str]:
    """What stands before and behind each cell of a column."""
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
    return opening, f"</{tag}>"


def _stored_order(model: type[Model], name: str) -> OrderByTuple | None:
    """The column by which a value of two columns ("amount") is sorted in the database."""
    fields = {field.name for field in model._meta.concrete_fields}
    found = next((f"{name}{end}" for end in _ENDS if f"{name}{end}" in fields), None)
    return OrderByTuple([found]) if found and name not in fields else None


class PortalColumn(tables.Column):
    """A column of texts; ``row_header`` makes its cells the headers of their rows. Attributes of
    the column are the same in all its cells.

    ``parts`` are the headings that a download puts behind the column's own, one for each part of
    a value ('' stands for the heading itself).
    """

    row_header = False
    parts: ClassVar[Sequence[str]] = ("",)

    def export(self, value: Any) -> list[Any]:
        """The cells of a download, as many as there are ``parts``."""
        return [value]


class NameColumn(PortalColumn):
    """The name of the row's thing, as a link to its page and as the header of its row.

    ``url_name`` is the page; the keywords are the rest of its address, as accessors:
    ``NameColumn("projects:detail", project="ref")``. Without a URL name it is text. Options of the
    column itself go into ``column``: ``column={"verbose_name": "Project"}``.
    """

    row_header = True

    def __init__(
        self, url_name: str = "", *, column: dict[str, Any] | None = None, **address: str
    ) -> None:
        super().__init__(**(column or {}))
        self.url_name = url_name
        self.address = {name: Accessor(path) for name, path in address.items()}

    def render(self, value: Any, record: Any, table: tables.Table) -> SafeString | str:
        if not self.url_name:
            return str(value)
        rest = {name: path.resolve(record) for name, path in self.address.items()}
        url = reverse(self.url_name, kwargs={"programme": table.request.programme.slug, **rest})
        return format_html(
            '<a class="govuk-link govuk-link--no-visited-state" href="{}">{}</a>', url, value
        )

    def value(self, value: Any) -> str:
        return str(value)


class RatingColumn(PortalColumn):
    """A level, or a rating with its movement, as letter and word on its colour."""

    parts = ("", "movement")

    def render(self, value: Any) -> SafeString | str:
        return ratings.of(value)

    def value(self, value: Any) -> Any:
        return value

    def export(self, value: Any) -> list[Any]:
        if value is None:
            return ["", ""]
        level = getattr(value, "level", value)
        previous = getattr(value, "previous", None)
        was = previous.word if previous else ""
        moved = ratings.movement_words(
            getattr(value, "movement", None), level.word, was, getattr(value, "steps", 0)
        )
        return [level.word, moved]


class DayColumn(PortalColumn):
    """A calendar day, or a date that may be unknown."""

    parts = ("", "certainty")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "app-table__day"}})
        super().__init__(*args, **kwargs)

    def render(self, value: date | PlainDate) -> str:
        if isinstance(value, PlainDate):
            return formats.short_date(value)
        return formats.short_day(value)

    def value(self, value: date | PlainDate) -> Any:
        return value

    def export(self, value: date | PlainDate | None) -> list[Any]:
        if isinstance(value, PlainDate):
            return [value.day, value.certainty.label]
        return [value, "" if value is None else "Exact"]


class MonthColumn(PortalColumn):
    """A month, stored as its first day; a download has that day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "app-table__day"}})
        super().__init__(*args, **kwargs)

    def render(self, value: date) -> str:
        return formats.month(value)

    def value(self, value: date | None) -> date | None:
        return value


class NumberColumn(PortalColumn):
    """A number, its digits below one another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", _NUMERIC)
        super().__init__(*args, **kwargs)


class AmountColumn(NumberColumn):
    """An amount of money in whole pounds, or that there is none yet."""

    parts = ("", "certainty")

    def render(self, value: Amount) -> str:
        return formats.money(value)

    def value(self, value: Amount) -> Any:
        return value

    def export(self, value: Amount | None) -> list[Any]:
        if value is None:
            return [None, ""]
        return [value.pounds, value.certainty.label]
