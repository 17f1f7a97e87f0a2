"""Budget, funding and variance by source: the year's page, home and the paper say the same."""

import re
from decimal import Decimal
from html import unescape

import pytest

from finance.models import FinancialYear, FundingSource
from finance.selectors import budget_position
from finance.variance import statements
from programme.common.blocks import Chart, Money, MoneyTotal
from programme.common.values import Amount
from programme.models import Programme, User
from reports.refs import Addresses
from reports.render.html import render_html
from tests.builders import make_line, make_split_rule
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


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def everywhere(reader) -> tuple[tuple[str, ...], list[str]]:
    """What is to be said of the year, and the texts of its page, of home and of the paper."""
    year = FinancialYear.objects.get(programme__slug="essex", slug="2018-19")
    pages = [reader.get(each).content.decode() for each in ("/essex/finance/2018-19/", "/essex/")]
    pages.append(render_html(document_of(*STRATEGIC), mode="file"))
    return statements(budget_position(year)), [text_of(each) for each in pages]


def test_page_home_and_paper_say_the_same_of_it(reader):
    said, texts = everywhere(reader)
    assert len(said) == 2
    for text in texts:
        assert all(each in text for each in said)


def test_nobody_is_within_budget_who_is_over_it_already(reader):
    """A part that is to be confirmed hides no overspend, in words, table or drawing."""
    year = FinancialYear.objects.get(programme__slug="essex", slug="2018-19")
    police = FundingSource.objects.of(year.programme).get(slug="police")
    fire = FundingSource.objects.of(year.programme).get(slug="fire")
    year.planned_contributions.filter(source=fire).update(
        amount_pounds=300_000, amount_certainty="exact"
    )
    make_line(year=year, amount=Amount.tbc(), split_rule=make_split_rule(shares={police: 100}))
    make_line(year=year, amount=Amount.exact(60), fixed={police: Decimal(40)})
    said, texts = everywhere(reader)
    assert said == (
        "What falls on Essex Police is at least £17,329 over its budget.",
        "£20 has no source yet.",
    )
    for text in texts:
        assert all(each in text for each in said)
        assert "within its budget" not in text
        assert "£304k, 1 TBC" in text
        assert "£304,329, 1 TBC" in text
        assert not re.search(r"No source yet [^.]{0,20}TBC", text)
    assert len(re.findall("No source yet", texts[2])) < len(re.findall("No source yet", texts[0]))
    finance = User.objects.get(email="finance.police@example.org")
    reader.force_login(finance)
    assert "at least £17,329 over budget" in text_of(reader.get("/essex/").content.decode())


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
