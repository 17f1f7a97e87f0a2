"""The programme's own facts."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.checks import refuse_empty
from programme.common import formats
from programme.earlier import keep_holder
from programme.happenings import last_happening
from programme.models import Organisation, Programme, User
from programme.writing import Edit


class ProgrammeInput(TypedDict, total=False):
    name: str
    short_name: str
    vision: str
    summary: str
    host: Organisation | None
    financial_year_start_month: int
    calendar: str
    default_marking: str
    keeps_money: bool


@transaction.atomic
def save_programme(
    *,
    programme: Programme,
    values: ProgrammeInput,
    held_since: date | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Changes what a programme says of itself. Its word in addresses stays: letters and papers
    lead to it. Years that are there keep their days whatever month years begin with now. One that
    gets another host keeps the one it had for the days before ``held_since``; without it, the host
    was wrong."""
    edit = Edit(programme, expected_version=expected_version)
    edit.apply(values, ProgrammeInput)
    keep_holder(
        edit,
        "host",
        terms="earlier_hosts",
        since=held_since,
        day="held_since",
        was="the accountable body",
    )
    return edit.save("programme.edited", by=by)


@transaction.atomic
def end_programme(
    *,
    programme: Programme,
    ended_on: date,
    end_reason: str,
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Ends a programme: ``ended_on`` is the last day on which anything of it is written, past or
    yet to come, and not before the last thing that happened in it. It can be moved until it is
    over. Raises ValidationError."""
    edit = Edit(programme, expected_version=expected_version)
    if edit.row.has_ended:
        raise ValidationError("The programme has ended already.")
    refuse_empty("Say why the programme ends.", end_reason=end_reason)
    last = last_happening(edit.row)
    if last is not None and ended_on < last.day:
        day = formats.day(last.day)
        raise ValidationError({"ended_on": f"Enter {day} or a later day: on {day} {last.what}."})
    edit.set(ended_on=ended_on, end_reason=end_reason)
    return edit.save("programme.ended", by=by)


@transaction.atomic
def reopen_programme(
    *,
    programme: Programme,
    reason: str,
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Takes back that a programme ends, before its last day or after. Raises ValidationError."""
    edit = Edit(programme, expected_version=expected_version)
    refuse_empty("Say why the programme goes on.", reason=reason)
    if edit.row.ended_on is None:
        raise ValidationError("The programme has not ended.")
    edit.set(ended_on=None, end_reason="")
    edit.note(reason=reason.strip())
    return edit.save("programme.reopened", by=by)
