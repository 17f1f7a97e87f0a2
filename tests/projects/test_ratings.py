"""What the ratings of an update still have to say before it is handed in."""

from __future__ import annotations

from programme.facts import Level
from projects.ratings import Given, reasons_missing, with_overall
from tests.levels import AMBER, GREEN, RED

NOT_APPLICABLE = Level("N/A", "Not applicable", None)


def test_a_level_that_asks_for_a_reason_gets_one():
    bare = {"time": Given("Time", RED, asks=True)}
    assert reasons_missing(bare, {}) == {"time": "Time is Red: give the reason."}
    assert reasons_missing({"time": Given("Time", RED, "Late.", asks=True)}, {}) == {}
    assert list(reasons_missing({"time": Given("Time", RED, " \n", asks=True)}, {})) == ["time"]


def test_a_rating_better_than_the_data_says_why():
    better = {"time": Given("Time", GREEN)}
    assert reasons_missing(better, {"time": AMBER}) == {
        "time": "Time is better than the Amber that the data proposes: give the reason."
    }
    assert reasons_missing({"time": Given("Time", GREEN, "Caught up.")}, {"time": AMBER}) == {}


def test_a_rating_as_proposed_or_worse_needs_none():
    assert reasons_missing({"time": Given("Time", AMBER)}, {"time": AMBER}) == {}
    assert reasons_missing({"time": Given("Time", RED)}, {"time": AMBER}) == {}
    assert reasons_missing({"time": Given("Time", GREEN)}, {}) == {}


def test_a_level_off_the_scale_is_not_better():
    assert reasons_missing({"time": Given("Time", NOT_APPLICABLE)}, {"time": RED}) == {}


def test_the_worst_of_the_other_ratings_is_proposed_for_the_overall_one():
    chosen = {"overall": GREEN, "time": AMBER, "costs": GREEN, "savings": NOT_APPLICABLE}
    assert with_overall({}, chosen, "overall") == {"overall": AMBER}


def test_a_chosen_level_counts_before_the_proposed_one():
    chosen = {"overall": GREEN, "time": GREEN}
    assert with_overall({"time": RED}, chosen, "overall") == {"time": RED, "overall": GREEN}
    assert with_overall({"costs": RED}, chosen, "overall") == {"costs": RED, "overall": RED}


def test_another_scale_has_no_say_in_the_overall_rating():
    other = Level("R", "Red", 5, scale="five")
    assert with_overall({"risk": other}, {"overall": GREEN}, "overall") == {"risk": other}


def test_there_may_be_nothing_to_propose():
    assert with_overall({}, {}, "overall") == {}
    assert with_overall({"time": RED}, {"time": RED}, None) == {"time": RED}
    assert with_overall({"overall": RED}, {"time": GREEN}, "overall") == {"overall": RED}
