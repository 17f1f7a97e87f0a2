"""A form's rich text: left alone it stays, by whatever way it was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.forms import LONGEST_TEXT, PortalForm
from programme.common.richfield import MARK, RichTextField
from programme.common.richtext import TAGS, clean, from_plain, length, to_plain, written
from tests.filling import answers
from tests.programme.test_richtext import BLOCKS, WORDS

LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXT = WORDS.map(lambda words: clean(words.replace("<", "&lt;")))
KINDS = st.sampled_from(["ul", "ol"])


def of_kind(kind, items):
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


LISTS = st.recursive(
    st.builds(of_kind, KINDS, st.lists(TEXT, min_size=1, max_size=3)),
    lambda below: st.builds(
        of_kind, KINDS, st.lists(st.builds("{}{}".format, TEXT, below), min_size=1, max_size=2)
    ),
    max_leaves=4,
)
RICH = st.lists(
    st.one_of(
        TEXT.map("<p>{}</p>\n".format),
        TEXT.map("<p>A <strong>{}</strong><br>line</p>".format),
        TEXT.map('<p><a href="https://example.org/">{}</a></p>'.format),
        LISTS,
    ),
    max_size=4,
).map("".join)


class Form(PortalForm):
    text = RichTextField(label="How it stands", required=False)


class Needed(PortalForm):
    text = RichTextField(label="How it stands", max_length=20)


class Page:
    """A form as a page prints it."""

    def __init__(self, form):
        self.content = f"<main>{form}</main>".encode()


def sent(form):
    return answers(Page(form))["text"]


def saved(stored, typed, form=Form):
    given_in = form({"text": typed}, initial={"text": stored})
    assert given_in.is_valid(), given_in.errors
    return given_in.cleaned_data["text"]


@given(stored=RICH, line_end=LINE_ENDS)
def test_what_is_left_alone_stays_letter_by_letter(stored, line_end):
    """Without a script the text area is sent, with it what the editor was given; line ends are the
    browser's."""
    plain = sent(Form(initial={"text": stored}))
    assert plain == to_plain(stored)
    assert saved(stored, plain.replace("\n", line_end)) == stored
    assert saved(stored, MARK + stored.replace("\n", line_end)) == stored


@given(plain=BLOCKS, line_end=LINE_ENDS)
def test_what_is_typed_plainly_is_the_same_whatever_ends_its_lines(plain, line_end):
    assert saved("<p>Before.</p>", plain.replace("\n", line_end)) == from_plain(plain)


@given(stored=RICH, typed=RICH)
def test_a_text_that_comes_back_is_what_was_sent(stored, typed):
    """After a mistake elsewhere, or from a draft: shown as sent, and sent again it is that."""
    for text in (MARK + typed, to_plain(typed)):
        form = Form({"text": text}, initial={"text": stored})
        shown = form["text"].value()
        assert shown.plain == to_plain(saved(stored, text)) or shown.plain == text
        assert saved(stored, MARK + shown.html) == saved(stored, text)


@given(html=st.lists(st.one_of(RICH, st.sampled_from([f"<{tag}>" for tag in TAGS]))).map("".join))
def test_what_is_written_is_clean_and_written_once(html):
    found = written(html)
    assert clean(found) == found
    assert written(found) == found
    assert to_plain(found).split() == to_plain(clean(html)).split()


@pytest.mark.parametrize(
    ("sent_html", "kept"),
    [
        ("<p></p>", ""),
        ("<p><br></p><ul><li></li></ul>", ""),
        ("<p>&nbsp;</p><p>One. <br></p><p></p>", "<p>One.</p>"),
        ("<ul><li>a<ul><li></li></ul></li><li><p> </p></li></ul>", "<ul><li>a</li></ul>"),
        ('<p onclick="x()">a<img src=x><script>x()</script></p>', "<p>a</p>"),
        ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<p>a<strong> </strong>b</p>", "<p>a b</p>"),
        ("<strong>" * 9000 + "</strong>" * 9000, ""),
        (f"<p>a{' ' * 90_000}b</p>", f"<p>a{' ' * 90_000}b</p>"),
    ],
)
def test_what_holds_nothing_is_left_out(sent_html, kept):
    assert written(sent_html) == kept


def test_a_text_of_markup_alone_is_no_answer():
    form = Needed({"text": f"{MARK}<p><br></p>"})
    assert not form.is_valid()
    assert "how it stands" in form.errors["text"][0]


def test_what_a_reader_sees_is_counted():
    html = '<p>One<br>two</p><ul><li>a<ul><li>b</li></ul></li></ul><p><a href="https://x.org">c</a></p>'
    assert length(html) == len("One\ntwo\na\nb\nc")
    assert length("<p>5 &lt; 6</p>") == len("5 < 6")
    long = MARK + f"<p><strong>{'x' * 10}</strong></p><p>{'y' * 10}</p>"
    assert Needed({"text": long}).errors["text"] == [
        "“How it stands” must be 20 characters or fewer: it has 21"
    ]
    assert saved("", long.replace("yy", "y", 1), Needed)


def test_endless_markup_is_refused_in_words():
    text = MARK + "<p>" + "<strong>a</strong><em>b</em>" * (LONGEST_TEXT // 2) + "</p>"
    form = Form({"text": text})
    assert form.errors["text"] == [
        "“How it stands” has too many links and changes of style: paste it as plain text."
    ]


def test_a_paragraph_changed_plainly_leaves_the_others_as_they_were():
    listed = '<ul><li>a<ol><li><em>b</em></li></ol></li><li><a href="https://x.org">c</a></li></ul>'
    stored = f"<p>One <strong>day</strong>.</p>\n{listed}<p>Last<br><em>line</em>.</p>"
    plain = sent(Form(initial={"text": stored}))
    assert saved(stored, plain.replace("Last", "First")) == (
        f"<p>One <strong>day</strong>.</p>{listed}<p>First<br>line.</p>"
    )
    moved = "\n\n".join(reversed(plain.split("\n\n"))) + "\n\nNew."
    assert saved(stored, moved) == (
        f"<p>Last<br><em>line</em>.</p>{listed}<p>One <strong>day</strong>.</p><p>New.</p>"
    )


@given(stored=RICH, added=WORDS)
def test_what_is_added_plainly_takes_nothing_away(stored, added):
    plain = sent(Form(initial={"text": stored}))
    found = saved(stored, f"{plain}\n\n{added}")
    assert found == stored.replace("</p>\n", "</p>") + from_plain(added)


def test_markup_in_plain_text_stays_text():
    assert saved("", "<p><b>a</b></p>") == "<p>&lt;p&gt;&lt;b&gt;a&lt;/b&gt;&lt;/p&gt;</p>"
