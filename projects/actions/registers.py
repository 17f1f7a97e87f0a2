"""The registers: risks and issues, decisions, actions.

What somebody is to do is a ``task`` here and in pages, where ``action`` is what writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme.checks import (
    next_ref,
    refuse_after_its_end,
    refuse_empty,
    refuse_future,
    refuse_who_may_not,
)
from programme.common.validation import validate
from programme.common.words import say
from programme.models import Board, Meeting, Organisation, User
from programme.writing import Edit
from projects.ends import keep_end, refuse_before_reopened
from projects.models import (
    Action,
    ActionEnd,
    Decision,
    Project,
    Risk,
    RiskAssessment,
    RiskEnd,
)
from projects.selectors.registers import risk_words
from projects.states import ACTION, RISK, action_state, risk_state

Score = tuple[int, int]
"""Likelihood and impact, each a step of the programme's risk scheme."""


class RiskInput(TypedDict, total=False):
    ref: str
    kind: str
    project: Project | None
    title: str
    cause: str
    event: str
    effect: str
    response: str
    mitigation: str
    proximity: str
    review_on: date | None
    owner_post: str
    owner_user: User | None
    owner_organisation: Organisation | None
    is_strategic: bool
    sensitivity: str
    inherent_likelihood: int
    inherent_impact: int
    target_likelihood: int | None
    target_impact: int | None
    raised_on: date


class DecisionInput(TypedDict, total=False):
    ref: str
    kind: str
    board: Board
    meeting: Meeting | None
    taken_on: date
    text: str
    reasons: str
    projects: Iterable[Project]


class ActionInput(TypedDict, total=False):
    ref: str
    text: str
    board: Board | None
    meeting: Meeting | None
    decision: Decision | None
    project: Project | None
    owner_post: str
    owner_user: User | None
    owner_organisation: Organisation | None
    raised_on: date
    due_on: date | None


# --- risks and issues -------------------------------------------------------------------------


