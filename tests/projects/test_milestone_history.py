"""A milestone's history: how it stands on a day follows from what had been said by then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.values import Certainty, PlainDate
from projects.choices import ChangeKind
from projects.milestone_history import HistoryError, MilestoneDates, StatedChange, replay

FIRST = date(2018, 4, 1)
JUNE = PlainDate(date(2019, 6, 1), Certainty.CIRCA)
JULY = PlainDate(date(2019, 7, 12))
AUGUST = PlainDate(date(2019, 8, 30))
NOTHING = PlainDate.not_applicable()


def change(kind: ChangeKind, after_days: int, stated: PlainDate) -> StatedChange:
    return StatedChange(kind, FIRST + timedelta(days=after_days), stated)


SET = change(ChangeKind.SET, 0, JUNE)


def test_nothing_said_is_no_standing():
    assert replay([]) is None


def test_what_was_set_is_baseline_and_forecast():
    assert replay([SET]) == MilestoneDates(original=JUNE, baseline=JUNE, forecast=JUNE)


def test_a_forecast_leaves_the_baseline():
    standing = replay([SET, change(ChangeKind.FORECAST, 10, JULY)])
    assert standing == MilestoneDates(original=JUNE, baseline=JUNE, forecast=JULY)


def test_a_rebaseline_moves_both_and_keeps_the_original():
    standing = replay(
        [SET, change(ChangeKind.FORECAST, 10, JULY), change(ChangeKind.REBASELINE, 20, AUGUST)]
    )
    assert standing == MilestoneDates(original=JUNE, baseline=AUGUST, forecast=AUGUST)


def test_a_forecast_can_become_unknown():
    standing = replay([SET, change(ChangeKind.FORECAST, 10, PlainDate.tbc())])
    assert standing is not None
    assert standing.forecast == PlainDate.tbc()


def test_reaching_gives_the_day_and_withdrawing_the_day_it_was_said():
    reached = replay([SET, change(ChangeKind.REACHED, 30, JULY)])
    withdrawn = replay([SET, change(ChangeKind.WITHDRAWN, 30, NOTHING)])
    assert reached is not None
    assert withdrawn is not None
    assert (reached.actual_on, reached.withdrawn_on) == (JULY.day, None)
    assert (withdrawn.actual_on, withdrawn.withdrawn_on) == (None, FIRST + timedelta(days=30))


def test_a_past_day_sees_only_what_had_been_said():
    changes = [SET, change(ChangeKind.FORECAST, 10, JULY)]
    assert replay(changes, as_at=FIRST - timedelta(days=1)) is None
    assert replay(changes, as_at=FIRST + timedelta(days=9)) == replay(changes[:1])
    assert replay(changes, as_at=FIRST + timedelta(days=10)) == replay(changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([change(ChangeKind.FORECAST, 0, JULY)], "The first change of a milestone must set it."),
        ([SET, change(ChangeKind.SET, 10, JULY)], "A milestone is set once"),
        ([SET, change(ChangeKind.REACHED, 10, NOTHING)], "needs the day"),
    ],
)
def test_changes_that_do_not_follow_are_refused(changes, sentence):
    with pytest.raises(HistoryError, match=sentence):
        replay(changes)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([ChangeKind.FORECAST, ChangeKind.REBASELINE]),
            st.sampled_from([JUNE, JULY, AUGUST, PlainDate.tbc()]),
        )
    )
)
def test_the_last_word_on_a_date_counts_and_the_first_is_kept(said):
    changes = [SET, *(change(kind, day, when) for day, (kind, when) in enumerate(said, 1))]
    standing = replay(changes)
    assert standing is not None
    assert standing.original == JUNE
    assert standing.forecast == changes[-1].date
    agreed = [one.date for one in changes if one.kind is not ChangeKind.FORECAST]
    assert standing.baseline == agreed[-1]
