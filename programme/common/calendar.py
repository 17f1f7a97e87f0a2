"""The calendar that programmes work by: its months and working days.

A working day is a Monday to Friday that is not a bank holiday where the programme is, if it keeps
any: England and Wales, Scotland or Northern Ireland have their own (Banking and Financial Dealings
Act 1971 and each year's proclamations, as the ``holidays`` library keeps them). The library knows
bank holidays up to the last proclamation of its release.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import holidays

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that a date may be of: what else somebody types is a slip of the hand. Bank holidays
are known for these years, and no others."""

CALENDARS = {
    "england_and_wales": "England and Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
    "none": "None",
}
"""The bank holidays that a programme can keep, by the word stored for them."""

NO_HOLIDAYS = "none"
"""Of a programme that keeps none: every Monday to Friday is a working day."""

_SUBDIVISIONS = {"england_and_wales": "ENG", "scotland": "SCT", "northern_ireland": "NIR"}

_WORKING_WEEK = 5
_ONE_DAY = timedelta(days=1)


def year_of(day: date, start_month: int) -> tuple[date, date]:
    """The first and the last day of the financial (or academic, or calendar) year that a day falls
    in, where years begin with ``start_month``."""
    start = date(day.year if day.month >= start_month else day.year - 1, start_month, 1)
    return start, date(start.year + 1, start_month, 1) - _ONE_DAY


def year_label(first: date, last: date) -> str:
    """What a year is called that papers print: "2018/19", or "2018" where it ends in the year in
    which it begins."""
    if first.year == last.year:
        return str(first.year)
    return f"{first.year}/{last.year % 100:02d}"


def working_day_before(day: date, number: int, calendar: str) -> date:
    """The day that is ``number`` working days before another; with 0, the day itself."""
    closed = _closed(calendar)
    while number:
        day -= _ONE_DAY
        at = bisect_right(closed, day)
        is_closed = at > 0 and closed[at - 1] == day
        if day.weekday() < _WORKING_WEEK and not is_closed:
            number -= 1
    return day


def month_end(day: date) -> date:
    """The last day of the month that a day falls in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@cache
def _closed(calendar: str) -> tuple[date, ...]:
    """Bank holidays on a Monday to Friday, substitute days included, in their order."""
    if calendar == NO_HOLIDAYS:
        return ()
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    known = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[calendar], years=years)
    return tuple(sorted(day for day in known if day.weekday() < _WORKING_WEEK))


def working_days_between(start: date, end: date, calendar: str) -> int:
    """How many working days ``end`` is after ``start``; negative when it is before.

    Counts the working days after the earlier day, up to and including the later one: from a Friday
    to the next Monday is one, from a day to itself zero. Costs the same for any two days.
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    weeks, odd_days = divmod((end - start).days, 7)
    odd = sum((end - timedelta(days=back)).weekday() < _WORKING_WEEK for back in range(odd_days))
    closed = bisect_right(_closed(calendar), end) - bisect_right(_closed(calendar), start)
    return weeks * _WORKING_WEEK + odd - closed
