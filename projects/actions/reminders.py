"""Reminders: when a programme sends them, and those that the office sends by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme.common.words import say
from programme.models import ReportingPeriod, User
from programme.states import PERIOD
from programme.writing import Edit
from projects.choices import ReminderKind
from projects.letters import recipients, write
from projects.models import Project, ReminderRule
from projects.selectors.progress import owed, progress_rows


class ReminderRuleInput(TypedDict, total=False):
    is_on: bool
    on_opening: bool
    days_before: int | None
    on_due: bool
    days_after: int | None
    sponsor_after: int | None
    words: str


@transaction.atomic
def save_reminder_rule(
    *,
    rule: ReminderRule,
    values: ReminderRuleInput,
    expected_version: int | None = None,
    by: User | None,
) -> ReminderRule:
    """Says when a programme reminds of updates, and in which words (``ReminderRule(programme=…)``
    for one that had the usual times)."""
    edit = Edit(rule, expected_version=expected_version)
    edit.apply(values, ReminderRuleInput)
    return edit.save("reminder_rule.set", by=by)


@transaction.atomic
def remind(
    *,
    period: ReportingPeriod,
    projects: Iterable[Project],
    expected_version: int | None = None,
    by: User | None,
) -> ReportingPeriod:
    """Reminds the leads of some projects of what they owe for a period, one letter to each. Whoever
    had a letter today gets no second one; where nobody is left, nothing is sent and it says why."""
    edit = Edit(period, expected_version=expected_version)
    edit.move(PERIOD, "reminded", state=edit.row.state, what="period")
    edit.refuse_stale()
    chosen = [each.pk for each in projects]
    if not chosen:
        raise ValidationError({"projects": say("Choose one project at least.")})
    known, found, nobody = recipients(edit.row.programme), defaultdict(list), []
    for project in owed(progress_rows(edit.row)).filter(pk__in=chosen):
        people = known.of(project)
        if not people:
            nobody.append(project.label)
        for user in people:
            found[user].append((project, edit.row, ReminderKind.HAND))
    written = write(edit.row.programme, found, timezone.localdate(), by=by)
    if not written:
        why = [say("Everybody whom it concerns had a letter today.")] if found else []
        if nobody:
            why.append(say("Nobody with an account leads: ") + ", ".join(nobody) + ".")
        raise ValidationError({"projects": " ".join(why) or say("Nothing of these is owed.")})
    reached = {line.project.label for each in written for line in each.lines.all()}
    edit.part("reminded", [], sorted(reached))
    return edit.save("period.reminded", by=by)
