"""The history of a milestone: from what was said of it, and when, to how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from programme.common.values import PlainDate
from programme.common.words import say
from projects.choices import ChangeKind


@dataclass(frozen=True, slots=True)
class StatedChange:
    """One statement about a milestone. ``date`` is what was stated; a withdrawal and a
    reopening state none."""

    kind: ChangeKind
    stated_on: date
    date: PlainDate


@dataclass(frozen=True, slots=True)
class MilestoneDates:
    """How a milestone stands. ``original`` is its first baseline, whatever came after."""

    original: PlainDate
    baseline: PlainDate
    forecast: PlainDate
    actual_on: date | None = None
    withdrawn_on: date | None = None


class HistoryError(ValueError):
    """Changes that do not follow from one another; the message is a sentence."""


def replay(changes: Iterable[StatedChange], as_at: date | None = None) -> MilestoneDates | None:
    """How a milestone stands after the changes stated up to ``as_at`` (all of them when None).

    Changes come in the order in which they were made; None when nothing had been said yet.
    A re-baseline moves the forecast along, since it is the date that is now agreed. Raises
    HistoryError when the first change does not set the milestone, when a later one sets it again,
    when it was reached on a day that is not known, or when one is reopened that had not ended.
    """
    standing: MilestoneDates | None = None
    for change in changes:
        if as_at is None or change.stated_on <= as_at:
            standing = _after(standing, change)
    return standing


def _after(standing: MilestoneDates | None, change: StatedChange) -> MilestoneDates:
    if standing is None:
        if change.kind is not ChangeKind.SET:
            raise HistoryError(say("The first change of a milestone must set it."))
        return MilestoneDates(change.date, change.date, change.date)
    match change.kind:
        case ChangeKind.SET:
            raise HistoryError(
                say("A milestone is set once; later its date is forecast or re-baselined.")
            )
        case ChangeKind.FORECAST:
            return replace(standing, forecast=change.date)
        case ChangeKind.REBASELINE:
            return replace(standing, baseline=change.date, forecast=change.date)
        case ChangeKind.REACHED:
            if change.date.day is None:
                raise HistoryError(say("A milestone that was reached needs the day."))
            return replace(standing, actual_on=change.date.day)
        case ChangeKind.WITHDRAWN:
            return replace(standing, withdrawn_on=change.stated_on)
        case ChangeKind.REOPENED:
            if standing.actual_on is None and standing.withdrawn_on is None:
                raise HistoryError(say("A milestone that is open cannot be reopened."))
            return replace(standing, actual_on=None, withdrawn_on=None)
