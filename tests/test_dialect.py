"""One dialect: what pages, addresses, filters, tables and buttons are called, in all apps alike
(docs/decisions/0021-one-dialect.md)."""

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import django_filters
import pytest
from django.conf import settings
from django.forms import ModelChoiceField
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from programme.common.columns import PortalTable
from programme.common.filters import ANY, ChoiceFilter, PortalFilterSet, SearchFilter
from programme.forms.base import OfProgramme
from programme.models import Programme, User
from programme.pages import ConfirmPage, DetailPage, EditPage, InAddress, ListPage, ProgrammePage
from projects.views.update_steps import UpdateWords
from tests.routes import ACCOUNTS, ROUTES, roles

APPS = ("programme", "projects", "finance", "reports")
OWN_NAMES = {"pk", "id", "ref", "slug", "key"}
"""What a row goes by; an address says instead of what."""


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Any, set[str]]]:
    """Every address of the portal's own pages: its name, its page and the parts that it names."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            for name, page, parts in patterns(each, inner):
                yield name, page, parts | set(each.pattern.converters)
        elif isinstance(each, URLPattern) and hasattr(each.callback, "view_class"):
            page = each.callback.view_class
            if issubclass(page, ProgrammePage):
                yield f"{space}{each.name}", page, set(each.pattern.converters)


PAGES = {name: (page, parts) for name, page, parts in patterns(get_resolver())}


def camel(word: str) -> str:
    return "".join(part.capitalize() for part in word.split("_"))


def test_the_walk_finds_the_pages():
    assert len(PAGES) > 90
    assert PAGES["projects:milestones:move"][1] == {"programme", "project", "milestone"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_called_as_its_address(name):
    """RiskEdit is the page "edit" of the risks; any other word is what its page shows or does."""
    page, _ = PAGES[name]
    assert page.__name__.endswith(camel(name.rpartition(":")[2])), page


@pytest.mark.parametrize("name", PAGES)
def test_an_address_says_what_its_parts_name(name):
    page, parts = PAGES[name]
    assert parts & OWN_NAMES == set()
    found = {part for part in parts if isinstance(getattr(page, part, None), InAddress)}
    if page.row and hasattr(page, page.row) and page.row in parts:
        assert page.row in found, page


KINDS = {"list": ListPage, "detail": DetailPage, "add": EditPage, "edit": EditPage}
ANOTHER_KIND = {
    "programme:boards:list": "drawn as what reports to what",
    "finance:split_rules:list": "a handful, in one table of figures",
    "finance:years:detail": "a year's figures, which are nobody's row",
    "projects:workstreams:detail": "the list of its projects",
}


@pytest.mark.parametrize("name", [each for each in PAGES if each.rpartition(":")[2] in KINDS])
def test_lists_details_and_forms_are_of_their_kind(name):
    page, _ = PAGES[name]
    assert issubclass(page, KINDS[name.rpartition(":")[2]]) is (name not in ANOTHER_KIND)


ADDED_OTHERWISE = {
    "programme:organisations:edit": "a new one gets its part in the programme as well",
    "programme:people:roles:edit": "what somebody is given depends on who they are",
    "reports:templates:edit": "a new one is one of the built-in papers",
    "projects:milestones:edit": "a new one has a baseline, which later takes a board's approval",
}


@pytest.mark.parametrize("name", [each for each in PAGES if each.endswith(":edit")])
def test_an_edit_page_stands_beside_its_add_page(name):
    """Both are made of one class, so that what one asks for the other does."""
    edit, _ = PAGES[name]
    beside = PAGES.get(f"{name.removesuffix('edit')}add")
    if beside is None:
        return
    add, _ = beside
    assert (edit.permission, edit.row) == (add.permission, add.row)
    assert (edit.action is add.action) is (name not in ADDED_OTHERWISE)
    assert not edit.title.startswith("Add")


def forms() -> list[type[EditPage]]:
    return [page for page, _ in PAGES.values() if issubclass(page, EditPage)]


@pytest.mark.parametrize("page", forms(), ids=lambda page: page.__name__)
def test_a_form_that_offers_rows_offers_those_of_its_programme(page):
    form = page.form_class
    fields = getattr(form, "base_fields", {}).values()
    if any(isinstance(field, ModelChoiceField) for field in fields):
        assert issubclass(form, OfProgramme), form
        assert form._rows_of_programme is OfProgramme._rows_of_programme, form


def test_words_of_forms():
    for page in forms():
        for words in (page.title, page.button, page.success_text):
            assert not words.startswith(("Change", "Modify", "Update")), page
        assert not page.success_text or page.success_text[-1] == ".", page
        if issubclass(page, ConfirmPage) and page.title:
            assert page.title.endswith("?"), page


# --- what readers see -----------------------------------------------------------------------------

LINK = re.compile(r'<a [^>]*href="([^"?#]*)[^"]*"[^>]*>(.*?)</a>', re.S)
WORDS = {
    "edit": ("Edit", "Write the update", "Go on with the update", "Add"),
    "add": ("Add", "Give another role"),
    "withdraw": ("Withdraw",),
}
"""With what words a link to a form begins. An update is written; an amount that is not there yet is
added by the form that edits it."""
WAYS_BACK = {"Cancel", UpdateWords.cancel}
"""What leads from a form to where one came from, be that a form: a step of an update is left for
the list of its steps."""


@pytest.mark.django_db
@pytest.mark.one_engine
def test_links_to_forms_say_the_same_words_everywhere(essex):
    programme, client = Programme.objects.get(slug="essex"), Client()
    user = User.objects.get(email=ACCOUNTS["office"])
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    looked_at, wrong = set(), []
    for route in ROUTES:
        if not route.in_programme or route.file or "office" not in roles(route.get):
            continue
        if route.name == "reports:home":
            continue  # what waits there is called by its name
        address = route.url("essex", route.parts(programme))
        main = client.get(address).content.decode().partition('id="main-content"')[2]
        for url, words in LINK.findall(main):
            form = url.rstrip("/").rpartition("/")[2]
            said = " ".join(re.sub(r"<[^>]+>", " ", words).split())
            if form == "edit" and "/set-up/" in address:
                continue  # a row of the set-up has its form for a page, and goes by its name
            if form in WORDS and url.startswith("/essex/") and said not in WAYS_BACK:
                looked_at.add(form)
                if not said.startswith(WORDS[form]):
                    wrong.append((address, url, said))
    assert wrong == [], wrong
    assert looked_at == set(WORDS)


# --- filters and tables ---------------------------------------------------------------------------


def classes(module: str, base: type) -> list[type]:
    """What the apps' modules of a name have of a kind."""
    found = []
    for app in APPS:
        for _, each in inspect.getmembers(
            importlib.import_module(f"{app}.{module}"), inspect.isclass
        ):
            if issubclass(each, base) and each.__module__ == f"{app}.{module}":
                found.append(each)
    return found


FILTERS = classes("filters", PortalFilterSet)
OTHERWISE = {("BenefitFilterSet", "state"): "In the register"}
"""Where leaving a filter out means something else than all rows."""


@pytest.mark.parametrize("filters", FILTERS, ids=lambda each: each.__name__)
def test_filters(filters):
    assert filters.__name__.endswith("FilterSet")
    fields = filters.base_filters
    searches = [name for name, each in fields.items() if isinstance(each, SearchFilter)]
    assert searches == [name for name in list(fields)[:1] if name == "search"]
    for name, each in fields.items():
        choice = isinstance(each, django_filters.ChoiceFilter)
        assert not choice or isinstance(each, ChoiceFilter), name
        assert not isinstance(each, django_filters.ModelChoiceFilter), name
        if choice:
            assert each.extra["empty_label"] == OTHERWISE.get((filters.__name__, name), ANY)
        if name == "state":
            assert each.label == "State"
        assert name not in ("q", "standing", "status")


def test_every_list_is_filtered_and_set_out_by_classes_of_its_name():
    assert len(FILTERS) == 15
    assert all(each.__name__.endswith("Table") for each in classes("tables", PortalTable))
