"""What is written in a file reads as what was meant, whatever its signs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programme.common.richtext import clean
from programme.common.values import Amount, Certainty, PlainDate
from programme.programme_file.writing import Rich, dump
from programme.programme_file.yamlfile import Entry, YamlError, parse

TEXTS = st.text(
    st.characters(blacklist_categories=["Cc", "Cs"]) | st.sampled_from("\n\t :#-'\"{}[]!&*|>%@`")
)


def read(value: object) -> Entry:
    return parse(dump({"a": value, "b": [value, {"c": value}]}, "A file"), "f.yaml")


@given(TEXTS)
@example("circa 5")
@example("null")
@example("~")
@example("2019-03-28")
@example("One\nTwo")
@example(" outside ")
@example("\u2028")
@example("\x85")
def test_a_text_reads_as_it_is(text: str) -> None:
    entry = read(text)
    assert entry.text("a") == text
    assert entry.entries("b", "c")[1].text("c") == text


@given(TEXTS.map(clean))
@example("<p>One</p>\n\n<p> Two</p> ")
@example("\n <p>One</p>")
def test_rich_text_reads_as_it_is_stored(html: str) -> None:
    assert read(Rich(html)).rich("a") == clean(html)


@given(
    st.decimals(0, 10**12, places=2).map(Amount.exact)
    | st.decimals(0, 10**12, places=2).map(Amount.circa)
    | st.sampled_from([Amount.tbc(), Amount.not_applicable()])
)
@example(Amount.exact(Decimal("1E+3")))
def test_an_amount_reads_as_it_is(amount: Amount) -> None:
    assert read(amount).amount("a") == amount


@given(
    st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(PlainDate)
    | st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(
        lambda day: PlainDate(day, Certainty.CIRCA)
    )
    | st.sampled_from([PlainDate.tbc(), PlainDate.not_applicable()])
)
def test_a_date_reads_as_it_is(value: PlainDate) -> None:
    assert read(value).plain_date("a") == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: " + "[" * 5_000, "too deep in others"),
        ('a: "\\0"', "a sign that no text can hold"),
        ("a: !html <p>One</p>", "it cannot be marked !html"),
    ],
)
def test_what_no_file_should_hold_is_refused(text: str, why: str) -> None:
    with pytest.raises(YamlError, match=why):
        parse(text, "f.yaml").text("a")
