"""The periods in which a programme reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from programme import uses
from programme.checks import next_slug, refuse_empty
from programme.common import formats
from programme.common.validation import validate
from programme.models import Programme, ReportingPeriod, User
from programme.period_calendar import PlannedPeriod
from programme.states import PERIOD
from programme.writing import Edit


class PeriodInput(TypedDict, total=False):
    name: str
    starts_on: date
    as_at: date
    opens_on: date | None
    due_on: date | None


@transaction.atomic
def save_period(
    *,
    period: ReportingPeriod,
    values: PeriodInput,
    expected_version: int | None = None,
    by: User | None,
) -> ReportingPeriod:
    """Adds a reporting period (``ReportingPeriod(programme=…)``), or changes it. Its days are apart
    from those of the others, and its name is its own. The days of a period that was reported in
    stand, because what was said then was said of them; one that is closed stands as a whole."""
    edit = Edit(period, expected_version=expected_version)
    if not edit.is_new:
        edit.move(PERIOD, "changed", state=edit.row.state, what="period")
    edit.apply(values, PeriodInput)
    row = edit.row
    if not edit.is_new:
        _refuse_unsaying(edit)
    others = list(ReportingPeriod.objects.of(row.programme).exclude(pk=row.pk))
    if {"starts_on", "as_at", "name"} & set(edit.changed) and row.starts_on and row.as_at:
        _refuse_clash(row.name, row.starts_on, row.as_at, others)
    if not row.slug and row.as_at:
        edit.set(slug=_word(row.programme, row.as_at))
    return edit.save("period", by=by)


@transaction.atomic
def add_periods(
    *,
    programme: Programme,
    periods: Sequence[PlannedPeriod],
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Adds periods one after another, all of them or none, planned. Raises ValidationError for one
    whose days, or whose name, another period has already."""
    known = list(ReportingPeriod.objects.of(programme))
    if not periods:
        raise ValidationError({"number": "Add one period at least."})
    for each in periods:
        _refuse_clash(each.name, each.starts_on, each.as_at, known)
    edit = Edit(programme, expected_version=expected_version)
    edit.part("periods", [], [each.name for each in periods])
    programme = edit.save("programme.periods_added", by=by)
    for each in periods:
        row = ReportingPeriod(
            programme=programme,
            slug=_word(programme, each.as_at),
            name=each.name,
            starts_on=each.starts_on,
            as_at=each.as_at,
            opens_on=each.opens_on,
            due_on=each.due_on,
        )
        validate(row)
        row.save()
    return programme


@transaction.atomic
def open_period(
    *, period: ReportingPeriod, expected_version: int | None = None, by: User | None
) -> ReportingPeriod:
    """Opens a planned period: updates can be written for it from now on, and projects are asked
    for them."""
    return _move(period, "opened", expected_version, by)


@transaction.atomic
def reopen_period(
    *, period: ReportingPeriod, reason: str, expected_version: int | None = None, by: User | None
) -> ReportingPeriod:
    """Opens a period again that was closed, with the reason on record."""
    refuse_empty("Say why it is opened again.", reason=reason)
    return _move(period, "reopened", expected_version, by, reason)


def _move(
    period: ReportingPeriod,
    done: str,
    expected_version: int | None,
    by: User | None,
    reason: str = "",
) -> ReportingPeriod:
    edit = Edit(period, expected_version=expected_version)
    edit.set(state=edit.move(PERIOD, done, state=edit.row.state, what="period"))
    edit.note(reason=reason.strip())
    return edit.save(f"period.{done}", by=by)


@transaction.atomic
def remove_period(
    *, period: ReportingPeriod, expected_version: int | None = None, by: User | None
) -> ReportingPeriod:
    """Deletes a period that nothing refers to. Raises ValidationError for any other: it is closed
    instead."""
    edit = Edit(period, expected_version=expected_version)
    edit.refuse_stale()
    if found := uses.uses(edit.row):
        raise ValidationError(
            f"{edit.row} is used by {uses.in_words(found)}: it is closed, not removed."
        )
    names = ("name", "starts_on", "as_at", "opens_on", "due_on", "state")
    uses.remove(edit, "period.removed", names=names, by=by)
    return edit.row


def _refuse_unsaying(edit: Edit[ReportingPeriod]) -> None:
    """Keeps what was reported in a period true: its days."""
    names = sorted({"starts_on", "as_at"} & set(edit.changed))
    if not names:
        return
    reported = tuple(each for each in uses.uses(edit.row) if each.name != "meetings")
    if reported:
        why = f"It stands: it has {uses.in_words(reported)}."
        raise ValidationError(dict.fromkeys(names, why))


def _refuse_clash(name: str, starts_on: date, as_at: date, known: list[ReportingPeriod]) -> None:
    """Two periods share neither a day nor a name: each day is reported on once."""
    for other in known:
        if other.starts_on <= as_at and starts_on <= other.as_at:
            days = f"{formats.day(other.starts_on)} to {formats.day(other.as_at)}"
            raise ValidationError(
                {"starts_on": f"“{other}” has some of these days already: {days}."}
            )
        if other.name.lower() == name.lower():
            raise ValidationError({"name": "Another period has this name."})


def _word(programme: Programme, as_at: date) -> str:
    return next_slug(ReportingPeriod.objects.of(programme), f"{as_at:%Y-%m}")