@transaction.atomic
def save_risk(
    *,
    risk: Risk,
    values: RiskInput,
    score: Score | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Risk:
    """Raises or changes a risk or an issue (``Risk(programme=…)``). Without a reference it gets
    the next one. It has an owner. ``score`` is how it stands today: where that is another than
    before, it is assessed. Until it is assessed it stands at its inherent score."""
    edit = Edit(risk, expected_version=expected_version)
    if edit.is_new and not values.get("ref"):
        values = values | {"ref": next_ref(risk.programme, Risk.objects, "r")}
    if not edit.is_new:
        _move_risk(edit, "changed")
    edit.apply(values, RiskInput)
    _check_owner(edit, "risks.edit")
    refuse_empty(say("Say whose post owns it."), owner_post=edit.row.owner_post)
    refuse_future(raised_on=edit.row.raised_on)
    _both_or_neither(edit.row)
    _check_steps(
        edit.row,
        {
            name: getattr(edit.row, name)
            for name in (
                "inherent_likelihood",
                "inherent_impact",
                "target_likelihood",
                "target_impact",
            )
        },
    )
    assessed = None if score is None else _assessed_anew(edit, timezone.localdate(), score, "")
    risk = edit.save("risk", by=by)
    if assessed is not None:
        assessed.risk = risk
        validate(assessed)
        assessed.save()
    return risk


@transaction.atomic
def assess_risk(
    *,
    risk: Risk,
    assessed_on: date,
    score: Score,
    note: str = "",
    expected_version: int | None = None,
    by: User | None,
) -> Risk:
    """Gives an open risk its score on a day. A second assessment of the same day replaces the
    first: it corrects it. The day is not before the risk was raised, nor in the future."""
    edit = Edit(risk, expected_version=expected_version)
    _move_risk(edit, "assessed")
    refuse_future(assessed_on=assessed_on)
    if assessed_on < edit.row.raised_on:
        raise ValidationError(
            {"assessed_on": say(f"The risk was raised on {edit.row.raised_on:%-d %B %Y}.")}
        )
    row = _assessment(edit, assessed_on, score, note)
    if edit.changed:
        validate(row)
        row.save()
    return edit.save("risk.assessed", by=by)


@transaction.atomic
def close_risk(
    *,
    risk: Risk,
    closed_on: date,
    closing_note: str,
    expected_version: int | None = None,
    by: User | None,
) -> Risk:
    """Closes an open risk on a day, saying how it ended."""
    refuse_empty(say("Say how the risk ended."), closing_note=closing_note)
    refuse_future(closed_on=closed_on)
    edit = Edit(risk, expected_version=expected_version)
    _move_risk(edit, "closed")
    refuse_before_reopened(edit.row.earlier_ends, closed_on=closed_on)
    edit.set(closed_on=closed_on, closing_note=closing_note)
    return edit.save("risk.closed", by=by)


@transaction.atomic
def reopen_risk(
    *, risk: Risk, reason: str, expected_version: int | None = None, by: User | None
) -> Risk:
    """Opens a closed risk again as of today, with the reason. That it was closed, and how it had
    ended, stays for papers of the days between."""
    refuse_empty(say("Say why it is reopened."), reason=reason)
    edit = Edit(risk, expected_version=expected_version)
    _move_risk(edit, "reopened")
    keep_end(edit, RiskEnd(risk=edit.row), edit.row.closed_on, edit.row.closing_note, reason)
    edit.set(closed_on=None, closing_note="")
    return edit.save("risk.reopened", by=by)


# --- decisions and actions ----------------------------------------------------------------------


@transaction.atomic
def save_decision(
    *,
    decision: Decision,
    values: DecisionInput,
    expected_version: int | None = None,
    by: User | None,
) -> Decision:
    """Records or changes what a board resolved (``Decision(programme=…)``). Without a reference it
    gets the next one, without a day that of its meeting."""
    edit = Edit(decision, expected_version=expected_version)
    if edit.is_new and not values.get("ref"):
        values = values | {"ref": next_ref(decision.programme, Decision.objects, "d")}
    edit.apply(values, DecisionInput)
    meeting = edit.row.meeting
    if meeting is not None and edit.row.taken_on is None:
        edit.set(taken_on=meeting.held_on)
    refuse_future(taken_on=edit.row.taken_on)
    if {"board", "taken_on"} & set(edit.changed):
        refuse_after_its_end(edit.row.board, taken_on=edit.row.taken_on)
    _check_meeting(edit)
    return edit.save("decision", by=by)


@transaction.atomic
def save_action(
    *, task: Action, values: ActionInput, expected_version: int | None = None, by: User | None
) -> Action:
    """Records or changes who does what by when (``Action(programme=…)``), until it is done or
    withdrawn. Without a reference it gets the next one, without a day that of its meeting, else
    today; without a board that of its meeting, else none asked for it."""
    edit = Edit(task, expected_version=expected_version)
    if edit.is_new and not values.get("ref"):
        values = values | {"ref": next_ref(task.programme, Action.objects, "a")}
    if not edit.is_new:
        _move_action(edit, "changed")
    edit.apply(values, ActionInput)
    _check_owner(edit, "actions.edit")
    if edit.row.meeting is not None and edit.row.board is None:
        edit.set(board=edit.row.meeting.board)
    if edit.row.raised_on is None:
        meeting = edit.row.meeting
        edit.set(raised_on=meeting.held_on if meeting else timezone.localdate())
    refuse_future(raised_on=edit.row.raised_on)
    if {"board", "raised_on"} & set(edit.changed):
        refuse_after_its_end(edit.row.board, raised_on=edit.row.raised_on)
    _check_meeting(edit)
    return edit.save("action", by=by)


@transaction.atomic
def complete_action(
    *,
    task: Action,
    completed_on: date,
    outcome: str,
    expected_version: int | None = None,
    by: User | None,
) -> Action:
    """Records that an open action was done, on which day and with what outcome, as the board that
    asked will read it under matters arising."""
    refuse_empty("Say what came of it.", outcome=outcome)
    refuse_future(completed_on=completed_on)
    edit = Edit(task, expected_version=expected_version)
    _move_action(edit, "completed")
    refuse_before_reopened(edit.row.earlier_ends, completed_on=completed_on)
    edit.set(completed_on=completed_on, outcome=outcome)
    return edit.save("action.completed", by=by)


@transaction.atomic
def withdraw_action(
    *, task: Action, reason: str, expected_version: int | None = None, by: User | None
) -> Action:
    """Takes an open action back as of today; the reason stands as its outcome."""
    refuse_empty("Say why the action is withdrawn.", reason=reason)
    edit = Edit(task, expected_version=expected_version)
    _move_action(edit, "withdrawn")
    edit.set(withdrawn_on=timezone.localdate(), outcome=reason)
    return edit.save("action.withdrawn", by=by)


@transaction.atomic
def reopen_action(
    *, task: Action, reason: str, expected_version: int | None = None, by: User | None
) -> Action:
    """Opens an action that was done or withdrawn again as of today, with the reason."""
    refuse_empty("Say why the action is reopened.", reason=reason)
    edit = Edit(task, expected_version=expected_version)
    _move_action(edit, "reopened")
    ended_on = edit.row.withdrawn_on or edit.row.completed_on
    keep_end(edit, ActionEnd(action=edit.row), ended_on, edit.row.outcome, reason)
    edit.set(completed_on=None, withdrawn_on=None, outcome="")
    return edit.save("action.reopened", by=by)


# --- engagement ---------------------------------------------------------------------------------


def _move_risk(edit: Edit[Risk], done: str) -> None:
    state = risk_state(edit.row.closed_on)
    what = edit.row.get_kind_display().lower()
    edit.move(RISK, done, state=state, what=what)


def _move_action(edit: Edit[Action], done: str) -> None:
    state = action_state(edit.row.completed_on, edit.row.withdrawn_on)
    edit.move(ACTION, done, state=state, what="action")


def _check_owner(edit: Edit[Risk] | Edit[Action], permission: str) -> None:
    """An account that is named the owner may write what it answers for."""
    if "owner_user" in edit.changed:
        row = edit.row
        refuse_who_may_not(row.owner_user, permission, row.programme, field="owner_user")


def _both_or_neither(risk: Risk) -> None:
    if (risk.target_likelihood is None) != (risk.target_impact is None):
        empty = "target_likelihood" if risk.target_likelihood is None else "target_impact"
        raise ValidationError({empty: "A target has both a likelihood and an impact."})


def _check_steps(risk: Risk, given: Mapping[str, int | None]) -> None:
    """Refuses a likelihood or an impact that the programme's scheme has no step for."""
    likelihood, impact = risk_words(risk.programme).size
    problems = {}
    for name, step in given.items():
        last = likelihood if name.endswith("likelihood") else impact
        if step is not None and not 1 <= step <= last:
            problems[name] = f"Choose a step from 1 to {last}."
    if problems:
        raise ValidationError(problems)


def _assessed_anew(edit: Edit[Risk], day: date, score: Score, note: str) -> RiskAssessment | None:
    """An assessment of the day, where the score is another than that at which the risk stands."""
    stored = edit.row
    last = None if edit.is_new else stored.assessments.first()
    inherent = stored.inherent_likelihood, stored.inherent_impact
    stands = inherent if last is None else (last.likelihood, last.impact)
    return None if score == stands else _assessment(edit, day, score, note)


def _assessment(edit: Edit[Risk], day: date, score: Score, note: str) -> RiskAssessment:
    """The day's assessment of a risk with its new score, as part of the edit; not saved yet."""
    stored = None
    if not edit.is_new:
        stored = RiskAssessment.objects.filter(risk=edit.row, assessed_on=day).first()
    row = stored or RiskAssessment(assessed_on=day)
    before = _in_words(stored)
    if not edit.is_new:
        row.risk = edit.row
    row.likelihood, row.impact = score
    _check_steps(edit.row, {"likelihood": row.likelihood, "impact": row.impact})
    row.note = note.replace("\r\n", "\n").strip()
    edit.part("assessment", before, _in_words(row))
    return row


def _in_words(assessment: RiskAssessment | None) -> str:
    if assessment is None:
        return ""
    score = f"{assessment.likelihood} × {assessment.impact} on {assessment.assessed_on:%-d %B %Y}"
    return f"{score}: {assessment.note}" if assessment.note else score


def _check_meeting(edit: Edit[Decision] | Edit[Action]) -> None:
    """A meeting is one of the row's own board, and it was not cancelled. What a board took over
    keeps the meeting at which it began."""
    row, meeting = edit.row, edit.row.meeting
    if meeting is None or not {"board", "meeting"} & set(edit.changed):
        return
    if meeting.board_id != row.board_id:
        raise ValidationError({"meeting": say("Choose a meeting of this board.")})
    if meeting.state == Meeting.State.CANCELLED:
        raise ValidationError({"meeting": "This meeting was cancelled."})
