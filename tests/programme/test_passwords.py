"""What a password must not be, wherever one is chosen."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import password_validation
from django.core import mail
from django.core.exceptions import ValidationError

from tests.builders import PASSWORD, make_user

GUESSED = [
    "password1234",
    "Password1234!",
    "P@ssw0rd2026!",
    "collaborate2026",
    "Collaboration2026!",
    "policepolice99",
    "essexpolice2026",
    "qwertyuiop123",
    "letmeinletmein",
    "aaaaaaaaaaaaaa",
    "abcdefghijklmn",
    "012345678901234",
    "Summer2026Summer",
    "anna.archer@kent.example",
    "AnnaArcher1984",
]
GOOD = [
    "blue kettle river",
    "correct horse battery",
    "mZ4!kd92-vLqx7",
    "lamp otter yellow" * 20,
]
TOO_EASY = "This password is too easy to guess"


@pytest.fixture
def anna(db):
    return make_user(email="anna.archer@kent.example", name="Anna Archer")


@pytest.mark.parametrize("password", GUESSED)
def test_a_password_that_is_guessed_is_refused(anna, password):
    with pytest.raises(ValidationError) as refused:
        password_validation.validate_password(password, anna)
    assert any(TOO_EASY in each for each in refused.value.messages)


@pytest.mark.parametrize("password", GOOD)
def test_a_password_of_words_that_have_nothing_to_do_with_each_other_is_taken(anna, password):
    password_validation.validate_password(password, anna)


def test_an_invitation_takes_no_password_that_is_guessed(client, db):
    user = make_user(email="ben@kent.example")
    user.set_unusable_password()
    user.save()
    client.post("/accounts/password/reset/", {"email": user.email})
    chooses(client, refused="Collaborate2026", taken="blue kettle river")


def test_a_forgotten_password_is_not_replaced_by_one_that_is_guessed(client, anna):
    client.post("/accounts/password/reset/", {"email": anna.email})
    chooses(client, refused="AnnaArcher1984", taken="blue kettle river")


def test_a_password_is_not_changed_for_one_that_is_guessed(client, anna):
    client.force_login(anna)
    new = {"password1": "Password1234!", "password2": "Password1234!"}
    page = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    assert TOO_EASY in page.content.decode()
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def chooses(client, *, refused: str, taken: str) -> None:
    """By the link of the newest letter."""
    address = re.search(r"https?://\S+/accounts/password/reset/key/\S+", mail.outbox[-1].body)
    form = client.get(address[0], follow=True).request["PATH_INFO"]
    page = client.post(form, {"password1": refused, "password2": refused})
    assert TOO_EASY in page.content.decode()
    assert client.post(form, {"password1": taken, "password2": taken}).status_code == 302
