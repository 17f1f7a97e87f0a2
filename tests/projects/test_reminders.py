"""Reminders: when, to whom, in one letter a day, and never twice."""

from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPException

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from projects.actions import admit_late, remind
from projects.choices import ReminderKind
from projects.letters import send_reminders
from projects.models import Reminder, ReminderRule
from projects.reminding import Times, escalation_due, reminder_due
from tests.builders import (
    make_organisation,
    make_period,
    make_programme,
    make_project,
    make_role,
    make_stage,
    make_update,
    make_user,
)

DUE = date(2019, 3, 13)


def sent_on(decide, days: range, **times) -> list[tuple[int, str]]:
    """On which days, from the day due, something is sent by whoever looks once a day."""
    last, found = None, []
    for offset in days:
        today = DUE + timedelta(offset)
        kind = decide(Times(**times), due=DUE, last=last, today=today)
        if kind is not None:
            last = today
            found.append((offset, kind.value))
    return found


def test_the_times_of_reminders():
    assert sent_on(reminder_due, range(-10, 40)) == [
        (-10, "opening"),
        (-5, "before"),
        (0, "due"),
        (2, "after"),
        (6, "after"),
        (14, "after"),
        (30, "after"),
    ]


def test_a_sponsor_is_told_later_and_from_then_on_with_the_lead():
    assert sent_on(escalation_due, range(-10, 40), sponsor_after=10) == [
        (10, "sponsor"),
        (14, "sponsor"),
        (30, "sponsor"),
    ]
    assert sent_on(escalation_due, range(40), sponsor_after=None) == []


def test_a_day_on_which_nothing_ran_is_caught_up_with_once():
    ran = [(-10, "opening"), (3, "after"), (7, "after")]
    last, found = None, []
    for offset in (-10, -10, 3, 3, 7):
        today = DUE + timedelta(offset)
        if kind := reminder_due(Times(), due=DUE, last=last, today=today):
            last = today
            found.append((offset, kind.value))
    assert found == ran


def test_what_is_left_empty_is_not_sent():
    none = {"on_opening": False, "days_before": None, "on_due": False, "days_after": None}
    assert sent_on(reminder_due, range(-10, 60), **none) == []
    assert reminder_due(Times(), due=None, last=DUE, today=DUE) is None


# --- letters --------------------------------------------------------------------------------------


@pytest.fixture
def programme():
    return make_programme(slug="hub", short_name="Hub")


@pytest.fixture
def period(programme):
    return make_period(programme=programme, as_at=date(2019, 3, 15), due_on=DUE, slug="q4")


@pytest.fixture
def send(programme, django_capture_on_commit_callbacks):
    def sending(today: date):
        with django_capture_on_commit_callbacks(execute=True):
            send_reminders(programme, today=today)
        letters, mail.outbox = mail.outbox, []
        return letters

    return sending


def leads(programme, **project):
    user = make_user(programme=programme, role="lead")
    return user, make_project(programme=programme, lead_user=user, **project)


@pytest.mark.django_db
def test_all_of_one_person_s_projects_are_in_one_letter_once_a_day(programme, period, send):
    user, fleet = leads(programme, name="Fleet & yard")
    estate = make_project(programme=programme, lead_user=user, name="Estate")
    (letter,) = send(DUE)
    assert letter.to == [user.email]
    html = letter.alternatives[0].content
    for project in (fleet, estate):
        address = reverse("projects:updates:edit", args=["hub", project.ref, "q4"])
        assert f"{settings.PORTAL_URL}{address}" in letter.body
        assert f'href="{settings.PORTAL_URL}{address}"' in html
    assert "Fleet & yard" in letter.body
    assert "Fleet &amp; yard" in html
    assert send(DUE) == []
    assert send(DUE + timedelta(1)) == []
    assert len(send(DUE + timedelta(2))) == 1


@pytest.mark.django_db
def test_nobody_is_reminded_of_what_is_not_owed(programme, period, send):
    user, given = leads(programme)
    make_update(project=given, period=period, state="handed_in")
    for kind in ("paused", "closed"):
        stage = make_stage(programme=programme, kind=kind)
        make_project(programme=programme, lead_user=user, stage=stage)
    closed = leads(make_programme())[1]
    make_period(programme=closed.programme, state="closed", due_on=DUE)
    assert send(DUE) == []
    assert send_reminders(closed.programme, today=DUE) == []


