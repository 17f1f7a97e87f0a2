"""Every file that somebody takes away is recorded: who, what with its marking, when."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.http import content_disposition_header

from programme import audit
from programme.models import AuditEntry, MarkingChoices, Programme, User
from programme.site.middleware import DownloadMiddleware
from tests.builders import make_programme, make_user

DOWNLOADS = [
    "about/organisations/?format=csv",
    "about/people/?format=xlsx",
    "about/record/?format=csv",
    "projects/?format=csv",
    "finance/benefits/?format=csv",
    "papers/quarterly-scrutiny/2019-03/paper.json",
]


@pytest.fixture
def office(essex) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="office@example.org"))
    return client


def downloads() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(verb="file.downloaded").order_by("pk"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", DOWNLOADS)
def test_a_download_is_recorded_with_its_name_and_where_it_came_from(office, address):
    sent = office.get(f"/essex/{address}")
    assert sent.status_code == 200, address
    (entry,) = downloads()
    name = sent.headers["Content-Disposition"].partition("filename=")[2].strip('"')
    assert name.startswith("OFFICIAL")
    assert entry.after == {"file": name, "address": f"/essex/{address}"}
    assert entry.actor.email == "office@example.org"
    assert entry.programme == Programme.objects.get(slug="essex")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a b; c.pdf", "Ringing bé “x”.pdf", 'with "quotes".csv'])
def test_a_file_is_recorded_whatever_its_name(rf, name):
    programme = make_programme()
    request = rf.get("/essex/file/?a=b")
    request.user, request.programme = make_user(programme=programme), programme
    answer = HttpResponse(headers={"Content-Disposition": content_disposition_header(True, name)})
    assert DownloadMiddleware(lambda request: answer)(request) is answer
    assert downloads()[0].after == {"file": name, "address": "/essex/file/?a=b"}


@pytest.mark.django_db
def test_a_page_that_is_read_is_no_download(office):
    office.get("/essex/boards/")
    office.get("/essex/papers/quarterly-scrutiny/2019-03/")
    assert downloads() == []


@pytest.mark.django_db
def test_the_record_shows_downloads_with_their_marking(client):
    kent = make_programme(slug="kent", default_marking=MarkingChoices.OFFICIAL_SENSITIVE)
    client.force_login(make_user(programme=kent, role="office", name="Ola"))
    client.get("/kent/projects/?format=csv")
    client.force_login(make_user(programme=kent, role="auditor"))
    page = client.get("/kent/about/record/").content.decode()
    assert "downloaded" in page
    assert "OFFICIAL-SENSITIVE-kent-projects.csv" in page


@pytest.mark.django_db
def test_a_file_whose_entry_cannot_be_written_is_not_sent(office, monkeypatch):
    def full(**said):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record", full)
    office.raise_request_exception = False
    sent = office.get("/essex/projects/?format=csv")
    assert sent.status_code == 500
    assert "Content-Disposition" not in sent.headers


@pytest.mark.django_db
def test_a_download_that_is_refused_is_none(essex):
    client = Client()
    client.force_login(User.objects.get(email="board@example.org"))
    assert client.get("/essex/about/record/?format=csv").status_code == 403
    assert Client().get("/essex/projects/?format=csv").status_code == 302
    assert downloads() == []
