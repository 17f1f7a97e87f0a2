"""Letters that remind of updates: who owes what, one letter a day for each person, and its sending.

A letter is first written down, which only one of two runs at a moment can do, and sent once that is
stored. One that the mail server refused is tried again by the next run of its day; of one whose
sending broke off nobody knows, and it is not sent twice.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from programme.common import formats
from programme.common.words import say, speaking
from programme.models import Programme, ReportingPeriod, RoleAssignment, User
from programme.reference_day import reference_day
from projects.choices import ReminderKind
from projects.models import Project, Reminder, ReminderLine, ReminderRule
from projects.reminding import Times, escalation_due, reminder_due
from projects.selectors.progress import owed, progress_rows

logger = logging.getLogger(__name__)

Owing = Mapping[User, list[tuple[Project, ReportingPeriod, ReminderKind]]]
"""What each person is reminded of."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who may be written to in a programme: those whose role is in force and whose account is."""

    leads: tuple[RoleAssignment, ...]
    known: frozenset[int]

    def of(self, project: Project) -> list[User]:
        """Who leads a project: the account that it names, else those who lead for its body."""
        named = [each.user for each in self.leads if each.user_id == project.lead_user_id]
        bodies = [each.user for each in self.leads if each.is_for(project.lead_organisation_id)]
        return list(dict.fromkeys(named or bodies))

    def sponsor(self, project: Project) -> list[User]:
        return [project.sponsor_user] if project.sponsor_user_id in self.known else []


def recipients(programme: Programme) -> Recipients:
    """Two queries."""
    held = RoleAssignment.objects.current().of(programme).filter(user__is_active=True)
    writing = (RoleAssignment.Role.LEAD, RoleAssignment.Role.OFFICE)
    leads = [each for each in held.select_related("user") if each.role in writing]
    # Of the office only whoever a project names: it leads nothing for a body.
    for each in leads:
        if each.role == RoleAssignment.Role.OFFICE:
            each.organisation_id = None
    return Recipients(tuple(leads), frozenset(held.values_list("user", flat=True)))


def times_of(programme: Programme) -> Times | None:
    """When a programme reminds; None where it does not. The usual times where it says none."""
    rule = ReminderRule.objects.of(programme).first() or ReminderRule()
    if not rule.is_on:
        return None
    return Times(
        rule.on_opening, rule.days_before, rule.on_due, rule.days_after, rule.sponsor_after
    )


def send_reminders(programme: Programme, *, today: date | None = None) -> list[Reminder]:
    """Writes and sends what is due today. Nothing for a programme that has ended or is at rest, and
    nothing a second time."""
    today = today or timezone.localdate()
    times = times_of(programme)
    now = reference_day(programme, today=today)
    if times is None or programme.has_ended or now.at_rest or not now.is_open:
        return []
    return write(programme, _due(programme, times, today), today)


def write(
    programme: Programme, owing: Owing, today: date, *, by: User | None = None
) -> list[Reminder]:
    """Writes a letter to each person who had none today, to be sent once it is stored."""
    found = []
    for user, items in owing.items():
        reminder = _claim(programme, user, items, today, by)
        if reminder is not None:
            found.append(reminder)
            transaction.on_commit(partial(_send, reminder.pk))
    return found


def _due(programme: Programme, times: Times, today: date) -> Owing:
    last: dict[tuple[int, int, int, bool], date] = {}
    sent = ReminderLine.objects.of(programme).filter(reminder__sent_at__isnull=False)
    for user, project, period, kind, day in sent.order_by("reminder__day").values_list(
        "reminder__user", "project", "period", "kind", "reminder__day"
    ):
        last[user, project, period, kind == ReminderKind.SPONSOR] = day
    known, found = recipients(programme), defaultdict(list)
    for period in ReportingPeriod.objects.of(programme).filter(state=ReportingPeriod.State.OPEN):
        for project in owed(progress_rows(period)).select_related("sponsor_user"):
            for user in known.of(project):
                before = last.get((user.pk, project.pk, period.pk, False))
                kind = reminder_due(times, due=project.due, last=before, today=today)
                if kind is not None:
                    found[user].append((project, period, kind))
            for user in known.sponsor(project):
                before = last.get((user.pk, project.pk, period.pk, True))
                kind = escalation_due(times, due=project.due, last=before, today=today)
                told = {(each.pk, of.pk) for each, of, _ in found[user]}
                if kind is not None and (project.pk, period.pk) not in told:
                    found[user].append((project, period, kind))
    return {user: items for user, items in found.items() if items}


def _claim(
    programme: Programme,
    user: User,
    items: Iterable[tuple[Project, ReportingPeriod, ReminderKind]],
    today: date,
    by: User | None,
) -> Reminder | None:
    """The letter, written down; that of today which could not be sent; None where it was sent."""
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(programme=programme, user=user, day=today, by=by)
            ReminderLine.objects.bulk_create(
                ReminderLine(reminder=reminder, project=project, period=period, kind=kind.value)
                for project, period, kind in items
            )
        return reminder
    except IntegrityError:
        first = Reminder.objects.get(programme=programme, user=user, day=today)
    refused = Reminder.objects.filter(pk=first.pk, sent_at__isnull=True).exclude(problem="")
    return first if refused.update(problem="") else None


def _send(pk: int) -> None:
    reminder = Reminder.objects.select_related("programme", "user").get(pk=pk)
    try:
        with speaking(reminder.programme.spoken):
            _letter(reminder).send()
    except (OSError, SMTPException) as error:
        logger.exception("No reminder %s", pk)
        Reminder.objects.filter(pk=pk).update(problem=str(error)[:200] or type(error).__name__)
    else:
        Reminder.objects.filter(pk=pk).update(sent_at=timezone.now())


def _letter(reminder: Reminder) -> EmailMultiAlternatives:
    programme = reminder.programme
    rule = ReminderRule.objects.of(programme).first()
    lines = list(_lines(reminder))
    number = formats.count(len(lines), "update")
    subject = f"{programme.short_name}: {number} {say('to write')}"
    if all(line["kind"] == ReminderKind.SPONSOR for line in lines):
        subject = f"{programme.short_name}: {number} overdue"
    context = {
        "programme": programme,
        "user": reminder.user,
        "words": rule.words if rule else "",
        "lines": lines,
        "home": f"{settings.PORTAL_URL}{reverse('reports:home', args=[programme.slug])}",
    }
    text = render_to_string("projects/letters/reminder.txt", context)
    letter = EmailMultiAlternatives(" ".join(subject.split()), text, None, [reminder.user.email])
    letter.attach_alternative(
        render_to_string("projects/letters/reminder.html", context), "text/html"
    )
    return letter


def _lines(reminder: Reminder) -> Iterator[dict[str, object]]:
    rows = reminder.lines.select_related("project", "period")
    for line in rows:
        standing = progress_rows(line.period).get(pk=line.project_id)
        sponsor = line.kind == ReminderKind.SPONSOR
        name = "projects:updates:of_project" if sponsor else "projects:updates:edit"
        parts = [reminder.programme.slug, line.project.ref]
        if not sponsor:
            parts.append(line.period.slug)
        yield {
            "project": line.project.label,
            "period": line.period.name,
            "kind": line.kind,
            "due": standing.due,
            "is_over": standing.due is not None and standing.due < reminder.day,
            "returned": standing.standing == "returned",
            "url": f"{settings.PORTAL_URL}{reverse(name, args=parts)}",
        }
