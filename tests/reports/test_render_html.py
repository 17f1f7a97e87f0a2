"""The paper as HTML: every block printed, headings in order, nothing that the portal forbids."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from programme.common import cells
from programme.common.blocks import (
    Blank,
    Cell,
    Column,
    Day,
    Missing,
    Money,
    MoneyTotal,
    Movement,
    Number,
    Percent,
    Row,
    Run,
    Score,
    Slip,
    Table,
    Text,
)
from programme.common.values import Amount, Certainty, PlainDate, total
from reports.document import Block, Document, Gap, RagBox, RagCell, Section, Subheading
from reports.numbering import number
from reports.render.html import file_name, page_title, render_html
from tests.reports.sample import AMBER, GREEN, META, changed, hexagon_box, plain, sample

VOID = {"meta", "br", "col", "path", "rect"}


class Reader(HTMLParser):
    """Checks that tags close in order; keeps headings, ids, links and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.text = ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name) for name in given]
        if "id" in given:
            self.ids.append(given["id"])
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag == "a":
            self._href = given.get("href", "")
            self.links[self._href] = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name) for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(re.fullmatch("h[1-6]", tag) for tag in self.open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, (text + data).strip())
        if "a" in self.open:
            assert self.open[-1] == "a"  # links hold text only
            self.links[self._href] += data


def page(*blocks: Block, **options: object) -> Reader:
    document = Document(META, (Section("only", "Only", blocks),))
    return Reader(render_html(document, **options))


@pytest.mark.parametrize("style", ["paragraphs", "decimal", "none"])
def test_the_page_is_well_formed_and_needs_no_style_or_script_inside(style: str) -> None:
    html = render_html(number(sample(), style), resolve=lambda ref: f"/{ref.kind}/{ref.key}/")
    reader = Reader(html)
    assert not [(tag, name) for tag, name in reader.attributes if name.startswith(("style", "on"))]
    assert not re.search(r"<(style|script|link|html|body)\b", html)
    assert len(set(reader.ids)) == len(reader.ids)


def test_every_text_of_the_document_is_printed() -> None:
    """Whatever a block says stands on the page, but for data that is not meant to be read."""
    text = Reader(render_html(number(sample(), "decimal"))).text

    unread = {"key", "kind", "colour", "href", "role", "certainty", "movement", "reason"}
    unread |= {"marker", "template", "language", "ref", "previous_word"}

    def said(value: object) -> list[str]:
        if isinstance(value, str):
            return value.split("\n")
        if isinstance(value, tuple):
            return [each for item in value for each in said(item)]
        names = getattr(type(value), "__dataclass_fields__", {}).keys() - unread
        return [each for name in names for each in said(getattr(value, name))]

    words = {word.strip() for word in said(sample())} - {""}
    assert {word for word in words if word not in text} == set()
    assert len(words) > 100


def test_headings_never_skip_a_level_and_equal_ones_stay_equal() -> None:
    reader = page(
        Subheading("Deep first", depth=3),
        Subheading("Same again", depth=3),
        Subheading("Above", depth=1),
        hexagon_box("Boxed"),
        Subheading("Deeper", depth=3),
        hexagon_box("Boxed too"),
    )
    assert reader.headings == [
        (1, META.title),
        (2, "Only"),
        (3, "Deep first"),
        (3, "Same again"),
        (3, "Above"),
        (4, "Boxed"),
        (5, "Deeper"),
        (4, "Boxed too"),
    ]


def test_a_box_below_its_own_title_does_not_repeat_it() -> None:
    reader = page(Subheading("Op Hexagon", depth=2), hexagon_box("Op Hexagon"))
    assert [text for _, text in reader.headings].count("Op Hexagon") == 1


def test_a_box_of_one_rating_is_a_line() -> None:
    box = RagBox("Forensics", RagCell("Overall", changed(GREEN, Movement.NEW)), ())
    html = render_html(Document(META, (Section("s", "S", (box,)),)))
    assert "Overall:" in html
    assert '<table class="strip' not in html


def test_contents_stand_on_a_page_of_many_headings_and_lead_to_them() -> None:
    reader = Reader(render_html(number(sample(), "decimal")))
    targets = {href[1:]: text for href, text in reader.links.items() if href.startswith("#")}
    assert targets["paper-finance"] == "Finance"
    assert len(targets) == 9
    assert set(targets) <= set(reader.ids)
    assert (2, "Contents") not in page(plain("x")).headings


def test_figures_link_to_their_rows_where_there_is_a_page() -> None:
    known = {("source", "police"): "/essex/sources/police/"}
    html = render_html(sample(), resolve=lambda ref: known.get((ref.kind, ref.key)))
    links = Reader(html).links
    assert links["/essex/sources/police/"] == "£304,289"
    assert "£730,578" not in links.values()


@pytest.mark.parametrize("mode", ["print", "file"])
def test_outside_the_portal_only_absolute_addresses_are_links(mode: str) -> None:
    addresses = {"source": "https://portal.example/police/", "project": "/essex/scd/"}
    html = render_html(sample(), mode=mode, resolve=lambda ref: addresses.get(ref.kind))
    links = Reader(html).links
    assert links["https://portal.example/police/"] == "£304,289"
    assert "/essex/scd/" not in links


