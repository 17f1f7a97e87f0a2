"""Months and working days."""

import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.calendar import (
    CALENDARS,
    month_end,
    working_days_between,
)

ENGLAND, SCOTLAND, NORTHERN_IRELAND, NONE = CALENDARS

DAYS = st.dates(date(2000, 1, 1), date(2035, 12, 31))


def works(day, calendar) -> bool:
    """Whether a day is a working day by itself."""
    return working_days_between(day - timedelta(days=1), day, calendar) == 1


def test_england_has_its_own_bank_holidays():
    assert not works(date(2018, 4, 2), ENGLAND), "Easter Monday is not one in Scotland"
    assert works(date(2018, 1, 2), ENGLAND), "2 January is one in Scotland only"
    assert not works(date(2020, 5, 8), ENGLAND), "the early May holiday was moved in 2020"
    assert not works(date(2022, 12, 27), ENGLAND), "Christmas Day 2022 was a Sunday"


def test_scotland_and_northern_ireland_have_theirs():
    assert works(date(2018, 4, 2), SCOTLAND)
    assert not works(date(2018, 1, 2), SCOTLAND)
    assert not works(date(2018, 11, 30), SCOTLAND), "St Andrew’s Day"
    assert not works(date(2018, 7, 12), NORTHERN_IRELAND), "the Battle of the Boyne"
    easter = date(2018, 3, 29), date(2018, 4, 3)
    assert [working_days_between(*easter, each) for each in CALENDARS] == [1, 2, 1, 3]


def test_without_bank_holidays_every_monday_to_friday_is_a_working_day():
    assert working_days_between(date(2018, 1, 1), date(2019, 1, 1), NONE) == 261


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2018, 5, 18), date(2018, 5, 18), 0),
        (date(2018, 5, 18), date(2018, 5, 21), 1),
        (date(2018, 5, 18), date(2018, 5, 20), 0),
        (date(2018, 5, 19), date(2018, 5, 21), 1),
        (date(2018, 3, 29), date(2018, 4, 3), 1),
        (date(2018, 4, 3), date(2018, 3, 29), -1),
        (date(2018, 12, 24), date(2019, 1, 2), 4),
        (date(2018, 4, 1), date(2019, 4, 1), 254),
    ],
)
def test_working_days_between(start, end, days):
    assert working_days_between(start, end, ENGLAND) == days


@given(DAYS, st.integers(0, 800))
def test_working_days_are_those_that_one_would_count(start, length):
    end = start + timedelta(days=length)
    counted = sum(works(start + timedelta(days=n), ENGLAND) for n in range(1, length + 1))
    assert working_days_between(start, end, ENGLAND) == counted
    assert working_days_between(end, start, ENGLAND) == -counted


def calls_of(work) -> int:
    made = 0

    def count(frame, event, argument):
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


def test_arithmetic_costs_the_same_for_any_date():
    works(date(2018, 1, 1), ENGLAND)
    week, ages = date(2018, 1, 8), date(1, 1, 1) + timedelta(days=7 * 500_000)
    short = calls_of(lambda: working_days_between(date(2018, 1, 1), week, ENGLAND))
    assert calls_of(lambda: working_days_between(date(1, 1, 1), ages, ENGLAND)) == short


def test_month_end():
    assert month_end(date(2020, 2, 3)) == date(2020, 2, 29)
    assert month_end(date(2019, 12, 31)) == date(2019, 12, 31)
