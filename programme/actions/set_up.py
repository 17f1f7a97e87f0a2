"""What a programme sets up for itself, one row at a time; withdrawn where it is in use."""

from __future__ import annotations

from typing import TypedDict, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme import audit, uses
from programme.checks import next_slug
from programme.models import SetUpPart, Stage, User
from programme.places import arrange
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
    before = audit.snapshot(edit.row, names)
    audit.record(
        verb=f"{noun}.removed",
        obj=edit.row,
        before=before,
        after={"removed": "nothing used it"},
        by=by,
    )
    uses.delete(edit.row)
    return edit.row


@transaction.atomic
def restore_part(*, part: Part, expected_version: int | None = None, by: User | None) -> Part:
    """Brings a withdrawn row of the set-up back into use."""
    edit = Edit(part, expected_version=expected_version)
    edit.refuse_stale()
    if edit.row.withdrawn_on is None:
        raise ValidationError(f"{edit.row} is in use.")
    edit.set(withdrawn_on=None)
    return edit.save(f"{edit.row._meta.model_name}.restored", by=by)
