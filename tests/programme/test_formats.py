"""The one formatter: every kind of figure and date, as pages and papers print them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common import formats
from programme.common.values import Amount, Certainty, PlainDate, total


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (Amount.exact(730578), "£730,578"),
        (Amount.exact(-17289), "−£17,289"),
        (Amount.exact(0), "£0"),
        (Amount.exact("-0.4"), "£0"),
        (Amount.exact("0.5"), "£1"),
        (Amount.exact("-0.5"), "−£1"),
        (Amount.exact("2.5"), "£3"),
        (Amount.circa(110000), "circa £110,000"),
        (Amount.tbc(), "TBC"),
        (Amount.not_applicable(), "not applicable"),
    ],
)
def test_money_in_whole_pounds(amount, printed):
    assert formats.money(amount) == printed


def test_pence_only_when_asked():
    amount = Amount.exact("83056.5")
    assert formats.money(amount) == "£83,057"
    assert formats.money(amount, pence=True) == "£83,056.50"
    assert formats.money(Amount.exact("-0.004"), pence=True) == "£0.00"


@pytest.mark.parametrize(
    ("amounts", "printed"),
    [
        ([Amount.exact(287000), Amount.exact(129500), Amount.tbc()], "£416,500, 1 TBC"),
        ([Amount.exact(0), Amount.tbc(), Amount.tbc()], "£0, 2 TBC"),
        ([Amount.circa(100), Amount.exact(5)], "circa £105"),
        ([Amount.circa(100), Amount.tbc()], "circa £100, 1 TBC"),
        ([Amount.exact(100), Amount.not_applicable()], "£100"),
        ([Amount.tbc()], "TBC"),
        ([Amount.tbc(), Amount.tbc()], "2 TBC"),
        ([Amount.not_applicable()], "not applicable"),
        ([], "not applicable"),
    ],
)
def test_a_total_says_what_it_could_not_add(amounts, printed):
    assert formats.money_total(total(amounts)) == printed


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (Amount.exact(-17289), "−£17,289 (over)"),
        (Amount.exact(500), "£500 (under)"),
        (Amount.exact(0), "£0"),
        (Amount.exact("-0.3"), "£0"),
        (Amount.circa(-500), "circa −£500 (over)"),
        (Amount.tbc(), "TBC"),
        (Amount.not_applicable(), "not applicable"),
    ],
)
def test_a_variance_carries_its_word(amount, printed):
    assert formats.variance(amount) == printed


def test_a_variance_of_pence_has_its_word_where_pence_are_printed():
    assert formats.variance(Amount.exact("-0.3"), pence=True) == "−£0.30 (over)"


@pytest.mark.parametrize(
    ("pounds", "printed"),
    [
        ("1620000", "£1.62m"),
        ("136000", "£136k"),
        ("11280000", "£11.28m"),
        ("18000000", "£18m"),
        ("15300000", "£15.3m"),
        ("1320000", "£1.32m"),
        ("304289", "£304k"),
        ("129500", "£130k"),
        ("-17289", "−£17k"),
        ("7500", "£7,500"),
        ("9999.60", "£10k"),
        ("999499", "£999k"),
        ("999500", "£1m"),
        ("0", "£0"),
    ],
)
def test_compact_money(pounds, printed):
    assert formats.compact_money(Amount.exact(pounds)) == printed


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (Amount.exact(1620000), "£1.62m"),
        (Amount.circa(110000), "circa £110k"),
        (Amount.exact(304289), "£304,289"),
        (Amount.exact(1621000), "£1,621,000"),
        (Amount.exact("136000.40"), "£136,000"),
        (Amount.tbc(), "TBC"),
        (Amount.not_applicable(), "not applicable"),
    ],
)
def test_compact_money_without_loss(amount, printed):
    assert formats.compact_money(amount, lossless=True) == printed


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [("35.4", 0, "35%"), ("32.5", 0, "33%"), ("20.954", 2, "20.95%"), ("-3.2", 0, "−3%")],
)
def test_percent(value, places, printed):
    assert formats.percent(Decimal(value), places) == printed


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (PlainDate(date(2018, 1, 5)), "5 January 2018", "5 Jan 2018"),
        (PlainDate(date(2019, 6, 1), Certainty.CIRCA), "June 2019", "Jun 2019"),
        (PlainDate.tbc(), "TBC", "TBC"),
        (PlainDate.not_applicable(), "not applicable", "not applicable"),
    ],
)
def test_dates(value, long, short):
    assert formats.plain_date(value) == long
    assert formats.short_date(value) == short


@pytest.mark.parametrize(
    ("days", "printed"),
    [
        (12, "12 working days late"),
        (1, "1 working day late"),
        (0, "on time"),
        (-1, "1 working day early"),
        (-3, "3 working days early"),
        (None, "not known"),
    ],
)
def test_slip(days, printed):
    assert formats.slip(days) == printed


def test_a_count_with_its_noun():
    assert formats.count(1, "entry", "entries") == "1 entry"
    assert formats.count(1200, "entry", "entries") == "1,200 entries"
    assert formats.count(0, "milestone") == "0 milestones"


@given(st.decimals(-(10**12), 10**12, places=2))
def test_printed_pence_read_back_as_the_same_amount(pounds):
    printed = formats.money(Amount.exact(pounds), pence=True)
    assert "-" not in printed
    assert Decimal(printed.replace("−", "-").replace("£", "").replace(",", "")) == pounds
