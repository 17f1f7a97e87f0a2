"""The figures of the papers that the Essex programme really put to its boards.

Inputs are the lines and ratings that those papers state; everything asserted is computed from them.
"""

from decimal import Decimal

import pytest

from finance.benefits import BenefitClass, MixedBenefitClasses, add_up, against_target
from finance.funding import split
from finance.position import Payment, add, funding, matrix, variance_table
from finance.reconcile import Published, differences
from programme.common.formats import (
    compact_money,
    money,
    money_total,
    number,
    percent,
    pounds,
    variance,
    variance_word,
)
from programme.common.values import Amount
from programme.facts import Level
from projects.delivery import needs_reason, worst
from tests.levels import AMBER, GREEN

# --- strategic board, 2018/19 -----------------------------------------------------------------

FIFTY_FIFTY = {"fire": Decimal(50), "police": Decimal(50)}
POLICE_ONLY = {"police": Decimal(100)}

LINES_2018_19 = (
    # category, amount, fixed funding, shares of the remainder
    ("team", Amount.exact(427466), {}, FIFTY_FIFTY),
    ("pilots", Amount.exact(295612), {"ptf": Decimal(129500)}, FIFTY_FIFTY),
    ("cadets", Amount.exact(7500), {}, POLICE_ONLY),
)


@pytest.fixture(scope="module")
def entries_2018_19():
    return [
        Payment(category, source, part)
        for category, amount, fixed, shares in LINES_2018_19
        for source, part in split(amount, fixed, shares).items()
    ]


@pytest.fixture(scope="module")
def year_2018_19(entries_2018_19):
    return funding(
        entries_2018_19,
        sources=["police", "ptf", "fire"],
        grants={"ptf"},
        team_salaries={"team"},
    )


def test_strategic_board_2018_19_totals(year_2018_19):
    assert money_total(year_2018_19.total) == "£730,578"
    assert money_total(year_2018_19.grant) == "£129,500"
    assert money_total(year_2018_19.match_fund) == "£601,078"


def test_strategic_board_2018_19_contributions(year_2018_19):
    contributions = {each.source: each for each in year_2018_19.contributions}
    assert money_total(contributions["fire"].total) == "£296,789"
    assert money_total(contributions["police"].total) == "£304,289"
    assert money_total(contributions["fire"].without_team) == "£83,056"
    assert money_total(contributions["police"].without_team) == "£90,556"


def test_strategic_board_2018_19_contributions_are_the_match_fund(year_2018_19):
    partners = [each.total for each in year_2018_19.contributions if each.source != "ptf"]
    assert add(partners).pounds == year_2018_19.match_fund.pounds


def test_strategic_board_2018_19_matrix_has_the_same_total(entries_2018_19):
    table = matrix(entries_2018_19)
    assert table.grand_total.pounds == 730578
    assert table.figure("pilots").pounds == 295612
    assert table.figure("pilots", "fire").pounds == 83056


def test_strategic_board_2018_19_variance_table(year_2018_19):
    table = variance_table(
        {"police": Amount.exact(287000), "ptf": Amount.exact(129500), "fire": Amount.tbc()},
        {each.source: each.total for each in year_2018_19.contributions},
        sources=["police", "ptf", "fire"],
    )
    printed = [
        (row.source, money(row.budget), money_total(row.funding), variance(row.variance))
        for row in table.rows
    ]
    assert printed == [
        ("police", "£287,000", "£304,289", "−£17,289 (over)"),
        ("ptf", "£129,500", "£129,500", "£0"),
        ("fire", "TBC", "£296,789", "TBC"),
    ]
    assert money_total(table.budget) == "£416,500, 1 TBC"
    assert money_total(table.funding) == "£730,578"
    assert variance(table.variance) == "TBC"


def test_strategic_board_2018_19_overspend_is_the_police_share(year_2018_19):
    table = variance_table(
        {"police": Amount.exact(287000), "ptf": Amount.exact(129500), "fire": Amount.tbc()},
        {each.source: each.total for each in year_2018_19.contributions},
    )
    (overspent,) = table.overspent
    assert overspent.source == "police"
    assert pounds(abs(overspent.variance.pounds)) == "£17,289"
    assert variance_word(overspent.variance) == "over"


# --- outturn 2017/18 --------------------------------------------------------------------------

SOURCES = ("ptf", "police", "fire")

OUTTURN_2017_18 = (
    # category, what each source paid, the row's total as the paper printed it
    ("Pay Police Officer", (0, 73880, 72285), 146164),
    ("Pay PSE", (0, 12926, 12422), 25348),
    ("Pay Fire Officer", (0, 53260, 53260), 106520),
    ("Pay Fire Staff", (36791, 38660, 61107), 136558),
    ("Programme level", (4500, 9939, 0), 14439),
    ("Workstream 1: PSV", (26300, 0, 0), 26300),
    ("Workstream 2: ERIS", (12800, 0, 0), 12800),
    ("Workstream 3: rural engagement", (45600, 0, 0), 45600),
    ("Workstream 4: ECM", (0, 0, 0), 0),
    ("Workstream 8: joint education", (15201, 0, 0), 15201),
    ("Workstream 9: Duke of Edinburgh", (0, 14288, 0), 14288),
    ("Workstream 10: restorative justice firebreak", (62465, 0, 0), 62465),
    ("Evaluation model", (16801, 0, 0), 16801),
)
PRINTED_COLUMNS = {"ptf": 220458, "police": 202953, "fire": 195074}
PRINTED_TOTAL = 622485


