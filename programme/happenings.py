"""What happened last in a programme, which it does not end before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from programme.models import Meeting, Programme, ReportingPeriod


@dataclass(frozen=True, slots=True)
class Happening:
    """A day with what a programme was about then, in words that follow "because"."""

    day: date
    what: str


_ALSO: list[Callable[[Programme], Happening | None]] = []


def register(last: Callable[[Programme], Happening | None]) -> None:
    """Registers, from the ``AppConfig.ready`` of an app above, what of its things happened last."""
    if last not in _ALSO:
        _ALSO.append(last)


def last_happening(programme: Programme) -> Happening | None:
    """What happened last in a programme: the last period that was opened began or, once closed,
    ended; a meeting was held; or what apps above know. None where nothing has."""
    found = [last(programme) for last in (_last_period, _last_meeting, *_ALSO)]
    return max((each for each in found if each), key=lambda each: each.day, default=None)


def _last_period(programme: Programme) -> Happening | None:
    state = ReportingPeriod.State
    opened = ReportingPeriod.objects.of(programme).exclude(state=state.PLANNED)
    found = [
        Happening(each.as_at, f"the period {each} ended")
        if each.state == state.CLOSED
        else Happening(each.starts_on, f"the period {each}, which is open, began")
        for each in opened
    ]
    return max(found, key=lambda each: each.day, default=None)


def _last_meeting(programme: Programme) -> Happening | None:
    held = Meeting.objects.of(programme).filter(state=Meeting.State.HELD)
    last = held.select_related("board").order_by("-held_on").first()
    return last and Happening(last.held_on, f"{last.board} met")
