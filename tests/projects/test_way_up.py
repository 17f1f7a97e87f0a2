"""Breadcrumbs lead to a list as its reader left it; the money of a project is one of its pages."""

from re import search

import pytest
from django.contrib.auth import get_user_model

from programme.pages.kept_filters import LONGEST, MOST

User = get_user_model()

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def office(essex, client):
    client.force_login(User.objects.get(email="office@example.org"))
    return client


def way_up(client, address: str) -> str:
    html = client.get(address).content.decode()
    return search(r'(?s)<nav[^>]*aria-label="Breadcrumb".*?</nav>', html).group()


def test_the_way_up_keeps_what_a_list_was_narrowed_to(office):
    office.get("/essex/projects/?stage=live&sort=-ref&page=2")
    kept = 'href="/essex/projects/?stage=live&amp;sort=-ref&amp;page=2"'
    for below in ("/essex/projects/t01/", "/essex/projects/t01/edit/", "/essex/risks/r01/"):
        assert kept in way_up(office, below)
    office.get("/essex/projects/?format=csv")
    assert kept in way_up(office, "/essex/projects/t01/")
    office.get("/essex/projects/")
    assert 'href="/essex/projects/"' in way_up(office, "/essex/projects/t01/")


def test_cancelling_leads_back_to_the_list_as_it_was(office):
    office.get("/essex/risks/?state=open")
    assert 'href="/essex/risks/?state=open"' in office.get("/essex/risks/add/").content.decode()


def test_each_list_is_kept_for_itself_and_for_one_reader(office, client):
    office.get("/essex/risks/?state=open")
    office.get("/essex/actions/?state=overdue")
    assert "/essex/risks/?state=open" in way_up(office, "/essex/risks/r01/")
    assert "state=overdue" not in way_up(office, "/essex/risks/r01/")
    client.force_login(User.objects.get(email="board@example.org"))
    assert "state=open" not in way_up(client, "/essex/risks/r01/")


def test_no_more_is_kept_than_is_worth_it(office):
    office.get("/essex/risks/", {"search": "x" * (LONGEST + 1)})
    assert "search" not in way_up(office, "/essex/risks/r01/")
    session = office.session
    session["lists"] = {f"/{number}/": "a=b" for number in range(MOST)}
    session.save()
    office.get("/essex/risks/?state=open")
    assert len(office.session["lists"]) == MOST
    assert "/0/" not in office.session["lists"]


def test_the_money_of_a_project_is_one_of_its_pages(office):
    html = office.get("/essex/finance/projects/t01/").content.decode()
    tabs = search(r'(?s)<nav class="moj-sub-navigation".*?</nav>', html).group()
    assert 'href="/essex/projects/t01/registers/"' in tabs
    assert 'href="/essex/finance/projects/t01/" aria-current="page"' in tabs
    assert 'href="/essex/projects/"' in way_up(office, "/essex/finance/projects/t01/")
    form = way_up(office, "/essex/finance/projects/t01/costs/add/")
    assert 'href="/essex/projects/t01/"' in form
    assert 'href="/essex/finance/projects/t01/"' in form
