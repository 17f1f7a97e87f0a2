"""Milestones: every date that is stated of one is kept in its history, and its columns follow."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme.checks import (
    next_order,
    refuse_empty,
    refuse_future,
    refuse_other_programmes,
    refuse_who_may_not,
)
from programme.common.validation import validate
from programme.common.values import PlainDate
from programme.common.words import say
from programme.models import Board, User
from programme.writing import Edit
from projects.choices import ChangeKind
from projects.milestone_history import HistoryError, StatedChange, replay
from projects.models import Milestone, MilestoneChange
from projects.states import MILESTONE, milestone_state

FARTHEST = 30
"""How many years ahead of the day on which it is said, or behind it, a date may lie."""


class MilestoneInput(TypedDict, total=False):
    name: str
    owner_post: str
    owner_user: User | None
    order: int


@transaction.atomic
def add_milestone(
    *,
    milestone: Milestone,
    values: MilestoneInput,
    baseline: PlainDate,
    stated_on: date | None = None,
    reason: str = "",
    by: User | None,
) -> Milestone:
    """Sets a new milestone of a project (``Milestone(project=…)``) for its baseline, as stated on
    a day (today when none is given). It goes to the end of the list."""
    edit = Edit(milestone)
    edit.set(order=next_order(milestone.project.milestones))
    edit.apply(values, MilestoneInput)
    _check_owner(edit)
    return _state(edit, ChangeKind.SET, baseline, stated_on, reason, by, "milestone.added")


@transaction.atomic
def save_milestone(
    *,
    milestone: Milestone,
    values: MilestoneInput,
    expected_version: int | None = None,
    by: User | None,
) -> Milestone:
    """Changes the name, the owner or the place of a milestone; its dates change by actions of
    their own."""
    edit = Edit(milestone, expected_version=expected_version)
    _move(edit, "changed")
    edit.apply(values, MilestoneInput)
    _check_owner(edit)
    return edit.save("milestone", by=by)


@transaction.atomic
def move_forecast(
    *,
    milestone: Milestone,
    forecast: PlainDate,
    reason: str,
    stated_on: date | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Milestone:
    """Says when an open milestone is now expected, and why that moved. The baseline stays."""
    edit = Edit(milestone, expected_version=expected_version)
    _move(edit, "forecast")
    refuse_empty("Say why the date moves.", reason=reason)
    verb = "milestone.forecast_moved"
    return _state(edit, ChangeKind.FORECAST, forecast, stated_on, reason, by, verb)


@transaction.atomic
def rebaseline_milestone(
    *,
    milestone: Milestone,
    baseline: PlainDate,
    board: Board,
    reason: str,
    stated_on: date | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Milestone:
    """Gives an open milestone the new baseline that a board of the programme approved; its
    forecast follows, and the history keeps the original."""
    edit = Edit(milestone, expected_version=expected_version)
    _move(edit, "rebaselined")
    refuse_empty("Say why the baseline changes.", reason=reason)
    refuse_other_programmes(edit.row.project.programme, {"board": [board]})
    verb = "milestone.rebaselined"
    return _state(edit, ChangeKind.REBASELINE, baseline, stated_on, reason, by, verb, board)


@transaction.atomic
def mark_reached(
    *,
    milestone: Milestone,
    actual_on: date,
    reason: str = "",
    expected_version: int | None = None,
    by: User | None,
) -> Milestone:
    """Records the day on which a milestone was reached, or corrects that day, which takes a reason.
    It counts as stated on the day itself, or today where it corrects one."""
    refuse_future(actual_on=actual_on)
    edit = Edit(milestone, expected_version=expected_version)
    corrects = edit.row.actual_on is not None
    _move(edit, "reached")
    if corrects and edit.row.actual_on != actual_on:
        refuse_empty("Say why the day is corrected.", reason=reason)
    stated_on = None if corrects else max(actual_on, _last_stated(edit.row) or actual_on)
    reached = PlainDate(actual_on)
    return _state(edit, ChangeKind.REACHED, reached, stated_on, reason, by, "milestone.reached")


@transaction.atomic
def withdraw_milestone(
    *, milestone: Milestone, reason: str, expected_version: int | None = None, by: User | None
) -> Milestone:
    """Takes an open milestone out of the plan as of today, with the reason; its history stays."""
    refuse_empty(say("Say why the milestone is withdrawn."), reason=reason)
    edit = Edit(milestone, expected_version=expected_version)
    _move(edit, "withdrawn")
    nothing = PlainDate.not_applicable()
    return _state(edit, ChangeKind.WITHDRAWN, nothing, None, reason, by, "milestone.withdrawn")


@transaction.atomic
def reopen_milestone(
    *, milestone: Milestone, reason: str, expected_version: int | None = None, by: User | None
) -> Milestone:
    """Takes back, as of today, that a milestone was reached or withdrawn, with the reason: it is
    expected again for its last forecast. What was said of it stays."""
    refuse_empty(say("Say why the milestone is reopened."), reason=reason)
    edit = Edit(milestone, expected_version=expected_version)
    _move(edit, "reopened")
    nothing = PlainDate.not_applicable()
    return _state(edit, ChangeKind.REOPENED, nothing, None, reason, by, "milestone.reopened")


def _move(edit: Edit[Milestone], done: str) -> None:
    row = edit.row
    state = milestone_state(row.actual_on, row.withdrawn_on)
    edit.move(MILESTONE, done, state=state, what="milestone")


def _check_owner(edit: Edit[Milestone]) -> None:
    """An account that is named the owner may write what it answers for."""
    if "owner_user" in edit.changed:
        row = edit.row
        programme = row.project.programme
        refuse_who_may_not(row.owner_user, "milestones.edit", programme, field="owner_user")


def _state(
    edit: Edit[Milestone],
    kind: ChangeKind,
    stated: PlainDate,
    stated_on: date | None,
    reason: str,
    by: User | None,
    verb: str,
    board: Board | None = None,
) -> Milestone:
    """Adds a statement to the history and lets the milestone's columns follow from all of them."""
    day = stated_on or timezone.localdate()
    _check_day(edit, day)
    _check_plausible(kind, stated, day)
    history = [] if edit.is_new else _ledger(edit.row)
    try:
        standing = replay([*history, StatedChange(kind, day, stated)])
    except HistoryError as error:
        raise ValidationError(str(error)) from error
    if standing is None:
        raise ValidationError(say("Nothing was said of this milestone."))
    edit.set(
        baseline=standing.baseline,
        forecast=standing.forecast,
        actual_on=standing.actual_on,
        withdrawn_on=standing.withdrawn_on,
    )
    if not edit.changed:
        return edit.row
    edit.note(stated_on=day.isoformat(), reason=reason.strip(), board=str(board) if board else "")
    milestone = edit.save(verb, by=by)
    change = MilestoneChange(
        milestone=milestone,
        kind=kind.value,
        stated_on=day,
        reason=reason.strip(),
        approved_by=board,
        **_columns(stated),
    )
    validate(change)
    change.save()
    return milestone


