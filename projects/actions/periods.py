"""What is done to a period as a whole: it is closed, and single updates are admitted late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.checks import refuse_empty
from programme.common import formats
from programme.common.validation import validate
from programme.common.words import say
from programme.models import ReportingPeriod, User
from programme.states import PERIOD
from programme.writing import Edit
from projects.models import LateAdmission, Project
from projects.selectors.progress import missing_of, owed, progress_rows


@transaction.atomic
def close_period(
    *,
    period: ReportingPeriod,
    reason: str = "",
    expected_version: int | None = None,
    by: User | None,
) -> ReportingPeriod:
    """Closes an open period: what was said in it stands. Where a project that was asked has no
    accepted update, it closes with a reason, and the record names them all."""
    edit = Edit(period, expected_version=expected_version)
    edit.set(state=edit.move(PERIOD, "closed", state=edit.row.state, what="period"))
    missing = [each.label for _, projects in missing_of(period) for each in projects]
    if missing:
        refuse_empty("Something is missing: say why the period closes all the same.", reason=reason)
    edit.note(reason=reason.strip(), missing=missing)
    return edit.save("period.closed", by=by)


@transaction.atomic
def admit_late(
    *,
    period: ReportingPeriod,
    projects: Iterable[Project],
    until: date,
    reason: str,
    expected_version: int | None = None,
    by: User | None,
) -> ReportingPeriod:
    """Admits the updates of some projects until a later day than the others'. It takes the place of
    a day that they were given before."""
    edit = Edit(period, expected_version=expected_version)
    edit.move(PERIOD, "admitted_late", state=edit.row.state, what="period")
    edit.refuse_stale()
    refuse_empty(say("Say why they may be late."), reason=reason)
    chosen = list(projects)
    if not chosen:
        raise ValidationError({"projects": say("Choose one project at least.")})
    due = edit.row.due_on
    if due is not None and until <= due:
        raise ValidationError(
            {"until": f"Updates are due on {formats.day(due)}: enter a later day."}
        )
    owing = set(owed(progress_rows(edit.row)).values_list("pk", flat=True))
    if gone := [each.label for each in chosen if each.pk not in owing]:
        raise ValidationError({"projects": f"Handed in, or not asked: {', '.join(gone)}."})
    rows = {row.project_id: row for row in edit.row.late_admissions.filter(project__in=chosen)}
    before = {each.label: formats.day(rows[each.pk].until) for each in chosen if each.pk in rows}
    edit.part("admitted_until", before, {each.label: formats.day(until) for each in chosen})
    for project in chosen:
        row = rows.get(project.pk) or LateAdmission(period=edit.row, project=project)
        row.until, row.reason = until, reason.strip()
        validate(row)
        row.save()
    edit.note(reason=reason.strip())
    return edit.save("period.admitted_late", by=by)
