"""How a project is doing: slip, movement of ratings, their age, and ratings proposed from data.

A rating is a judgement, not a sum. What is proposed here comes from figures and a programme's own
tolerances; the owner decides, and a rating better than the proposal needs a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, takewhile

from programme.choices import Measure
from programme.common.blocks import Movement
from programme.common.calendar import month_end, working_days_between
from programme.common.values import Certainty, PlainDate
from programme.facts import Level, Limit

# --- slip -------------------------------------------------------------------------------------


def slip(
    baseline: PlainDate, forecast: PlainDate, actual: date | None = None, *, calendar: str
) -> int | None:
    """Working days by which a milestone is late; negative is early, None not known. ``calendar``
    is that of its programme.

    Measured from the baseline to the actual date if there is one, else to the forecast. A date
    known to its month only stands for the month's last day, so that it is not late before the
    month is out; and a day within that month is on time, not early.
    """
    current = forecast if actual is None else PlainDate(actual)
    if baseline.day is None or current.day is None:
        return None
    either_is_a_month = Certainty.CIRCA in (baseline.certainty, current.certainty)
    if either_is_a_month and month_end(baseline.day) == month_end(current.day):
        return 0
    return working_days_between(
        _latest(baseline.day, baseline), _latest(current.day, current), calendar
    )


def slip_in_months(
    baseline: PlainDate, forecast: PlainDate, actual: date | None = None
) -> int | None:
    """Months by which a milestone is late where one of its dates is known to its month only, so
    that nobody can say how many days it is; None where days can be told or nothing is known. A
    known day just before or after a month is told in days."""
    current = forecast if actual is None else PlainDate(actual)
    if baseline.day is None or current.day is None:
        return None
    if Certainty.CIRCA not in (baseline.certainty, current.certainty):
        return None
    years = current.day.year - baseline.day.year
    months = years * 12 + current.day.month - baseline.day.month
    by_days = current.certainty is Certainty.EXACT and abs(months) == 1
    return None if by_days else months


def _latest(day: date, stated: PlainDate) -> date:
    return month_end(day) if stated.certainty is Certainty.CIRCA else day


# --- movement and age -------------------------------------------------------------------------


def movement(previous: Level | None, current: Level) -> Movement:
    """How a rating moved. Without a previous one it is new; off-scale levels and levels of
    different scales do not compare."""
    if previous is None:
        return Movement.NEW
    if previous.rank is None or current.rank is None or previous.scale != current.scale:
        return Movement.NOT_COMPARABLE
    return by_rank(previous.rank, current.rank)


def steps(previous: Level | None, current: Level) -> int:
    """By how many levels a rating moved, whichever way; 0 where the two do not compare."""
    if movement(previous, current) not in (Movement.BETTER, Movement.WORSE):
        return 0
    assert previous is not None
    return abs((previous.rank or 0) - (current.rank or 0))


def by_rank(previous: int, current: int) -> Movement:
    """How a rank moved; a lower rank is better."""
    if current == previous:
        return Movement.SAME
    return Movement.BETTER if current < previous else Movement.WORSE


def age(history: Sequence[Level | None]) -> int:
    """For how many periods in a row, the latest included, a rating has stood at its level.

    ``history`` has one entry per period, the latest last, None where no rating was given; a
    period without a rating ends the row. 0 when the latest period has none.
    """
    if not history or history[-1] is None:
        return 0
    latest = history[-1]
    return sum(1 for _ in takewhile(lambda level: level == latest, reversed(history)))


# --- tolerances -------------------------------------------------------------------------------


class ToleranceError(ValueError):
    """Tolerances that cannot be read in order; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class ToleranceSteps:
    """A measure's limits, best level first; only the last has none.

    Slip (working days late) and cost (percent over budget) must be at most the limit, benefits
    (forecast as percent of target) at least. Raises ``ToleranceError`` when that cannot be.
    """

    measure: Measure
    limits: tuple[Limit, ...]

    def __post_init__(self) -> None:
        if not self.limits or self.limits[-1].limit is not None:
            raise ToleranceError("The last level must have no limit, to take what is left.")
        ranks = [each.level.rank for each in self.limits]
        if any(a is None or b is None or a >= b for a, b in pairwise([0, *ranks])):
            raise ToleranceError("Levels with a limit must be on the scale, the best one first.")
        values = [each.limit for each in self.limits[:-1]]
        if any(value is None for value in values):
            raise ToleranceError("Only the last level can be without a limit.")
        known = [value for value in values if value is not None]
        if any((a <= b) if self.measure.at_least else (a >= b) for a, b in pairwise(known)):
            direction = "fall" if self.measure.at_least else "rise"
            raise ToleranceError(f"Limits must {direction} from the best level to the worst.")


def proposed(tolerance: ToleranceSteps, value: Decimal | int | None) -> Level | None:
    """The level that a measured value earns; None when nothing was measured."""
    if value is None:
        return None
    for each in tolerance.limits:
        if each.limit is None or (
            value >= each.limit if tolerance.measure.at_least else value <= each.limit
        ):
            return each.level
    return None


def worst(levels: Iterable[Level | None]) -> Level | None:
    """The worst of several levels of one scale: the proposal for the overall rating.

    Levels off the scale and missing ones have no say; None when nothing else is there.
    """
    found: Level | None = None
    for level in levels:
        if level is None or level.rank is None:
            continue
        if found is None or found.rank is None or level.rank > found.rank:
            found = level
    return found


def needs_reason(chosen: Level, proposal: Level | None) -> bool:
    """Whether a rating is better than what the data proposes, and so has to say why."""
    return proposal is not None and movement(proposal, chosen) is Movement.BETTER
