"""Whatever is sent to the portal, it answers: no form, address or query string makes it fail.

Every writing route gets answers that nobody would give, mixed with those that somebody would, so
that many are saved; the page that a save leads to is read. Every reading route gets query strings
and addresses of the same kind. What is sent is the same at every run; a failure names it.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from programme.models import Programme, User
from tests.filling import answers, completed, controls
from tests.routes import ACCOUNTS, ROUTES, Route, roles

pytestmark = pytest.mark.django_db

POSTS, QUERIES, ADDRESSES = 5, 3, 2
"""How many of each a route gets: over all routes some thousands, others on each engine."""

HUGE = "9" * 40
WORDS = (
    *("", " ", "a", "\x00", "a\x00b", "\r\n", "One.\r\n\r\nTwo.\r\n- three", "\t", "\u202e\u200b"),
    *("Zoë 💥 ḀΩ中ש", "é" * 61, "x" * 301, "y" * 10_001, "word " * 1_200, "<i hx-get=/>", "&amp;"),
    *("'; DROP TABLE x --", "%s %(a)s %%", "{{ 7 }}{% x %}", "${jndi}", "\\", "../../etc/passwd"),
    *("-1", "0", "1", "2", "007", "2147483648", "9223372036854775808", "9" * 20, HUGE, "1" * 5_000),
    *("1e400", "NaN", "Infinity", "-0", "1_0", "½", "٣", "0x1f", "1.5", "100", "100.00001", "%"),
    *("£", "5 6", "1,2,3", "£1,200", "(300)", "−5", "1.2m", "999999999999.99", "1000000m", "12k"),
    *("on", "off", "true", "None", "null", "exact", "tbc", "not_applicable", "circa", "add", "new"),
    *("2019-02-30", "0000-00-00", "9999-12-31", "25:61", "10:30", "2pm", "31", "29", "Feb", "1066"),
    *("2019", "9999", "2100", "a@b", '"<x>"@example.org', f"{'a' * 250}@example.org", "office"),
    *("[]", "{}", "a[]", "police", "essex", "programme.board:1", "programme.board:\ud83d", ":"),
)
EVERYWHERE = ("9" * 20, HUGE, "\x00", "£", "word " * 1_200)
"""What every box of every form and every filter gets."""
DAYS = ("", "1", "31", "29", "2147483648", "-1", "x", "٣", "1.0", HUGE)
YEARS = ("2019", "2026", "1990", "2100", "1989", "2101", "9999", "1066", "0", "19", HUGE, "year")
SAVED: dict[str, int] = {}
"""How many answers were saved at each address."""
FLAGS = ("_draft", "_keep", "_forget", "_preview", "_save")
CONTENT = (
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "multipart/form-data",
)


@dataclass
class House:
    programme: Programme
    sessions: dict[str, str]

    def client(self, route: Route, *, writes: bool) -> Client:
        """A browser of somebody who may; nobody's for pages before signing in."""
        client = Client()
        may = route.post if writes and route.post else route.get
        account = roles(may)[0] if route.in_programme else "admin"
        if not route.name.startswith(("account_login", "account_signup", "account_reset")):
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[account]
        return client


