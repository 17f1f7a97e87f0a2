"""Amounts that may be unknown: sums, differences and percentages of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.values import (
    Amount,
    Certainty,
    PlainDate,
    difference,
    percent_of,
    to_pence,
    total,
)

POUNDS = st.decimals(-(10**9), 10**9, places=2)
AMOUNTS = st.one_of(
    POUNDS.map(Amount.exact),
    POUNDS.map(Amount.circa),
    st.just(Amount.tbc()),
    st.just(Amount.not_applicable()),
)


@pytest.mark.parametrize("certainty", [Certainty.TBC, Certainty.NOT_APPLICABLE])
def test_an_unknown_amount_has_no_pounds(certainty):
    with pytest.raises(ValueError, match="cannot be 0"):
        Amount(Decimal(0), certainty)


@pytest.mark.parametrize("certainty", [Certainty.EXACT, Certainty.CIRCA])
def test_a_known_value_is_given(certainty):
    with pytest.raises(ValueError, match="cannot be None"):
        Amount(None, certainty)
    with pytest.raises(ValueError, match="cannot be None"):
        PlainDate(None, certainty)


@given(st.lists(AMOUNTS))
def test_a_total_neither_loses_nor_invents_a_part(amounts):
    summed = total(amounts)
    assert summed.pounds == sum(a.pounds for a in amounts if a.pounds is not None)
    assert summed.unknown == amounts.count(Amount.tbc())
    absent = amounts.count(Amount.not_applicable())
    assert summed.counted + summed.unknown + absent == len(amounts)
    assert summed.complete == (Amount.tbc() not in amounts)


@given(AMOUNTS, AMOUNTS)
def test_a_difference_is_as_uncertain_as_its_sides(a, b):
    result = difference(a, b)
    sides = {a.certainty, b.certainty}
    if Certainty.TBC in sides:
        assert result == Amount.tbc()
    elif Certainty.NOT_APPLICABLE in sides:
        assert result == Amount.not_applicable()
    else:
        assert result.pounds == a.pounds - b.pounds
        assert (result.certainty is Certainty.CIRCA) == (Certainty.CIRCA in sides)


def test_a_percentage_is_given_only_where_there_is_one():
    assert percent_of(Amount.exact(18), Amount.exact(15)) == 120
    assert percent_of(Amount.exact(0), Amount.exact(15)) == 0
    assert percent_of(Amount.exact(1), Amount.exact(0)) is None
    assert percent_of(Amount.tbc(), Amount.exact(15)) is None
    assert percent_of(Amount.exact(1), Amount.not_applicable()) is None


def test_halves_of_a_penny_round_away_from_zero():
    assert to_pence(Decimal("0.005")) == Decimal("0.01")
    assert to_pence(Decimal("-0.005")) == Decimal("-0.01")
    assert to_pence(Decimal("0.0149")) == Decimal("0.01")
