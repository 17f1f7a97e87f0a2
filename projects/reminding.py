"""When somebody is reminded of an update. Arithmetic alone: what is sent, and to whom, is decided
elsewhere.

A reminder has its day: when a period opens, some days before an update is due, the day itself, and
after it again and again with intervals that double. Whoever has not been reminded since the last of
these days is reminded now, so that a day on which nothing ran is caught up with, and a second run
finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from projects.choices import ReminderKind


@dataclass(frozen=True, slots=True)
class Times:
    """When a programme reminds; None for a time at which it does not. Days count from the day on
    which an update is due."""

    on_opening: bool = True
    days_before: int | None = 5
    on_due: bool = True
    days_after: int | None = 2
    sponsor_after: int | None = 14


def reminder_due(
    times: Times, *, due: date | None, last: date | None, today: date
) -> ReminderKind | None:
    """What a lead is reminded of today, None for nothing. ``last`` is the day of the last reminder
    of this update."""
    moments = [(date.min, ReminderKind.OPENING)] if times.on_opening else []
    if due is not None:
        if times.days_before is not None:
            moments.append((due - timedelta(times.days_before), ReminderKind.BEFORE))
        if times.on_due:
            moments.append((due, ReminderKind.DUE))
        moments += [(day, ReminderKind.AFTER) for day in _after(times, due, today)]
    return _newest(moments, last, today)


def escalation_due(
    times: Times, *, due: date | None, last: date | None, today: date
) -> ReminderKind | None:
    """The same of a sponsor, who is told once an update is long overdue, and with the lead from
    then on."""
    if due is None or times.sponsor_after is None:
        return None
    first = due + timedelta(times.sponsor_after)
    days = [first, *(day for day in _after(times, due, today) if day > first)]
    return _newest([(day, ReminderKind.SPONSOR) for day in days], last, today)


def _after(times: Times, due: date, today: date) -> Iterator[date]:
    """The days after ``due``, up to today: each interval is twice the one before it."""
    wait = times.days_after
    if not wait:
        return
    day = due + timedelta(wait)
    while day <= today:
        yield day
        wait *= 2
        day += timedelta(wait)


def _newest(
    moments: list[tuple[date, ReminderKind]], last: date | None, today: date
) -> ReminderKind | None:
    passed = [moment for moment in moments if moment[0] <= today]
    if not passed:
        return None
    day, kind = max(passed, key=lambda moment: moment[0])
    return kind if last is None or last < day else None
