"""The day that a programme's pages speak of."""

from datetime import date, timedelta

import pytest

from programme.models import ReportingPeriod
from programme.reference_day import AT_REST_AFTER, reference_day_of

State = ReportingPeriod.State
TODAY = date(2026, 6, 2)


def period(as_at: date, state: str = State.CLOSED) -> ReportingPeriod:
    return ReportingPeriod(slug=f"{as_at:%Y-%m}", name=f"{as_at:%B %Y}", as_at=as_at, state=state)


def test_a_programme_that_reports_is_shown_as_it_is_today():
    last = period(date(2026, 3, 31))
    now = reference_day_of([period(date(2025, 12, 31)), last], today=TODAY)
    assert (now.day, now.at_rest, now.period) == (TODAY, False, last)


def test_a_programme_that_came_to_rest_is_shown_as_it_last_reported():
    last = period(date(2019, 3, 15), State.OPEN)
    planned = period(date(2019, 6, 14), State.PLANNED)
    now = reference_day_of([planned, period(date(2018, 12, 31)), last], today=TODAY)
    assert (now.day, now.at_rest, now.period) == (date(2019, 3, 15), True, last)


@pytest.mark.parametrize(("late_by", "at_rest"), [(0, False), (1, True)])
def test_a_year_without_a_period_is_rest(late_by, at_rest):
    last = period(TODAY - AT_REST_AFTER - timedelta(days=late_by))
    assert reference_day_of([last], today=TODAY).at_rest is at_rest


def test_a_planned_period_keeps_a_programme_awake_but_is_not_its_newest():
    last = period(date(2019, 3, 15))
    now = reference_day_of([last, period(date(2026, 9, 30), State.PLANNED)], today=TODAY)
    assert (now.day, now.at_rest, now.period) == (TODAY, False, last)


def test_a_programme_that_never_reported_is_shown_as_it_is_today():
    now = reference_day_of([period(date(2019, 3, 15), State.PLANNED)], today=TODAY)
    assert (now.day, now.at_rest, now.period) == (TODAY, False, None)
