"""Periods as a calendar makes them, and the page on which they are added."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programme.common.calendar import working_day_before, working_days_between
from programme.models import AuditEntry, ReportingPeriod
from programme.period_calendar import PATTERNS, planned_periods
from tests import builders
from tests.filling import errors, submit

DAYS = st.dates(date(1995, 1, 1), date(2060, 12, 31))


def planned(pattern, first_day, number, due=None, opens=None, calendar="none"):
    return planned_periods(
        pattern, first_day, number, due_before=due, opens_before=opens, calendar=calendar
    )


@given(st.sampled_from(sorted(PATTERNS)), DAYS, st.integers(1, 24))
def test_periods_follow_one_another_without_a_gap(pattern, first_day, number):
    found = planned(pattern, first_day, number)
    assert len(found) == number
    assert found[0].starts_on == first_day
    for one, other in zip(found, found[1:], strict=False):
        assert other.starts_on == one.as_at + timedelta(days=1)
        assert one.starts_on <= one.as_at


@given(DAYS, st.integers(1, 60), st.sampled_from(["none", "scotland", "england_and_wales"]))
def test_so_many_working_days_before_is_what_is_counted_back(day, number, calendar):
    before = working_day_before(day, number, calendar)
    day_before = day - timedelta(days=1)
    eve = before - timedelta(days=1)
    assert working_days_between(eve, day_before, calendar) == number
    assert working_days_between(eve, before, calendar) == 1, "it is a working day itself"


@pytest.mark.parametrize(
    ("pattern", "first_day", "names", "last"),
    [
        ("quarter", date(2026, 4, 1), ("Quarter to June 2026", "Quarter to September 2026"), 30),
        ("month", date(2026, 1, 31), ("February 2026", "March 2026"), 30),
        ("weeks", date(2026, 4, 6), ("Four weeks to 3 May 2026", "Four weeks to 31 May 2026"), 31),
        ("term", date(2026, 9, 1), ("Term to December 2026", "Term to April 2027"), 30),
    ],
)
def test_periods_have_names_that_say_their_end(pattern, first_day, names, last):
    found = planned(pattern, first_day, 2)
    assert tuple(each.name for each in found) == names
    assert found[1].as_at.day == last


def test_updates_are_due_so_many_working_days_before():
    (period,) = planned("month", date(2026, 12, 1), 1, due=3, calendar="england_and_wales")
    # 31 December is a Thursday; Boxing Day falls on a Saturday and is kept on Monday the 28th.
    assert period.due_on == date(2026, 12, 24)
    (period,) = planned("month", date(2026, 12, 1), 1, due=3)
    assert period.due_on == date(2026, 12, 28)


@pytest.fixture
def office(client, db):
    programme = builders.make_programme(slug="hub")
    client.force_login(builders.make_user(programme=programme, role="office"))
    return client, programme


ANSWERS = {
    "pattern": "quarter",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2026",
    "number": "4",
    "opens_before": "15",
    "due_before": "5",
    "version": "1",
}


def test_what_would_be_added_is_shown_first(office):
    client, programme = office
    address = reverse("programme:periods:plan", kwargs={"programme": "hub"})
    page = client.post(address, ANSWERS | {"_preview": "1"}).content.decode()
    assert "Quarter to March 2027" in page
    assert not ReportingPeriod.objects.of(programme).exists()
    client.post(address, ANSWERS)
    stored = ReportingPeriod.objects.of(programme).order_by("as_at")
    assert [each.slug for each in stored] == ["2026-06", "2026-09", "2026-12", "2027-03"]
    assert {each.state for each in stored} == {"planned"}


def test_none_is_added_where_one_is_there_already(office):
    client, programme = office
    builders.make_period(programme=programme, as_at=date(2026, 12, 31))
    address = reverse("programme:periods:plan", kwargs={"programme": "hub"})
    page = client.post(address, ANSWERS)
    assert "“December 2026” has some of these days already" in page.content.decode()
    assert ReportingPeriod.objects.of(programme).count() == 1


def test_asking_after_it_is_due_is_refused(office):
    client, _ = office
    address = reverse("programme:periods:plan", kwargs={"programme": "hub"})
    page = client.post(address, ANSWERS | {"opens_before": "2"})
    assert "Ask for updates before they are due." in page.content.decode()


def test_what_was_reported_in_a_period_stays_true(office):
    client, programme = office
    period = builders.make_period(programme=programme, as_at=date(2026, 6, 30))
    builders.make_update(project=builders.make_project(programme=programme), period=period)
    address = reverse("programme:periods:edit", kwargs={"programme": "hub", "period": period.slug})
    answers = {"name": period.name, "version": "1"}
    for name in ("starts_on", "as_at"):
        day = getattr(period, name)
        answers |= {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    page = client.post(address, answers | {"as_at_day": "29"})
    assert page.context["form"].errors == {"as_at": ["It stands: it has 1 status update."]}
    period.refresh_from_db()
    assert period.as_at == date(2026, 6, 30)


def test_a_period_is_opened_closed_and_opened_again_with_a_reason(office):
    client, programme = office
    period = builders.make_period(programme=programme, state="planned")
    pages = {
        name: reverse(f"{app}:periods:{name}", args=["hub", period.slug])
        for app, names in (("programme", ("edit", "reopen")), ("projects", ("open", "close")))
        for name in names
    }

    def state() -> str:
        return ReportingPeriod.objects.get(pk=period.pk).state

    assert errors(submit(client, pages["close"])) == [
        "This period is planned: it cannot be closed."
    ]
    submit(client, pages["open"])
    assert state() == "open"
    submit(client, pages["close"], reason="Two are missing.")
    assert state() == "closed"
    assert AuditEntry.objects.get(verb="period.closed").after["reason"] == "Two are missing."
    assert client.get(pages["edit"]).url == pages["reopen"]
    assert errors(submit(client, pages["reopen"])) == ["Enter the reason"]
    submit(client, pages["reopen"], reason="One came late.")
    assert state() == "open"
