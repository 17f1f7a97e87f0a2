"""What is only for some stays with them: drafts, texts for the boards, addresses, redacted texts
and whatever another programme says.

A word of its own stands in each such text, in rows and in the record. Every page and every download
of the portal is then read by every account of the example, and each word has to turn up with those
whom a right lets read it, and with nobody else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from programme.actions import (
    change_person,
    redact_texts,
    save_board,
    save_organisation,
)
from programme.models import AuditEntry, Board, Programme, ReportingPeriod, User
from projects.actions import accept_update, hand_in_update, return_update, save_update
from projects.models import StatusUpdate
from tests import builders
from tests.routes import ACCOUNTS, ROUTES
from tests.routes.rows import FIRE, POLICE, find_project

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

ALL = frozenset(ACCOUNTS)
AUDIT = frozenset({"office", "auditor"})
PEOPLE = frozenset({"office", "admin"})
OWN = AUDIT | {"lead"}
BOARDS = AUDIT | {"board", "secretary"}
NOBODY: frozenset[str] = frozenset()

ADDRESSES = {f"zq{name}@example.net" for name in ("inviter", "invited", "writer")}
WORD = re.compile(r"zq[a-z]+(?:@example\.net)?")


@dataclass
class House:
    """The example with words of their own in it: for each word who may read it, and who has to
    come across it somewhere."""

    programme: Programme
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    def word(self, name: str, readers: frozenset[str]) -> str:
        self.readers[f"zq{name}"] = readers
        return f"zq{name}"

    def client(self, account: str) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[account]
        return client


STATES = ("accepted", "handed_in", "returned", "draft")
TEXTS = ("status_line", "narrative", "path_to_green")


def _write(house: House, update: StatusUpdate, by: User, name: str, texts, restricted) -> None:
    """Texts with words in them; ``texts`` and ``restricted`` say who may read them."""
    values = {each: house.word(f"{name}{each.replace('_', '')}", texts) for each in TEXTS}
    values["restricted_narrative"] = house.word(f"{name}restricted", restricted)
    rating = builders_rating(house, f"{name}reason", texts)
    save_update(update=update, values=values, ratings=rating, by=by)


def builders_rating(house: House, name: str, readers: frozenset[str]):
    dimension = house.programme.dimensions.get(is_overall=True)
    level = dimension.scale.levels.order_by("rank").first()
    return {dimension: (level, house.word(name, readers))}


def _updates(house: House, led_by: str, whose: frozenset[str], office: User, writer: User) -> None:
    """A project's updates in four periods: one accepted, a draft that was written over, one
    returned, one handed in. ``whose`` are those who write for the project."""
    programme, tag = house.programme, led_by.replace("-", "")
    project = find_project(programme, led_by)
    periods = {
        state: ReportingPeriod.objects.get(programme=programme, slug=state) for state in STATES
    }
    drafts = AUDIT | whose

    def started(state: str) -> StatusUpdate:
        return StatusUpdate(project=project, period=periods[state])

    def stored(state: str) -> StatusUpdate:
        return StatusUpdate.objects.get(project=project, period=periods[state])

    _write(house, started("draft"), writer, f"{tag}over", AUDIT, AUDIT)  # only the record has it
    _write(house, stored("draft"), writer, f"{tag}draft", drafts, drafts)
    _write(house, started("returned"), writer, f"{tag}returned", drafts, drafts)
    hand_in_update(update=stored("returned"), by=writer)
    reason = house.word(f"{tag}why", drafts)
    return_update(update=stored("returned"), reason=reason, by=office)
    _write(house, started("handed_in"), writer, f"{tag}waits", drafts, drafts)
    hand_in_update(update=stored("handed_in"), by=writer)
    _write(house, started("accepted"), writer, f"{tag}early", AUDIT, AUDIT)
    _write(house, stored("accepted"), writer, f"{tag}said", ALL, BOARDS | whose)
    hand_in_update(update=stored("accepted"), by=writer)
    accept_update(update=stored("accepted"), by=office)
    for period in periods.values():
        at = {"project": project.ref, "period": period.slug}
        house.addresses += [
            _url("projects:updates:detail", **at),
            _url("projects:updates:edit", **at),
            _url("projects:updates:words", **at),
            _url("projects:updates:ratings", **at),
        ]
    house.addresses += [
        _url(name, project=project.ref)
        for name in (
            "projects:detail",
            "projects:updates:of_project",
            "projects:history",
            "projects:registers",
            "projects:milestones:of_project",
            "finance:project",
        )
    ]


def _redacted(house: House, office: User) -> None:
    """A text that was read by all, redacted; what is written afterwards is read again."""
    board = Board.objects.of(house.programme).first()
    for text in ("redactedonce", "redactedtwice"):
        save_board(board=board, values={"remit": house.word(text, NOBODY)}, by=office)
    entry = AuditEntry.objects.of(house.programme).latest("pk")
    redact_texts(entry=entry, texts=["remit"], reason="It names a victim.", by=office)
    save_board(board=board, values={"remit": house.word("remit", ALL)}, by=office)
    house.addresses.append(_url("programme:boards:detail", board=board.slug))


def _elsewhere(house: House) -> None:
    """Another programme that knows people and bodies of the same name, and says what it likes."""
    other = builders.make_programme(slug="elsewhere", name=house.word("programme", NOBODY))
    known = User.objects.get(email=ACCOUNTS["secretary"])
    inviter = builders.make_user(
        programme=other, email="zqinviter@example.net", name=house.word("otheroffice", NOBODY)
    )
    house.readers["zqinviter@example.net"] = NOBODY
    role = builders.make_role(user=known, programme=other)
    change_person(person=role.person, values={"post": house.word("otherpost", NOBODY)}, by=inviter)
    for letter, body in zip("ab", house.programme.organisations.all(), strict=False):
        theirs = builders.make_organisation(programme=other, name=body.name, slug=body.slug)
        save_organisation(
            organisation=theirs,
            values={"short_name": house.word(f"other{letter}", NOBODY)},
            by=inviter,
        )


def _url(name: str, **parts: object) -> str:
    return reverse(name, kwargs={"programme": "essex", **parts})


@pytest.fixture(scope="module")
def house(essex) -> House:
    house = House(Programme.objects.get(slug="essex"))
    for route in {each.name: each for each in ROUTES}.values():
        if route.in_programme and not route.heavy:
            address = route.url("essex", route.parts(house.programme))
            house.addresses.append(address)
    office = User.objects.get(email=ACCOUNTS["office"])
    writer = builders.make_user(
        programme=house.programme, role="office", email="zqwriter@example.net", name="Writer"
    )
    house.readers["zqwriter@example.net"] = PEOPLE
    for month, state in enumerate(STATES, 1):
        builders.make_period(
            programme=house.programme, as_at=date(2031, month, 28), slug=state, name=state
        )
    _updates(house, POLICE, frozenset({"lead"}), office, writer)
    _updates(house, FIRE, NOBODY, office, writer)
    _redacted(house, office)
    _elsewhere(house)
    for account, email in ACCOUNTS.items():
        client = Client()
        client.force_login(User.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
        house.sessions[account] = client.session.session_key
    house.addresses += [
        f"{_url(route.name)}?format={form}"
        for route in ROUTES
        if route.name.endswith(":list") and not route.at and route.in_programme
        for form in (("csv", "xlsx") if route.name == "programme:record:list" else ("csv",))
    ]
    house.addresses += [
        _url("programme:record:detail", entry=entry.pk)
        for entry in AuditEntry.objects.of(house.programme).order_by("pk")
    ]
    house.addresses = list(dict.fromkeys(house.addresses))
    return house


def texts(content: bytes) -> Iterator[str]:
    """What a page or a file says, the parts of a workbook one by one."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            yield from (book.read(name).decode("utf-8", "ignore") for name in book.namelist())
    else:
        yield unescape(content.decode("utf-8", "ignore"))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_each_account_finds_the_texts_that_its_rights_let_it_read(house, account):
    client, found = house.client(account), {}
    for address in house.addresses:
        response = client.get(address)
        assert response.status_code in {200, 302, 403, 404, 405, 409}, address
        content = response.getvalue()
        for text in texts(content):
            for word in house.readers.keys() & WORD.findall(text):
                found.setdefault(word, address)
    may = {word for word, readers in house.readers.items() if account in readers}
    assert {word: found[word] for word in set(found) - may} == {}, "read without a right"
    assert may - set(found) == set(), "nowhere to be read"


def test_a_redacted_text_is_out_of_its_row_and_its_entries_are_as_they_were(house):
    entry = AuditEntry.objects.of(house.programme).get(after__remit="zqredactedtwice")
    assert entry.before == {"remit": "zqredactedonce"}
    client = house.client("auditor")
    page = client.get(_url("programme:record:detail", entry=entry.pk)).content.decode()
    assert "a redacted text" in page
    assert "another redacted text" in page
    told = AuditEntry.objects.of(house.programme).get(verb="text.redacted")
    page = client.get(_url("programme:record:detail", entry=told.pk)).content.decode()
    assert "It names a victim." in page


def test_a_history_says_to_all_that_a_text_changed_when_and_by_whom(house):
    project = find_project(house.programme, POLICE)
    page = house.client("fire").get(_url("projects:history", project=project.ref)).content.decode()
    assert "a text → another text" in page
    assert "by Writer" in page
    assert "Handed in" in page
