"""Filters of the top floor's lists."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from programme.common.filters import PortalFilterSet, SearchFilter
from programme.models import Board, ReportingPeriod
from reports.models import Paper

ANY = "Any"


def _boards(request: HttpRequest) -> QuerySet[Board]:
    """Boards that have papers of their own."""
    return Board.objects.of(request.programme).filter(paper_templates__isnull=False).distinct()


def _periods(request: HttpRequest) -> QuerySet[ReportingPeriod]:
    return ReportingPeriod.objects.of(request.programme)


class PaperFilters(PortalFilterSet):
    search = SearchFilter("title", "template__name")
    board = django_filters.ModelChoiceFilter(
        field_name="template__board",
        queryset=_boards,
        to_field_name="slug",
        label="Board",
        empty_label=ANY,
    )
    period = django_filters.ModelChoiceFilter(
        queryset=_periods, to_field_name="slug", label="Period", empty_label=ANY
    )
    state = django_filters.ChoiceFilter(choices=Paper.State.choices, label="State", empty_label=ANY)