@pytest.fixture(scope="module")
def outturn_2017_18():
    return matrix(
        (
            Payment(category, source, Amount.exact(paid))
            for category, parts, _ in OUTTURN_2017_18
            for source, paid in zip(SOURCES, parts, strict=True)
        ),
        sources=SOURCES,
    )


def test_outturn_2017_18_by_category_and_source(outturn_2017_18):
    assert len(outturn_2017_18.rows) == 13
    assert [money_total(column) for column in outturn_2017_18.totals] == [
        "£220,458",
        "£202,953",
        "£199,074",
    ]
    assert money_total(outturn_2017_18.grand_total) == "£622,485"
    assert [percent(share) for share in outturn_2017_18.shares] == ["35%", "33%", "32%"]
    assert money_total(outturn_2017_18.figure("Pay Police Officer")) == "£146,165"


def test_outturn_2017_18_both_printed_errors_are_found(outturn_2017_18):
    figures = [
        *((label, printed, outturn_2017_18.figure(label)) for label, _, printed in OUTTURN_2017_18),
        *(
            (source, printed, outturn_2017_18.figure(source=source))
            for source, printed in PRINTED_COLUMNS.items()
        ),
        ("total", PRINTED_TOTAL, outturn_2017_18.figure()),
    ]
    found = differences(
        Published(label, Amount.exact(printed), computed.as_amount())
        for label, printed, computed in figures
    )
    assert [
        (each.label, money(each.printed), money(each.computed), money(each.difference))
        for each in found
    ] == [
        ("Pay Police Officer", "£146,164", "£146,165", "−£1"),
        ("fire", "£195,074", "£199,074", "−£4,000"),
    ]


# --- quarterly scrutiny, March 2019 -----------------------------------------------------------

NOT_APPLICABLE = Level("N/A", "Not applicable", None)
TO_BE_DETERMINED = Level("TBD", "To be determined", None)

RATINGS_2019_03 = {
    # overall (None: no word printed), then time, costs, savings, benefits
    "Joint Serious Crime Directorate": (None, AMBER, GREEN, GREEN, GREEN),
    "Op Hexagon": (None, AMBER, GREEN, AMBER, GREEN),
    "Digital portfolio": (AMBER, AMBER, GREEN, AMBER, GREEN),
    "Single Online Home": (AMBER, AMBER, GREEN, NOT_APPLICABLE, TO_BE_DETERMINED),
    "Fire & Rescue collaboration": (AMBER, AMBER, GREEN, AMBER, AMBER),
    "Community safety hubs": (GREEN, GREEN, GREEN, NOT_APPLICABLE, GREEN),
    "BT Hothouse": (GREEN, AMBER, GREEN, NOT_APPLICABLE, GREEN),
}


def test_quarterly_scrutiny_2019_one_overall_rating_needs_its_reason():
    asked = [
        name
        for name, (overall, *dimensions) in RATINGS_2019_03.items()
        if overall is not None and needs_reason(overall, worst(dimensions))
    ]
    assert asked == ["BT Hothouse"]


def test_quarterly_scrutiny_2019_the_two_ratings_without_a_word_have_a_proposal():
    proposals = {
        name: worst(dimensions)
        for name, (overall, *dimensions) in RATINGS_2019_03.items()
        if overall is None
    }
    assert proposals == {"Joint Serious Crime Directorate": AMBER, "Op Hexagon": AMBER}


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (Amount.exact(1620000), "£1.62m"),
        (Amount.exact(100000), "£100k"),
        (Amount.exact(250000), "£250k"),
        (Amount.exact(136000), "£136k"),
        (Amount.exact(50000), "£50k"),
        (Amount.circa(110000), "circa £110k"),
        (Amount.exact(1320000), "£1.32m"),
        (Amount.exact(11280000), "£11.28m"),
        (Amount.tbc(), "TBC"),
    ],
)
def test_quarterly_scrutiny_2019_amounts_in_the_boxes(amount, printed):
    assert compact_money(amount, lossless=True) == printed


def test_quarterly_scrutiny_2019_cashable_and_non_cashable_are_not_added():
    fire_and_rescue = [
        (BenefitClass.NON_CASH_RELEASING, Amount.exact(11280000)),
        (BenefitClass.CASH_RELEASING, Amount.tbc()),
    ]
    with pytest.raises(MixedBenefitClasses):
        add_up(fire_and_rescue)


# --- programme level --------------------------------------------------------------------------


def test_programme_efficiencies_forecast_against_target():
    held = against_target([Amount.exact(15_300_000)], [Amount.exact(18_000_000)])
    assert compact_money(held.forecast.as_amount()) == "£18m"
    assert compact_money(held.target.as_amount()) == "£15.3m"
    assert compact_money(held.ahead) == "£2.7m"
    assert percent(held.share) == "118%"
    assert number(held.share, 1) == "117.6"
