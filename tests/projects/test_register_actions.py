"""Risks, decisions, actions and engagement: the rules beside what the record's test covers."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.models import AuditEntry, RiskScheme
from projects.actions import (
    assess_risk,
    close_risk,
    complete_action,
    save_action,
    save_decision,
    save_risk,
    withdraw_action,
)
from projects.models import Action, Decision, Risk
from tests.builders import (
    make_action,
    make_board,
    make_meeting,
    make_programme,
    make_project,
    make_risk,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def board(programme):
    return make_board(programme=programme)


def refused(action, /, *fields, **given) -> list[str]:
    """The messages with which an action refuses, all at the given fields."""
    with pytest.raises(ValidationError) as raised:
        action(**given, by=None)
    assert sorted(raised.value.message_dict) == sorted(fields)
    return [text for texts in raised.value.message_dict.values() for text in texts]


# --- risks --------------------------------------------------------------------------------------


RISK = {
    "title": "The lease falls through",
    "owner_post": "Head of Estates",
    "inherent_likelihood": 4,
    "inherent_impact": 3,
    "raised_on": date(2019, 1, 7),
}


def test_a_score_is_a_step_of_the_programmes_own_matrix(programme):
    RiskScheme.objects.create(
        programme=programme, likelihood=["Rare", "Likely"], impact=["Low", "Medium", "High"]
    )
    risk = Risk(programme=programme)
    assert refused(save_risk, "inherent_likelihood", risk=risk, values=RISK) == [
        "Choose a step from 1 to 2."
    ]
    aimed_at = RISK | {"inherent_likelihood": 2, "target_likelihood": 1, "target_impact": 4}
    assert refused(save_risk, "target_impact", risk=risk, values=aimed_at) == [
        "Choose a step from 1 to 3."
    ]
    stored = save_risk(risk=risk, values=aimed_at | {"target_impact": 3}, by=None)
    day = date(2019, 2, 1)
    refused(assess_risk, "likelihood", "impact", risk=stored, assessed_on=day, score=(3, 0))


def test_a_risk_keeps_the_reference_it_is_given(programme):
    risk = save_risk(risk=Risk(programme=programme), values=RISK | {"ref": "lease"}, by=None)
    assert risk.ref == "lease"
    again = RISK | {"ref": "lease", "title": "Another"}
    refused(save_risk, "ref", risk=Risk(programme=programme), values=again)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"target_likelihood": 2}, "target_impact"),
        ({"target_impact": 2}, "target_likelihood"),
        ({"inherent_impact": 6}, "inherent_impact"),
        ({"raised_on": date(2999, 1, 1)}, "raised_on"),
        ({"project": "theirs"}, "project"),
    ],
)
def test_a_risk_is_refused_at_the_field_that_is_wrong(programme, values, field):
    if "project" in values:
        values = {"project": make_project()}
    refused(save_risk, field, risk=Risk(programme=programme), values=RISK | values)


def test_a_second_assessment_of_a_day_mends_the_first():
    risk = make_risk()
    given = {"risk": risk, "assessed_on": date(2019, 2, 1)}
    assess_risk(**given, score=(4, 4), by=None)
    assess_risk(**given, score=(4, 4), by=None)
    assess_risk(**given, score=(2, 4), note="Draft agreed.", by=None)
    row = risk.assessments.get(assessed_on=date(2019, 2, 1))
    assert (row.likelihood, row.impact, row.note) == (2, 4, "Draft agreed.")
    entry = AuditEntry.objects.first()
    assert AuditEntry.objects.count() == 2
    assert entry.before == {"assessment": "4 × 4 on 1 February 2019"}
    assert Risk.objects.get().version == 3


def test_a_risk_is_assessed_between_its_raising_and_today():
    risk = make_risk()
    refused(assess_risk, "assessed_on", risk=risk, assessed_on=date(2019, 1, 6), score=(1, 1))
    refused(assess_risk, "assessed_on", risk=risk, assessed_on=date(2999, 1, 1), score=(1, 1))


def test_a_closed_issue_stays_as_it_is():
    issue = make_risk(kind="issue")
    refused(
        close_risk, "closed_on", risk=issue, closed_on=date(2018, 1, 1), closing_note="Settled."
    )
    close_risk(risk=issue, closed_on=date(2019, 3, 1), closing_note="Settled.", by=None)
    for change in (
        lambda: save_risk(risk=issue, values={"title": "x"}, by=None),
        lambda: assess_risk(risk=issue, assessed_on=date(2019, 3, 2), score=(1, 1), by=None),
        lambda: close_risk(risk=issue, closed_on=date(2019, 3, 2), closing_note="x", by=None),
    ):
        with pytest.raises(ValidationError, match="This issue is closed"):
            change()


# --- decisions ----------------------------------------------------------------------------------


def decide(programme, board, **values):
    given = {"board": board, "text": "Go ahead.", "taken_on": date(2019, 3, 28)}
    return {"decision": Decision(programme=programme), "values": given | values}


def test_a_decision_is_of_the_day_it_says_or_of_its_meeting(programme, board):
    meeting = make_meeting(board=board, held_on=date(2019, 3, 28))
    decision = save_decision(**decide(programme, board, meeting=meeting, taken_on=None), by=None)
    assert decision.taken_on == meeting.held_on
    other = decide(programme, board, meeting=meeting, taken_on=date(2019, 4, 1))
    assert save_decision(**other, by=None).taken_on == date(2019, 4, 1)
    refused(save_decision, "taken_on", **decide(programme, board, taken_on=None))
    refused(save_decision, "taken_on", **decide(programme, board, taken_on=date(2999, 1, 1)))


def test_a_decision_is_of_a_meeting_of_its_board_that_took_place(programme, board):
    elsewhere = make_meeting(board=make_board(programme=programme))
    refused(save_decision, "meeting", **decide(programme, board, meeting=elsewhere))
    cancelled = make_meeting(board=board, state="cancelled")
    refused(save_decision, "meeting", **decide(programme, board, meeting=cancelled))


def test_what_was_not_pursued_is_kept_with_its_reasons(programme, board):
    refused(save_decision, "reasons", **decide(programme, board, kind="not_pursued"))
    kept = decide(programme, board, kind="not_pursued", reasons="It would cost more than it saves.")
    assert save_decision(**kept, by=None).reasons


def test_a_decision_is_about_projects_of_the_programme(programme, board):
    refused(save_decision, "projects", **decide(programme, board, projects=[make_project()]))
    assert not Decision.objects.exists()
    own = make_project(programme=programme)
    decision = save_decision(**decide(programme, board, projects=[own]), by=None)
    assert list(decision.projects.all()) == [own]


# --- actions ------------------------------------------------------------------------------------


def test_an_action_is_raised_at_its_meeting_or_today(programme, board):
    values = {"board": board, "text": "Sign.", "owner_post": "Head of Estates"}
    today = save_action(task=Action(programme=programme), values=values, by=None)
    assert today.raised_on == timezone.localdate()
    meeting = make_meeting(board=board)
    values |= {"meeting": meeting}
    raised = save_action(task=Action(programme=programme), values=values, by=None)
    assert raised.raised_on == meeting.held_on
    assert (today.ref, raised.ref) == ("a01", "a02")


def test_an_action_is_due_after_it_was_raised():
    action = make_action()
    refused(save_action, "due_on", task=action, values={"due_on": date(2018, 1, 1)})


def test_an_action_that_is_done_or_withdrawn_stays_as_it_is():
    done = complete_action(
        task=make_action(), completed_on=date(2019, 2, 1), outcome="Signed.", by=None
    )
    gone = withdraw_action(task=make_action(), reason="Not needed.", by=None)
    assert gone.withdrawn_on == timezone.localdate()
    for action, word in ((done, "completed"), (gone, "withdrawn")):
        for change in (
            lambda action=action: save_action(task=action, values={"text": "x"}, by=None),
            lambda action=action: withdraw_action(task=action, reason="x", by=None),
            lambda action=action: complete_action(
                task=action, completed_on=date(2019, 2, 1), outcome="x", by=None
            ),
        ):
            with pytest.raises(ValidationError, match=f"This action is {word}"):
                change()
    assert not Action.objects.open().exists()


def test_an_action_says_what_came_of_it():
    refused(
        complete_action,
        "outcome",
        task=make_action(),
        completed_on=date(2019, 2, 1),
        outcome="",
    )
    refused(
        complete_action,
        "completed_on",
        task=make_action(),
        completed_on=date(2999, 1, 1),
        outcome="Signed.",
    )
