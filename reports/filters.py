"""Filters of the top floor's lists."""

from __future__ import annotations

from django.http import HttpRequest

from programme.common.filters import (
    ChoiceFilter,
    Choices,
    PortalFilterSet,
    RowFilter,
    SearchFilter,
)
from programme.models import Board, ReportingPeriod
from reports.models import Paper


def _boards(request: HttpRequest) -> Choices:
    """Boards that have papers of their own."""
    found = Board.objects.of(request.programme).filter(papers__isnull=False)
    return found.distinct().values_list("slug", "name")


def _periods(request: HttpRequest) -> Choices:
    return ReportingPeriod.objects.of(request.programme).values_list("slug", "name")


class PaperFilterSet(PortalFilterSet):
    search = SearchFilter("title", "template__name")
    board = RowFilter(_boards, label="Board", field_name="board__slug")
    period = RowFilter(_periods, label="Period", field_name="period__slug")
    state = ChoiceFilter(label="State", choices=Paper.State.choices)