@pytest.fixture(scope="module")
def house(essex) -> House:
    sessions = {}
    for account, email in ACCOUNTS.items():
        client = Client()
        client.force_login(User.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
        sessions[account] = client.session.session_key
    return House(Programme.objects.get(slug="essex"), sessions)


@pytest.fixture(scope="module", autouse=True)
def _quiet_log() -> Iterator[None]:
    log = logging.getLogger("django")
    log.disabled = True
    logging.disable(logging.CRITICAL)
    yield
    log.disabled = False
    logging.disable(logging.NOTSET)


def one_line_for_each(wanted: Callable[[Route], Any]) -> Any:
    found = {route.name: route for route in ROUTES if wanted(route)}
    return pytest.mark.parametrize("route", list(found.values()), ids=str)


def dice_of(route: Route) -> random.Random:
    """Thrown alike at every run, but not on both engines."""
    return random.Random(f"{connection.vendor} {route.name}")  # noqa: S311 - no secret


class Undone(Exception):
    """Takes back what a request wrote, so that the next one meets the same rows."""


def answered(ask: Callable[[], HttpResponse], said: Any) -> int:
    """The status of the answer, which is none of a failure; nothing that was written stays."""
    try:
        with transaction.atomic():
            response = ask()
            status = response.status_code
            raise Undone
    except Undone:
        pass
    except Exception as error:
        raise AssertionError(
            f"{type(error).__name__}: {error}\nsent: {str(said)[:1500]}"
        ) from error
    assert status < 500, str(said)[:1500]
    return status


# --- writing ------------------------------------------------------------------------------------


def value_for(dice: random.Random, name: str, options: list[str]) -> str:
    if options and dice.random() < 0.6:
        return dice.choice(options)
    if name.endswith(("_day", "_month")):
        return dice.choice(DAYS)
    if name.endswith("_year"):
        return dice.choice(YEARS)
    return dice.choice(WORDS)


def generated(dice: random.Random, good: dict[str, Any], page: HttpResponse) -> dict[str, Any]:
    """Answers of which none, one or many are odd, missing, or given twice."""
    sent = dict(good)
    options = {each.name: each.options for each in controls(page)}
    names = [name for name in sent if name != "draft_token"] or ["name"]
    for name in dice.sample(names, k=min(len(names), dice.choice((0, 1, 1, 1, 2, 3, len(names))))):
        chance = dice.random()
        if chance < 0.12:
            sent.pop(name, None)
        elif chance < 0.25:
            sent[name] = [value_for(dice, name, options.get(name, [])) for _ in range(3)]
        else:
            sent[name] = value_for(dice, name, options.get(name, []))
    if dice.random() < 0.12:
        sent[dice.choice(FLAGS)] = dice.choice(("1", "late", ""))
    if dice.random() < 0.1:
        sent["form_key"] = dice.choice(WORDS)
    if dice.random() < 0.05:
        sent[dice.choice(WORDS)[:400]] = dice.choice(WORDS)
    return sent


def encoded(sent: dict[str, Any]) -> str:
    return urlencode(sent, doseq=True, errors="surrogatepass")


@one_line_for_each(lambda route: route.post)
def test_every_form_survives_what_is_sent(house, route: Route):
    dice = dice_of(route)
    address = route.url(house.programme.slug, route.parts(house.programme))
    client = house.client(route, writes=True)
    page = client.get(address)
    good = completed(page) if page.status_code == 200 else {}
    good.pop("form_key", None)  # each is another form; the same one counts once
    token = answers(page).get("draft_token") if page.status_code == 200 else None
    saved = 0
    everywhere = [dict.fromkeys(good, word) for word in EVERYWHERE]
    for sent in [good, *everywhere, *(generated(dice, good, page) for _ in range(POSTS))]:
        browser = house.client(route, writes=True) if dice.random() < 0.95 else Client()
        headers = {"HX-Request": "true"} if dice.random() < 0.1 else {}

        def ask(sent=sent, browser=browser, headers=headers) -> HttpResponse:
            nonlocal saved
            response = browser.post(
                address,
                encoded(sent | ({"draft_token": token} if token else {})),
                content_type=CONTENT[0],
                headers=headers,
            )
            if response.status_code == 302:
                saved += 1
                after = browser.get(response.url)
                assert after.status_code < 500, response.url
            return response

        answered(ask, sent)
    odd = encoded({dice.choice(WORDS)[:99]: dice.choice(WORDS)})
    for body in (b"%ff%fe=\xff\xfe&" + odd.encode(), b"&&==;%%%"):
        kind = dice.choice(CONTENT)
        ask = partial(house.client(route, writes=True).post, address, body, content_type=kind)
        answered(ask, body)
    SAVED[route.name] = saved


def test_many_answers_were_saved(house):
    """So that the pages behind a save were read, and not only forms with their mistakes."""
    inside = [saved for name, saved in SAVED.items() if ":" in name]
    assert sum(saved > 0 for saved in inside) >= len(inside) * 0.7


# --- reading ------------------------------------------------------------------------------------


def query_names(page: HttpResponse) -> list[str]:
    return [each.name for each in controls(page)]


@one_line_for_each(lambda route: not route.heavy)
def test_every_page_survives_odd_query_strings(house, route: Route):
    dice = dice_of(route)
    address = route.url(house.programme.slug, route.parts(house.programme))
    client = house.client(route, writes=False)
    page = client.get(address)
    is_list = page.status_code == 200 and not route.post and not route.file
    own = query_names(page) if is_list else []
    general = ["page", "sort", "format", "draft", "decision", "project", "board", "meeting", "next"]
    options = {each.name: each.options for each in controls(page)} if own else {}
    last = {"_day": "31", "_month": "12", "_year": "9999"}
    queries = [[(name, last.get(name[name.rfind("_") :], "x")) for name in own]] if own else []
    queries += [[(name, word) for name in own or general] for word in EVERYWHERE]
    if not own:
        queries = queries[1:3]
    for _ in range(QUERIES if own else 1):
        names = dice.sample([*own, *general], k=dice.choice((1, 2, 3, 3)))
        queries.append([(name, value_for(dice, name, options.get(name, []))) for name in names])
    for query in queries:
        text = urlencode(query, errors="surrogatepass")
        answered(lambda text=text: client.get(f"{address}?{text}"), text)
    answered(lambda: client.get(f"{address}?%ff=%fe&&=&%00=%00&a=%ed%a0%80"), "broken UTF-8")


@one_line_for_each(lambda route: route.at and route.in_programme)
def test_every_page_survives_odd_addresses(house, route: Route):
    dice = dice_of(route)
    good = route.url(house.programme.slug, route.parts(house.programme))
    parts = [str(value) for value in route.parts(house.programme).values()]
    client = house.client(route, writes=False)
    odd = (HUGE, "x" * 3_000, "0", "-1", "a%00b", "%ff", "0000-00-00", "2019-02-30")
    for number in range(ADDRESSES):
        word = dice.choice(odd) if number else "9" * 20
        address = "/".join(
            word if each in parts and dice.random() < 0.8 else each for each in good.split("/")
        )
        answered(lambda address=address: client.get(address), address)
        answered(lambda address=address: client.post(address, {"name": "x"}), address)
