"""Search from the header: every kind, and nothing that its reader may not open."""

from datetime import date
from html import unescape
from re import findall

import pytest
from django.contrib.auth import get_user_model

from programme.common.filters import LONGEST_SEARCH
from programme.models import Programme
from projects.models import Decision, Project, StatusUpdate
from reports.overview import search as module
from reports.overview.search import search
from tests.builders import (
    make_action,
    make_board,
    make_member,
    make_milestone,
    make_programme,
    make_project,
    make_risk,
    make_user,
)

User = get_user_model()

pytestmark = pytest.mark.django_db


def everything(_: str) -> bool:
    return True


def names(programme, looked_for, may=everything):
    return [(each.kind, each.name) for each in search(programme, looked_for, may=may).found]


@pytest.fixture
def programme():
    """With one thing of each kind that is called Harbour."""
    made = make_programme(slug="kent")
    board = make_board(programme=made, name="Harbour board")
    make_member(board=board, post="Harbour master")
    project = make_project(programme=made, name="Harbour quay", ref="p07")
    make_milestone(project=project, name="Harbour opened")
    make_risk(programme=made, project=project, title="Harbour silts up")
    make_action(board=board, text="Dredge the harbour")
    Decision.objects.create(
        programme=made, ref="d1", board=board, taken_on=date(2019, 1, 7), text="Buy the harbour"
    )
    return made


def test_each_kind_is_found_and_leads_to_its_page(programme, client):
    client.force_login(make_user(programme=programme, role="office"))
    found = search(programme, "harbour", may=everything).found
    assert [each.kind for each in found] == [
        "Project",
        "Milestone",
        "Risk",
        "Decision",
        "Action",
        "Board",
        "Post",
    ]
    html = client.get("/kent/search/?q=harbour").content.decode()
    for each in found:
        assert f'href="{each.url}"' in html
        assert client.get(each.url).status_code == 200


@pytest.mark.one_engine
def test_every_word_must_be_there_whatever_its_case(programme):
    assert names(programme, "HARBOUR  quay") == [("Project", "Harbour quay")]
    assert names(programme, "harbour airport") == []
    assert names(programme, "   ") == []


@pytest.mark.one_engine
def test_a_reference_finds_what_has_it_first(programme):
    make_project(programme=programme, name="About P07", ref="a01", order=0)
    assert names(programme, "P07")[0] == ("Project", "Harbour quay")


@pytest.mark.parametrize("odd", ["o'brien \"x", "100%", "_", "\\", "' OR 1=1 --", "x" * 500, "é"])
def test_odd_input_is_looked_for_as_it_is(programme, client, odd):
    client.force_login(make_user(programme=programme, role="office"))
    answer = client.get("/kent/search/", {"q": odd})
    assert answer.status_code == 200
    assert answer.context["results"].found == ()
    assert len(answer.context["looked_for"]) <= LONGEST_SEARCH


@pytest.mark.one_engine
def test_a_kind_that_its_reader_may_not_read_is_not_searched(programme):
    found = names(programme, "harbour", may=lambda right: right == "boards.view")
    assert {kind for kind, _ in found} == {"Board", "Post"}


@pytest.mark.one_engine
def test_other_programmes_and_what_was_withdrawn_are_not_found(programme):
    make_project(programme=make_programme(), name="Harbour abroad")
    Project.objects.filter(ref="p07").update(
        withdrawn_on=date(2019, 2, 1), withdrawn_reason="Merged"
    )
    kinds = {kind for kind, _ in names(programme, "harbour")}
    assert not kinds & {"Project", "Milestone"}
    assert ("Project", "Harbour abroad") not in names(programme, "harbour")


@pytest.mark.one_engine
def test_what_not_everybody_reads_is_not_searched(essex, client):
    """Drafts, what is for the boards only, reasons and notes: no long text is looked through."""
    StatusUpdate.objects.filter(project__programme__slug="essex").update(
        narrative="zebra", restricted_narrative="zebra", path_to_green="zebra", status_line="zebra"
    )
    essex = Programme.objects.get(slug="essex")
    assert names(essex, "zebra") == []
    for email in ("office", "board", "auditor"):
        client.force_login(User.objects.get(email=f"{email}@example.org"))
        assert "Nothing was found" in client.get("/essex/search/?q=zebra").content.decode()


@pytest.mark.one_engine
def test_more_than_are_shown_lead_to_the_list(programme, client, monkeypatch):
    monkeypatch.setattr(module, "PER_KIND", 2)
    for _ in range(3):
        make_project(programme=programme, name="Harbour wall")
    client.force_login(make_user(programme=programme, role="office"))
    answer = client.get("/kent/search/?q=harbour")
    (further,) = answer.context["results"].further
    assert [each.kind for each in answer.context["results"].found].count("Project") == 2
    assert client.get(further.url).context["table"].page.paginator.count == 4


@pytest.mark.one_engine
def test_the_header_of_each_page_has_it_and_no_other(programme, client):
    client.force_login(make_user(programme=programme, role="lead"))
    html = client.get("/kent/projects/").content.decode()
    assert findall(r'<form[^>]*role="search"[^>]*action="([^"]*)"', html) == ["/kent/search/"]
    shown = unescape(client.get("/kent/search/?q=harbour+wall").content.decode())
    assert 'value="harbour wall"' in shown
    assert 'role="search"' not in client.get("/accounts/password/change/").content.decode()
