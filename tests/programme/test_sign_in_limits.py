"""How often a password may be wrong: nobody guesses on, nobody shuts anybody else out."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.management import call_command
from django.test import Client

from programme.site import browsers
from tests.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db

HERE, THERE = "192.0.2.1", "198.51.100.1"
STRANGERS = [f"203.0.113.{number}" for number in range(1, 41)]


@pytest.fixture
def owner():
    return make_user()


def attempt(email, typed="wrong", address=HERE, browser=None) -> Client:
    browser = browser or Client()
    browser.answer = browser.post(
        "/accounts/login/", {"login": email, "password": typed}, REMOTE_ADDR=address
    )
    return browser


def signs_in(owner, **where) -> bool:
    return "_auth_user_id" in attempt(owner.email, PASSWORD, **where).session


def test_whoever_guesses_is_stopped_and_the_owner_elsewhere_is_not(owner):
    for _ in range(30):
        attempt(owner.email)
    assert not signs_in(owner)
    assert signs_in(owner, address=THERE)


def test_an_account_under_attack_from_everywhere_is_shut_to_strangers_not_to_its_owner(owner):
    known = attempt(owner.email, PASSWORD)
    known.post("/accounts/logout/")
    for address in STRANGERS:
        for _ in range(3):
            attempt(owner.email, address=address)
    assert not signs_in(owner, address="203.0.113.200")
    assert signs_in(owner, browser=known)


def test_a_browser_that_is_known_may_not_guess_for_ever_either(owner):
    known = attempt(owner.email, PASSWORD)
    known.post("/accounts/logout/")
    for _ in range(10):
        attempt(owner.email, browser=known)
    assert not signs_in(owner, browser=known)


def test_a_known_browser_is_known_for_its_owners_account_alone(owner):
    other = make_user()
    known = attempt(owner.email, PASSWORD)
    known.post("/accounts/logout/")
    for _ in range(5):
        attempt(other.email, browser=known)
    attempt(other.email, PASSWORD, browser=known)
    assert "Too many wrong passwords" in known.answer.content.decode()
    forged = Client()
    forged.cookies[browsers.COOKIE] = known.cookies[browsers.COOKIE].value[:-2] + "xx"
    for _ in range(5):
        attempt(owner.email, browser=forged)
    assert not signs_in(owner, browser=forged)


def test_a_browser_remembers_several_people_and_says_nothing_of_them(owner):
    others = [make_user() for _ in range(browsers.PEOPLE)]
    shared = Client()
    for each in (owner, *others):
        attempt(each.email, PASSWORD, browser=shared)
        shared.post("/accounts/logout/")
    cookie = shared.cookies[browsers.COOKIE]
    assert cookie["httponly"]
    assert cookie["path"] == "/accounts/"
    assert owner.email not in cookie.value
    assert len(cookie.value) < 1_000
    for _ in range(6):  # the last ones are known, the first has been forgotten
        attempt(others[-1].email, browser=shared)
        attempt(owner.email, browser=shared)
    assert signs_in(others[-1], browser=shared)
    shared.post("/accounts/logout/")
    assert not signs_in(owner, browser=shared)


def test_failures_of_others_do_not_wash_away_those_that_count(owner):
    """Django's caches keep 300 entries as they come, and then throw out what still counts."""
    for _ in range(5):
        attempt(owner.email)
    for number in range(400):
        cache.set(f"allauth:rl:of-somebody-else:{number}", [0.0], 300)
    assert not signs_in(owner)


def test_production_counts_where_all_processes_see_it(owner):
    """Two processes are two objects over one table; two of the other kind share nothing."""
    call_command("createcachetable", "counts", verbosity=0)
    one, other = (DatabaseCache("counts", {}) for _ in range(2))
    one.set("failures", [1.0])
    assert other.get("failures") == [1.0]
    assert LocMemCache("a", {}).get("failures") is None


def test_too_few_proxies_are_no_fault_of_the_visitor(owner, monkeypatch):
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 2)
    browser = Client(headers={"X-Forwarded-For": HERE})
    assert signs_in(owner, browser=browser)


def test_the_address_that_counts_is_the_one_that_the_own_proxy_saw(owner, monkeypatch):
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 1)
    for number in range(5):
        forged = Client(headers={"X-Forwarded-For": f"10.0.0.{number}, {HERE}"})
        attempt(owner.email, browser=forged)
    assert not signs_in(owner, browser=Client(headers={"X-Forwarded-For": f"10.9.9.9, {HERE}"}))
    assert signs_in(owner, browser=Client(headers={"X-Forwarded-For": THERE}))
