"""Names that are written from right to left move no figure that stands beside them."""

import re
import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from programme.common.blocks import Column, ColumnKind, Money, Ref, Row, Run, Table, Text
from programme.common.values import Amount
from reports.document import Block, Document, Gap, Section, Subheading
from reports.render.html import render_html
from reports.render.isolation import FIRST_STRONG, POP, isolated
from reports.render.jsonform import printed_json
from reports.render.pdf import render_pdf
from tests import verapdf
from tests.reports.sample import META, plain, sample

NAME, OTHER = "العربية", "שירות"

LINES = {
    "Source number 1 {العربية} £65,382,782": "a figure after a name",
    "Contributions: {العربية} £65, {שירות} £5 and Police £7.": "a list of names with figures",
    "{العربية} £65,382,782.": "a name and its figure alone",
    "{المشروع 2}: no update": "a number that ends a name",
    "{المشروع 2}": "a name alone",
    "{العربية &amp; الخليج} and Police": "a name of several words",
    "{تم صرف £500 في المشروع.}": "a sentence of theirs, its figure where they read it",
    "{العربية} (Home Office), 28 March 2019": "words in brackets",
}


@pytest.mark.parametrize("line", LINES, ids=LINES.values())
def test_each_name_is_isolated_and_no_figure_that_is_not_its_own(line: str) -> None:
    bare = re.sub("[{}]", "", line)
    within = line.replace("{", "<bdi>").replace("}", "</bdi>")
    assert isolated(f"<p>{bare}</p>") == f"<p>{within}</p>"
    without_element = line.replace("{", FIRST_STRONG).replace("}", POP)
    assert isolated(f'<a href="/{NAME}">{bare}</a>') == f'<a href="/{NAME}">{without_element}</a>'
    assert isolated(f'<b aria-label="{bare}">') == f'<b aria-label="{without_element}">'


def test_an_amount_is_never_turned_round_by_a_mark_in_the_text() -> None:
    assert isolated("<p>\u202e£21\u202c and \u2067£5\u2069</p>") == "<p>£21 and £5</p>"


def named() -> Document:
    """Names of theirs wherever a paper prints a figure or a date beside one."""
    figure = Money(Amount.exact(65_382_782), label=f"{NAME} team", ref=Ref("source", "a"))
    row = Row((Text.plain(f"{NAME} (Home Office)"), figure))
    blocks: tuple[Block, ...] = (
        plain(f"{NAME} £65,382,782 and Police £5."),
        Gap(f"{OTHER}: 3 updates"),
        Subheading(f"{OTHER} 2018/19 forecast"),
        Table.of(f"{NAME}, 2018/19 spend", (Column(NAME), Column("£", ColumnKind.FIGURE)), (row,)),
    )
    meta = replace(META, board=f"{NAME} Board", title=f"{OTHER} 2018/19 report")
    return Document(meta, (Section("money", f"{NAME} 2018/19 money", blocks),))


@pytest.mark.parametrize("mode", ["page", "file", "print"])
def test_no_name_stands_bare_in_a_paper(mode: str) -> None:
    html = render_html(
        named(), mode=mode, resolve=lambda ref: "https://a.example/1", with_contents=True
    )
    assert html.count("<bdi>") > 8
    kept = re.sub(rf"<bdi>[^<]*</bdi>|{FIRST_STRONG}[^{POP}]*{POP}", "", html)
    assert not re.search("[\u0590-\u08ff]", kept)


def test_a_paper_without_such_names_and_its_data_are_as_they_were() -> None:
    assert "<bdi>" not in render_html(sample())
    data = printed_json(named())
    assert NAME in data
    assert not re.search(f"bdi|{FIRST_STRONG}|{POP}", data)


def test_a_figure_in_print_stands_after_its_name() -> None:
    """Where each piece is drawn, from the left: the name, then the amount."""
    (page,) = PdfReader(BytesIO(render_pdf(Document(META, (section(NAME),))))).pages
    drawn: list[tuple[float, str]] = []
    page.extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: drawn.append((tm[4], text.strip()))
    )
    places = [x for x, text in drawn if "65,382,782" in text]
    names = [x for x, text in drawn if re.search("[\u0600-\u06ff\ufb50-\ufefc]", text)]
    assert len(places) == 1
    assert names
    assert max(names) < places[0]


def test_the_running_head_and_foot_are_isolated_too() -> None:
    html = render_html(named(), mode="print")
    head, foot = re.findall(r'data-(?:head|foot)="([^"]*)"', html)
    assert head == f"{FIRST_STRONG}{OTHER}{POP} 2018/19 report"
    assert foot.startswith(f"{FIRST_STRONG}{NAME}{POP} Board, 28 March 2019")


def section(name: str) -> Section:
    return Section("a", "Money", (plain(f"Source {name} £65,382,782 and more"),))


def test_names_are_read_from_a_file_letter_for_letter() -> None:
    """As a screen reader has them: each letter is its own, whatever form it takes in a word and
    whatever letters of the same shape stand elsewhere in the paper."""
    words = ["في", "بيت", "العربية", "محمد", "تقديم", "نيابة", "پاکستان", "ٹیکس", "گھر"]
    blocks = tuple(plain(f"Name {word} £{place}") for place, word in enumerate(words))
    (page,) = PdfReader(BytesIO(render_pdf(Document(META, (Section("a", "A", blocks),))))).pages
    read = unicodedata.normalize("NFKC", page.extract_text())
    assert {"".join(sorted(each)) for each in re.findall("[\u0620-\u06ff]+", read)} == {
        "".join(sorted(word)) for word in words
    }


@pytest.mark.verapdf
def test_isolated_names_pass_in_text_and_in_links(tmp_path) -> None:
    link = Text((Run(f"{NAME} £5 report", strong=True, href="https://a.example/1"),))
    document = named()
    (only,) = document.sections
    table = Table.of("Links", (Column("Name"),), (Row((link,)),))
    document = replace(document, sections=(replace(only, blocks=(*only.blocks, table)),))
    file = tmp_path / "names.pdf"
    file.write_bytes(render_pdf(document, resolve=lambda ref: "https://a.example/2"))
    assert verapdf.validate(file) == []
