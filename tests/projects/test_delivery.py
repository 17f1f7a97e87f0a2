"""Slip, movement, age and proposed ratings."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.choices import Measure
from programme.common import formats
from programme.common.blocks import Movement
from programme.common.values import Certainty, PlainDate
from programme.facts import Level, Limit
from projects.delivery import (
    ToleranceError,
    ToleranceSteps,
    age,
    movement,
    needs_reason,
    proposed,
    slip,
    slip_in_months,
    worst,
)
from projects.tables import SlipColumn
from tests.levels import AMBER, GREEN, RED, TOLERANCES

EXEMPT = Level("E", "Exempt", None)


def on(year, month, day):
    return PlainDate(date(year, month, day))


def month(year, month):
    return PlainDate(date(year, month, 1), Certainty.CIRCA)


# --- slip -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "forecast", "actual", "days"),
    [
        (on(2018, 5, 14), on(2018, 5, 30), None, 11),
        (on(2018, 5, 30), on(2018, 5, 14), None, -11),
        (on(2018, 5, 14), on(2018, 5, 14), None, 0),
        (on(2018, 5, 14), on(2018, 9, 30), date(2018, 5, 15), 1),
        (on(2018, 5, 14), PlainDate.tbc(), date(2018, 5, 11), -1),
        (on(2018, 5, 14), PlainDate.tbc(), None, None),
        (PlainDate.tbc(), on(2018, 5, 14), None, None),
        (PlainDate.not_applicable(), on(2018, 5, 14), date(2018, 5, 14), None),
    ],
)
def test_slip_in_working_days(baseline, forecast, actual, days):
    assert slip(baseline, forecast, actual, calendar="england_and_wales") == days


@pytest.mark.parametrize(
    ("baseline", "forecast", "actual", "days"),
    [
        (month(2019, 6), month(2019, 6), None, 0),
        (month(2019, 6), month(2019, 6), date(2019, 6, 3), 0),
        (month(2019, 6), month(2019, 6), date(2019, 6, 28), 0),
        (month(2019, 6), month(2019, 6), date(2019, 7, 1), 1),
        (month(2019, 4), month(2019, 6), None, 41),
        (on(2019, 6, 14), month(2019, 6), None, 0),
        (on(2019, 6, 14), month(2019, 7), None, 33),
    ],
)
def test_a_month_is_kept_until_it_is_out(baseline, forecast, actual, days):
    assert slip(baseline, forecast, actual, calendar="england_and_wales") == days


@pytest.mark.parametrize(
    ("baseline", "forecast", "actual", "words"),
    [
        (month(2019, 2), month(2019, 5), None, "about 3 months late"),
        (month(2018, 12), month(2019, 1), None, "about 1 month late"),
        (month(2019, 5), month(2019, 2), None, "about 3 months early"),
        (month(2019, 2), month(2019, 2), None, "on time"),
        (month(2019, 2), PlainDate.tbc(), None, "not known"),
        (month(2019, 2), month(2019, 5), date(2019, 3, 1), "1 working day late"),
        (month(2019, 2), month(2019, 2), date(2019, 4, 30), "about 2 months late"),
        (on(2019, 3, 29), month(2019, 5), None, "about 2 months late"),
        (on(2019, 3, 29), month(2019, 3), None, "on time"),
        (on(2019, 3, 29), on(2019, 5, 31), None, "41 working days late"),
    ],
)
def test_no_days_are_counted_from_a_month_or_to_one(baseline, forecast, actual, words):
    days = slip(baseline, forecast, actual, calendar="england_and_wales")
    assert formats.slip(days, slip_in_months(baseline, forecast, actual)) == words


KNOWN, LATER = on(2019, 3, 29), on(2019, 4, 5)
UNKNOWN = [PlainDate.tbc(), PlainDate.not_applicable()]


@pytest.mark.parametrize("actual", [None, date(2019, 4, 5)])
@pytest.mark.parametrize("forecast", [LATER, *UNKNOWN])
@pytest.mark.parametrize("baseline", [KNOWN, *UNKNOWN])
@pytest.mark.parametrize("today", [date(2019, 3, 1), date(2019, 6, 1)])
def test_what_a_milestone_is_said_to_lack_is_what_it_lacks(baseline, forecast, actual, today):
    record = SimpleNamespace(
        baseline=baseline, forecast=forecast, actual_on=actual, first_date=KNOWN
    )
    words = SlipColumn().render(record, SimpleNamespace(calendar="england_and_wales", today=today))
    reached_or_forecast = actual is not None or forecast.known
    missed = "not reached by its forecast date"
    assert ("no baseline" in words) is (
        reached_or_forecast and not baseline.known and missed not in words
    )
    assert ("forecast not known" in words or "no forecast" in words) is not reached_or_forecast
    assert ("working days late" in words) is (reached_or_forecast and baseline.known)
    assert (missed in words) is (actual is None and forecast.known and today > LATER.day)


# --- movement and age -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("previous", "current", "moved"),
    [
        (AMBER, GREEN, Movement.BETTER),
        (GREEN, RED, Movement.WORSE),
        (AMBER, AMBER, Movement.SAME),
        (None, AMBER, Movement.NEW),
        (None, EXEMPT, Movement.NEW),
        (EXEMPT, GREEN, Movement.NOT_COMPARABLE),
        (RED, EXEMPT, Movement.NOT_COMPARABLE),
        (EXEMPT, EXEMPT, Movement.NOT_COMPARABLE),
        (Level("G", "Green", 1, "five"), Level("G", "Green", 1, "three"), Movement.NOT_COMPARABLE),
    ],
)
def test_movement_between_levels(previous, current, moved):
    assert movement(previous, current) is moved


@pytest.mark.parametrize(
    ("history", "periods"),
    [
        ([], 0),
        ([GREEN, None], 0),
        ([AMBER], 1),
        ([GREEN, AMBER, AMBER], 2),
        ([AMBER, None, AMBER, AMBER], 2),
        ([AMBER, GREEN, AMBER], 1),
    ],
)
def test_age_counts_the_latest_periods_at_one_level(history, periods):
    assert age(history) == periods


# --- proposals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "level"),
    [
        (Measure.SLIP, -20, GREEN),
        (Measure.SLIP, 10, GREEN),
        (Measure.SLIP, 11, AMBER),
        (Measure.SLIP, 30, AMBER),
        (Measure.SLIP, 31, RED),
        (Measure.COST, Decimal(-40), GREEN),
        (Measure.COST, Decimal(5), GREEN),
        (Measure.COST, Decimal("5.01"), AMBER),
        (Measure.COST, Decimal(10), AMBER),
        (Measure.COST, Decimal("10.01"), RED),
        (Measure.BENEFIT, Decimal(120), GREEN),
        (Measure.BENEFIT, Decimal(95), GREEN),
        (Measure.BENEFIT, Decimal("94.99"), AMBER),
        (Measure.BENEFIT, Decimal(80), AMBER),
        (Measure.BENEFIT, Decimal("79.99"), RED),
    ],
)
def test_default_tolerances(measure, value, level):
    assert proposed(TOLERANCES[measure], value) == level


def test_nothing_measured_proposes_nothing():
    assert proposed(TOLERANCES[Measure.SLIP], None) is None


@given(st.sampled_from([*TOLERANCES.values()]), st.integers(-500, 500), st.integers(-500, 500))
def test_a_better_figure_never_earns_a_worse_level(tolerance, one, other):
    better, worse = sorted((one, other), reverse=tolerance.measure.at_least)
    assert proposed(tolerance, better).rank <= proposed(tolerance, worse).rank


def test_a_scale_of_five_levels():
    words = ["Green", "Amber/Green", "Amber", "Amber/Red", "Red"]
    levels = [Level(word, word, rank) for rank, word in enumerate(words, 1)]
    limits = [Decimal(n) for n in (0, 10, 20, 30)]
    steps = zip(levels, [*limits, None], strict=True)
    five = ToleranceSteps(Measure.SLIP, tuple(Limit(level, limit) for level, limit in steps))
    assert [proposed(five, value).word for value in (0, 1, 11, 21, 31)] == words


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((), "must have no limit"),
        ((Limit(GREEN, Decimal(1)),), "must have no limit"),
        ((Limit(GREEN, None), Limit(RED, None)), "Only the last"),
        ((Limit(RED, Decimal(1)), Limit(GREEN, None)), "best one first"),
        ((Limit(EXEMPT, Decimal(1)), Limit(GREEN, None)), "on the scale"),
        ((Limit(GREEN, Decimal(9)), Limit(AMBER, Decimal(9)), Limit(RED, None)), "must rise"),
    ],
)
def test_tolerances_out_of_order_are_refused(limits, said):
    with pytest.raises(ToleranceError, match=said):
        ToleranceSteps(Measure.SLIP, limits)


def test_limits_of_benefits_fall():
    limits = (Limit(GREEN, Decimal(80)), Limit(AMBER, Decimal(95)), Limit(RED, None))
    with pytest.raises(ToleranceError, match="must fall"):
        ToleranceSteps(Measure.BENEFIT, limits)


def test_the_overall_proposal_is_the_worst_of_the_dimensions():
    assert worst([GREEN, AMBER, None, EXEMPT, GREEN]) == AMBER
    assert worst([EXEMPT, None]) is None
    assert worst([]) is None


@pytest.mark.parametrize(
    ("chosen", "proposal", "asked"),
    [
        (GREEN, AMBER, True),
        (AMBER, RED, True),
        (AMBER, AMBER, False),
        (RED, AMBER, False),
        (GREEN, None, False),
        (EXEMPT, AMBER, False),
    ],
)
def test_a_rating_better_than_proposed_needs_a_reason(chosen, proposal, asked):
    assert needs_reason(chosen, proposal) is asked
