"""The editor of rich text in a real browser: what is pasted, what is left alone, and plain text
where there is no script."""

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from programme.common.richtext import clean, from_plain, to_plain, written
from programme.models import User
from projects.models import StatusUpdate
from tests.programme.test_richtext import BLOCKS, WORDS
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ADDRESS = "/essex/projects/n2/updates/2019-03/"
EDITOR, PLAIN_BOX = "div#id_narrative", "textarea#id_narrative"
SAVE = "main form button.govuk-button[type=submit]:not([name]) >> nth=-1"

_NO_LISTS = "<![if !supportLists]><span\nstyle='font-family:Symbol'><span style='mso-list:Ignore'>"
_SPACE = (
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;\n</span></span></span><![endif]>"
)


def word_item(level, mark, text, style="l0"):
    """An item of a list as Word puts it on the clipboard."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:{style} "
        f"level{level} lfo1'>{_NO_LISTS}{mark}{_SPACE}{text}<o:p></o:p></p>\n"
    )


WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {{margin:0cm}} @list l0:level1 {{mso-level-text:x}} --></style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><b>Phase one</b> is done and <span style='mso-bidi-font-weight:
normal'>signed off</span>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>See <a href="https://example.org/plan">the plan</a> for what is <i>next</i>:</p>
{word_item(1, "·", "Training")}{word_item(2, "o", "of <b>all</b> teams")}
{word_item(2, "o", "of new staff")}{word_item(1, "·", "Go-live")}
{word_item(1, "1.", "First", "l1")}{word_item(1, "2.", "Second", "l1")}
<p class=MsoNormal>Last.</p><!--EndFragment--></body></html>"""
MEANT_BY_WORD = (
    "<p><strong>Phase one</strong> is done and signed off.</p>"
    '<p>See <a href="https://example.org/plan">the plan</a> for what is <em>next</em>:</p>'
    "<ul><li>Training<ul><li>of <strong>all</strong> teams</li><li>of new staff</li></ul></li>"
    "<li>Go-live</li></ul><ol><li>First</li><li>Second</li></ol><p>Last.</p>"
)


@pytest.fixture(scope="module")
def site(essex):
    with served() as address:
        yield address


@pytest.fixture
def returned(essex):
    """An update that its lead may write."""
    StatusUpdate.objects.filter(project__ref="n2", period__slug="2019-03").update(state="returned")
    return StatusUpdate.objects.get(project__ref="n2", period__slug="2019-03")


def window(chromium, site, **options):
    context = chromium.new_context(base_url=site, **options)
    client = Client()
    user = User.objects.get(email="lead@example.org")
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key}
    context.add_cookies([{**cookie, "url": site}])
    return context.new_page()


@pytest.fixture
def page(chromium, site, returned):
    """A lead's window, which must stay silent: the content policy complains there."""
    found = window(chromium, site)
    said = []
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    yield found
    found.context.close()
    expected = ("preload", "status of 409")
    assert [each for each in said if not any(words in each for words in expected)] == []


@pytest.fixture
def plain_page(chromium, site, returned):
    """A lead's window without script."""
    found = window(chromium, site, java_script_enabled=False)
    yield found
    found.context.close()


def store(update, html, restricted=""):
    texts = {"narrative": html, "restricted_narrative": restricted}
    StatusUpdate.objects.filter(pk=update.pk).update(**texts)


def stored(update):
    return StatusUpdate.objects.get(pk=update.pk).narrative


def open_form(page):
    page.goto(f"{ADDRESS}edit/words/")
    page.wait_for_selector(EDITOR)


def save(page):
    with page.expect_navigation():
        page.click(SAVE)
    assert page.locator(".govuk-error-summary").count() == 0


def paste(page, kind, text):
    """What the clipboard holds, pasted where the cursor is."""
    page.evaluate(
        """([kind, text]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData(kind, text);
          const given = {clipboardData, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
        }""",
        [kind, text],
    )


# --- left alone -----------------------------------------------------------------------------------

ODD = [
    (
        "<p>One.</p>\n<p>Two,<br>with a  line.</p>",
        "<ul>\n<li><p>A</p><p>B</p></li>\n<li>C<ol><li>D</li></ol></li>\n</ul>",
    ),
    ("Bare words &amp; <em><strong>both</strong></em>", ""),
    (
        '<p><a href="mailto:a@example.org">Write</a>&nbsp;to us. </p><p></p>',
        "<p>- not a list</p><p>1. nor this</p>",
    ),
]


@pytest.mark.parametrize(("html", "restricted"), ODD)
def test_a_text_left_alone_stays_letter_by_letter(page, plain_page, returned, html, restricted):
    store(returned, html, restricted)
    for each in (page, plain_page):
        each.goto(f"{ADDRESS}edit/words/")
        each.wait_for_selector(EDITOR if each is page else PLAIN_BOX)
        each.fill("#id_status_line", f"Line {id(each)}")
        save(each)
        returned.refresh_from_db()
        assert (returned.narrative, returned.restricted_narrative) == (html, restricted)


