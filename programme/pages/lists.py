"""Lists: a table with filters, sorting and pages, all of it in the address, and as a download."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_tables2
from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.text import slugify
from django.views.generic import TemplateView

from programme.common import export, formats
from programme.common.filters import PortalFilterSet
from programme.common.widgets import DateInput, DateParts
from programme.common.words import say
from programme.pages.base import Link, ProgrammePage
from programme.pages.kept_filters import keep


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force: its question, the answer, and the address of the list without it."""

    label: str
    words: str
    url_without: str


class ListPage(ProgrammePage, TemplateView):
    """A list of a programme's rows.

    A subclass gives ``table_class`` (a ``PortalTable``), ``get_queryset()`` with all that its
    columns show, so that the number of queries does not grow with the rows, and as a rule a
    ``filterset_class``. ``empty_text`` says what to do while there is no row at all; ``things``
    are the singular and plural of what is listed. An empty list leads to the page that fills it,
    for those who may: ``get_way_on``, as a rule the first button. A table whose columns depend on
    the programme gets them from ``table_options``.
    """

    template_name = "programme/list_page.html"
    table_class: type[django_tables2.Table]
    filterset_class: type[PortalFilterSet] | None = None
    empty_text: str = ""
    things: tuple[str, str] = ("entry", "entries")
    per_page = 50

    def get_queryset(self) -> QuerySet | Sequence[Any]:
        """Rows of the programme (or facts made of them), before any filter."""
        raise NotImplementedError(f"{type(self).__name__} has no get_queryset().")

    def table_options(self) -> dict[str, Any]:
        """Further keywords of the table, such as ``extra_columns``."""
        return {}

    def get_way_on(self) -> Link | None:
        """Where whoever may goes to fill an empty list."""
        return next(iter(self.get_buttons()), None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if (form := request.GET.get("format")) in export.FORMATS:
            return export.response(export.grid_of(self.table, self.get_title()), form, self.file)
        keep(request)
        return super().get(request, *args, **kwargs)

    @property
    def file(self) -> str:
        """Name of a download: marking, programme, list."""
        marking = self.programme.get_default_marking_display()
        return f"{marking}-{self.programme.slug}-{slugify(self.get_title())}"

    @cached_property
    def filterset(self) -> PortalFilterSet | None:
        """The filters as the address gives them; an answer that is none counts as not given."""
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, self.get_queryset(), request=self.request)

    @cached_property
    def table(self) -> django_tables2.Table:
        """All rows that the filters let through, sorted; not cut into pages yet."""
        rows = self.get_queryset() if self.filterset is None else self.filterset.qs
        table = self.table_class(rows, **self.table_options())
        table.request = self.request
        asked, known = (
            self.request.GET.getlist(table.prefixed_order_by_field),
            table.columns.names(),
        )
        if wanted := [one for one in asked if one.removeprefix("-") in known]:
            table.order_by = wanted
        _make_order_total(table)
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = Paginator(self.table.rows, self.per_page)
        self.table.paginator = paginator
        self.table.page = paginator.get_page(self.request.GET.get("page"))
        filters = list(_active_filters(self.filterset, self.request.GET))
        numbers = paginator.get_elided_page_range(self.table.page.number, on_each_side=1, on_ends=1)
        return super().get_context_data(
            table=self.table,
            filterset=self.filterset,
            filters=filters,
            clear_url=self.request.path,
            # What the filter's form must carry along.
            sort=self.request.GET.getlist("sort"),
            count=formats.count(paginator.count, *self.things),
            pages=list(numbers) if paginator.num_pages > 1 else [],
            downloads=self.downloads(),
            empty_text=say(self.empty_text),
            way_on=None if paginator.count or filters else self.get_way_on(),
            **kwargs,
        )

    def downloads(self) -> list[Link]:
        """What the list can be kept as, with the filters that are in force."""
        return [
            (words, _address(self.request.GET, without="page", format=form))
            for words, form in (("CSV", "csv"), ("Excel", "xlsx"))
        ]


def _make_order_total(table: django_tables2.Table) -> None:
    """Rows that sort alike keep one order, so that none is on two pages and none on no page."""
    rows = table.data.data
    if isinstance(rows, QuerySet) and not rows.query.is_sliced:
        order = rows.query.order_by or tuple(rows.model._meta.ordering or ())
        table.data.data = rows.order_by(*order, "pk")


def _active_filters(filterset: PortalFilterSet | None, query: QueryDict) -> Iterator[ActiveFilter]:
    if filterset is None or not filterset.is_bound:
        return
    filterset.form.is_valid()
    for name, value in filterset.form.cleaned_data.items():
        field = filterset.form.fields[name]
        several = isinstance(value, (list, tuple))
        for one in value if several else [value]:
            if one in (None, "", False):
                continue
            url = _address(query, without="page", drop=(name, str(one)))
            yield ActiveFilter(str(field.label), _words(field, one), url)


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        for key, label in field.choices:
            if str(key) == str(value):
                return str(label)
    if isinstance(field.widget, forms.CheckboxInput):
        return "yes"
    return formats.day(value) if isinstance(field.widget, DateInput) else str(value)


def _address(
    query: QueryDict, *, without: str = "", drop: tuple[str, str] | None = None, **extra: str
) -> str:
    """The list's address with a change: one parameter left out, one answer taken back."""
    changed = query.copy()
    changed.pop(without, None)
    if drop is not None:
        name, value = drop
        left = [one for one in changed.getlist(name) if one != value]
        # A value that was cleaned on its way, such as a search, is the only one of its name.
        changed.setlist(name, left if len(left) < len(changed.getlist(name)) else [])
        for part in DateParts._fields:
            changed.pop(f"{name}_{part}", None)
    for name, value in extra.items():
        changed[name] = value
    return f"?{changed.urlencode()}"
