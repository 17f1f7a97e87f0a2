"""Boards, their members and meetings."""

from __future__ import annotations

from datetime import date, time
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme.checks import (
    next_order,
    next_slug,
    refuse_after_its_end,
    refuse_circle,
    refuse_empty,
    refuse_future,
    refuse_stranger,
)
from programme.common.words import say
from programme.earlier import keep_name
from programme.models import Board, BoardMember, Meeting, Organisation, ReportingPeriod, User
from programme.states import MEETING
from programme.writing import Edit


class BoardInput(TypedDict, total=False):
    slug: str
    name: str
    short_name: str
    kind: str
    remit: str
    organisation: Organisation | None
    reports_to: Board | None
    succeeded_by: Board | None
    set_up_on: date | None
    ended_on: date | None
    order: int


class BoardMemberInput(TypedDict, total=False):
    post: str
    organisation: Organisation
    role: str
    user: User | None
    from_day: date | None
    to_day: date | None
    order: int


class MeetingInput(TypedDict, total=False):
    held_on: date
    starts_at: time | None
    place: str
    period: ReportingPeriod | None


@transaction.atomic
def save_board(
    *,
    board: Board,
    values: BoardInput,
    renamed_from: date | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Board:
    """Adds or changes a board. Boards report to one another, and succeed one another, without a
    circle. A short name left out is the name, a word for addresses is made from it; a new board
    goes to the end of the list. One that gets another name keeps the one it had for the days
    before ``renamed_from``; without it, it was wrong."""
    edit = Edit(board, expected_version=expected_version)
    if edit.is_new:
        edit.set(order=next_order(board.programme.boards))
    edit.apply(values, BoardInput)
    if not edit.row.short_name:
        edit.set(short_name=edit.row.name[:60])
    keep_name(edit, renamed_from)
    if not edit.row.slug:
        edit.set(slug=next_slug(board.programme.boards, edit.row.short_name))
    if "reports_to" in edit.changed:
        refuse_after_its_end(edit.row.reports_to, reports_to=timezone.localdate())
    for link in ("reports_to", "succeeded_by"):
        refuse_circle(edit.row, link)
    return edit.save("board", by=by)


@transaction.atomic
def save_board_member(
    *,
    member: BoardMember,
    values: BoardMemberInput,
    expected_version: int | None = None,
    by: User | None,
) -> BoardMember:
    """Adds or changes a seat on a board. The person in it must hold a role in the programme."""
    edit = Edit(member, expected_version=expected_version)
    if edit.is_new:
        edit.set(order=next_order(member.board.members))
    edit.apply(values, BoardMemberInput)
    if edit.is_new or "from_day" in edit.changed:
        begins = edit.row.from_day or (timezone.localdate() if edit.is_new else None)
        refuse_after_its_end(edit.row.board, from_day=begins)
    if "user" in edit.changed:
        refuse_stranger(edit.row.user, member.board.programme, field="user")
    return edit.save("board_member", by=by)


@transaction.atomic
def end_board_member(
    *, member: BoardMember, to_day: date, expected_version: int | None = None, by: User | None
) -> BoardMember:
    """Ends a seat after its last day; who held it stays on record."""
    edit = Edit(member, expected_version=expected_version)
    edit.refuse_stale()
    edit.set(to_day=to_day)
    return edit.save("board_member.ended", by=by)


@transaction.atomic
def save_meeting(
    *, meeting: Meeting, values: MeetingInput, expected_version: int | None = None, by: User | None
) -> Meeting:
    """Plans or changes a meeting. One that was cancelled stays as it is, and one that was held
    does not move into the future."""
    edit = Edit(meeting, expected_version=expected_version)
    if not edit.is_new:
        edit.move(MEETING, "changed", state=edit.row.state, what="meeting")
    edit.apply(values, MeetingInput)
    if {"board", "held_on"} & set(edit.changed):
        refuse_after_its_end(edit.row.board, held_on=edit.row.held_on)
    _refuse_second(edit.row)
    if edit.row.state == Meeting.State.HELD:
        refuse_future(held_on=edit.row.held_on)
    return edit.save("meeting", by=by)


@transaction.atomic
def mark_meeting_held(
    *, meeting: Meeting, expected_version: int | None = None, by: User | None
) -> Meeting:
    """Records that a planned meeting took place on its day, which must have come."""
    edit = Edit(meeting, expected_version=expected_version)
    edit.set(state=edit.move(MEETING, "held", state=edit.row.state, what="meeting"))
    refuse_future(held_on=edit.row.held_on)
    return edit.save("meeting.held", by=by)


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, reason: str, expected_version: int | None = None, by: User | None
) -> Meeting:
    """Cancels a planned meeting. Refused once a decision or an action is on record for it."""
    refuse_empty("Say why the meeting is cancelled.", reason=reason)
    edit = Edit(meeting, expected_version=expected_version)
    edit.set(state=edit.move(MEETING, "cancelled", state=edit.row.state, what="meeting"))
    edit.note(reason=reason)
    _refuse_used(edit.row)
    return edit.save("meeting.cancelled", by=by)


def _refuse_second(meeting: Meeting) -> None:
    """A board meets once a day: a second sitting belongs to the first."""
    others = Meeting.objects.filter(board=meeting.board, held_on=meeting.held_on)
    if others.exclude(pk=meeting.pk).exists():
        raise ValidationError({"held_on": say("The board has a meeting on this day already.")})


def _refuse_used(meeting: Meeting) -> None:
    """Rows of other apps that refer to the meeting, found without naming those apps."""
    for relation in meeting._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: meeting})
        if rows.exists():
            what = relation.related_model._meta.verbose_name_plural
            raise ValidationError(f"This meeting has {what}: it cannot be cancelled.")
