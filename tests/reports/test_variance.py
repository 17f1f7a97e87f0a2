"""Budget, funding and variance by source: the year's page, home and the paper say the same."""

import re
from html import unescape

import pytest

from programme.common.blocks import Chart, Money, MoneyTotal
from programme.models import Programme, User
from reports.refs import Addresses
from reports.render.html import render_html
from tests.test_papers import STRATEGIC, blocks_of, document_of

pytestmark = pytest.mark.django_db
CAPTION = "Budget, funding and variance by source, 2018/19"


def table_in(html: str) -> tuple[list[list[str]], set[str]]:
    """The texts of the variance table's rows, and the addresses that its cells lead to."""
    start = html.rindex("<table", 0, html.index(CAPTION, html.index("<table")))
    part = html[start : html.index("</table>", html.index(CAPTION))]
    rows = [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"(?s)<t[hd]\b[^>]*>(.*?)</t[hd]>", row)
        ]
        for row in re.findall(r"(?s)<tr\b[^>]*>(.*?)</tr>", part)
    ]
    return rows, set(re.findall(r'href="([^"]+)"', part))


@pytest.fixture
def reader(essex, client):
    client.force_login(User.objects.get(email="board@example.org"))
    return client


def test_page_home_and_paper_print_one_table(reader):
    document = document_of(*STRATEGIC)
    paper, _ = table_in(render_html(document, mode="file"))
    year, year_links = table_in(reader.get("/essex/finance/2018-19/").content.decode())
    home, home_links = table_in(reader.get("/essex/").content.decode())
    assert len(paper) > 4
    assert paper == year == home
    assert year_links == home_links


def test_every_amount_a_source_has_leads_to_its_rows(essex):
    addresses = Addresses.within(Programme.objects.get(slug="essex"))
    [chart] = [
        each for each in blocks_of(document_of(*STRATEGIC), Chart) if each.table.caption == CAPTION
    ]
    for row in chart.table.groups[0].rows[:-1]:
        _, budget, funding, _ = row.cells
        assert isinstance(budget, Money)
        assert isinstance(funding, MoneyTotal)
        assert addresses.of(budget.ref)
        assert addresses.of(funding.ref)
