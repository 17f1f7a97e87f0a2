"""What happens to accounts at the door: on record in each of their programmes, and told."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from programme.models import AuditEntry, User
from programme.sentences import sentence
from tests.builders import PASSWORD, make_programme, make_role, make_user

pytestmark = pytest.mark.django_db

NEW = "blue kettle river"


@pytest.fixture
def anna():
    """Somebody in two programmes, invited to a third, and out of a fourth."""
    user = make_user(programme=make_programme(), role="auditor", name="Anna Archer")
    make_role(user=user, programme=make_programme(), role="lead")
    invited = make_role(user=user, programme=make_programme(), role="lead").person
    type(invited).objects.filter(pk=invited.pk).update(accepted_at=None)
    return user


def sign_in(user, password=PASSWORD, client=None) -> Client:
    client = client or Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def told(verb: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(verb=verb))


def test_signing_in_is_on_record_in_each_programme_of_the_account(anna):
    sign_in(anna)
    entries = told("account.signed_in")
    assert {each.programme for each in entries} == {
        each.programme for each in anna.known_as.exclude(accepted_at=None)
    }
    assert {each.actor for each in entries} == {anna}
    assert sentence(entries[0]).endswith(" signed in.")


def test_an_account_of_no_programme_is_on_record_too():
    sign_in(make_user())
    (entry,) = told("account.signed_in")
    assert entry.programme is None


def test_wrong_passwords_are_counted_and_never_kept(anna):
    for number in range(12):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        sign_in(anna, f"sesame-{number}", client)
    entries = told("account.wrong_password")
    counts = sorted(each.after["wrong_passwords_this_hour"] for each in entries)
    assert counts == [1, 1, 10, 10]  # in each of two programmes
    assert {each.actor for each in entries} == {None}
    for entry in AuditEntry.objects.all():
        assert "sesame" not in f"{entry.before}{entry.after}{entry.object_label}"


def test_what_is_typed_for_no_account_leaves_nothing(anna):
    client = Client()
    for typed in ("my secret password", "nobody@example.org", "\x00", "a" * 300):
        client.post("/accounts/login/", {"login": typed, "password": "x"})
    assert not AuditEntry.objects.exists()


def test_a_changed_password_is_on_record_and_told(anna):
    client = sign_in(anna)
    answers = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", answers).status_code == 302
    assert len(told("account.password_changed")) == 2
    (letter,) = mail.outbox
    assert letter.to == [anna.email]
    assert letter.subject == "Your password was changed"
    assert "From the address: 127.0.0.1" in letter.body
    assert "choose a new password at once" in letter.body
    assert NEW not in letter.body


@pytest.mark.parametrize("has_password", [True, False])
def test_a_password_chosen_by_letter_is_on_record_and_told(anna, has_password):
    if not has_password:
        anna.set_unusable_password()
        anna.save()
    client = Client()
    client.post("/accounts/password/reset/", {"email": anna.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True).request["PATH_INFO"]
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert len(told("account.password_reset")) == 2
    assert [each.subject for each in mail.outbox[1:]] == ["A password was chosen for your account"]


def test_a_password_is_changed_though_no_letter_can_be_sent(anna, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OSError("no mail server")

    client = sign_in(anna)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    answers = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", answers).status_code == 302
    assert User.objects.get(pk=anna.pk).check_password(NEW)
    assert told("account.password_changed")
    assert "No letter about a password" in caplog.text


def test_an_address_is_changed_by_command_and_on_record(anna, capsys):
    before = anna.email
    call_command("change_address", before.upper(), "anna@new.example")
    assert "signs in with anna@new.example now" in capsys.readouterr().out
    assert len(told("person.address_changed")) == 2
    assert "_auth_user_id" in sign_in(User.objects.get(pk=anna.pk)).session
    for email, problem in (("nowhere", "valid email"), (make_user().email, "account with this")):
        with pytest.raises(CommandError, match=problem):
            call_command("change_address", "anna@new.example", email)
    with pytest.raises(CommandError, match="There is no account"):
        call_command("change_address", before, "x@new.example")


def test_nobody_changes_an_address_past_the_record():
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org"))
    assert client.get("/admin/account/emailaddress/").status_code == 404
