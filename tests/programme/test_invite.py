"""`manage.py invite`: how the first person gets into a programme."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from programme.models import AuditEntry, RoleAssignment, User
from tests.builders import PASSWORD, make_board, make_programme, make_user

pytestmark = pytest.mark.django_db


def test_the_first_person_gets_an_account_and_chooses_a_password(capsys, mailoutbox):
    programme = make_programme()
    call_command("invite", "First@Example.org", programme=programme.slug, role="administrator")
    user = User.objects.get(email="first@example.org")
    assert [held.role for held in user.role_assignments.all()] == ["administrator"]
    assert not user.role_assignments.current().exists()
    assert not user.has_usable_password()
    said = capsys.readouterr().out
    assert "/accounts/password/reset/" in said
    assert "/accounts/invitations/" in said
    Client().post("/accounts/password/reset/", {"email": user.email})
    assert [message.to for message in mailoutbox] == [[user.email]]
    assert AuditEntry.objects.filter(programme=programme).exists()


def test_whoever_has_an_account_keeps_their_password(capsys):
    programme, user = make_programme(), make_user()
    call_command(
        "invite",
        user.email,
        programme=programme.slug,
        role="finance",
        organisation=programme.host.slug,
    )
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.role_assignments.get().organisation == programme.host
    assert "choose a password" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"programme": "nowhere", "role": "office"}, "There is no programme “nowhere”"),
        ({"role": "member"}, "A board member needs a board."),
        ({"role": "member", "board": "elsewhere"}, "There is no board “elsewhere”"),
        ({"role": "finance", "organisation": "nobody"}, "There is no organisation “nobody”"),
    ],
)
def test_what_does_not_exist_is_said(options, message):
    programme = make_programme()
    make_board(slug="elsewhere")  # of another programme
    with pytest.raises(CommandError, match=message):
        call_command("invite", "first@example.org", **{"programme": programme.slug} | options)
    assert not RoleAssignment.objects.exists()
    assert not User.objects.exists()
