"""Splitting a cost over its sources: it always adds up, and it always says why it cannot."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.funding import (
    FixedExceedsLine,
    NegativeFunding,
    NotWholePence,
    SharesNotWhole,
    Unfunded,
    breakdown,
    by_shares,
    check_shares,
    remainder,
    split,
)
from programme.common.values import Amount

HALVES = {"fire": Decimal(50), "police": Decimal(50)}
POUNDS = st.decimals(0, 10**9, places=2)


@st.composite
def shares(draw):
    """Any number of sources whose percentages, to four decimals, add up to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 1_000_000), max_size=6)))
    edges = [0, *cuts, 1_000_000]
    widths = [b - a for a, b in zip(edges, edges[1:], strict=False)]
    return {f"s{n}": Decimal(width) / 10_000 for n, width in enumerate(widths)}


@given(POUNDS, shares())
def test_shares_add_up_to_the_penny(amount, given_shares):
    parts = by_shares(amount, given_shares)
    assert sum(parts.values()) == amount
    for source, part in parts.items():
        assert abs(part - amount * given_shares[source] / 100) < Decimal("0.01")
        assert part >= 0


@given(st.lists(POUNDS, max_size=4), POUNDS, shares())
def test_a_split_adds_up_and_pays_fixed_amounts_first(fixed_pounds, rest, given_shares):
    fixed = {f"s{n}": pounds for n, pounds in enumerate(fixed_pounds)}
    line = sum(fixed_pounds, rest)
    parts = split(Amount.exact(line), fixed, given_shares)
    assert sum(part.pounds for part in parts.values()) == line
    assert set(parts) == {*fixed, *given_shares}
    by_rule = by_shares(rest, given_shares)
    for source, part in parts.items():
        assert part.pounds == fixed.get(source, 0) + by_rule.get(source, 0)


def test_left_over_pence_go_to_the_largest_remainders():
    thirds = {"a": Decimal("33.3333"), "b": Decimal("33.3333"), "c": Decimal("33.3334")}
    assert by_shares(Decimal("0.02"), thirds) == {
        "a": Decimal("0.01"),
        "b": Decimal(0),
        "c": Decimal("0.01"),
    }


def test_among_equal_remainders_the_first_source_gets_the_penny():
    assert by_shares(Decimal("0.01"), HALVES) == {"fire": Decimal("0.01"), "police": Decimal(0)}
    other_way = dict(reversed(HALVES.items()))
    assert by_shares(Decimal("0.01"), other_way)["police"] == Decimal("0.01")


@pytest.mark.parametrize(
    ("line", "given_shares", "parts"),
    [
        (
            "100.00",
            {"a": "69", "b": "20.95", "c": "10.05"},
            {"a": "69", "b": "20.95", "c": "10.05"},
        ),
        ("0.10", {"a": "69", "b": "20.95", "c": "10.05"}, {"a": ".07", "b": ".02", "c": ".01"}),
        ("1000.01", {"a": "28.05", "b": "71.95"}, {"a": "280.50", "b": "719.51"}),
    ],
)
def test_uneven_shares(line, given_shares, parts):
    found = by_shares(Decimal(line), {key: Decimal(value) for key, value in given_shares.items()})
    assert found == {key: Decimal(value) for key, value in parts.items()}


def test_one_source_may_carry_it_all():
    assert split(Amount.exact(7500), {}, {"police": Decimal(100)}) == {"police": Amount.exact(7500)}
    assert split(Amount.exact(7500), {"ptf": Decimal(7500)}, {}) == {"ptf": Amount.exact(7500)}


def test_a_line_to_be_confirmed_knows_its_fixed_part_only():
    parts = split(Amount.tbc(), {"ptf": Decimal(500)}, HALVES | {"ems": Decimal(0)})
    assert parts == {
        "ptf": Amount.exact(500),
        "fire": Amount.tbc(),
        "police": Amount.tbc(),
        "ems": Amount.exact(0),
    }


def test_a_source_with_fixed_money_and_an_unknown_share_is_unknown():
    assert split(Amount.tbc(), {"fire": Decimal(500)}, HALVES)["fire"] == Amount.tbc()


def test_shares_of_a_circa_line_are_circa_and_its_fixed_part_exact():
    parts = split(Amount.circa(1100), {"ptf": Decimal(100), "fire": Decimal(0)}, HALVES)
    assert parts == {
        "ptf": Amount.exact(100),
        "fire": Amount.circa(500),
        "police": Amount.circa(500),
    }


def test_a_line_that_does_not_apply_costs_nobody_anything():
    nothing = Amount.not_applicable()
    assert split(nothing, {}, HALVES) == {"fire": nothing, "police": nothing}
    assert split(nothing, {}, {}) == {}
    with pytest.raises(FixedExceedsLine, match="does not apply"):
        split(nothing, {"ptf": Decimal(1)}, {})