@pytest.mark.django_db
def test_a_programme_that_is_at_rest_has_ended_or_wants_none_reminds_nobody(
    programme, period, send
):
    leads(programme)
    assert send(DUE + timedelta(800)) == []
    rule = ReminderRule.objects.create(programme=programme, is_on=False)
    assert send(DUE) == []
    rule.is_on = True
    rule.save()
    programme.ended_on = DUE
    programme.save()
    assert send(DUE) == []


@pytest.mark.django_db
def test_without_a_named_lead_those_of_its_organisation_are_reminded(programme, period, send):
    body = make_organisation(programme=programme)
    lead = make_user()
    make_role(user=lead, programme=programme, role="lead", organisation=body)
    make_user(programme=programme, role="auditor")
    make_project(programme=programme, lead_organisation=body)
    assert [letter.to for letter in send(DUE)] == [[lead.email]]


@pytest.mark.django_db
def test_the_sponsor_is_told_once_it_is_long_overdue(programme, period, send):
    lead, project = leads(programme)
    sponsor = make_user(programme=programme, role="auditor")
    project.sponsor_user = sponsor
    project.save()
    assert [each.to for each in send(DUE + timedelta(6))] == [[lead.email]]
    told = {each.to[0] for each in send(DUE + timedelta(14))}
    assert told == {lead.email, sponsor.email}
    lines = Reminder.objects.get(user=sponsor).lines.all()
    assert [line.kind for line in lines] == [ReminderKind.SPONSOR]


@pytest.mark.django_db
def test_who_is_admitted_late_is_reminded_by_the_later_day(programme, period, send):
    _, project = leads(programme)
    assert len(send(DUE - timedelta(10))) == 1
    later = DUE + timedelta(30)
    admit_late(period=period, projects=[project], until=later, reason="Ill.", by=None)
    assert send(DUE + timedelta(2)) == []
    assert len(send(later)) == 1


@pytest.mark.django_db
def test_what_the_mail_server_refused_is_sent_by_the_next_run(programme, period, send, monkeypatch):
    leads(programme)

    def refuse(self, *args, **kwargs):
        raise SMTPException("no room")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", refuse)
        assert send(DUE) == []
    assert Reminder.objects.get().problem == "no room"
    assert len(send(DUE)) == 1
    assert send(DUE) == []
    assert Reminder.objects.get().sent_at is not None


@pytest.mark.django_db
def test_the_office_reminds_by_hand_and_sees_what_went_to_whom(
    programme, period, client, django_capture_on_commit_callbacks
):
    office = make_user(programme=programme, role="office", name="Olive")
    user, project = leads(programme)
    nobodys = make_project(programme=programme, name="Nobody's")
    client.force_login(office)
    address = reverse("projects:periods:remind", args=["hub", "q4"])
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address, {"version": period.version, "projects": [project.pk]})
    assert page.status_code == 302
    assert [letter.to for letter in mail.outbox] == [[user.email]]
    shown = client.get(page.url).content.decode()
    assert "By Olive" in shown
    period.refresh_from_db()
    again = client.post(address, {"version": period.version, "projects": [project.pk]})
    assert "had a letter today" in again.content.decode()
    with pytest.raises(ValidationError, match="Nobody with an account"):
        remind(period=period, projects=[nobodys], by=None)


@pytest.mark.django_db
def test_opening_a_period_tells_whoever_is_asked(client, django_capture_on_commit_callbacks):
    programme = make_programme(slug="hub")
    today = timezone.localdate()
    period = make_period(programme=programme, as_at=today, state="planned", slug="now")
    user, _ = leads(programme)
    client.force_login(make_user(programme=programme, role="office"))
    address = reverse("projects:periods:open", args=["hub", "now"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"version": period.version})
    assert [letter.to for letter in mail.outbox] == [[user.email]]


@pytest.mark.django_db
def test_the_command_says_what_it_sent(programme, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    make_period(programme=programme, as_at=today, due_on=today)
    leads(programme)
    out = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("send_reminders", stdout=out)
    assert "Hub:" in out.getvalue()
    assert len(mail.outbox) == 1