def test_a_text_left_alone_stays_when_the_form_comes_back(page, returned):
    html = "<p>The date is <strong>fixed</strong>.</p>\n<ul><li>a<ul><li>b</li></ul></li></ul>"
    store(returned, html)
    open_form(page)
    page.fill("#id_status_line", "x" * 500)
    with page.expect_navigation():
        page.click(SAVE)
    assert page.locator(".govuk-error-summary").count() == 1
    page.wait_for_selector(EDITOR)
    page.fill("#id_status_line", "Short.")
    save(page)
    assert stored(returned) == html


# --- written --------------------------------------------------------------------------------------


def test_what_is_pasted_from_word_keeps_its_form(page, returned):
    store(returned, "")
    open_form(page)
    page.click("#id_narrative")
    paste(page, "text/html", WORD)
    save(page)
    assert stored(returned) == MEANT_BY_WORD
    page.goto(ADDRESS)
    page.goto(ADDRESS)
    assert page.locator(".app-rich ul ul li").count() == 2


def test_a_text_is_written_by_keyboard_alone(page, returned):
    store(returned, "")
    open_form(page)
    keys = page.keyboard
    page.focus("#id_narrative")
    keys.press("Control+b")
    keys.type("Bold")
    keys.press("Control+b")
    keys.type(" words")
    keys.press("Shift+Enter")
    keys.type("a line")
    keys.press("Enter")
    keys.type("- one")
    keys.press("Enter")
    keys.press("Control+]")
    keys.type("two")
    keys.press("Enter")
    keys.press("Control+[")
    keys.type("three")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("See here")
    for _ in "here":
        keys.press("Shift+ArrowLeft")
    # A browser tells of what is marked a little later.
    page.evaluate("new Promise((done) => setTimeout(done, 50))")
    # The tool bar is one stop before the text, and the arrows lead to its buttons.
    keys.press("Shift+Tab")
    for _ in range(6):
        keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Link"
    keys.press("Enter")
    keys.type("nothing")
    keys.press("Enter")
    assert "Enter an address" in page.locator(".app-editor__link").first.inner_text()
    keys.press("Control+a")
    keys.type("example.org/plan")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_narrative"
    save(page)
    assert stored(returned) == (
        "<p><strong>Bold</strong> words<br>a line</p>"
        "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>"
        '<p>See <a href="https://example.org/plan">here</a></p>'
    )


def test_the_tool_bar_makes_lists_and_takes_them_back(page, returned):
    store(returned, "<p>one</p>")
    open_form(page)
    page.click("#id_narrative")
    bar = page.locator("[role=toolbar]").first
    for name, html in (
        ("Numbers", "<ol><li>one</li></ol>"),
        ("Bullets", "<ul><li>one</li></ul>"),
        ("Undo", "<p>one</p>"),
        ("Redo", "<ul><li>one</li></ul>"),
        ("Bullets", "<p>one</p>"),
    ):
        bar.get_by_role("button", name=name).click()
        sent = page.locator("input[type=hidden][name=narrative]").input_value()
        assert sent == f"<!--rich-->{html}"


