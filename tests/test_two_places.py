"""A figure that shows in two places is the same in both: home, lists, pages of money and papers,
read as a reader meets them."""

import re
from collections import Counter
from html import unescape

import pytest

from finance.models import BudgetLine, FinancialYear, PlannedContribution
from programme.common.values import Amount
from programme.models import Programme
from projects.models import Project
from reports.models import Paper, PaperTemplate
from reports.overview import grid
from tests.builders import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

PAPERS = {
    "essex": ("papers/strategic-board/2018-05/", "papers/quarterly-scrutiny/2019-03/"),
    "northmere": (
        "papers/strategic-board/autumn-2025/",
        "papers/quarterly-scrutiny/autumn-2025/",
    ),
}


class Reader:
    """Somebody who may read all of a programme, and its pages as tables."""

    def __init__(self, client, slug: str) -> None:
        self.client, self.slug = client, slug
        self.programme = Programme.objects.get(slug=slug)
        client.force_login(make_user(programme=self.programme, role="auditor"))

    def get(self, address: str):
        answer = self.client.get(f"/{self.slug}/{address}")
        assert answer.status_code == 200, address
        return answer

    def html(self, address: str) -> str:
        return self.get(address).content.decode()

    def table(self, address: str, caption: str) -> dict[str, dict[str, str]]:
        """Rows by their header, each cell by its column, of the table whose caption begins so."""
        for table in re.findall(r"(?s)<table.*?</table>", self.html(address)):
            said = re.search(r"(?s)<caption.*?>(.*?)</caption>", table)
            if said and text(said.group(1)).startswith(caption):
                head, *rows = [
                    [text(each) for each in re.findall(r"(?s)<t[hd].*?</t[hd]>", row)]
                    for row in re.findall(r"(?s)<tr.*?</tr>", table)
                ]
                return {
                    row[0]: dict(zip(head, row, strict=True))
                    for row in rows
                    if len(row) == len(head)
                }
        raise AssertionError(f"no table {caption!r} at {address}")

    def count(self, address: str) -> int:
        return self.get(address).context["table"].page.paginator.count


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def read_essex(essex, northmere, client) -> Reader:
    return Reader(client, "essex")


@pytest.fixture
def read_northmere(essex, northmere, client) -> Reader:
    """With an amount and a contribution that are still to be confirmed, and its papers opened."""
    year = FinancialYear.objects.get(programme__slug="northmere")
    line = BudgetLine.objects.get(year=year)
    line.pk, line.ref, line.order, line._state.adding = None, "advice", 2, True
    line.description, line.amount = "Advice", Amount.tbc()
    line.save()
    planned = PlannedContribution.objects.filter(year=year).last()
    planned.amount = Amount.tbc()
    planned.save()
    for template in PaperTemplate.objects.filter(programme=year.programme):
        period = year.programme.periods.get()
        Paper.objects.create(
            template=template, period=period, board=template.board, title=template.title
        )
    return Reader(client, "northmere")


@pytest.fixture
def room_for_all(monkeypatch) -> None:
    """On home, which shows the projects that are doing worst and leads to the others."""
    monkeypatch.setattr(grid, "GRID_ROWS", 1000)


@pytest.fixture(params=["read_essex", "read_northmere"])
def reader(request, essex, northmere) -> Reader:
    return request.getfixturevalue(request.param)


def test_money_by_source_and_in_all(reader):
    strategic, _ = PAPERS[reader.slug]
    variance = "Budget, funding and variance by source"
    on_home = reader.table("", variance)
    assert any("TBC" in each for row in on_home.values() for each in row.values())
    led_to = set(re.findall(rf'/{reader.slug}/(finance/[\w-]+/)"', reader.html("")))
    (address,) = led_to - {"finance/benefits/"}
    assert reader.table(address, variance) == on_home
    assert reader.table(strategic, variance) == on_home

    total = on_home["Total"]
    years = reader.table("finance/", "Financial years")
    label = FinancialYear.objects.get(programme=reader.programme, slug=address.split("/")[1]).label
    (year,) = (row for header, row in years.items() if header.startswith(label))
    assert year["Forecast spend"] == total["Funding"]
    assert year["Budget"] == total["Budget"]
    assert year["Variance"] == total["Variance"]
    assert f"Total forecast spend for {label} is {total['Funding']}." in text(
        reader.html(strategic)
    )
    assert f"{label} costs {total['Funding']}." in text(reader.html(""))

    contributions = reader.table(address, "Contributions with and without")
    by_category = reader.table(address, f"Forecast spend {label} by category")
    for source, row in on_home.items():
        if source != "Total":
            assert contributions[source]["In all"] == row["Funding"]
    assert by_category["Total"]["Total"] == total["Funding"]


def test_benefits_in_all(read_essex):
    on_home = read_essex.table("", "Benefits by class")
    in_paper = read_essex.table(PAPERS["essex"][1], "Benefits by class")
    row = on_home["Programme: quantifiable"]
    assert (row["Target"], row["Forecast"]) in {
        (each["Target"], each["Forecast"]) for each in in_paper.values()
    }


def test_every_rating_and_its_movement(reader, room_for_all):
    _, scrutiny = PAPERS[reader.slug]
    on_home = reader.table("", "Ratings by project")
    in_paper = reader.table(scrutiny, "Ratings as at")
    same = 0
    for name, row in in_paper.items():
        label = name.rpartition(": ")[2]
        for dimension, cell in row.items():
            if dimension == "Project" or cell in ("Not given", "–"):
                continue
            same += 1
            # Home leaves out what did not move, so that what did stands out.
            assert on_home[label][dimension] == cell.removesuffix(" unchanged")
    assert same >= 4


def test_how_many_projects_are_at_each_level(reader, room_for_all):
    on_home = reader.table("", "Ratings by project")
    counted: Counter[tuple[str, str]] = Counter()
    for row in on_home.values():
        for dimension, cell in row.items():
            if dimension != "Project" and not cell.startswith("–"):
                counted[dimension, cell.split()[0]] += 1
    asked = 0
    for dimension in reader.programme.dimensions.select_related("scale"):
        for level in dimension.scale.levels.all():
            listed = reader.count(f"projects/?rating={dimension.slug}:{level.code}")
            assert listed == counted[dimension.name, level.code]
            asked += bool(listed)
    assert asked >= 4


def test_late_milestones_and_overdue_actions(read_essex):
    home = text(read_essex.html(""))
    late = int(re.search(r"(\d+) milestones? late", home).group(1))
    assert late
    assert read_essex.count("milestones/?state=late") == late
    of_projects = 0
    for ref in Project.objects.of(read_essex.programme).reporting().values_list("ref", flat=True):
        page = text(read_essex.html(f"projects/{ref}/milestones/"))
        assert page
        of_projects += read_essex.count(f"milestones/?state=late&project={ref}")
    assert of_projects == late
    overdue = int(re.search(r"(\d+) actions? overdue", home).group(1))
    by_board = [
        read_essex.count(f"actions/?state=overdue&board={board.slug}")
        for board in read_essex.programme.boards.all()
    ]
    assert sum(by_board) == overdue