def _check_day(edit: Edit[Milestone], day: date) -> None:
    refuse_future(stated_on=day)
    last = None if edit.is_new else _last_stated(edit.row)
    if last is not None and day < last:
        raise ValidationError(
            {"stated_on": f"The last thing said of it was said on {last:%-d %B %Y}."}
        )


def _check_plausible(kind: ChangeKind, stated: PlainDate, day: date) -> None:
    """A date that lies further from the day on which it is said than any plan reaches is a slip of
    the hand."""
    if stated.day is not None and abs(stated.day.year - day.year) > FARTHEST:
        fields = {ChangeKind.FORECAST: "forecast", ChangeKind.REACHED: "actual_on"}
        words = f"This is more than {FARTHEST} years away: check the year."
        raise ValidationError({fields.get(kind, "baseline"): words})


def _last_stated(milestone: Milestone) -> date | None:
    last = milestone.changes.last()
    return None if last is None else last.stated_on


def _ledger(milestone: Milestone) -> list[StatedChange]:
    return [
        StatedChange(ChangeKind(each.kind), each.stated_on, each.date)
        for each in milestone.changes.all()
    ]


def _columns(stated: PlainDate) -> dict[str, Any]:
    return {"date_day": stated.day, "date_certainty": stated.certainty.value}
