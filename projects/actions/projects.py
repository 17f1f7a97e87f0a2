"""Workstreams and projects: their facts, and a project's withdrawal."""

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
    refuse_stranger,
    refuse_who_may_not,
)
from programme.common.words import say
from programme.models import Dimension, Organisation, PlanPriority, Stage, Theme, User
from programme.places import arrange
from programme.writing import Edit
from projects.ends import keep_end
from projects.leads import keep_lead
from projects.models import Project, ProjectEnd, Workstream
from projects.stages import first_day
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
    sponsor_user: User | None
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
    """Adds or changes a project. A reference is made from the name where none is given. A new one
    begins its history at the stage given, on the day
    ``stage_since`` (``first_day`` when none is given); later its stage changes by ``change_stage``,
    and what was wrong with its first one is put right by ``correct_first_stage``. One
    that another organisation leads keeps the one before for the days before ``held_since``; without
    it, what stood there was wrong.

    The lead user must hold a role that writes updates, the sponsor's account any role, and a
    component is not made the parent of the project it is part of. A project that was withdrawn
    stays as it is.
    """
    edit = Edit(project, expected_version=expected_version)
    if edit.is_new:
        edit.set(order=next_order(project.programme.projects))
    else:
        _move(edit, "changed")
    edit.apply(values, ProjectInput)
    if not edit.row.ref:
        edit.set(ref=next_slug(edit.row.programme.projects, edit.row.name, field="ref"))
    if not edit.is_new and "stage" in edit.changed:
        raise ValidationError({"stage": "The stage changes with its day and its reason."})
    refuse_circle(edit.row, "parent")
    keep_lead(edit, held_since)
    if "lead_user" in edit.changed:
        refuse_who_may_not(
            edit.row.lead_user, "updates.edit", edit.row.programme, field="lead_user"
        )
    if "sponsor_user" in edit.changed:
        refuse_stranger(edit.row.sponsor_user, edit.row.programme, field="sponsor_user")
    refuse_future(stage_since=stage_since)
    project = edit.save("project", by=by)
    if edit.is_new:
        since = stage_since or first_day(project.programme, project.starts_on)
        project.stage_changes.create(to_stage=project.stage, changed_on=since)
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


@transaction.atomic
def reopen_project(
    *, project: Project, reason: str, expected_version: int | None = None, by: User | None
) -> Project:
    """Takes a withdrawn project into the programme again as of today, with the reason. That it was
    withdrawn stays for papers of the days between. Refused while what it is part of is
    withdrawn."""
    refuse_empty(say("Say why the project is reopened."), reason=reason)
    edit = Edit(project, expected_version=expected_version)
    _move(edit, "reopened")
    row = edit.row
    if row.parent is not None and row.parent.withdrawn_on:
        raise ValidationError(say("Reopen the project that this one is a component of first."))
    if row.workstream.withdrawn_on:
        raise ValidationError(say("Bring back the workstream of this project first."))
    keep_end(edit, ProjectEnd(project=row), row.withdrawn_on, row.withdrawn_reason, reason)
    edit.set(withdrawn_on=None, withdrawn_reason="")
    return edit.save("project.reopened", by=by)


def _move(edit: Edit[Project], done: str) -> None:
    edit.move(PROJECT, done, state=project_state(edit.row.withdrawn_on), what="project")
