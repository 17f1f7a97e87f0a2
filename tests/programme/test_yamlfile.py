"""What the reader of YAML files makes of values; the loader's tests cover most of its errors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from programme.common.values import Amount, Certainty, PlainDate
from programme.programme_file.loading import each, each_after_its_parents, parents_first
from programme.programme_file.yamlfile import Entry, YamlError, parse


def entry(text: str) -> Entry:
    return parse(text, "test.yaml")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("129500", Amount.exact(129500)),
        ("0", Amount.exact(0)),
        ("427466.10", Amount.exact("427466.10")),
        ("-12.5", Amount.exact("-12.5")),
        ("circa 110000", Amount.circa(110000)),
        ("TBC", Amount.tbc()),
        ("not applicable", Amount.not_applicable()),
    ],
)
def test_amounts(written, amount):
    assert entry(f"a: {written}").amount("a") == amount


@pytest.mark.parametrize("written", ["1,000", "£5", "1e3", "0x10", "1_000", "tbc", "n/a", ".5"])
def test_amounts_have_one_way_of_writing(written):
    with pytest.raises(YamlError, match="^test.yaml line 1: 'a' is "):
        entry(f"a: {written}").amount("a")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2019-06-27", PlainDate(date(2019, 6, 27))),
        ("circa 2019-06", PlainDate(date(2019, 6, 1), Certainty.CIRCA)),
        ("circa 2019-06-30", PlainDate(date(2019, 6, 30), Certainty.CIRCA)),
        ("TBC", PlainDate.tbc()),
        ("not applicable", PlainDate.not_applicable()),
    ],
)
def test_dates(written, value):
    assert entry(f"a: {written}").plain_date("a") == value


@pytest.mark.parametrize("written", ["2019-06", "20190627", "2019-W26-4", "2019-6-7", "circa June"])
def test_dates_have_one_way_of_writing(written):
    with pytest.raises(YamlError, match="a date is written 2018-05-16"):
        entry(f"a: {written}").plain_date("a")


def test_numbers_never_pass_through_binary_fractions():
    assert entry("a: 20.95").decimal("a") == Decimal("20.95")
    assert entry("a: 0.1").decimal("a") + entry("a: 0.2").decimal("a") == Decimal("0.3")


def test_words_that_yaml_takes_for_something_else_stay_words():
    words = entry("{a: no, b: 2018-05, c: 1.10, d: 'null'}")
    assert [words.text(key) for key in words.keys] == ["no", "2018-05", "1.10", "null"]


def test_text_is_unwrapped_but_keeps_its_paragraphs_and_bullets():
    text = "a: |\n  One\n  line.\n\n  Another:\n  - first\n  - second\n"
    assert entry(text).text("a") == "One line.\n\nAnother:\n- first\n- second"
    assert entry(text).raw("a") == "One\nline.\n\nAnother:\n- first\n- second"


def test_a_key_with_nothing_behind_it_counts_as_left_out():
    empty = entry("{a: , b: ~, c: ''}")
    assert empty.text("a", "default") == "default"
    assert empty.amount("b", None) is None
    assert empty.text("c", "default") == ""
    assert empty.entries("a") == []
    assert "a" not in empty
    assert "c" in empty


def test_lines_are_those_of_the_keys():
    file = entry("a:\n  - b: 1\n    c: 2\n  - b: 3\n")
    first, second = file.entries("a")
    assert (first.line, first.line_of("c"), first.line_of("z")) == (2, 3, 2)
    assert second.line == 4


def test_what_nobody_asked_for_is_named_in_the_order_of_the_file():
    file = entry("a: 1\nb:\n  - {c: 1, d: 2}\nz: 3\n")
    file.entries("b")[0].text("c")
    file.text("a")
    assert file.unread() == [
        "test.yaml line 3: 'd' is not a known key; known are: c",
        "test.yaml line 4: 'z' is not a known key; known are: a, b",
    ]


def test_many_names_are_cut_short_with_the_nearest_first():
    known = {f"project-{number}": number for number in range(40)}
    with pytest.raises(YamlError, match=r"known are: project-39, .* …$") as raised:
        entry("a: projct-39").ref("a", known)
    assert str(raised.value).count("project-") == 12


def test_a_file_must_be_an_entry():
    for text in ("- a\n- b\n", "word", ""):
        with pytest.raises(YamlError, match="the file must be an entry"):
            entry(text)


def test_each_goes_on_to_the_end_before_it_refuses():
    entries = entry("a: [{n: 1}, {n: x}, {n: 3}, {n: y}]").entries("a")
    seen = []
    with pytest.raises(YamlError) as raised:
        each(entries, lambda one: seen.append(one.integer("n")))
    assert seen == [1, 3]
    assert len(raised.value.problems) == 2


def test_parents_come_first_whatever_the_order():
    entries = entry("a: [{k: c, up: b}, {k: b, up: a}, {k: d}, {k: a}]").entries("a")
    assert [one.text("k") for one in parents_first(entries, "k", "up")] == ["a", "b", "c", "d"]


def test_what_stands_below_something_wrong_is_not_blamed():
    entries = entry("a: [{k: a, n: x}, {k: b, up: a, n: y}, {k: c, n: z}]").entries("a")
    with pytest.raises(YamlError) as raised:
        each_after_its_parents(entries, "k", ["up"], lambda one: one.integer("n"))
    assert ["'n' is 'x'" in one or "'n' is 'z'" in one for one in raised.value.problems] == [
        True,
        True,
    ]
