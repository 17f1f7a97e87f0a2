"""The stages at which a project stood: where it goes next, and where it began."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.checks import refuse_empty, refuse_future, refuse_other_programmes
from programme.common import formats
from programme.common.validation import validate
from programme.common.words import say
from programme.models import Board, Stage, User
from programme.writing import Edit
from projects.models import Project, StageChange, StatusUpdate
from projects.states import PROJECT, project_state


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
    edit.move(PROJECT, "changed", state=project_state(edit.row.withdrawn_on), what="project")
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
def correct_first_stage(
    *,
    project: Project,
    to_stage: Stage,
    changed_on: date,
    reason: str,
    expected_version: int | None = None,
    by: User | None,
) -> Project:
    """Puts right at which stage a project began, and on which day, with the reason on record: a
    project that was entered late, or under the wrong stage, belongs into the papers of its time.

    The day is neither in the future nor after the next change of stage, nor after the date of a
    period for which an update of the project was accepted. What came later stays.
    """
    refuse_empty(say("Say why the first stage is corrected."), reason=reason)
    edit = Edit(project, expected_version=expected_version)
    edit.move(PROJECT, "changed", state=project_state(edit.row.withdrawn_on), what="project")
    refuse_other_programmes(edit.row.programme, {"to_stage": [to_stage]})
    first, following = _beginning(edit.row)
    edit.part("first_stage", str(first.to_stage) if first.pk else None, str(to_stage))
    edit.part("changed_on", _iso(first.changed_on), _iso(changed_on))
    if following is None:
        edit.set(stage=to_stage)
    if not edit.changed:
        raise ValidationError({"changed_on": say("The project began so already.")})
    _check_beginning(edit.row, to_stage, changed_on, following)
    edit.note(reason=reason)
    project = edit.save("project.first_stage_corrected", by=by)
    first.to_stage, first.changed_on = to_stage, changed_on
    validate(first)
    first.save()
    if following is not None:
        following.from_stage = to_stage
        following.save()
    return project


def _beginning(project: Project) -> tuple[StageChange, StageChange | None]:
    """The first change of stage, a new one where none was ever kept, and the one after it."""
    first, following, *_ = [*project.stage_changes.all()[:2], None, None]
    return first or StageChange(project=project), following


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _check_beginning(
    project: Project, stage: Stage, day: date, following: StageChange | None
) -> None:
    refuse_future(changed_on=day)
    if following is not None and day > following.changed_on:
        raise ValidationError(
            {"changed_on": f"The next change of stage was on {formats.day(following.changed_on)}."}
        )
    if following is not None and stage == following.to_stage:
        raise ValidationError(
            {"to_stage": say("The next change of stage leads there: choose the one before it.")}
        )
    told = StatusUpdate.objects.filter(project=project, period__as_at__lt=day).accepted()
    if earliest := told.select_related("period").order_by("period__as_at").first():
        last = formats.day(earliest.period.as_at)
        words = say("An update of the project was accepted for")
        raise ValidationError({"changed_on": f"{words} {earliest.period}: begin it by {last}."})


def _check_stage_change(project: Project, changed_on: date, reason: str) -> None:
    refuse_future(changed_on=changed_on)
    last = project.stage_changes.last()
    if last is not None and changed_on < last.changed_on:
        raise ValidationError(
            {"changed_on": f"The last change of stage was on {last.changed_on:%-d %B %Y}."}
        )
    if project.stage.kind in (Stage.Kind.PAUSED, Stage.Kind.CLOSED):
        refuse_empty(f"{say('Say why the project goes to')} “{project.stage}”.", reason=reason)
