"""What people type is text wherever it is printed: markup in any column never becomes an element or
an attribute of a page, a paper or a letter.

Every text column of every model is filled with markup, as far as the table's own rules let it in:
elements that htmx, the portal's script or a browser would act on, attributes that break out of
quotes, drawings, entities. Then every page is read, and every form sent as it stands and empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, cycle
from string import ascii_letters
from typing import Any

import pytest
import tinyhtml5
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.test import Client

from programme import audit
from programme.common import richtext
from programme.models import AuditEntry, Draft, Programme, User
from programme.templatetags.formats import rich
from projects.models import StatusUpdate
from reports.models import Paper
from reports.papers import render_paper
from tests.filling import answers
from tests.routes import ACCOUNTS, ROUTES, Route, roles
from tests.routes import rows as rows_of_lines

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

APPS = ("programme", "projects", "finance", "reports")
PAYLOADS = (
    '<i pwn hx-get=/pwn hx-trigger=load hx-vals=\'{"role":"office"}\' data-hx-post=/pwn>x</i>'
    "<div data-module=pwn></div>'\"><svg pwn onload=pwn()><a xlink:href=pwn></svg>"
    "&lt;b pwn&gt;&#60;b pwn&#62;<script pwn>pwn()</script><!--pwn--></textarea></select><b pwn>",
    "\"'><i pwn hx-get=/pwn hx-trigger=load>&lt;b pwn&gt;",
    "\" pwn=1 x='1' pwn=2 ><pwn>",
    "\"'><pwn>",
    "<pwn>",
    "<q>",
)
"""From the richest to the shortest; a column gets all that it has room for, a short one the longest
that fits. No page of the portal has a <q>."""
WORDS_OF_MACHINES = {
    # Never typed: names of classes, addresses, hashes, which the portal writes itself.
    "programme.AuditEntry": {"verb", "object_type", "object_id", "correlation_id", "digest"},
    "programme.AuditLink": {"previous", "hash"},
    "programme.AuditHead": {"hash"},
    "programme.Draft": {"path"},
    "programme.SentForm": {"key", "digest", "leads_to"},
    "programme.Upload": {"kind", "key"},
    "programme.User": {"password"},
    "programme.Session": {"session_key", "session_data"},
    "reports.Issue": {"sha256"},
}
_numbers = count(1)
_letters = cycle(ascii_letters)


# --- filling ------------------------------------------------------------------------------------


def markup(length: int | None) -> str:
    """Markup that fits into a column, different each time where there is room."""
    number = str(next(_numbers))
    if length is None:
        return "".join(PAYLOADS) + number
    fits = [each for each in PAYLOADS if len(each) + len(number) <= length]
    if fits:
        return fits[0] + number
    return (PAYLOADS[-1] + next(_letters))[:length]


def text_columns(model: type[models.Model]) -> list[models.Field]:
    """Columns that hold what somebody typed; what is chosen from a list, or an address, is not."""
    machines = WORDS_OF_MACHINES.get(model._meta.label, set())
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, models.SlugField)
        and not field.choices
        and field.name not in machines
    ]


def filled_with_markup(row: models.Model, columns: list[models.Field]) -> list[str]:
    """Puts markup into the row's columns; names those that its table lets have it."""
    changed = []
    for field in columns:
        before = getattr(row, field.name)
        value = markup(field.max_length)
        if isinstance(field, models.EmailField):
            value = f'"<pwn>{next(_numbers)}"@example.org'
        setattr(row, field.name, value)
        try:
            for constraint in row._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    constraint.validate(type(row), row)
        except ValidationError:
            setattr(row, field.name, before)
        else:
            changed.append(field.name)
    return changed


def fill(model: type[models.Model]) -> None:
    if model is AuditEntry:
        return  # nobody can change an entry; new ones are written below
    columns = text_columns(model)
    if not columns:
        return  # such as a table that only counts and proves
    rows = list(model._default_manager.all())
    changed: set[str] = set()
    for row in rows:
        changed |= set(filled_with_markup(row, columns))
    if rows and changed:
        model._default_manager.bulk_update(rows, sorted(changed), batch_size=50)
    if rows and hasattr(model, "version"):
        record(rows[0], sorted(changed) or ["pk"])


