"""The end of a board or of an organisation's part, and what its successor takes over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from programme import succession
from programme.checks import refuse_circle, refuse_future
from programme.common import formats
from programme.common.words import say
from programme.models import Board, Organisation, Partnership, User
from programme.succession import HandOver
from programme.writing import Edit, locked

Kind = TypeVar("Kind", Board, Organisation)


@transaction.atomic
def hand_over_board(
    *,
    board: Board,
    succeeded_by: Board,
    last_day: date,
    what: Collection[str],
    expected_version: int | None = None,
    by: User | None,
) -> Board:
    """Ends a board after its last day, which is over, and hands what is open in its name to its
    successor: ``what`` are keys of ``succession.charges_of``. What it did stays its own. A board
    that has ended hands over what was left. Raises ValidationError."""
    _lock(board, succeeded_by)
    edit = Edit(board, expected_version=expected_version)
    refuse_future(last_day=last_day)
    succession.refuse_before_its_deeds(edit.row, last_day)
    if edit.row.set_up_on is not None and last_day < edit.row.set_up_on:
        raise ValidationError({"last_day": say("The board was set up after this day.")})
    if succeeded_by.ended_on is not None and succeeded_by.ended_on <= last_day:
        ended = formats.day(succeeded_by.ended_on)
        raise ValidationError({"succeeded_by": f"{succeeded_by} ended on {ended}."})
    edit.set(ended_on=last_day)
    return _hand_over(edit, HandOver(edit.row, succeeded_by, last_day, by), what, "board.succeeded")


@transaction.atomic
def hand_over_organisation(
    *,
    organisation: Organisation,
    succeeded_by: Organisation,
    last_day: date,
    what: Collection[str],
    expected_version: int | None = None,
    by: User | None,
) -> Organisation:
    """Hands what is open in the name of an organisation to its successor, as ``hand_over_board``
    does. Its part in the programme ends after its last day; a successor that has none gets the
    same from the next. Raises ValidationError."""
    _lock(organisation, succeeded_by)
    edit = Edit(organisation, expected_version=expected_version)
    refuse_future(last_day=last_day)
    heirs = Partnership.objects.of(edit.row.programme).filter(organisation=succeeded_by)
    if gone := heirs.filter(left_on__lte=last_day).first():
        left_on = formats.day(gone.left_on)
        raise ValidationError({"succeeded_by": f"{succeeded_by} left on {left_on}."})
    wanted = HandOver(edit.row, succeeded_by, last_day, by)
    _pass_part(wanted)
    return _hand_over(edit, wanted, what, "organisation.succeeded")


def _hand_over(edit: Edit[Kind], wanted: HandOver, what: Collection[str], verb: str) -> Kind:
    if wanted.successor == edit.row:
        raise ValidationError({"succeeded_by": "Choose another one: nothing succeeds itself."})
    edit.set(succeeded_by=wanted.successor)
    refuse_circle(edit.row, "succeeded_by")
    done, left = succession.hand_over(wanted, what)
    edit.part("handed_over", [], done)
    edit.note(left=left)
    return edit.save(verb, by=wanted.by)


def _lock(*bodies: Board | Organisation) -> None:
    """Locks both bodies, always in the same order, so that two cannot succeed one another."""
    for each in sorted(bodies, key=lambda body: body.pk):
        locked(each)


def _pass_part(wanted: HandOver) -> None:
    """Ends the part of an organisation in the programme, and gives its successor the same where
    it has none."""
    parts = Partnership.objects.of(wanted.body.programme)
    own = parts.filter(organisation=wanted.body).first()
    if own is None:
        return
    edit = Edit(own)
    edit.set(left_on=wanted.last_day)
    edit.save("partnership", by=wanted.by)
    if not parts.filter(organisation=wanted.successor).exists():
        edit = Edit(Partnership(programme=own.programme, organisation=wanted.successor))
        edit.set(organisation=wanted.successor, role=own.role, order=own.order)
        edit.set(joined_on=wanted.first_day)
        edit.save("partnership", by=wanted.by)
