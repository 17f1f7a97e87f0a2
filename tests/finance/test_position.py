"""Totals by category and source, contributions, and budget against funding."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.position import Overspend, Payment, add, funding, matrix, variance_table
from programme.common.formats import money_total, percent
from programme.common.values import Amount, total

NOTHING = total(())

AMOUNTS = st.one_of(
    st.decimals(0, 10**7, places=2).map(Amount.exact),
    st.just(Amount.tbc()),
    st.just(Amount.not_applicable()),
)
ENTRIES = st.lists(
    st.builds(Payment, st.sampled_from("wxyz"), st.sampled_from("abc"), AMOUNTS), max_size=12
)


@given(ENTRIES)
def test_rows_columns_and_entries_make_one_grand_total(entries):
    table = matrix(entries)
    assert table.grand_total == total(entry.amount for entry in entries)
    assert add(row.total for row in table.rows) == table.grand_total
    assert add(table.totals) == table.grand_total
    for row in table.rows:
        assert add(row.cells) == row.total
        assert len(row.cells) == len(table.sources)


@given(ENTRIES)
def test_shares_make_the_whole_or_are_not_given(entries):
    table = matrix(entries)
    if table.grand_total.complete and table.grand_total.pounds:
        assert abs(sum(table.shares) - 100) < Decimal("1e-20")
        assert abs(sum(row.share for row in table.rows) - 100) < Decimal("1e-20")
    else:
        assert set(table.shares) <= {None}
        assert {row.share for row in table.rows} <= {None}


def test_given_rows_and_columns_stand_in_order_and_nothing_drops_out():
    table = matrix(
        [Payment("other", "gift", Amount.exact(5)), Payment("pay", "fire", Amount.exact(0))],
        categories=["pay", "kit"],
        sources=["police", "fire"],
    )
    assert table.sources == ("police", "fire", "gift")
    assert [row.category for row in table.rows] == ["pay", "kit", "other"]
    assert table.rows[0].cells[0] == NOTHING, "no entry"
    assert table.rows[0].cells[1] == total([Amount.exact(0)]), "an entry of £0"
    assert table.rows[1].total == NOTHING
    assert table.rows[1].share == 0
    assert table.shares == (0, 0, 100)


def test_whole_percentages_are_not_bent_to_make_a_hundred():
    table = matrix([Payment("pay", source, Amount.exact(1)) for source in "abc"])
    assert [percent(share) for share in table.shares] == ["33%", "33%", "33%"]


def test_figures_are_found_by_category_and_source():
    table = matrix(
        [
            Payment("pay", "fire", Amount.exact(1)),
            Payment("pay", "police", Amount.exact(2)),
            Payment("kit", "fire", Amount.exact(4)),
        ]
    )
    assert table.figure("pay", "police").pounds == 2
    assert table.figure("pay").pounds == 3
    assert table.figure(source="fire").pounds == 5
    assert table.figure().pounds == 7
    for absent in (
        table.figure("kit", "police"),
        table.figure("fuel"),
        table.figure("pay", "gift"),
        table.figure(source="gift"),
    ):
        assert absent == NOTHING


def test_contributions_with_a_part_to_be_confirmed():
    year = funding(
        [
            Payment("team", "fire", Amount.exact(100)),
            Payment("kit", "fire", Amount.tbc()),
            Payment("kit", "grant", Amount.exact(7)),
        ],
        sources=["grant", "fire", "ems"],
        grants={"grant"},
        team_salaries={"team"},
    )
    assert money_total(year.total) == "£107, 1 TBC"
    assert money_total(year.grant) == "£7"
    assert money_total(year.match_fund) == "£100, 1 TBC"
    grant, fire, ems = year.contributions
    assert (fire.source, money_total(fire.total)) == ("fire", "£100, 1 TBC")
    assert money_total(fire.without_team) == "TBC"
    assert money_total(grant.without_team) == "£7"
    assert (ems.total, ems.without_team) == (NOTHING, NOTHING)


def test_a_source_nobody_has_named_a_budget_for_has_one_to_be_confirmed():
    table = variance_table({}, {"fire": total([Amount.exact(5)])})
    assert table.rows[0].budget == Amount.tbc()
    assert table.rows[0].variance == Amount.tbc()
    assert table.variance == Amount.tbc()


def test_a_budget_that_nothing_falls_on_is_all_under():
    table = variance_table({"fire": Amount.exact(500)}, {}, sources=["fire", "ems"])
    fire, ems = table.rows
    assert fire.funding == total([Amount.exact(0)])
    assert fire.variance == Amount.exact(500)
    assert ems.budget == ems.variance == Amount.not_applicable()
    assert table.variance == Amount.exact(500)
    assert table.overspent == ()


def test_funding_to_be_confirmed_leaves_the_variance_to_be_confirmed():
    table = variance_table(
        {"fire": Amount.exact(5), "police": Amount.exact(5)},
        {"fire": total([Amount.exact(9), Amount.tbc()]), "police": total([Amount.exact(6)])},
    )
    assert [row.variance for row in table.rows] == [Amount.tbc(), Amount.exact(-1)]
    assert table.variance == Amount.tbc()
    fire, police = table.rows
    assert table.overspent == (fire, police), "what is known of fire's is over already"
    assert fire.overspend == Overspend(Amount.exact(4), at_least=True)
    assert police.overspend == Overspend(Amount.exact(1), at_least=False)


@given(st.one_of(AMOUNTS, st.builds(Amount.circa, st.integers(0, 10**7))), st.lists(AMOUNTS))
def test_an_overspend_is_what_is_known_above_a_known_budget(budget, parts):
    """Whatever becomes of the parts that are to be confirmed, it will be no less."""
    [row] = variance_table({"fire": budget}, {"fire": total(parts)}).rows
    known = sum((each.pounds for each in parts if each.pounds is not None), Decimal(0))
    if budget.pounds is None or known <= budget.pounds:
        assert row.overspend is None
    else:
        assert row.overspend.amount == Amount(known - budget.pounds, budget.certainty)
        assert row.overspend.at_least == any(each == Amount.tbc() for each in parts)


def test_what_nobody_pays_has_no_budget_and_is_in_the_totals():
    table = variance_table(
        {"fire": Amount.exact(10)},
        {"fire": total([Amount.exact(10)]), "open": total([Amount.exact(6)])},
        nobody={"open"},
    )
    fire, gap = table.rows
    assert fire.agrees
    assert not gap.agrees
    assert table.budget == total([Amount.exact(10)]), "one budget, and none to be confirmed"
    assert table.funding.pounds == 16
    assert table.variance == Amount.exact(-6)
    year = funding(
        [Payment("kit", "fire", Amount.exact(10)), Payment("kit", "open", Amount.exact(6))],
        nobody={"open"},
    )
    assert [each.source for each in year.contributions] == ["fire"]
    assert year.total.pounds == year.match_fund.pounds == 16


def test_a_source_without_a_budget_by_intent_still_counts_in_the_total_variance():
    table = variance_table(
        {"fire": Amount.exact(10), "gift": Amount.not_applicable()},
        {"fire": total([Amount.exact(10)]), "gift": total([Amount.exact(3)])},
    )
    assert table.rows[1].variance == Amount.not_applicable()
    assert table.variance == Amount.exact(-3)


def test_circa_stays_circa():
    table = variance_table({"fire": Amount.circa(10)}, {"fire": total([Amount.exact(4)])})
    assert table.rows[0].variance == table.variance == Amount.circa(6)
