"""What a browser is told, what it may send, and what production insists on."""

import errno
import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError
from django.test import Client

from programme.models import User
from tests.builders import PASSWORD, make_board, make_programme, make_user

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
ASKED = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_HTTPONLY",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "DEBUG",
)


@pytest.fixture
def programme():
    return make_programme(slug="kent")


@pytest.fixture
def office(client, programme):
    client.force_login(make_user(programme=programme, role="office"))
    return client


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/kent/", "/kent/boards/", "/kent/boards/add/", "/kent/nothing/at/all/"],
)
def test_every_answer_carries_its_guards(office, address):
    headers = office.get(address).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == policy["base-uri"] == "'self'"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/accounts/login/",
        "/kent/",
        "/kent/boards/",
        "/kent/boards/?format=csv",
        "/kent/boards/add/",
        "/kent/nothing/at/all/",
        "/another/",
    ],
)
def test_no_browser_keeps_a_copy_of_what_it_was_shown(office, address):
    assert office.get(address).headers["Cache-Control"] == "no-store, private"
    assert Client().get(address).headers["Cache-Control"] == "no-store, private"


def test_static_files_may_be_kept(client):
    response = client.get("/static/js/portal.js")
    assert response.status_code == 200
    assert "no-store" not in response.headers.get("Cache-Control", "")
    response.close()


@pytest.mark.parametrize("address", ["/kent/", "/kent/boards/", "/kent/boards/add/"])
def test_pages_keep_the_policy_that_they_send(office, address):
    html = office.get(address).content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_a_form_without_proof_of_origin_changes_nothing(programme):
    board = make_board(programme=programme, slug="cog", name="Chief officers")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user(programme=programme, role="office"))
    answers = {"name": "Taken over", "kind": board.kind, "version": "1"}
    assert strict.post("/kent/boards/cog/edit/", answers).status_code == 403
    board.refresh_from_db()
    assert board.name == "Chief officers"


def test_a_session_begins_anew_with_its_owner(client, programme):
    """No session that somebody else knows survives signing in, and none survives signing out."""
    user = make_user(programme=programme, role="office")
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    client.post("/accounts/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = after
    assert client.get("/kent/").status_code == 302


def test_an_account_that_is_closed_is_out_at_once(office):
    assert office.get("/kent/").status_code == 200
    User.objects.update(is_active=False)
    assert office.get("/kent/").status_code == 302


# --- what may be sent ---------------------------------------------------------------------------


def test_a_form_that_is_too_large_is_refused_in_plain_words(office):
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    kind = "application/x-www-form-urlencoded"
    response = office.post("/kent/boards/add/", f"name={text}", content_type=kind)
    assert response.status_code == 400
    assert "What you sent could not be read" in response.content.decode()


def test_a_form_of_too_many_fields_or_files_is_refused(office):
    fields = {f"f{number}": "1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert office.post("/kent/boards/add/", fields).status_code == 400
    files = {
        f"f{number}": SimpleUploadedFile(f"{number}.txt", b"1")
        for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
    }
    assert office.post("/kent/boards/add/", files).status_code == 400


def test_a_request_that_is_too_large_is_not_read_at_all(office, settings):
    settings.MAX_REQUEST_BYTES = 10_000
    files = {"file": SimpleUploadedFile("large.bin", b"x" * 10_001)}
    response = office.post("/kent/boards/add/", files)
    assert response.status_code == 400
    assert "What you sent could not be read" in response.content.decode()
    settings.MAX_REQUEST_BYTES = 20_000
    assert office.post("/kent/boards/add/", files).status_code == 200


@pytest.mark.parametrize("length", ["-1", "many", "1e3"])
def test_a_length_that_is_none_is_refused(office, length):
    assert office.get("/kent/", CONTENT_LENGTH=length).status_code == 400


FULL = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"),
    OperationalError("database or disk is full"),
]


@pytest.mark.parametrize("problem", FULL, ids=str)
def test_a_full_disk_is_said_in_plain_words(office, problem, monkeypatch):
    def fail(*args, **kwargs):
        raise problem

    monkeypatch.setattr("programme.pages.base.ProgrammePage.get_breadcrumbs", fail)
    response = office.get("/kent/projects/")
    assert response.status_code == 507
    assert "no room left" in response.content.decode()


def test_a_full_disk_while_a_file_is_sent_is_said_in_plain_words(office, settings, monkeypatch):
    def fail(*args):
        raise FULL[0]

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", fail)
    files = {"file": SimpleUploadedFile("large.bin", b"x" * 1_000)}
    response = office.post("/kent/boards/add/", files)
    assert response.status_code == 507
    assert "no room left" in response.content.decode()


def test_another_fault_is_not_called_a_full_disk(office, monkeypatch):
    def fail(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("programme.pages.base.ProgrammePage.get_breadcrumbs", fail)
    with pytest.raises(PermissionError):
        office.get("/kent/projects/")


# --- production ---------------------------------------------------------------------------------


def test_production_insists_on_safe_cookies_and_https():
    environment = {
        "PATH": os.environ["PATH"],
        "PORTAL_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_URL": "sqlite://:memory:",
    }
    code = (
        "import json; from programme.site import settings; "
        f"print(json.dumps({{name: getattr(settings, name, None) for name in {ASKED!r}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_HTTPONLY"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert found["DEBUG"] is False
    # What the portal leaves as Django has it.
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SECURE_CONTENT_TYPE_NOSNIFF
