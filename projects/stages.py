"""The day on which a project begins its history, the projects that a period comes before, and the
last day of which a project was reported."""

from __future__ import annotations

from datetime import date

from django.db.models import Min
from django.utils import timezone

from programme.common import formats
from programme.common.english import listed
from programme.common.words import say
from programme.happenings import Happening
from programme.models import Programme, ReportingPeriod
from programme.reference_day import reference_day_of
from projects.models import Project, StatusUpdate

_NAMED = 3
"""So many projects are named, not more: the rest are counted."""


def first_day(programme: Programme, starts_on: date | None) -> date:
    """Since when a new project stands at its stage where nobody says: since its start, or else
    since the first day of the period that is open or opens next, so that the next papers have it;
    today where that is yet to come, or nothing is known."""
    today = timezone.localdate()
    periods = list(ReportingPeriod.objects.of(programme))
    opened = [each for each in periods if each.state == ReportingPeriod.State.OPEN]
    period = min(opened, key=lambda each: each.as_at, default=None)
    period = period or reference_day_of(periods, today=today).to_open
    return min(today, starts_on or (period.starts_on if period else today))


def begun_after(period: ReportingPeriod) -> str:
    """What to know before a period is opened that lies before projects began; '' where none did."""
    late = list(
        Project.objects.of(period.programme_id)
        .filter(withdrawn_on__isnull=True)
        .annotate(since=Min("stage_changes__changed_on"))
        .filter(since__gt=period.as_at)
        .order_by("workstream__order", "order", "ref")  # sums drop the order of the model
    )
    if not late:
        return ""
    names = [each.label for each in late[:_NAMED]]
    if len(late) > _NAMED:
        names.append(f"{formats.number(len(late) - _NAMED)} more")
    number = formats.count(len(late), "project")
    ways = say("Where that is wrong, correct the first stage on the history page of the project")
    return f"{number} began after this period, and its papers leave out: {listed(names)}. {ways}."


def last_accepted(programme: Programme) -> Happening | None:
    """The position of the last update of a programme that was accepted."""
    accepted = StatusUpdate.objects.of(programme).accepted()
    last = accepted.select_related("period", "project").order_by("-period__as_at").first()
    if last is None:
        return None
    stood = say("stood as its accepted update says")
    return Happening(last.period.as_at, f"{last.project.label} {stood}")