def record(row: models.Model, names: list[str]) -> None:
    with transaction.atomic():
        audit.record(
            verb=f"{row._meta.model_name}.edited",
            obj=row,
            before={name: markup(None) for name in names},
            after={name: markup(None) for name in [*names, "name<pwn>"]},
            by=User.objects.get(pk=row.pk) if isinstance(row, User) else User.objects.first(),
            programme=Programme.objects.get(slug="essex"),
        )


@pytest.fixture(scope="module")
def house(essex) -> dict[str, Any]:
    """The example with markup in all its texts, its accounts signed in, and its addresses."""
    programme = Programme.objects.get(slug="essex")
    addresses = {str(route): address(route, programme) for route in ROUTES}
    users = {account: User.objects.get(email=email) for account, email in ACCOUNTS.items()}
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            fill(model)
    for route in ROUTES:
        if route.post and route.in_programme:
            names = {"name": [markup(None)], "text": [markup(None)]}
            office = users["office"]
            Draft.objects.create(user=office, path=addresses[str(route)], data=names)
    sessions = {}
    for account, user in users.items():
        client = Client()
        user.refresh_from_db()
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
        sessions[account] = client.session.session_key
    return {"addresses": addresses, "sessions": sessions, "programme": programme}


def address(route: Route, programme: Programme) -> str:
    return route.url(programme.slug, route.parts(programme))


def opened_for(house: dict[str, Any], route: Route) -> str:
    """The line's address, its row in the state that the line speaks of: lines share rows, and a
    later one may have handed in what an earlier one writes."""
    where: str = house["addresses"][str(route)]
    if route.name.startswith("projects:updates:") and route.at is not rows_of_lines.accepted:
        assert address(route, house["programme"]) == where
    return where


