"""The way in and the papers as a reader meets them, over the example programme."""

import json
from html import unescape
from pathlib import Path
from re import findall

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import Programme
from reports.models import Paper
from reports.render.pdf import CannotPrint
from tests.builders import make_programme, make_role, make_user

User = get_user_model()
PAPERS = [("strategic-board", "2018-05"), ("quarterly-scrutiny", "2019-03")]


@pytest.fixture
def programme(essex, db):
    return Programme.objects.get(slug="essex")


@pytest.fixture
def reader(client, programme):
    client.force_login(User.objects.get(email="board@example.org"))
    return client


@pytest.fixture
def empty(db):
    return make_user(programme=make_programme(slug="kent", name="Kent"), role="auditor")


def test_whoever_has_one_programme_is_taken_straight_to_it(reader):
    assert reader.get("/").url == "/essex/"


def test_whoever_has_several_programmes_chooses(reader, empty):
    kent = Programme.objects.get(slug="kent")
    board_member = User.objects.get(email="board@example.org")
    make_role(user=board_member, programme=kent, role="auditor")
    html = reader.get("/").content.decode()
    assert 'href="/essex/"' in html
    assert 'href="/kent/"' in html


@pytest.mark.django_db
def test_whoever_has_no_programme_is_told_whom_to_ask(client):
    client.force_login(User.objects.create_user("nobody@example.org", "three words unrelated"))
    html = client.get("/").content.decode()
    assert "You have no role in any programme at present" in html
    assert "nobody@example.org" in html


def test_a_list_without_papers_says_what_to_do(client, empty):
    client.force_login(empty)
    assert "There is no paper yet" in client.get("/kent/papers/").content.decode()


@pytest.mark.one_engine
@pytest.mark.parametrize(("template", "period"), PAPERS)
def test_a_paper_can_be_read_and_kept(reader, template, period):
    address = f"/essex/papers/{template}/{period}/"
    page = reader.get(address)
    html = page.content.decode()
    assert html.count("<h1") == 1
    assert 'class="paper' in html
    assert " style=" not in html
    assert "<style" not in html

    pdf = reader.get(f"{address}paper.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    name = pdf["Content-Disposition"]
    assert name.startswith('attachment; filename="OFFICIAL')
    assert name.endswith('.pdf"')
    assert template in name

    data = json.loads(reader.get(f"{address}paper.json").content)
    assert set(data) == {"type", "meta", "sections"}


@pytest.mark.parametrize(("template", "period"), PAPERS)
def test_amounts_of_a_paper_lead_to_their_rows(reader, template, period):
    html = reader.get(f"/essex/papers/{template}/{period}/").content.decode()
    body = html[html.index('class="app-paper"') :]
    links = {unescape(link) for link in findall(r'href="(/essex/[^"#]*)', body)}
    assert links
    assert {link: reader.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_an_overspend_leads_to_the_lines_that_make_it(reader):
    html = reader.get("/essex/papers/strategic-board/2018-05/").content.decode()
    assert '<a href="/essex/finance/2018-19/lines/?source=police">£304,289</a>' in html
    lines = reader.get("/essex/finance/2018-19/lines/?source=police").content.decode()
    assert "£304,289" in lines


def test_papers_are_found_by_board_and_period(reader):
    def titles(query: str) -> list[str]:
        html = reader.get(f"/essex/papers/?{query}").content.decode()
        return findall(r'<a class="[^"]*" href="/essex/papers/[^"]*/">([^<]*)</a>', html)

    assert len(titles("")) == 2
    assert titles("board=pr-scrutiny") == ["Collaboration: quarterly update"]
    assert titles("period=2018-05") != titles("board=pr-scrutiny")
    assert titles("board=pr-scrutiny&period=2018-05") == []
    assert titles("search=quarterly") == ["Collaboration: quarterly update"]


def test_the_list_of_papers_can_be_kept(reader):
    text = reader.get("/essex/papers/?format=csv").content.decode("utf-8-sig")
    assert "Collaboration: quarterly update" in text
    assert "Performance and Resources Scrutiny Board" in text
    assert "2019-03-28" in text


@pytest.mark.parametrize(
    "address", ["nothing/2019-03/", "strategic-board/1999-01/", "strategic-board/2018-05/paper.doc"]
)
def test_a_paper_that_is_not_there_is_not_found(reader, address):
    assert reader.get(f"/essex/papers/{address}").status_code == 404


def test_a_paper_of_another_programme_is_not_found(client, programme, empty):
    client.force_login(empty)
    for file in ("", "paper.pdf", "paper.json"):
        assert client.get(f"/essex/papers/strategic-board/2018-05/{file}").status_code == 404
        assert client.get(f"/kent/papers/strategic-board/2018-05/{file}").status_code == 404


def test_a_paper_that_cannot_be_printed_says_why_on_its_page(reader, monkeypatch):
    def fail(*args, **kwargs):
        raise CannotPrint("A letter is missing from the typeface.")

    monkeypatch.setattr("reports.paper_files.render_pdf", fail)
    address = "/essex/papers/strategic-board/2018-05/"
    response = reader.get(f"{address}paper.pdf", follow=True)
    assert response.redirect_chain[-1] == (address, 302)
    assert "The file could not be made. A letter is missing" in response.content.decode()


def test_list_of_papers_costs_the_same_queries_however_many_there_are(reader, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get("/essex/papers/").status_code == 200
        return len(captured)

    queries()
    few = queries()
    paper = Paper.objects.of(programme).first()
    for period in programme.periods.exclude(papers__template=paper.template):
        paper.pk = None
        paper._state.adding = True
        paper.period = period
        paper.save()
    assert Paper.objects.of(programme).count() > len(PAPERS)
    assert queries() == few


def test_style_and_script_of_a_page_stay_small():
    import gzip

    from django.conf import settings

    static = Path(settings.BASE_DIR) / "static"
    sent = ["build/portal.css", "css/paper.css", "js/portal.js", "build/govuk-frontend.min.js"]
    total = sum(len(gzip.compress((static / name).read_bytes())) for name in sent)
    assert total <= 40_000
