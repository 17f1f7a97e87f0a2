"""Nobody saves over a text that they have not read: a version that is no longer the stored one,
sent to every form about a row, is met with both texts or refused, and nothing is written."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from programme.models import AuditEntry, Programme, User
from programme.pages import EditPage, ProgrammePage
from programme.roles import RIGHTS, only_reads
from tests.filling import answers
from tests.routes import ACCOUNTS, ROUTES, Route, roles

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

WRITING = [route for route in ROUTES if route.in_programme and route.post]
SENT_AGAIN = {"programme:people:remind"}
"""Forms about a row that change nothing of it."""
BY_NAME = list({each.name: each for each in WRITING if each.name not in SENT_AGAIN}.values())


def page_of(route: Route) -> type[ProgrammePage]:
    """The page behind a line of the table, without looking at any row."""
    address = route.url("essex", route.parts(Programme.objects.get(slug="essex")))
    return resolve(address).func.view_class


def changed(given: dict) -> dict:
    """The same answers with every free text a little longer."""
    kept = ("csrfmiddlewaretoken", "draft_token", "form_key", "version")
    return {
        name: f"{value} again" if is_text(name, value) and name not in kept else value
        for name, value in given.items()
    }


def is_text(name: str, value: object) -> bool:
    """Whether an answer was typed as words: no day, number, choice or key."""
    return isinstance(value, str) and (" " in value or not value) and not name.endswith(_PARTS)


_PARTS = ("_day", "_month", "_year", "_certainty", "_text", "_on", "to_day")


@pytest.mark.parametrize("route", BY_NAME, ids=str)
def test_a_version_that_is_not_the_stored_one_is_not_saved(essex, route):
    client = Client()
    email = ACCOUNTS[roles(route.post)[0]]
    client.force_login(User.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
    address = route.url("essex", route.parts(Programme.objects.get(slug="essex")))
    given = answers(client.get(address))
    stored = int(given.get("version") or 0)
    if not stored:
        assert issubclass(page_of(route), EditPage)
        return  # a new row: nobody can have changed it
    entries = AuditEntry.objects.count()
    response = client.post(address, changed(given) | {"version": str(stored + 7)})
    if response.status_code == 200:
        assert b"govuk-error-summary" in response.content, address
    else:
        # What changes nothing is not refused: a form without a free text was sent as it was.
        assert response.status_code == 409 or answers_alone(given), (address, response.status_code)
    assert AuditEntry.objects.count() == entries, address


def answers_alone(given: dict) -> bool:
    """Whether a form has no text in which something could have been changed."""
    return changed(given) == given


def test_the_table_of_routes_meets_pages_with_rows_and_without(essex):
    """The test above would prove nothing if most forms were taken for those of new rows."""
    about_rows = [route for route in BY_NAME if route.at]
    assert len(about_rows) > 30
    assert all(issubclass(page_of(route), EditPage) for route in about_rows)


# --- what a page asks for -----------------------------------------------------------------------


def test_a_mixin_names_no_permission():
    with pytest.raises(TypeError, match="mixin"):
        type("OfThing", (ProgrammePage,), {"permission": "projects.view"})


def test_nor_does_a_mixin_that_is_no_page_at_all():
    plain = type("Plain", (), {"permission": "risks.edit"})
    with pytest.raises(TypeError, match="mixin"):
        type("ThingEdit", (plain, EditPage), {})


@pytest.mark.parametrize("right", [each for each in RIGHTS if only_reads(each)])
def test_a_page_that_writes_asks_for_more_than_the_right_to_read(right):
    with pytest.raises(TypeError, match="right to read"):
        type("ThingEdit", (EditPage,), {"permission": right})


def test_a_page_without_a_permission_gets_no_address():
    with pytest.raises(TypeError, match="names no permission"):
        type("ThingEdit", (EditPage,), {}).as_view()


def test_every_form_names_its_action_or_says_what_it_does(essex):
    for route in BY_NAME:
        page = page_of(route)
        own = page.perform is not EditPage.perform
        assert own or (page.action and page.row), page