def client_of(house: dict[str, Any], account: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = house["sessions"][account]
    return client


# --- finding ------------------------------------------------------------------------------------


def parsed(html: str) -> Any:
    """The page as a browser reads it."""
    return tinyhtml5.parse(html, namespace_html_elements=False)


def actions_of(page: Any) -> Iterator[str]:
    """Elements and attributes of a page that came out of stored text."""
    for element in page.iter():
        if not isinstance(element.tag, str):  # a comment
            if "pwn" in (element.text or ""):
                yield f"a comment: {element.text}"
            continue
        if element.tag.rpartition("}")[2] in {"pwn", "q"}:
            yield f"<{element.tag}>"
        if element.tag == "script" and "pwn" in (element.text or ""):
            yield f"a script: {element.text}"
        for name, value in element.attrib.items():
            acts = re.search(r"(^|\})(data-)?hx-|^on|^data-module$", name) and "pwn" in value
            leads = name.endswith(("href", "src", "action")) and re.match(r"\s*javascript:", value)
            if "pwn" in name or acts or leads:
                yield f"<{element.tag} {name}={value!r}>"


def assert_only_text(html: str, where: str) -> None:
    assert list(actions_of(parsed(html))) == [], where


def stored_text_in_reach_of_htmx(element: Any) -> Iterator[str]:
    """Stored text of a page's body that no hx-disable encloses."""
    if "hx-disable" in element.attrib:
        return
    texts = [element.text or "", *element.attrib.values(), *(each.tail or "" for each in element)]
    yield from (text for text in texts if "pwn" in text)
    for inner in element:
        yield from stored_text_in_reach_of_htmx(inner)


def assert_a_page_holds_only_text(html: str, where: str) -> None:
    page = parsed(html)
    assert list(actions_of(page)) == [], where
    assert list(stored_text_in_reach_of_htmx(page.find("body"))) == [], where


def test_no_template_prints_anything_as_it_is():
    found = []
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in folder.rglob("*.html"):
            text = path.read_text()
            found += [path.name for word in ("|safe", "autoescape off") if word in text]
    assert found == []


def test_the_reader_of_this_test_finds_what_acts():
    for payload in PAYLOADS:
        assert list(actions_of(parsed(f"<p>{payload}</p>"))), payload
    for payload in PAYLOADS[:3]:
        assert list(actions_of(parsed(f'<input value="{payload}">'))), payload
    assert list(actions_of(parsed('<a href="javascript:pwn()">x</a>')))
    assert not list(actions_of(parsed("<p>&lt;i pwn&gt;</p><input value='&lt;i pwn&gt;'>")))


# --- reading ------------------------------------------------------------------------------------

PAGES = list({route.name: route for route in ROUTES if not route.file}.values())
"""One line of the table for each address: whose row it is makes no difference here."""


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_markup_in_any_column_is_text_on_every_page(house, route):
    account = roles(route.get)[0] if route.in_programme else "admin"
    client = client_of(house, account)
    where = opened_for(house, route)
    for query in ("", "?draft=1") if route.post and route.in_programme else ("",):
        page = client.get(where + query)
        assert page.status_code in {200, 302}, where
        assert_a_page_holds_only_text(page.content.decode(), where)
    if page.status_code == 200 and route.in_programme:
        assert b"pwn" in page.content, "no stored text on this page: this test tests nothing"


@pytest.mark.parametrize("route", [each for each in PAGES if each.post], ids=str)
def test_markup_is_text_where_a_form_comes_back(house, route):
    """With its mistakes, as the question which of two texts is to stay, or as what was saved."""
    account = roles(route.post)[0] if route.in_programme else "admin"
    client = client_of(house, account)
    where = opened_for(house, route)
    shown = client.get(where)
    sent = answers(shown) if shown.status_code == 200 else {}
    for given in ({}, sent | {"version": "0"}, {name: markup(None) for name in sent}, sent):
        response = client.post(where, given, follow=True)
        assert response.status_code in {200, 403, 404, 409}, where
        assert_a_page_holds_only_text(response.content.decode(), where)
    for letter in mail.outbox:
        assert letter.content_subtype == "plain"
        for each in getattr(letter, "alternatives", ()):
            assert_only_text(each.content, letter.subject)
        assert "\n" not in letter.subject


def test_markup_is_text_where_an_update_is_shut(house):
    (route,) = [each for each in PAGES if each.name == "projects:updates:words"]
    where = opened_for(house, route)
    StatusUpdate.objects.update(state="handed_in")
    page = client_of(house, "office").get(where)
    assert page.status_code == 409
    assert b"pwn" in page.content
    assert_a_page_holds_only_text(page.content.decode(), where)


def test_markup_is_text_in_every_paper(house):
    papers = Paper.objects.all()
    assert papers
    for paper in papers:
        html = render_paper(paper.template, paper.period, "html").content.decode()
        assert "pwn" in html
        assert_only_text(html, str(paper.pk))


def test_every_text_column_is_filled(house):
    """What a table does not let markup into is known, so that no column is left out by accident."""
    empty = set()
    for model in apps.get_models():
        if model._meta.app_label not in APPS or not model._default_manager.exists():
            continue
        for field in text_columns(model):
            inside = {f"{field.name}__contains": "<"}
            if not model._default_manager.filter(**inside).exists():
                empty.add(f"{model._meta.label}.{field.name}")
    assert empty == set()


def test_rich_text_holds_its_allow_list_and_nothing_else():
    allowed = '<p>a<br><strong>b</strong><em>c</em> <a href="https://d.example">d</a></p>'
    lists = "<ul><li>e</li></ul><ol><li>f</li></ol>"
    assert str(rich(allowed + lists)) == allowed + lists
    for payload in PAYLOADS:
        assert_only_text(richtext.clean(payload), payload)
    assert "href" not in richtext.clean('<a href="javascript:pwn()" hx-get="/x" data-x="1">g</a>')
