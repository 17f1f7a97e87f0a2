"""No text is lost: what is typed into any box of any form is read again line for line, on the page
that the save leads to and in the form itself.

Lines are sent as browsers send them, with CR and LF at their ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import tinyhtml5
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from programme.models import Programme, User
from projects.models import Rating, StatusUpdate
from tests.filling import answers, completed, controls, errors
from tests.routes import ACCOUNTS, ROUTES, Route, roles

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

LINES = ("Alpha the first.", "Beta the second:", "gamma dotted", "delta dashed", "epsilon counted")
TYPED = f"{LINES[0]}\r\n\r\n{LINES[1]}\r\n· {LINES[2]}\r\n\uf0b7\t{LINES[3]}\r\n1. {LINES[4]}"
BLOCKS = frozenset(
    (
        "p",
        "li",
        "div",
        "td",
        "th",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "section",
        "tr",
        "table",
        "ul",
        "ol",
        "summary",
        "details",
    )
)
FITTING = {
    # What goes with the first choice of every other question, in the example.
    "ref": "zz9",
    "slug": "zz9",
    "meeting": "",
    "stated_on_year": "",
    "stated_on_month": "",
    "stated_on_day": "",
    "due_on_year": "2099",
    "ended_on_year": "2099",
    "fixed_police": "",
    "fixed_fire": "",
    "fixed_pfcc": "",
    "amount_certainty": "exact",
}
FORMS = list({route.name: route for route in ROUTES if route.post and route.in_programme}.values())


@pytest.fixture(scope="module")
def programme(essex) -> Programme:
    return Programme.objects.get(slug="essex")


def lines_of(response: HttpResponse) -> list[str]:
    """The page's text as its reader sees it, line by line."""
    page = tinyhtml5.parse(response.content.decode(), namespace_html_elements=False)
    text = "".join(pieces(page.find("body")))
    return [" ".join(line.split()) for line in text.split("\n")]


def pieces(element: Any) -> Iterator[str]:
    edge = "\n" if element.tag in BLOCKS else ""
    yield "\n" if element.tag == "br" else edge
    if element.tag not in ("textarea", "script", "option"):
        yield " ".join((element.text or " ").split("\n"))
    for inner in element:
        yield from pieces(inner)
        yield " ".join((inner.tail or " ").split("\n"))
    yield edge


def bare(line: str) -> str:
    return line.strip().lstrip("·•-1.\t ")


LISTS = {"projects:risk_scheme:edit"}
"""Forms whose box of several lines takes a word on each of them."""


@pytest.mark.parametrize("route", FORMS, ids=str)
def test_every_text_keeps_its_lines(programme, route: Route):
    client = Client()
    user = User.objects.get(email=ACCOUNTS[roles(route.post)[0]])
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    address = route.url(programme.slug, route.parts(programme))
    page = client.get(address)
    boxes = [each.name for each in controls(page) if each.kind == "textarea"]
    if not boxes or route.name in LISTS:
        pytest.skip("asks for no text of several lines")
    sent = completed(page) | dict.fromkeys(boxes, TYPED)
    sent |= {name: value for name, value in FITTING.items() if name in sent}
    if "to_stage" in sent:
        sent["to_stage"] = next(each for each in controls(page) if each.name == "to_stage").options[
            -1
        ]
    saved = client.post(address, sent)
    assert saved.status_code == 302, errors(saved)
    for shown in lines_of(client.get(saved.url)):
        assert "\uf0b7" not in shown
        named = "“" in shown  # a thing's name is one line, cut where a name ends
        assert named or sum(line in shown for line in LINES) < 2, shown
    again = client.get(address)
    if again.status_code == 200:
        kept = answers(again)
        for name in boxes:
            if kept.get(name):
                found = [bare(line) for line in kept[name].splitlines() if line.strip()]
                assert found == list(LINES), name
                assert f"{LINES[0]}\n\n{LINES[1]}\n" in kept[name]


def test_home_keeps_the_lines_of_what_gets_a_project_back_on_track(programme):
    typed = "\n".join(LINES)
    StatusUpdate.objects.filter(project__programme=programme).update(path_to_green=typed)
    Rating.objects.filter(update__project__programme=programme).update(reason=typed)
    client = Client()
    client.force_login(
        User.objects.get(email=ACCOUNTS["office"]), settings.AUTHENTICATION_BACKENDS[0]
    )
    shown = lines_of(client.get("/essex/"))
    assert LINES[1] in shown
    assert not [line for line in shown if LINES[0] in line and LINES[1] in line]
