"""Reporting periods as a calendar makes them: months, quarters, terms, years, or four weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from programme.common.calendar import working_day_before
from programme.common.formats import day as day_in_words

MONTHS_OF = {"month": 1, "quarter": 3, "term": 4, "half": 6, "year": 12}
PATTERNS = {
    "month": "Every month",
    "quarter": "Every quarter: three months",
    "term": "Three times a year: four months",
    "half": "Twice a year: six months",
    "year": "Every year",
    "weeks": "Every four weeks",
}
"""How often a programme reports, by the word that a form sends."""

MOST = 60
"""So many periods at once: five years of months."""

_NAMES = {"quarter": "Quarter to", "term": "Term to", "half": "Half-year to", "year": "Year to"}


@dataclass(frozen=True, slots=True)
class PlannedPeriod:
    """A period to be added: from its first day up to its as-at date, and when updates are asked
    for and due."""

    name: str
    starts_on: date
    as_at: date
    opens_on: date | None
    due_on: date | None


def planned_periods(
    pattern: str,
    first_day: date,
    number: int,
    *,
    due_before: int | None,
    opens_before: int | None,
    calendar: str,
) -> tuple[PlannedPeriod, ...]:
    """So many periods one after another from a first day. Updates are due, and are asked for, so
    many working days before the as-at date; None leaves a day open. Months are counted from the
    first day: from the 6th, a month ends on the 5th.

    Raises KeyError for a pattern that there is not.
    """
    found, start = [], first_day
    for at in range(1, number + 1):
        if pattern == "weeks":
            after = start + timedelta(weeks=4)
        else:
            after = _months_later(first_day, MONTHS_OF[pattern] * at)
        as_at = after - timedelta(days=1)
        found.append(
            PlannedPeriod(
                _name(pattern, as_at),
                start,
                as_at,
                _before(as_at, opens_before, calendar),
                _before(as_at, due_before, calendar),
            )
        )
        start = after
    return tuple(found)


def _before(day: date, number: int | None, calendar: str) -> date | None:
    return None if number is None else working_day_before(day, number, calendar)


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the first of the month after where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


def _name(pattern: str, as_at: date) -> str:
    if pattern == "weeks":
        return f"Four weeks to {day_in_words(as_at)}"
    if pattern == "month":
        return f"{as_at:%B %Y}"
    return f"{_NAMES[pattern]} {as_at:%B %Y}"