def test_what_is_too_long_is_counted_and_said_and_not_lost(page, returned):
    open_form(page)
    page.click("#id_narrative")
    page.keyboard.press("Control+a")
    paste(page, "text/html", f"<p><b>{'x' * 6000}</b></p><p>{'y' * 4004}</p>")
    group = page.locator(".govuk-form-group", has=page.locator("#id_narrative"))
    assert "You have 5 characters too many" in group.inner_text()
    with page.expect_navigation():
        page.click(SAVE)
    page.click("text=must be 10000 characters or fewer: it has 10005 >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_narrative"
    assert page.locator("#id_narrative strong").inner_text() == "x" * 6000


def test_rich_text_is_kept_while_it_is_typed(page, returned):
    store(returned, "<p>Before.</p>")
    open_form(page)
    page.click("#id_narrative")
    page.keyboard.press("End")
    page.keyboard.press("Control+b")
    page.keyboard.type("After")
    page.wait_for_selector("text=Draft kept at")
    open_form(page)
    page.click("text=Go on with that text")
    page.wait_for_selector(f"{EDITOR} strong")
    assert page.locator("#id_narrative strong").inner_text() == "After"
    save(page)
    assert stored(returned) == "<p>Before.<strong>After</strong></p>"


def test_rich_text_that_was_saved_over_is_gone_on_with(page, returned):
    store(returned, "<p>Theirs.</p>")
    open_form(page)
    StatusUpdate.objects.filter(pk=returned.pk).update(words_version=returned.words_version + 7)
    page.click(EDITOR)
    page.keyboard.press("End")
    page.keyboard.press("Control+b")
    page.keyboard.type(" Mine")
    with page.expect_navigation():
        page.click(SAVE)
    assert "Theirs. Mine" in page.locator("main").inner_text()
    assert "<strong>" not in page.locator("main table").inner_text()
    with page.expect_navigation():
        page.click("text=Go on with my text")
    page.wait_for_selector(EDITOR)
    assert page.locator(f"{EDITOR} strong").inner_text().strip() == "Mine"
    save(page)
    assert stored(returned) == "<p>Theirs.<strong> Mine</strong></p>"


# --- read and written -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def editor(chromium, site):
    """The editor's own reading and writing, called in a browser."""
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.evaluate(
        "async () => {"
        " const there = document.getElementById('portal-script').dataset.editor;"
        " window.editor = await import(there); }"
    )

    def call(what, text):
        return page.evaluate(
            f"(text) => {{ const {{read, write, asMeant, fromPlain}} = editor; return {what}; }}",
            text,
        )

    yield call
    context.close()


def nested(items):
    return st.builds(
        lambda kind, rows: f"<{kind}>{''.join(f'<li>{row}</li>' for row in rows)}</{kind}>",
        st.sampled_from(["ul", "ol"]),
        st.lists(
            st.one_of(
                INLINE,
                st.builds("{}{}".format, INLINE, items),
                st.builds("<p>{}</p><p>{}</p>".format, INLINE, INLINE),
            ),
            min_size=1,
            max_size=3,
        ),
    )


PLAIN = WORDS.map(lambda text: clean(" ".join(text.split()).replace("<", "&lt;")))
INLINE = st.one_of(
    PLAIN,
    PLAIN.map("<strong>{}</strong>".format),
    PLAIN.map("a <em>{}</em> b".format),
    PLAIN.map('<a href="https://example.org/a?b=1&amp;c=2">{}</a>'.format),
    st.builds("{}<br>{}".format, PLAIN, PLAIN),
)
LISTS = st.recursive(st.just("<ul><li>one</li></ul>"), nested, max_leaves=4)
BLOCK = st.one_of(INLINE.map("<p>{}</p>".format), LISTS)
RICH = st.lists(BLOCK, min_size=1, max_size=4).map("".join)
FEW = how(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(html=RICH)
def test_what_is_read_is_written_as_it_was(editor, html):
    assert clean(html) == html
    assert editor("write(read(text))", html) == html
    assert written(html) == html


@FEW
@given(plain=BLOCKS, line_end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_plain_text_is_pasted_as_the_server_would_read_it(editor, plain, line_end):
    here = editor("write(read(fromPlain(text).innerHTML))", plain.replace("\n", line_end))
    assert to_plain(here).split() == to_plain(from_plain(plain)).split()
    assert [here.count(tag) for tag in ("<p>", "<ul>", "<ol>", "<li>", "<br>")] == [
        from_plain(plain).count(tag) for tag in ("<p>", "<ul>", "<ol>", "<li>", "<br>")
    ]


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        # Google Docs
        (
            '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span '
            'style="font-weight:700;font-style:italic">Both</span><span style="font-weight:400">'
            " not</span></p><ul><li><p>a</p></li><ul><li><p>b</p></li></ul></ul></b>",
            "<p><strong><em>Both</em></strong> not</p><ul><li>a<ul><li>b</li></ul></li></ul>",
        ),
        # Word for the web
        (
            "".join(
                f'<div class="ListContainerWrapper"><{kind}><li data-aria-level="{level}"><p>{text}'
                f"</p></li></{kind}></div>"
                for kind, level, text in (("ul", 1, "a"), ("ul", 2, "b"), ("ol", 1, "c"))
            ),
            "<ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol>",
        ),
        # Levels that are left out, a heading, and what is nothing but markup
        (
            "<h2>Next</h2><p style='mso-list:l0 level3 lfo1'>deep</p>"
            "<p style='mso-list:l0 level1 lfo1'>not</p><script>x()</script><p> </p>",
            "<p><strong>Next</strong></p><ul><li>deep</li></ul><ul><li>not</li></ul>",
        ),
    ],
)
def test_what_other_word_processors_mean(editor, pasted, meant):
    assert editor("write(read(asMeant(text)))", pasted) == meant


# --- without script -------------------------------------------------------------------------------


def test_without_script_plain_text_keeps_paragraphs_and_lists(plain_page, returned):
    plain_page.goto(f"{ADDRESS}edit/words/")
    typed = "First <b>words</b>.\n\nThen:\n- one\n- two\n\n1. a\n2. b"
    plain_page.fill("#id_narrative", typed)
    save(plain_page)
    assert stored(returned) == (
        "<p>First &lt;b&gt;words&lt;/b&gt;.</p><p>Then:</p><ul><li>one</li><li>two</li></ul>"
        "<ol><li>a</li><li>b</li></ol>"
    )
    plain_page.goto(f"{ADDRESS}edit/words/")
    assert plain_page.input_value("#id_narrative") == typed.replace("Then:\n", "Then:\n\n")
