"""Workstreams and projects: their facts, the stage a project stands at, and its withdrawal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme.checks import (
    next_order,
    next_slug,
    refuse_circle,
    refuse_empty,
    refuse_future,
    refuse_other_programmes,
    refuse_stranger,
)
from programme.common.validation import validate
from programme.common.words import say
from programme.models import Board, Dimension, Organisation, PlanPriority, Stage, Theme, User
from programme.places import arrange
from programme.writing import Edit
from projects.leads import keep_lead
from projects.models import Project, StageChange, Workstream
from projects.states import PROJECT, project_state


class WorkstreamInput(TypedDict, total=False):
    slug: str
    number: str
    name: str
    summary: str
    parent: Workstream | None
    order: int
    dimensions: Iterable[Dimension]


class ProjectInput(TypedDict, total=False):
    ref: str
    name: str
    short_name: str
    summary: str
    workstream: Workstream
    parent: Project | None
    lead_organisation: Organisation | None
    partners: Iterable[Organisation]
    lead_post: str
    sponsor_post: str
    lead_user: User | None
    stage: Stage
    starts_on: date | None
    ends_on: date | None
    themes: Iterable[Theme]
    priorities: Iterable[PlanPriority]
    statutory_basis: str
    sensitivity: str
    in_papers_as_component: bool
    order: int


@transaction.atomic
def save_workstream(
    *,
    workstream: Workstream,
    values: WorkstreamInput,
    expected_version: int | None = None,
    by: User | None,
) -> Workstream:
    """Adds or changes a workstream; workstreams stand below one another without a circle. A word
    for addresses is made from the name; a new one goes to the end of the list."""
    edit = Edit(workstream, expected_version=expected_version)
    edit.apply(values, WorkstreamInput)
    siblings = Workstream.objects.of(edit.row.programme)
    if not edit.row.slug:
        edit.set(slug=next_slug(siblings, edit.row.name))
    refuse_circle(edit.row, "parent")
    arrange(edit, siblings)
    return edit.save("workstream", by=by)


@transaction.atomic
def save_project(
    *,
    project: Project,
    values: ProjectInput,
    stage_since: date | None = None,
    held_since: date | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Project:
    """Adds or changes a project. A new one begins its history at the stage given, on the day
    ``stage_since`` (today when none is given); later its stage changes by ``change_stage``. One
    that another organisation leads keeps the one before for the days before ``held_since``; without
    it, what stood there was wrong.

    The lead user must hold a role in the programme, and a component is not made the parent of the
    project it is part of. A project that was withdrawn stays as it is.
    """
    edit = Edit(project, expected_version=expected_version)
    if edit.is_new:
        edit.set(order=next_order(project.programme.projects))
    else:
        _move(edit, "changed")
    edit.apply(values, ProjectInput)
    if not edit.is_new and "stage" in edit.changed:
        raise ValidationError({"stage": "The stage changes with its day and its reason."})
    refuse_circle(edit.row, "parent")
    keep_lead(edit, held_since)
    if "lead_user" in edit.changed:
        refuse_stranger(edit.row.lead_user, edit.row.programme, field="lead_user")
    since = stage_since or timezone.localdate()
    refuse_future(stage_since=since)
    project = edit.save("project", by=by)
    if edit.is_new:
        project.stage_changes.create(to_stage=project.stage, changed_on=since)
    return project


@transaction.atomic
def change_stage(
    *,
    project: Project,
    to_stage: Stage,
    changed_on: date,
    reason: str = "",
    board: Board | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Project:
    """Moves a project to another stage, and keeps when, why and by which board.

    A reason is needed for what comes to a halt or an end: programmes keep what they considered and
    did not pursue with its reasons (Policing and Crime Act 2017, s.2: collaboration is kept under
    consideration). The day is not before the last change, nor in the future.
    """
    edit = Edit(project, expected_version=expected_version)
    _move(edit, "changed")
    before = edit.row.stage
    edit.set(stage=to_stage)
    if not edit.changed:
        raise ValidationError({"to_stage": say("The project stands at this stage already.")})
    _check_stage_change(edit.row, changed_on, reason)
    edit.note(changed_on=changed_on.isoformat(), reason=reason, board=str(board) if board else "")
    refuse_other_programmes(edit.row.programme, {"to_stage": [to_stage], "board": [board]})
    project = edit.save("project.stage_changed", by=by)
    change = StageChange(
        project=project,
        from_stage=before,
        to_stage=to_stage,
        changed_on=changed_on,
        reason=reason.strip(),
        board=board,
    )
    validate(change)
    change.save()
    return project


@transaction.atomic
def withdraw_project(
    *, project: Project, reason: str, expected_version: int | None = None, by: User | None
) -> Project:
    """Takes a project out of the programme as of today, with the reason; nothing is deleted.
    Refused while components of it remain."""
    refuse_empty(say("Say why the project is withdrawn."), reason=reason)
    edit = Edit(project, expected_version=expected_version)
    _move(edit, "withdrawn")
    if edit.row.components.filter(withdrawn_on__isnull=True).exists():
        raise ValidationError(say("Withdraw the components of this project first, or move them."))
    edit.set(withdrawn_on=timezone.localdate(), withdrawn_reason=reason)
    return edit.save("project.withdrawn", by=by)


def _move(edit: Edit[Project], done: str) -> None:
    edit.move(PROJECT, done, state=project_state(edit.row.withdrawn_on), what="project")


def _check_stage_change(project: Project, changed_on: date, reason: str) -> None:
    refuse_future(changed_on=changed_on)
    last = project.stage_changes.last()
    if last is not None and changed_on < last.changed_on:
        raise ValidationError(
            {"changed_on": f"The last change of stage was on {last.changed_on:%-d %B %Y}."}
        )
    if project.stage.kind in (Stage.Kind.PAUSED, Stage.Kind.CLOSED):
        refuse_empty(f"{say('Say why the project goes to')} “{project.stage}”.", reason=reason)
