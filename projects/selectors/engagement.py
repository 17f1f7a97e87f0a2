"""Engagement with others up to a date."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from programme.common.markings import LOWEST
from programme.models import Programme
from projects.facts import EngagementFacts
from projects.models import Engagement


def engagements(programme: Programme, *, since: date, as_at: date) -> tuple[EngagementFacts, ...]:
    """Engagement that was under way between two days. One query."""
    rows = (
        Engagement.objects.of(programme)
        .filter(Q(to_day__isnull=True) | Q(to_day__gte=since), from_day__lte=as_at)
        .select_related("project")
    )
    return tuple(
        EngagementFacts(
            each.kind,
            each.with_whom,
            each.summary,
            each.project.sensitivity if each.project else LOWEST,
        )
        for each in rows
    )
