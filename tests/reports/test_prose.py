"""Rich text: what is kept, what is dropped, and the blocks it becomes."""

from hypothesis import given
from hypothesis import strategies as st

from programme.common.blocks import Run, Text
from programme.common.richtext import clean, from_plain
from reports.document import Bullets, Paragraph
from reports.prose import to_blocks


def texts(*items: str) -> tuple[Text, ...]:
    return tuple(Text.plain(item) for item in items)


def test_allowed_markup_is_kept_and_the_rest_loses_its_tags() -> None:
    html = (
        '<h1 class="x">Big <strong>news</strong></h1><p onclick="x()">and <em>more</em><br>here</p>'
    )
    assert clean(html) == "Big <strong>news</strong><p>and <em>more</em><br>here</p>"


def test_scripts_and_styles_go_with_their_content() -> None:
    html = "<p>a</p><script>alert(1)</script><style>p{}</style><!-- note --><p>b</p>"
    assert clean(html) == "<p>a</p><p>b</p>"


def test_links_lead_to_web_and_mail_only() -> None:
    assert clean('<a href="https://example.org/a" target="_blank">a</a>') == (
        '<a href="https://example.org/a">a</a>'
    )
    assert clean('<a href="mailto:a@example.org">a</a>') == '<a href="mailto:a@example.org">a</a>'
    for href in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/inside"):
        assert clean(f'<a href="{href}">a</a>') == "<a>a</a>"


def test_b_and_i_mean_strong_and_em() -> None:
    assert clean("<b>one</b> <i>two</i> &lt;b&gt;") == "<strong>one</strong> <em>two</em> &lt;b&gt;"


@given(st.text(alphabet=st.sampled_from("<>/=\"&;' abpscriptonhref:ulli"), max_size=60))
def test_cleaning_is_final(html: str) -> None:
    once = clean(html)
    assert clean(once) == once
    assert "<script" not in once


def test_plain_text_becomes_paragraphs_and_lists() -> None:
    text = "First line\nwraps here.\n\nTwo things:\n- fish & chips\n- peas,\n  mushy\n\n<Last>"
    assert from_plain(text, wrapped=True) == (
        "<p>First line wraps here.</p><p>Two things:</p>"
        "<ul><li>fish &amp; chips</li><li>peas, mushy</li></ul><p>&lt;Last&gt;</p>"
    )


def test_pasted_lists_are_lists_of_a_paper() -> None:
    pasted = "Both:\r\n· one\r\n· two\r\n1. first\r\n2. second\r\nThen\r\nmore."
    assert to_blocks(from_plain(pasted)) == (
        Paragraph(Text((Run("Both:"),))),
        Bullets((Text((Run("one"),)), Text((Run("two"),)))),
        Bullets((Text((Run("first"),)), Text((Run("second"),))), "1"),
        Paragraph(Text((Run("Then\nmore."),))),
    )


@given(st.text(max_size=200))
def test_plain_text_survives_cleaning_word_for_word(text: str) -> None:
    html = from_plain(text)
    assert to_blocks(html) == to_blocks(clean(html))


def test_paragraphs_keep_their_runs() -> None:
    html = '<p>A <strong>strong <em>and soft</em></strong> word, <a href="https://x.org/">link</a>.</p>'
    assert to_blocks(html) == (
        Paragraph(
            Text(
                (
                    Run("A "),
                    Run("strong ", strong=True),
                    Run("and soft", strong=True, emphasis=True),
                    Run(" word, "),
                    Run("link", href="https://x.org/"),
                    Run("."),
                )
            )
        ),
    )


def test_line_breaks_and_white_space() -> None:
    html = "<p>  one \n two<br> three </p><p> </p><p></p>"
    assert to_blocks(html) == (Paragraph(Text.plain("one two\nthree")),)


def test_text_outside_any_paragraph_is_not_lost() -> None:
    assert to_blocks("before<p>inside</p>after") == tuple(
        Paragraph(text) for text in texts("before", "inside", "after")
    )


def test_a_list_inside_a_list_follows_its_item() -> None:
    html = "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li><p>d</p><p>e</p></li></ul>"
    a, b, c, rest = texts("a", "b", "c", "d\ne")
    assert to_blocks(html) == (Bullets((a, Bullets((b, c), "1"), rest)),)


def test_a_list_with_no_item_above_it_is_no_list_of_its_own() -> None:
    html = "<ul><li><ul><li>a</li><li>b</li></ul></li><li><ol><li> </li></ol>c</li></ul>"
    assert to_blocks(html) == (Bullets(texts("a", "b", "c")),)


def test_ordered_lists_keep_their_order() -> None:
    assert to_blocks("<ol><li>a</li><li>b</li></ol>") == (Bullets(texts("a", "b"), "1"),)


def test_nothing_gives_no_block() -> None:
    assert to_blocks("") == ()
    assert to_blocks("<ul><li> </li></ul>") == ()


def test_blocks_are_cleaned_again() -> None:
    """Whatever way markup came into a row, it does not reach a renderer."""
    (block,) = to_blocks(
        '<p>a<script>x</script><a href="javascript:x">b</a><img src=x onerror=y></p>'
    )
    assert block == Paragraph(Text.plain("ab"))
