"""The periods in which a programme reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from programme import audit, uses
from programme.checks import next_slug
from programme.common import formats
from programme.common.validation import validate
from programme.models import Programme, ReportingPeriod, User
from programme.period_calendar import PlannedPeriod
from programme.writing import Edit


class PeriodInput(TypedDict, total=False):
    name: str
    starts_on: date
    as_at: date
    opens_on: date | None
    due_on: date | None
    state: str


@transaction.atomic
def save_period(
    *,
    period: ReportingPeriod,
    values: PeriodInput,
    expected_version: int | None = None,
    by: User | None,
) -> ReportingPeriod:
    """Adds a reporting period (``ReportingPeriod(programme=…)``), or changes it. The as-at date of
    a period that was reported on stands: what was said then was said of that day."""
    edit = Edit(period, expected_version=expected_version)
    edit.apply(values, PeriodInput)
    row = edit.row
    if "as_at" in edit.changed and not edit.is_new and (found := uses.uses(row)):
        raise ValidationError({"as_at": f"It stands: it is used by {uses.in_words(found)}."})
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
    whose as-at date the programme has already."""
    known = {each.as_at: each for each in ReportingPeriod.objects.of(programme)}
    if not periods:
        raise ValidationError({"number": "Add one period at least."})
    if twice := [known[each.as_at] for each in periods if each.as_at in known]:
        day = formats.day(twice[0].as_at)
        raise ValidationError({"starts_on": f"There is a period as at {day} already: {twice[0]}."})
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
    before = audit.snapshot(edit.row, ["name", "starts_on", "as_at", "opens_on", "due_on", "state"])
    why = {"removed": "nothing used it"}
    audit.record(verb="period.removed", obj=edit.row, before=before, after=why, by=by)
    edit.row.delete()
    return edit.row


def _word(programme: Programme, as_at: date) -> str:
    return next_slug(ReportingPeriod.objects.of(programme), f"{as_at:%Y-%m}")
