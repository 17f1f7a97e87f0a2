"""Who may read and write what: every address × every account, for reading and for writing.

The table is tests/routes. What belongs to another programme is not found, whoever asks and however
the address names it; what belongs to one's own programme is refused, saying which right is missing.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from programme.models import Programme, RoleAssignment, User
from tests.builders import make_programme, make_role, make_user
from tests.routes import ACCOUNTS, ADMINISTERS_PORTAL, EVERYBODY, ROUTES, Route, roles, rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

NOBODY = "nobody"
DONE = {200, 302, 409}
"""Answers to a form that was let in: sent back with its mistakes, saved, or met by a newer text."""

IN_PROGRAMME = [route for route in ROUTES if route.in_programme]
ABOUT_A_ROW = [
    route for route in IN_PROGRAMME if route.at not in (None, rows.ending, rows.guide_of_office)
]


@dataclass
class House:
    """The example with its accounts signed in, and another programme in which none has a role."""

    programme: Programme
    elsewhere: Programme
    sessions: dict[str, str]

    def client(self, account: str) -> Client:
        """A browser of its own for each request: signing out in one leaves the others alone."""
        client = Client()
        if account != NOBODY:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[account]
        return client

    def get(self, account: str, address: str) -> HttpResponse:
        return self.client(account).get(address)

    def post(self, account: str, address: str) -> HttpResponse:
        return self.client(account).post(address)


@pytest.fixture(scope="module")
def house(essex) -> House:
    sessions = {}
    for account, email in ACCOUNTS.items():
        client = Client()
        client.force_login(User.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
        sessions[account] = client.session.session_key
    return House(Programme.objects.get(slug="essex"), make_programme(slug="elsewhere"), sessions)


@pytest.fixture(scope="module", autouse=True)
def _quiet_log() -> Iterator[None]:
    """Thousands of refusals, each with its traceback, take longer to write down than to make."""
    log = logging.getLogger("django.request")
    log.disabled = True
    yield
    log.disabled = False


def named(routes: list[Route]) -> Any:
    return pytest.mark.parametrize("route", routes, ids=str)


def is_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.url.startswith(reverse("account_login"))


# --- the table is whole -------------------------------------------------------------------------


def every_pattern(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal by its name with its namespaces."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            space = f"{entry.namespace}:" if entry.namespace else ""
            yield from every_pattern(entry.url_patterns, prefix + space)
        elif isinstance(entry, URLPattern):
            yield prefix + (entry.name or f"an address without a name: {entry.pattern}"), entry


def test_every_address_is_in_the_table_and_every_line_has_an_address():
    names = {name for name, _ in every_pattern() if not name.startswith("admin:")}
    listed = {route.name for route in ROUTES}
    assert names - listed == set(), "addresses without a line in tests/routes"
    assert listed - names == set(), "lines without an address"


def test_a_line_is_listed_once():
    lines = [str(route) for route in ROUTES]
    assert sorted(lines) == sorted(set(lines))


# --- reading and writing ------------------------------------------------------------------------


@named(IN_PROGRAMME)
def test_who_may_read(house, route):
    address = route.url("essex", route.parts(house.programme))
    may = roles(route.get)
    asked = [account for account in ACCOUNTS if account not in may]
    asked += may[:1] if route.heavy else may
    answers = {account: house.get(account, address) for account in asked}
    found = {account: answer.status_code for account, answer in answers.items()}
    assert found == {name: route.gives if name in may else 403 for name in asked}, address
    assert is_sign_in(house.get(NOBODY, address))
    for answer in answers.values():
        if answer.status_code == 403:
            text = answer.content.decode()
            assert "you need a right that your account does not have" in text
            assert f"Ask the programme office of {house.programme}" in text


@named(IN_PROGRAMME)
def test_who_may_write(house, route):
    address = route.url("essex", route.parts(house.programme))
    may_read, may_write = roles(route.get), roles(route.post)
    for account in ACCOUNTS:
        status = house.post(account, address).status_code
        if account in may_write:
            assert status in DONE, (account, address)
        else:
            refused = 405 if not route.post and account in may_read else 403
            assert status == refused, (account, address)
    assert is_sign_in(house.post(NOBODY, address))


@named([route for route in ROUTES if not route.in_programme])
def test_pages_outside_programmes(house, route):
    address = route.url("", route.parts(house.programme))
    for account in [*ACCOUNTS, NOBODY]:
        read, written = house.get(account, address), house.post(account, address)
        if account == NOBODY and route.get != EVERYBODY:
            assert is_sign_in(read)
            assert is_sign_in(written)
            continue
        if route.get == ADMINISTERS_PORTAL and account != "admin":
            assert (read.status_code, written.status_code) == (403, 403), account
            assert "Ask somebody who administers it." in read.content.decode()
            continue
        assert read.status_code in {200, 302}, account
        assert written.status_code in (DONE if route.post else {405, 200}), account


# --- another programme's ------------------------------------------------------------------------


@named(IN_PROGRAMME)
def test_another_programme_is_not_found(house, route):
    address = route.url("elsewhere", route.parts(house.elsewhere))
    # Who asks makes no difference there; over all addresses, everybody does.
    asking = ["office", list(ACCOUNTS)[IN_PROGRAMME.index(route) % len(ACCOUNTS)]]
    for account in asking:
        assert house.get(account, address).status_code == 404, (account, address)
        assert house.post(account, address).status_code == 404, (account, address)


@named(ABOUT_A_ROW)
def test_a_row_of_another_programme_is_not_found_below_ones_own(house, route):
    """By any of the parts of its address, alone or together."""
    own, other = route.parts(house.programme), route.parts(house.elsewhere)
    mixtures = [other, *({**own, name: other[name]} for name in own if len(own) > 1)]
    for parts in mixtures:
        assert parts != own, "the other programme's row has the same address: no test at all"
        address = route.url("essex", parts)
        may = roles(route.get)
        for account in dict.fromkeys([may[0], may[-1]]):
            assert house.get(account, address).status_code == 404, (account, address)
            written = house.post(account, address).status_code
            assert written == (404 if route.post else 405), (account, address)


# --- the admin ----------------------------------------------------------------------------------


def admin_pages() -> list[str]:
    names = ["index", "login", "logout", "password_change", "jsi18n"]
    for model in admin.site._registry:
        meta = model._meta
        names += [f"{meta.app_label}_{meta.model_name}_{page}" for page in ("changelist", "add")]
    return [*(reverse(f"admin:{name}") for name in names), "/admin/nothing/", "/admin/"]


def test_the_admin_is_not_there_for_whoever_has_no_use_of_it(house):
    assert User.objects.get(email=ACCOUNTS["admin"]).is_staff  # and may see no table
    for account in [*ACCOUNTS, NOBODY]:
        for address in admin_pages():
            found = (
                house.get(account, address).status_code,
                house.post(account, address).status_code,
            )
            assert found == (404, 404), (account, address)


def test_the_admin_is_there_for_whoever_may_see_its_tables(house):
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org"))
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/").url == "/admin/"


# --- roles come and go --------------------------------------------------------------------------


@pytest.mark.parametrize("days", [{"to_day": "2020-01-01"}, {"from_day": "2999-01-01"}])
def test_a_role_that_is_not_in_force_opens_nothing(house, days):
    user = make_user(programme=house.programme, role="office")
    RoleAssignment.objects.filter(user=user).update(**days)
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/essex/").status_code == 404


def test_rights_of_several_roles_add_up(house):
    user = make_user(programme=house.programme, role="auditor")
    make_role(user=user, programme=house.programme, role="administrator")
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(reverse("programme:people:list", args=["essex"])).status_code == 200
    assert client.get(reverse("programme:record:list", args=["essex"])).status_code == 200
    assert client.get(reverse("projects:add", args=["essex"])).status_code == 403