def test_a_file_carries_its_style_and_reads_alone() -> None:
    html = render_html(sample(), mode="file")
    assert html.startswith("<!DOCTYPE html>") or html.lstrip().startswith("<!DOCTYPE html>")
    assert '<html lang="en-GB">' in html
    assert "font-face" in html
    assert ".paper .table" in html
    assert not re.search(r'(src|href)="(?!#|https://www\.essex)', html)


def test_text_is_escaped_everywhere() -> None:
    bad = '<img src=x>"&'
    document = Document(
        replace(META, title=bad, author_post=bad),
        (
            Section(
                bad,
                bad,
                (
                    plain(bad),
                    Gap(bad),
                    hexagon_box(bad),
                    Table.of(bad, (Column(bad),), (Row((Missing(bad),)),), (Text.plain(bad),)),
                ),
            ),
        ),
    )
    for mode in ("page", "file", "print"):
        html = render_html(document, mode=mode)
        assert "<img" not in html
        assert "&lt;img src=x&gt;" in html


def test_links_of_other_schemes_are_only_text() -> None:
    text = Text((Run("press", href="javascript:alert(1)"),))
    assert cells.inline(text) == "press"


def test_emphasis_stands_outside_the_link() -> None:
    run = Run("site", strong=True, emphasis=True, href="https://example.org/?a=1&b=2")
    assert cells.inline(Text((run,))) == (
        '<strong><em><a href="https://example.org/?a=1&amp;b=2">site</a></em></strong>'
    )


def test_a_missing_fact_of_the_head_is_named() -> None:
    html = render_html(Document(replace(META, author_post=""), ()))
    assert re.search(r'Author</th><td><em class="missing">not given', html)


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (Money(Amount.exact(-17_289), signed_word="over"), "−£17,289 (over)"),
        (Money(Amount.circa(110_000), term="a year"), "circa £110,000 a year"),
        (Money(Amount.exact(50_000), label="Biometrics"), "Biometrics: £50,000"),
        (Money(Amount.tbc(), term="a year", label="cashable"), "cashable: TBC"),
        (Money(Amount.not_applicable()), "not applicable"),
        (Money(Amount.exact(0)), "£0"),
        (MoneyTotal(total([Amount.exact(416_500), Amount.tbc()])), "£416,500, 1 TBC"),
        (Day(PlainDate(date(2019, 6, 3))), "3 June 2019"),
        (Day(PlainDate(date(2019, 6, 1), Certainty.CIRCA)), "June 2019"),
        (Day(PlainDate.tbc()), "TBC"),
        (Slip(44), "44 working days late"),
        (Slip(None), "not known"),
        (Percent(Decimal("35.4")), "35%"),
        (Number(Decimal("1234.50"), "hours"), "1,234.50 hours"),
        (Number(Decimal("1E+3")), "1,000"),
        (Blank(), ""),
        (Missing("Rating not given"), "Rating not given"),
        (AMBER, "Amber"),
        (Score(4, 5, "Very high", "red"), "4 × 5 Very high"),
    ],
)
def test_a_cell_prints_as_people_write_it(cell: Cell, printed: str) -> None:
    assert cells.printed(cell) == printed
    on_page = Reader(f"<p>{cells.cell(cell)}</p>").text
    assert printed in on_page


@pytest.mark.parametrize(
    ("movement", "previous", "printed"),
    [
        (Movement.BETTER, "Red", "↑ was Red"),
        (Movement.WORSE, "Green", "↓ was Green"),
        (Movement.SAME, "Amber", "unchanged"),
        (Movement.NEW, "", "new"),
        (Movement.NOT_COMPARABLE, "Exempt", "was Exempt"),
        (Movement.NOT_COMPARABLE, "Amber", "unchanged"),
        (Movement.NOT_COMPARABLE, "", "not comparable"),
        (Movement.BETTER, "", "↑ better"),
    ],
)
def test_movement_is_said_in_words(movement: Movement, previous: str, printed: str) -> None:
    assert cells.movement(changed(AMBER, movement, previous)) == printed


def test_a_rating_is_letter_and_word_as_well_as_colour() -> None:
    html = cells.rating(AMBER)
    assert "chip--amber" in html
    assert Reader(html).text == "A Amber"


def test_a_rating_whose_letter_is_its_word_says_it_once() -> None:
    assert Reader(cells.rating(replace(AMBER, code="TBC", word="TBC"))).text == "TBC"


def test_titles_and_file_names_carry_what_tells_papers_apart() -> None:
    assert page_title(META) == (
        "Collaboration: quarterly update – Performance and Resources Scrutiny Board, 28 March 2019"
    )
    assert file_name(sample(), "pdf") == "OFFICIAL quarterly-scrutiny 2019-03-28.pdf"
    undated = replace(META, meeting_date=PlainDate.tbc(), marking="OFFICIAL-SENSITIVE/x")
    assert file_name(Document(undated, ()), "json") == (
        "OFFICIAL-SENSITIVE-x quarterly-scrutiny 2019-03-15.json"
    )
