"""The day that a programme's pages speak of: today, unless the programme has come to rest.

A programme whose calendar ended long ago (an example, a programme that was wound up) is shown as
it stood at its last report. Measured against today, everything in it would only be years late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from programme.models import Programme, ReportingPeriod

AT_REST_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ReferenceDay:
    """``day`` is the day to measure against; ``at_rest`` whether it is that of the last report.
    ``period`` is
    the newest period that was opened, None before there is any; ``is_open`` whether any is open, so
    that updates can be written; ``to_open`` the one to open next, None where none is planned."""

    day: date
    at_rest: bool
    period: ReportingPeriod | None
    is_open: bool
    to_open: ReportingPeriod | None


def reference_day(programme: Programme, *, today: date | None = None) -> ReferenceDay:
    """The programme's reference day. One query."""
    return reference_day_of(
        list(ReportingPeriod.objects.of(programme)),
        today=today or timezone.localdate(),
        ended_on=programme.ended_on,
    )


def reference_day_of(
    periods: Sequence[ReportingPeriod], *, today: date, ended_on: date | None = None
) -> ReferenceDay:
    """The reference day of a programme with these reporting periods. That of one which has ended
    goes no further than its last day.

    At rest is a programme of which no period, planned ones included, reaches into the year before
    ``today``; its day is the as-at date of the last period that was opened.
    """
    today = min(today, ended_on or today)
    opened = [each for each in periods if each.state != ReportingPeriod.State.PLANNED]
    period = max(opened, key=lambda each: each.as_at, default=None)
    is_open = any(each.state == ReportingPeriod.State.OPEN for each in opened)
    planned = [
        each
        for each in periods
        if each.state == ReportingPeriod.State.PLANNED and (not period or each.as_at > period.as_at)
    ]
    to_open = min(planned, key=lambda each: each.as_at, default=None)
    latest = max((each.as_at for each in periods), default=None)
    if period is None or latest is None or latest >= today - AT_REST_AFTER:
        return ReferenceDay(today, False, period, is_open, to_open)
    return ReferenceDay(period.as_at, True, period, is_open, to_open)
