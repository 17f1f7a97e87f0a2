"""State tables, and that those of every app name what their actions and models know."""

from __future__ import annotations

import pytest

from programme.common.states import WrongState, after, move, possible
from programme.models import Meeting
from programme.states import MEETING
from projects.models import StatusUpdate
from projects.states import (
    ACTION,
    MILESTONE,
    PROJECT,
    RISK,
    UPDATE,
    action_state,
    milestone_state,
    project_state,
    risk_state,
)

DOOR = {"opened": move("shut", "open"), "shut": move("open ajar", "shut"), "painted": move("shut")}


def test_a_move_leads_to_its_state():
    assert after(DOOR, "opened", "shut", what="door") == "open"
    assert after(DOOR, "shut", "ajar", what="door") == "shut"


def test_a_move_may_lead_nowhere_else():
    assert after(DOOR, "painted", "shut", what="door") == "shut"


def test_a_move_is_refused_in_other_states_in_words():
    with pytest.raises(WrongState, match="^This door is open: it cannot be painted.$"):
        after(DOOR, "painted", "open", what="door")


def test_what_no_table_knows_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        after(DOOR, "slammed", "open", what="door")


def test_a_page_offers_what_is_possible():
    assert possible(DOOR, "shut") == {"opened", "painted"}
    assert possible(DOOR, "gone") == frozenset()


@pytest.mark.parametrize(
    ("table", "states"),
    [
        (MEETING, set(Meeting.State.values)),
        (UPDATE, set(StatusUpdate.State.values)),
        (PROJECT, {project_state(None), project_state("day")}),
        (RISK, {risk_state(None), risk_state("day")}),
        (
            MILESTONE,
            {
                milestone_state(None, None),
                milestone_state("day", None),
                milestone_state(None, "day"),
            },
        ),
        (
            ACTION,
            {action_state(None, None), action_state("day", None), action_state(None, "day")},
        ),
    ],
)
def test_a_table_speaks_of_the_states_that_are_stored(table, states):
    named = set().union(*(each.starts for each in table.values()))
    reached = {each.ends for each in table.values()} - {None}
    assert named | reached == states
