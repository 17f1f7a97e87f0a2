"""The programme's own facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.checks import refuse_empty, refuse_future
from programme.common import formats
from programme.models import HostTerm, Organisation, Programme, User
from programme.writing import Edit

DAY = timedelta(days=1)


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
    host_since: date | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Changes what a programme says of itself. Its word in addresses stays: letters and papers
    lead to it. Years that are there keep their days whatever month years begin with now. One that
    gets another host keeps the one it had for the days before ``host_since``; without it, the host
    was wrong."""
    edit = Edit(programme, expected_version=expected_version)
    edit.apply(values, ProgrammeInput)
    if host_since is not None and "host" in edit.changed:
        _keep_host(edit, host_since)
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
    yet to come. It can be moved until it is over. Raises ValidationError."""
    edit = Edit(programme, expected_version=expected_version)
    if edit.row.has_ended:
        raise ValidationError("The programme has ended already.")
    refuse_empty("Say why the programme ends.", end_reason=end_reason)
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


def _keep_host(edit: Edit[Programme], since: date) -> None:
    """Keeps the stored host as the one until the day before ``since``."""
    was = Programme.objects.select_related("host").get(pk=edit.row.pk).host
    if was is None:
        return
    refuse_future(host_since=since)
    known, until = list(edit.row.earlier_hosts.select_related("organisation")), since - DAY
    if known and known[-1].until >= until:
        last = formats.day(known[-1].until)
        raise ValidationError({"host_since": f"{known[-1]} was the accountable body until {last}."})
    before = [_term_in_words(each) for each in known]
    kept = edit.row.earlier_hosts.create(organisation=was, until=until)
    edit.part("earlier_hosts", before, [*before, _term_in_words(kept)])


def _term_in_words(term: HostTerm) -> str:
    return f"{term}, until {formats.day(term.until)}"
