"""Rich text asked for as plain text comes back as the rich text that it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.richtext import from_plain, to_plain

WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1
).filter(lambda text: text.split() and not text.strip().startswith(("-", "•", "*")))
BLOCKS = st.lists(
    st.one_of(WORDS, st.lists(WORDS.map(lambda words: f"- {words}"), min_size=1).map("\n".join))
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
        ("<ol><li>one</li></ol>", "- one"),
        ("<p>It is <strong>not</strong> <em>late</em>.</p>", "It is not late."),
        (
            '<p>See <a href="https://example.org/a">this</a>.</p>',
            "See this (https://example.org/a).",
        ),
        ("<p>One<br>line</p>", "One line"),
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