def test_more_fixed_funding_than_the_line_is_refused():
    with pytest.raises(FixedExceedsLine) as refusal:
        split(Amount.exact(129500), {"ptf": Decimal("129500.01")}, HALVES)
    assert str(refusal.value) == "Fixed funding of £129,500.01 is more than the line's £129,500."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"a": Decimal(50), "b": Decimal("49.99")}, "The shares add up to 99.99%, not 100%."),
        ({"a": Decimal("100.0001")}, "The shares add up to 100.0001%, not 100%."),
        ({}, "The shares add up to 0%, not 100%."),
    ],
)
def test_shares_that_are_not_the_whole_are_refused(wrong, said):
    with pytest.raises(SharesNotWhole) as refusal:
        check_shares(wrong)
    assert str(refusal.value) == said


def test_wrong_shares_are_refused_even_of_a_line_to_be_confirmed():
    with pytest.raises(SharesNotWhole):
        split(Amount.tbc(), {}, {"a": Decimal(60)})


def test_a_remainder_without_a_source_is_named():
    with pytest.raises(Unfunded, match=r"^£25 has no funding source\.$") as refusal:
        split(Amount.exact(125), {"ptf": Decimal(100)}, {})
    assert refusal.value.remainder == Amount.exact(25)
    with pytest.raises(Unfunded, match="What is left of the line") as refusal:
        split(Amount.tbc(), {"ptf": Decimal(100)}, {})
    assert refusal.value.remainder == Amount.tbc()


def test_nothing_negative_is_split():
    with pytest.raises(NegativeFunding, match="line's amount cannot be negative: it is −£1.00"):
        split(Amount.exact(-1), {}, HALVES)
    with pytest.raises(NegativeFunding, match="Fixed funding"):
        split(Amount.exact(5), {"ptf": Decimal(-1)}, HALVES)
    with pytest.raises(NegativeFunding, match="share"):
        split(Amount.exact(5), {}, {"a": Decimal(150), "b": Decimal(-50)})
    with pytest.raises(NegativeFunding):
        by_shares(Decimal(-1), HALVES)


def test_fractions_of_a_penny_are_refused():
    with pytest.raises(NotWholePence, match="it is 1.005"):
        split(Amount.exact("1.005"), {}, HALVES)


def test_the_remainder_of_a_line():
    assert remainder(Amount.exact(295612), {"ptf": Decimal(129500)}) == Amount.exact(166112)
    assert remainder(Amount.circa(10), {}) == Amount.circa(10)
    assert remainder(Amount.tbc(), {"ptf": Decimal(5)}) == Amount.tbc()


@given(st.lists(POUNDS, max_size=3), POUNDS, shares())
def test_a_breakdown_says_how_each_part_of_a_split_came_about(fixed_pounds, rest, given_shares):
    fixed = {f"s{n}": pounds for n, pounds in enumerate(fixed_pounds)}
    line = Amount.exact(sum(fixed_pounds, rest))
    found = breakdown(line, fixed, given_shares)
    assert {part.source: part.total for part in found.parts} == split(line, fixed, given_shares)
    assert found.remainder == Amount.exact(rest)
    assert (found.unfunded, found.problem) == (Amount.not_applicable(), "")
    for part in found.parts:
        assert (part.fixed.pounds or 0) + (part.shared.pounds or 0) == part.total.pounds
        assert part.percent == given_shares.get(part.source)


def test_a_breakdown_names_what_nobody_pays():
    found = breakdown(Amount.exact(100), {"ptf": Decimal(60)}, {})
    assert [part.total for part in found.parts] == [Amount.exact(60)]
    assert found.unfunded == Amount.exact(40)
    assert found.problem == "£40 has no funding source."


def test_a_breakdown_of_a_line_to_be_confirmed_keeps_what_is_fixed():
    found = breakdown(Amount.tbc(), {"ptf": Decimal(60)}, HALVES)
    paid = {part.source: part.total for part in found.parts}
    assert paid == {"ptf": Amount.exact(60), "fire": Amount.tbc(), "police": Amount.tbc()}
    assert found.remainder == Amount.tbc()


@pytest.mark.parametrize(
    ("fixed", "given_shares", "problem"),
    [
        ({"ptf": Decimal(101)}, {}, "Fixed funding of £101 is more than the line's £100."),
        ({}, {"fire": Decimal(99)}, "The shares add up to 99%, not 100%."),
    ],
)
def test_a_breakdown_that_cannot_be_made_leaves_all_unfunded(fixed, given_shares, problem):
    found = breakdown(Amount.exact(100), fixed, given_shares)
    assert found.parts == ()
    assert found.unfunded == Amount.exact(100)
    assert found.problem == problem
