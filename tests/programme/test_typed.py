"""Amounts and percentages as people type them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programme.common import formats, typed
from programme.common.formfields import MoneyField, PercentField
from programme.common.values import Amount

NBSP, NARROW, MINUS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"
PENCE = st.decimals(
    -typed.MAX_POUNDS, typed.MAX_POUNDS, places=2, allow_nan=False, allow_infinity=False
)


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("1200", "1200"),
        ("£1,200", "1200"),
        ("£ 1,200.50", "1200.50"),
        (" 1,200.5 ", "1200.50"),
        ("1 200", "1200"),
        (f"£1{NBSP}200{NBSP}300", "1200300"),
        (f"1{NARROW}200", "1200"),
        ("12k", "12000"),
        ("£12K", "12000"),
        ("1.2m", "1200000"),
        ("£1.2 m", "1200000"),
        ("1.23456789m", "1234567.89"),
        ("1,200k", "1200000"),
        ("1.2 million", "1200000"),
        ("£1.2Million", "1200000"),
        ("1bn", "1000000000"),
        ("-£1.5 billion", "-1500000000"),
        ("3mn", "3000000"),
        ("12 thousand", "12000"),
        ("million", None),
        ("1 million million", None),
        ("1.2 millions", None),
        ("1 b", None),
        ("5\N{KELVIN SIGN}", None),
        (".75", "0.75"),
        ("007", "7"),
        ("0", "0"),
        ("(300)", "-300"),
        ("(£1,200.50)", "-1200.50"),
        ("£(300)", None),
        ("-300", "-300"),
        ("-£300", "-300"),
        ("£-300", "-300"),
        (f"{MINUS}£1.2m", "-1200000"),
        ("–300", "-300"),
        # One of these is 56 to nobody.
        ("5 6", None),
        ("£5 £6", None),
        ("£1£2£3", None),
        ("1,2,3", None),
        ("1,23", None),
        ("1,2345", None),
        ("1,234 567", None),
        ("1234,567", None),
        ("1  200", None),
        ("1.234,50", None),
        ("1.234", None),
        ("1.2345k", "1234.50"),
        ("1.234567k", None),
        ("£", None),
        ("-", None),
        ("()", None),
        ("(-300)", None),
        ("((300))", None),
        ("--300", None),
        ("300-", None),
        ("+300", None),
        ("12.", None),
        (".", None),
        ("k", None),
        ("1.2mk", None),
        ("1e5", None),
        ("NaN", None),
        ("Infinity", None),
        ("1_000", None),
        ("١٢", None),
        ("about 5", None),
        ("€5", None),
        ("5\x00", None),
    ],
)
def test_an_amount_is_read_as_it_is_meant_or_not_at_all(text, pounds):
    if pounds is None:
        with pytest.raises(typed.NotReadable):
            typed.pounds(text)
    else:
        assert typed.pounds(text) == Decimal(pounds)
        assert typed.pounds(text).as_tuple().exponent == -2


@pytest.mark.parametrize(
    "text", ["1000000000000", "1,000,000m", "9" * 29, "-" + "9" * 5000, "9" * 30 + "k"]
)
def test_an_amount_that_no_column_holds_is_too_large(text):
    with pytest.raises(typed.TooLarge):
        typed.pounds(text)


@given(PENCE)
@example(Decimal("-0.01"))
@example(typed.MAX_POUNDS)
def test_what_is_printed_can_be_typed_back(amount):
    assert typed.pounds(formats.pounds(amount, pence=True)) == amount
    if abs(amount) < 999_999_000_000:
        # Without its pence at most: short is only what says the same.
        short = typed.pounds(formats.compact_money(Amount.exact(amount), lossless=True))
        assert short in {amount, amount.to_integral_value("ROUND_HALF_UP")}
    field = MoneyField(negative=True)
    assert field.clean(field.widget.format_value(amount)) == amount


@given(st.text(st.sampled_from("0123456789,. £-−()kmKMbn%e" + NBSP), max_size=12))
def test_a_number_is_never_made_of_two(text):
    """Whatever is read has one run of figures, apart by commas or spaces of thousands only."""
    try:
        amount = typed.pounds(text)
    except (typed.NotReadable, typed.TooLarge):
        return
    figures = text.strip().strip("()£-−kmKMbn ").strip(NBSP).strip("£-− ").strip(NBSP)
    whole = figures.partition(".")[0]
    groups = whole.replace(NBSP, " ").replace(",", " ").split(" ")
    assert len(groups) == 1 or all(len(each) == 3 for each in groups[1:]), (text, amount)
    assert text.count("£") <= 1


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("28.05", "28.05"),
        ("28.05%", "28.05"),
        ("28.05 %", "28.05"),
        (" 50 ", "50"),
        (".5%", "0.5"),
        ("33.3333", "33.3333"),
        ("100.0000", "100"),
        ("33.33333", None),
        ("%", None),
        ("5 6", None),
        ("28,05", None),
        ("-5", None),
        ("101", None),
        ("100.0001", None),
        ("9" * 5000, None),
        ("half", None),
        ("5%%", None),
        ("1e1", None),
    ],
)
def test_a_percentage_is_read_with_its_sign_or_without(text, share):
    field = PercentField()
    if share is None:
        with pytest.raises(Exception, match="Enter a percentage from 0 to 100 like 28.05"):
            field.clean(text)
    else:
        assert field.clean(text) == Decimal(share)
        assert not field.has_changed(Decimal(share), text)


@given(st.decimals(0, 100, places=4, allow_nan=False, allow_infinity=False))
def test_a_share_that_is_shown_can_be_typed_back(share):
    field = PercentField()
    assert field.clean(field.widget.format_value(share)) == share
    assert typed.percent(f"{share}%") == share
