"""What is said of budget and funding, drawn and set out, in every state a source can be in."""

import re

import pytest

from finance.facts import NO_SOURCE, UNFUNDED, FundingGlance, SourceFacts
from finance.position import variance_table
from finance.variance import overspend_words, statements, variance_chart
from programme.common import cells, charts
from programme.common.blocks import Blank
from programme.common.values import Amount, total

pytestmark = pytest.mark.one_engine
EXACT, CIRCA, TBC, NONE = Amount.exact, Amount.circa, Amount.tbc(), Amount.not_applicable()
WITHIN = "Every source is within its budget."


def glance(budgets: dict[str, Amount], **funded: list[Amount]) -> FundingGlance:
    """A year in which amounts fall on sources, those under ``UNFUNDED`` on nobody."""
    names = dict.fromkeys([*budgets, *funded])
    sources = tuple(
        NO_SOURCE
        if each == UNFUNDED
        else SourceFacts(each, each.title(), each.title(), "contribution")
        for each in names
    )
    table = variance_table(
        budgets,
        {name: total(amounts) for name, amounts in funded.items()},
        sources=names,
        nobody=(UNFUNDED,),
    )
    return FundingGlance("2018/19", "2018-19", sources, table, ())


@pytest.mark.parametrize(
    ("budgets", "funded", "said"),
    [
        ({"police": EXACT(10)}, {"police": [EXACT(10)]}, WITHIN),
        ({"police": EXACT(10)}, {}, WITHIN),
        (
            {"police": EXACT(300_000)},
            {"police": [EXACT(573_451), TBC]},
            "What falls on Police is at least £273,451 over its budget.",
        ),
        (
            {"police": EXACT(300_000)},
            {"police": [CIRCA(573_451), TBC]},
            "What falls on Police is at least circa £273,451 over its budget.",
        ),
        (
            {"police": CIRCA(300_000)},
            {"police": [EXACT(400_000)]},
            "What falls on Police is circa £100,000 over its budget.",
        ),
        (
            {"police": EXACT("10.00")},
            {"police": [EXACT("10.30")]},
            "What falls on Police is £0.30 over its budget.",
        ),
        (
            {"police": EXACT(300_000)},
            {"police": [EXACT(5), TBC]},
            "What falls on Police is not all known yet, so nobody can say whether it is within "
            "budget.",
        ),
        (
            {"police": TBC, "fire": EXACT(7)},
            {"police": [EXACT(5)], "fire": [EXACT(7)]},
            "The budget of Police is still to be confirmed, so the total variance cannot be given.",
        ),
        (
            {"police": EXACT(10), "gift": NONE},
            {"police": [EXACT(10)], "gift": [CIRCA(3)]},
            "Circa £3 falls on Gift, to which no budget applies.",
        ),
        (
            {"police": EXACT(10)},
            {"police": [EXACT(10)], UNFUNDED: [EXACT(60)]},
            "£60 has no source yet.",
        ),
        (
            {"police": EXACT(10)},
            {"police": [EXACT(10)], UNFUNDED: [TBC]},
            "An amount still to be confirmed has no source yet.",
        ),
        ({}, {}, ""),
    ],
)
def test_each_state_has_its_sentence(budgets, funded, said):
    assert " ".join(statements(glance(budgets, **funded))) == said


AMOUNTS = (None, EXACT(5), EXACT(20), CIRCA(20), TBC, NONE)


@pytest.mark.parametrize("budget", AMOUNTS)
@pytest.mark.parametrize("first", AMOUNTS)
@pytest.mark.parametrize("second", [None, TBC, EXACT(1)])
def test_all_is_within_budget_only_where_every_variance_is_known(budget, first, second):
    """And sentences, table and drawing agree in every state."""
    parts = [each for each in (first, second) if each is not None]
    year = glance({"police": budget} if budget else {}, police=parts)
    [row] = year.variance.rows
    said = " ".join(statements(year))
    assert (WITHIN in said) == (row.variance.known and row.variance.pounds >= 0)
    circa = bool(overspend_words(row)) and "circa" in overspend_words(row)
    assert circa == ("is circa" in said or "least circa" in said)
    chart = variance_chart(year)
    drawn = charts.draw(chart, "k")
    printed = [cells.printed(each) for each in chart.table.groups[0].rows[0].cells]
    if row.funding.counted and row.funding.unknown:
        assert ", 1 TBC" in printed[2]
        assert ", 1 TBC" in drawn
    if not row.agrees:
        assert printed[1:] == ["", "", ""]
        assert "applicable" not in drawn


def test_what_has_no_source_has_no_budget_to_confirm():
    year = glance({"police": EXACT(10)}, police=[EXACT(10)], **{UNFUNDED: [EXACT(60)]})
    chart = variance_chart(year)
    _, gap, foot = chart.table.groups[0].rows
    assert gap.cells[1] == gap.cells[3] == Blank()
    assert cells.printed(foot.cells[1]) == "£10"
    drawn = charts.draw(chart, "k")
    assert not re.search("TBC|applicable", drawn + chart.description)
    assert "No source yet: £60 to be funded." in chart.description
