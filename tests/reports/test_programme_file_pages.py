"""Loading a programme file on its page: shown first, then all of it or nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.models import AuditEntry, Board, Programme, Theme, User
from projects.models import StatusUpdate
from reports import programme_file
from tests.reports.test_programme_file import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    stored, _ = programme_file.load(SMALL)
    return stored


@pytest.fixture
def office(client: Any, programme: Programme) -> Any:
    client.force_login(User.objects.get(email="office@example.org"))
    return client


def send(office: Any, text: str) -> str:
    file = SimpleUploadedFile("small.yaml", text.encode())
    address = reverse("reports:programme_file:load", args=["small"])
    return str(office.post(address, {"file": file}).content.decode())


def confirm(office: Any, page: str) -> Any:
    packed = re.search(r'name="packed" value="([^"]+)"', page)
    assert packed is not None
    address = reverse("reports:programme_file:load", args=["small"])
    return office.post(address, {"packed": packed[1]}, follow=True)


def test_a_file_is_shown_first_and_then_loaded(office: Any, programme: Programme) -> None:
    text = programme_file.export(programme)
    text = text.replace("name: Estates", "name: Land and buildings")
    text = text.replace("  stages:\n", "  - {slug: people, name: People}\n  stages:\n", 1)
    page = send(office, text)
    assert "theme “People”" in page
    assert "Estates" in page
    assert "Land and buildings" in page
    assert list(Theme.objects.values_list("name", flat=True)) == ["Estates"]

    said = confirm(office, page).content.decode()

    assert "The programme file is loaded." in said
    assert list(Theme.objects.values_list("name", flat=True)) == ["Land and buildings", "People"]
    entry = AuditEntry.objects.filter(verb="programme_file.loaded").latest("pk")
    assert entry.actor is not None
    assert entry.after["added"] == ["theme “People”"]


def test_the_file_of_today_does_nothing(office: Any, programme: Programme) -> None:
    page = send(office, programme_file.export(programme))
    assert "the programme is already as this file says" in page


def test_what_is_wrong_is_said_with_its_line(office: Any, programme: Programme) -> None:
    page = send(office, programme_file.export(programme).replace("kind: closed", "kind: shut"))
    assert re.search(r"small.yaml line \d+: (&#x27;|')kind(&#x27;|') is (&#x27;|')shut", page)


def test_another_programmes_file_is_refused(office: Any, programme: Programme) -> None:
    page = send(office, programme_file.export(programme).replace("slug: small", "slug: large", 1))
    assert "this is the file of a programme with the address word" in page
    assert not Programme.objects.filter(slug="large").exists()


def test_what_changed_meanwhile_is_shown_again(office: Any, programme: Programme) -> None:
    text = programme_file.export(programme).replace("name: Estates", "name: Land")
    page = send(office, text)
    Board.objects.filter(slug="joint-board").update(name="Board of All")
    said = confirm(office, page).content.decode()
    assert "The programme changed since you were shown" in said
    assert Theme.objects.get().name == "Estates"


def test_a_file_changes_no_money_of_a_closed_year(office: Any, programme: Programme) -> None:
    programme.financial_years.update(state="closed")
    text = programme_file.export(programme)
    assert "amount: 40000.5" in text
    page = send(office, text.replace("amount: 40000.5", "amount: 50000"))
    assert "2018/19 is closed, and this file would change it (budget line)." in page


def test_a_preview_that_was_tampered_with_loads_nothing(office: Any, programme: Programme) -> None:
    address = reverse("reports:programme_file:load", args=["small"])
    said = office.post(address, {"packed": "made up"}).content.decode()
    assert "Choose the file again" in said


def test_no_file_makes_somebody_administer_the_portal_whom_who_loads_it_could_not(
    office: Any, programme: Programme
) -> None:
    text = programme_file.export(programme)
    made = "users:\n- {email: mine@example.org, name: Mine, administers_portal: true}\n"
    page = send(office, text.replace("users:\n", made, 1))
    assert "only somebody who administers the portal loads an account that does" in page
    User.objects.filter(email="finance@example.org").update(administers_portal=True)
    assert "the programme is already as this file says" in send(office, text)


def test_what_was_accepted_is_not_changed_by_a_persons_file(
    office: Any, programme: Programme
) -> None:
    StatusUpdate.objects.of(programme).update(state="accepted")
    text = programme_file.export(programme)
    page = send(office, text.replace("On its way", "Late"))
    assert "is accepted, and this file would change it" in page
    page = send(office, text.replace("as_at: 2018-12-31", "as_at: 2018-12-30", 1))
    assert "December 2018 is closed, and this file would change it" in page
