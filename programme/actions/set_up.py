"""What a programme sets up for itself, one row at a time; withdrawn where it is in use."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme import uses
from programme.checks import next_slug
from programme.models import Aim, PlanPriority, Principle, SetUpPart, Stage, Theme, User
from programme.places import arrange, close_ranks
from programme.writing import Edit

Part = TypeVar("Part", bound=SetUpPart)


class StageInput(TypedDict, total=False):
    name: str
    kind: str
    order: int


@transaction.atomic
def save_stage(
    *, stage: Stage, values: StageInput, expected_version: int | None = None, by: User | None
) -> Stage:
    """Adds a stage to those of a programme (``Stage(programme=…)``), or changes it. ``order`` is
    its place on the way of a project; a new one goes to the end."""
    edit = Edit(stage, expected_version=expected_version)
    edit.apply(values, StageInput)
    siblings = Stage.objects.of(edit.row.programme)
    if not edit.row.slug:
        edit.set(slug=next_slug(siblings, edit.row.name))
    arrange(edit, siblings)
    return edit.save("stage", by=by)


class ThemeInput(TypedDict, total=False):
    name: str
    order: int


class LineInput(TypedDict, total=False):
    text: str
    order: int


class PriorityInput(TypedDict, total=False):
    number: int
    text: str
    in_force_from: date | None
    in_force_to: date | None


@transaction.atomic
def save_theme(
    *, theme: Theme, values: ThemeInput, expected_version: int | None = None, by: User | None
) -> Theme:
    """Adds a theme to those of a programme (``Theme(programme=…)``), or changes it."""
    edit = Edit(theme, expected_version=expected_version)
    edit.apply(values, ThemeInput)
    siblings = Theme.objects.of(edit.row.programme)
    if not edit.row.slug:
        edit.set(slug=next_slug(siblings, edit.row.name))
    arrange(edit, siblings)
    return edit.save("theme", by=by)


@transaction.atomic
def save_principle(
    *, principle: Principle, values: LineInput, expected_version: int | None = None, by: User | None
) -> Principle:
    """Adds a principle of a programme (``Principle(programme=…)``), or changes it."""
    edit = Edit(principle, expected_version=expected_version)
    edit.apply(values, LineInput)
    arrange(edit, Principle.objects.of(edit.row.programme))
    return edit.save("principle", by=by)


@transaction.atomic
def save_aim(
    *, aim: Aim, values: LineInput, expected_version: int | None = None, by: User | None
) -> Aim:
    """Adds an aim of a programme (``Aim(programme=…)``), or changes it."""
    edit = Edit(aim, expected_version=expected_version)
    edit.apply(values, LineInput)
    arrange(edit, Aim.objects.of(edit.row.programme))
    return edit.save("aim", by=by)


@transaction.atomic
def save_priority(
    *,
    priority: PlanPriority,
    values: PriorityInput,
    expected_version: int | None = None,
    by: User | None,
) -> PlanPriority:
    """Adds a priority of the plan that a programme answers to (``PlanPriority(programme=…)``), or
    changes it. Two plans may number theirs alike, as long as they are not in force on one day."""
    edit = Edit(priority, expected_version=expected_version)
    edit.apply(values, PriorityInput)
    edit.row.refuse_clash()
    return edit.save("priority", by=by)


@transaction.atomic
def withdraw_part(*, part: Part, expected_version: int | None = None, by: User | None) -> Part:
    """Takes a row of the set-up out of use: one that nothing refers to is deleted, with its parts;
    another is withdrawn from today, and what uses it keeps it."""
    edit = Edit(part, expected_version=expected_version)
    edit.refuse_stale()
    if edit.row.withdrawn_on is not None:
        raise ValidationError(f"{edit.row} is withdrawn already.")
    noun = edit.row._meta.model_name
    if uses.uses(edit.row):
        edit.set(withdrawn_on=timezone.localdate())
        return edit.save(f"{noun}.withdrawn", by=by)
    names = [field.name for field in edit.row._meta.concrete_fields if field.editable]
    siblings = edit.row.siblings()
    uses.remove(edit, f"{noun}.removed", names=names, by=by)
    if siblings is not None:
        close_ranks(siblings)
    return edit.row


@transaction.atomic
def restore_part(*, part: Part, expected_version: int | None = None, by: User | None) -> Part:
    """Brings a withdrawn row of the set-up back into use."""
    edit = Edit(part, expected_version=expected_version)
    edit.refuse_stale()
    if edit.row.withdrawn_on is None:
        raise ValidationError(f"{edit.row} is in use.")
    edit.set(withdrawn_on=None)
    edit.row.refuse_clash()
    return edit.save(f"{edit.row._meta.model_name}.restored", by=by)
