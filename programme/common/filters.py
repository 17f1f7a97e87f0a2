"""Filters of lists: a form in the portal's style whose answers stand in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from programme.common.formfields import DateField
from programme.common.forms import PortalForm

ANY = "Any"
"""The answer that asks for nothing."""
LONGEST_SEARCH = 200
"""Characters that may be looked for at once."""
Choices = Iterable[tuple[str, str]]
"""What stands in the address, and its words."""


class FilterForm(PortalForm):
    """The form of a filter: everything may be left out, so nothing is marked optional."""

    mark_optional = False
    counts_characters = False


class SearchFilter(django_filters.CharFilter):
    """Words looked for in several fields: every word must stand in one of them. A list calls it
    ``search`` and has it first.

    ``fields`` are lookups such as "project__name"; ``help_text`` names them to people, where the
    columns of the list do not.
    """

    def __init__(self, *fields: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        # As many words as a database takes in one question.
        super().__init__(label="Search", max_length=LONGEST_SEARCH, **kwargs)
        self.fields = fields

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split():
            qs = qs.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.fields)))
        return qs


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of a few answers that the code knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_label": ANY, **kwargs})


class RowFilter(ChoiceFilter):
    """One of the programme's rows, by the public reference that it has in addresses.

    ``rows`` gives the pairs of reference and words for a request. One query, whatever is chosen.
    """

    def __init__(self, rows: Callable[[HttpRequest], Choices], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field"):
            self.extra["choices"] = list(self.rows(self.parent.request))
        return super().field


class DayFilter(django_filters.Filter):
    """A day typed as day, month and year."""

    field_class = DateField


class PortalFilterSet(django_filters.FilterSet):
    """A FilterSet whose form is the portal's, whatever its Meta says of forms."""

    def get_form_class(self) -> type[forms.Form]:
        fields = {name: each.field for name, each in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields)
