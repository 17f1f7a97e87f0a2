"""Rich text asked for as plain text comes back as the rich text that it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.richtext import clean, from_plain, to_plain

_MARKED = re.compile(r"[-–—*•·‣▪●◦○■➢❖✓]|o\s\s|[0-9]+[.)]")
WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1
).filter(lambda text: text.split() and not _MARKED.match(text.strip()))
BLOCKS = st.lists(
    st.one_of(
        st.lists(WORDS, min_size=1).map("\n".join),
        st.lists(WORDS.map(lambda words: f"- {words}"), min_size=1).map("\n".join),
        st.lists(WORDS, min_size=1).map(
            lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
        ),
    )
).map("\n\n".join)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("", ""),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        (
            "<p>First:</p><ul><li>one</li><li>two</li></ul><p>Last.</p>",
            "First:\n\n- one\n- two\n\nLast.",
        ),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<p>It is <strong>not</strong> <em>late</em>.</p>", "It is not late."),
        (
            '<p>See <a href="https://example.org/a">this</a>.</p>',
            "See this (https://example.org/a).",
        ),
        ("<p>One<br>line</p>", "One\nline"),
        ("<ul><li>a<br>b</li><li><p>c</p><p>d</p></li></ul>", "- a\n  b\n- c\n  d"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n- b\n- c"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        ("No paragraph", "No paragraph"),
    ],
)
def test_rich_text_as_plain_text(html, plain):
    assert to_plain(html) == plain


@given(BLOCKS)
def test_paragraphs_and_lists_survive_the_way_there_and_back(plain):
    html = from_plain(plain)
    assert " ".join(from_plain(to_plain(html)).split()) == " ".join(html.split())
    assert from_plain(plain.replace("\n", "\r\n")) == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One.\r\n\r\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\r\n \r\n\r\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\rTwo.", "<p>One.<br>Two.</p>"),
        ("One.\vTwo.\N{LINE SEPARATOR}Three.", "<p>One.<br>Two.<br>Three.</p>"),
        ("Both:\r\n· one\r\n· two", "<p>Both:</p><ul><li>one</li><li>two</li></ul>"),
        ("•\tone\r\n•\ttwo\r\nThen.", "<ul><li>one</li><li>two</li></ul><p>Then.</p>"),
        ("\uf0b7 one\n– two", "<ul><li>one</li><li>two</li></ul>"),
        ("•\tone\r\no\ttwo\r\n•\tthree", "<ul><li>one</li><li>two</li><li>three</li></ul>"),
        ("\uf0a7\tone\no  two\n\uf0d8 three", "<ul><li>one</li><li>two</li><li>three</li></ul>"),
        ("One \uf0e0 two\no’clock\no dear", "<p>One → two<br>o’clock<br>o dear</p>"),
        ("1. one\n2) two\n3. three", "<ol><li>one</li><li>two</li><li>three</li></ol>"),
        ("- one\n  more\n- two", "<ul><li>one<br>more</li><li>two</li></ul>"),
        ("4. four\n5. five", "<p>4. four<br>5. five</p>"),
        ("1. one\n3. three", "<ol><li>one</li></ol><p>3. three</p>"),
        ("2019. A year\n-5 degrees", "<p>2019. A year<br>-5 degrees</p>"),
        ("<i>x</i> & y", "<p>&lt;i&gt;x&lt;/i&gt; &amp; y</p>"),
    ],
)
def test_what_is_typed_or_pasted_keeps_its_lines(typed, html):
    assert from_plain(typed) == html
    assert clean(html) == html
    assert from_plain(to_plain(html)) == html


def test_what_wraps_in_a_file_is_one_line():
    text = "One line\nand more\n– as agreed –\nends.\n\n- one\n  more\nyet\n- two\n"
    assert from_plain(text, wrapped=True) == (
        "<p>One line and more – as agreed – ends.</p><ul><li>one more yet</li><li>two</li></ul>"
    )
