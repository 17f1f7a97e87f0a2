"""Filters of lists: a form in the portal's style whose answers stand in the address."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from programme.common.forms import PortalForm

LONGEST_SEARCH = 200
"""Characters that may be looked for at once."""


class FilterForm(PortalForm):
    """The form of a filter: everything may be left out, so nothing is marked optional."""

    mark_optional = False
    counts_characters = False


class SearchFilter(django_filters.CharFilter):
    """Words looked for in several fields: every word must stand in one of them.

    ``fields`` are lookups such as "project__name".
    """

    def __init__(self, *fields: str, label: str = "Search", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        # As many words as a database takes in one question.
        super().__init__(label=label, max_length=LONGEST_SEARCH, **kwargs)
        self.fields = fields

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split():
            qs = qs.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.fields)))
        return qs


class PortalFilterSet(django_filters.FilterSet):
    """A FilterSet whose form is the portal's, whatever its Meta says of forms.

    A filter over rows takes them from the request's programme:
    ``ModelChoiceFilter(queryset=lambda request: Workstream.objects.of(request.programme))``.
    """

    def get_form_class(self) -> type[forms.Form]:
        fields = {name: each.field for name, each in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields)
