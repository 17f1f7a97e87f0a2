"""The paper as PDF: the same bytes each time, its data inside, readable with and without eyes."""

import os
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from programme.common.blocks import Column, ColumnKind, Money, Row, Run, Table, Text
from programme.common.values import Amount
from reports.document import (
    Block,
    Document,
    GridGroup,
    GridRow,
    Paragraph,
    RagGrid,
    Section,
    Subheading,
)
from reports.numbering import number
from reports.render import pdf, typefaces
from reports.render.html import FONTS
from reports.render.jsonform import from_json, without_references
from reports.render.pdf import AttachedFile, CannotPrint, render_pdf
from reports.render.printable import printable
from tests import verapdf
from tests.reports.sample import GREEN, META, plain, risk_table, sample, source_table

SHORT = number(sample(projects=2), "paragraphs")
LONG = number(sample(projects=9), "decimal")


@pytest.fixture(scope="module")
def short() -> bytes:
    return render_pdf(SHORT)


@pytest.fixture(scope="module")
def long() -> bytes:
    return render_pdf(LONG)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in read(content).pages]


def only(*blocks: Block) -> Document:
    return Document(META, (Section("only", "Only", blocks),))


def rows(count: int) -> Table:
    table = source_table()
    (group,) = table.groups
    return replace(table, groups=(replace(group, rows=group.rows[:1] * count),))


# --- bytes ------------------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes(short: bytes, long: bytes) -> None:
    """After other papers, and in a thread that has rendered none."""
    assert render_pdf(SHORT) == short
    found: list[bytes] = []
    thread = threading.Thread(target=lambda: found.append(render_pdf(SHORT)))
    thread.start()
    thread.join()
    assert found == [short]


def test_nothing_of_this_machine_is_in_the_file(short: bytes) -> None:
    reader = read(short)
    everything = b"".join(
        item.get_data() if isinstance(item, StreamObject) else repr(item).encode()
        for number_ in range(1, len(reader.xref_objStm) + len(reader.xref[0]))
        if (item := reader.get_object(number_)) is not None
    )
    assert b"/work" not in everything
    assert str(Path(__file__).parent.parent.parent).encode() not in everything
    assert reader.metadata is not None
    assert reader.metadata.creation_date is None


# --- what it holds ----------------------------------------------------------------------------


def test_it_carries_its_document_as_data(short: bytes) -> None:
    reader = read(short)
    (name,) = reader.attachments
    assert name == "paper.json"
    assert from_json(reader.attachments[name][0].decode()) == without_references(SHORT)
    (file,) = reader.trailer["/Root"]["/AF"]
    assert file["/AFRelationship"] == "/Data"


def test_files_given_take_the_place_of_the_document() -> None:
    files = [AttachedFile("data.json", b"{}", "The data"), AttachedFile("b.csv", b"1", "Rows")]
    attachments = read(render_pdf(only(plain("x")), attachments=files)).attachments
    assert {name: content[0] for name, content in attachments.items()} == {
        "data.json": b"{}",
        "b.csv": b"1",
    }


def test_metadata_names_the_paper(short: bytes) -> None:
    metadata = read(short).metadata
    assert metadata is not None
    assert metadata.title is not None
    assert metadata.title.startswith("Collaboration: quarterly update – Performance")
    assert metadata.author == "Head of Strategic Change"


def test_every_page_has_marking_number_and_title(long: bytes) -> None:
    pages = texts(long)
    for place, text in enumerate(pages, start=1):
        assert "OFFICIAL" in text
        assert f"Page {place} of {len(pages)}" in text
        assert META.title in text


def test_a_higher_marking_stands_on_every_page() -> None:
    pages = texts(render_pdf(sample(projects=4, marking="OFFICIAL-SENSITIVE")))
    assert len(pages) > 4
    assert all("OFFICIAL-SENSITIVE" in text for text in pages)


def test_figures_are_in_the_text_as_printed(short: bytes) -> None:
    text = "\n".join(texts(short))
    for figure in ("£304,289", "−£17,289 (over)", "£416,500, 1 TBC", "circa £110,000 a year"):
        assert figure in text


# --- contents ---------------------------------------------------------------------------------


@pytest.mark.parametrize("guess", [0.0, 100.0])
@pytest.mark.parametrize(("projects", "wanted"), [(2, False), (9, True)])
def test_papers_over_six_pages_have_contents_whatever_was_guessed(
    guess: float, projects: int, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "estimated_pages", lambda document: guess)
    pages = texts(render_pdf(sample(projects=projects)))
    assert (len(pages) > 6) is wanted
    assert ("Contents" in pages[0]) is wanted


def test_a_paper_of_usual_length_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    layouts = []
    once: Callable[..., Any] = pdf._once
    monkeypatch.setattr(pdf, "_once", lambda *a: layouts.append(a) or once(*a))
    for projects in (1, 9):
        render_pdf(sample(projects=projects))
    assert len(layouts) == 2


def test_contents_name_the_page_of_each_section(long: bytes) -> None:
    pages = texts(long)
    place = next(n for n, text in enumerate(pages, 1) if n > 1 and "4.2 Risks and" in text)
    line = next(line for line in pages[0].splitlines() if "Risks and mitigation" in line)
    assert line.split()[-1] == str(place)


# --- pages ------------------------------------------------------------------------------------


def test_a_long_table_repeats_its_head_and_never_breaks_a_row() -> None:
    pages = texts(render_pdf(only(rows(70))))
    tables = [text for text in pages if "£287,000" in text]
    assert len(tables) > 1
    for text in tables:
        assert "Variance" in text
        assert text.count("£287,000") == text.count("−£17,289 (over)") == text.count("Police")
        assert text.count("£287,000") > 1  # no row alone on a page


@pytest.mark.parametrize("lines", [15, 16, 17, 18])
def test_a_heading_is_never_left_at_the_foot_of_a_page(lines: int) -> None:
    filler = tuple(plain(f"Line {n}.") for n in range(lines))
    sections = (
        Section("a", "Before", filler),
        Section("b", "Stranded heading", (risk_table(), plain("After."))),
    )
    pages = texts(render_pdf(Document(META, sections)))
    (page,) = (text for text in pages if "Stranded heading" in text)
    assert "The network line is not in place" in page


@pytest.mark.parametrize("lines", [14, 15, 16, 17])
def test_what_leads_to_something_is_never_parted_from_it(lines: int) -> None:
    """A heading with its marking from the text, the paragraph before a table from the table; on
    these lines of the first page they would be."""
    filler = tuple(plain(f"Line {n}.") for n in range(lines))
    for below in ((plain("Said below."),), (plain("Said below."), rows(4))):
        sections = (
            Section("a", "Before", filler),
            Section("b", "Stranded heading", below, marking="SENSITIVE"),
        )
        pages = texts(render_pdf(Document(META, sections)))
        (page,) = (text for text in pages if "Stranded heading" in text)
        assert "SENSITIVE" in page
        assert "Said below." in page
        assert ("£287,000" in page) is (len(below) > 1)


@pytest.mark.parametrize(
    ("lines", "pages", "layouts"),
    [(20, 1, 1), (21, 1, 2), (22, 1, 2), (24, 2, 2), (30, 2, 1)],
    ids=["fits", "a line over", "lines over", "too many", "enough for a page"],
)
def test_a_page_of_a_few_lines_is_spared_where_a_closer_setting_spares_it(
    lines: int, pages: int, layouts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the paper is set as every other one."""
    tried: list[Any] = []
    once: Callable[..., Any] = pdf._once
    monkeypatch.setattr(pdf, "_once", lambda html, styles: tried.append(html) or once(html, styles))
    document = only(*(plain(f"Line {n}.") for n in range(lines)))
    content = render_pdf(document)
    assert len(read(content).pages) == pages
    assert ["paper--close" in html for html in tried] == [False, True][:layouts]
    if pages == 2:
        monkeypatch.setattr(pdf, "ends_in_a_few_lines", lambda layout: False)
        assert render_pdf(document) == content


def test_a_section_with_a_page_of_its_own_may_be_short(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Any] = []
    once: Callable[..., Any] = pdf._once
    monkeypatch.setattr(pdf, "_once", lambda *a: tried.append(a) or once(*a))
    annex = Section("b", "Annex", (plain("Short."),), new_page=True)
    content = render_pdf(Document(META, (Section("a", "A", (plain("x"),)), annex)))
    assert len(read(content).pages) == 2
    assert len(tried) == 1


@pytest.mark.parametrize("table", ["wide", "parted", "grid"])
@pytest.mark.parametrize("new_page", [True, False])
def test_headings_above_a_sideways_table_stand_on_its_page(table: str, new_page: bool) -> None:
    names = [f"Source {n}" for n in range({"wide": 9, "parted": 25, "grid": 12}[table])]
    columns = (Column("Category"), *(Column(name, ColumnKind.FIGURE) for name in names))
    cells = (Text.plain("First"), *(Money(Amount.exact(1_234_567)) for _ in names))
    block: Block = Table.of("Spend", columns, (Row(cells),))
    if table == "grid":
        group = GridGroup("", (GridRow("First", (GREEN,) * len(names)),))
        block = RagGrid("Spend", tuple(names), (group,))
    below = Section("c", "Child", (Subheading("Sub"), block), marking="SENSITIVE")
    parent = Section("b", "Annex", (), (below,), new_page=new_page)
    pages = read(render_pdf(Document(META, (Section("a", "A", (plain("x"),)), parent)))).pages
    (page,) = (each for each in pages if "Annex" in each.extract_text())
    assert page.mediabox.width > page.mediabox.height
    for said in ("Child", "SENSITIVE", "Sub", "Spend", "First"):
        assert said in page.extract_text()
    assert len(pages) == 2


# --- structure --------------------------------------------------------------------------------


def elements(content: bytes) -> Iterator[DictionaryObject]:
    def walk(item: Any) -> Iterator[DictionaryObject]:
        item = item.get_object() if isinstance(item, IndirectObject) else item
        if isinstance(item, list):
            for each in item:
                yield from walk(each)
        elif isinstance(item, dict) and item.get("/Type") == "/StructElem":
            yield item
            yield from walk(item.get("/K", []))

    yield from walk(read(content).trailer["/Root"]["/StructTreeRoot"]["/K"])


def test_a_table_over_several_pages_is_one_table_with_one_head() -> None:
    content = render_pdf(only(rows(70)))
    tables = [e for e in elements(content) if e["/S"] == "/Table"]
    assert len(tables) == 2  # the head of the paper, and the table
    kinds = [each.get_object()["/S"] for each in tables[1]["/K"]]
    assert kinds.count("/THead") == 1
    body_rows = sum(
        len(each.get_object()["/K"])
        for each in tables[1]["/K"]
        if each.get_object()["/S"] == "/TBody"
    )
    assert body_rows == 70


def test_header_cells_have_a_scope_and_ids_of_their_own() -> None:
    content = render_pdf(only(risk_table(), rows(70)))
    heads = [e for e in elements(content) if e["/S"] == "/TH"]
    assert {e["/A"]["/Scope"] for e in heads} == {"/Row", "/Column"}
    ids = [e["/ID"] for e in heads]
    assert len(set(ids)) == len(ids)


def test_cells_name_the_heads_of_their_row_column_and_group() -> None:
    found = list(elements(render_pdf(only(risk_table()))))
    heads = {e["/ID"]: e for e in found if e["/S"] == "/TH"}
    cells = [e for e in found if e["/S"] == "/TD" and e["/A"].get("/Headers")]
    last = cells[-1]
    scopes = [heads[name]["/A"]["/Scope"] for name in last["/A"]["/Headers"]]
    assert sorted(scopes) == ["/Column", "/Column", "/Row"]


def test_running_heads_are_artifacts_and_not_read(short: bytes) -> None:
    reader = read(short)
    for page in reader.pages:
        contents = page.get_contents()
        assert contents is not None
        assert contents.get_data().count(b"/Pagination") >= 2
    marked = sum(
        len([number_ for number_ in numbers if number_ is not None])
        for numbers in parent_tree(reader)
    )
    assert marked > 100


def parent_tree(reader: PdfReader) -> Iterator[list[Any]]:
    tree = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for entry in tree[1 : 2 * len(reader.pages) : 2]:
        yield entry.get_object()


def test_a_drawing_reads_as_its_description(short: bytes) -> None:
    (first, _second) = [e for e in elements(short) if e["/S"] == "/Figure"]
    assert first["/Alt"].startswith("Funding against budget by source, 2018/19. Police funding")


def test_bookmarks_follow_the_headings(short: bytes) -> None:
    def titles(outline: list[Any]) -> list[Any]:
        return [titles(each) if isinstance(each, list) else each.title for each in outline]

    (title, below) = titles(read(short).outline)
    assert title == META.title
    assert below[:2] == ["Recommendations", "Executive summary"]
    assert ["Finance", "Risks and mitigation", "Benefits"] in below


# --- what must not pass unseen ----------------------------------------------------------------


SCRIPTS = {
    "Welsh": "Tŷ Gŵyr, Llŷn",
    "Polish": "Łódź, Świętokrzyskie",
    "Greek": "Αθήνα",
    "Cyrillic": "Київ, Щука",
    "Vietnamese": "Nguyễn",
    "Arabic": "محمد",
    "Hebrew": "שלום",
    "Bengali": "সিলেট",
    "Devanagari": "लक्ष्मी",
    "Gujarati": "ગુજરાત",
    "Gurmukhi": "ਪੰਜਾਬ",
    "Tamil": "தமிழ்",
    "signs": "5 ≤ 6 ≥ 4 → ≠ ✓",
}


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS)
def test_names_print_in_the_letters_that_people_write_them_in(words: str) -> None:
    lacking = [name for name in typefaces.FAMILIES if name not in typefaces.families()]
    assert lacking == [], "bin/setup installs these"
    assert printable(words) == words
    content = render_pdf(
        Document(replace(META, title=words), (Section("a", words, (strong(words),)),))
    )
    assert "[" not in "".join(texts(content))
    if words.isascii() or unicodedata.bidirectional(words[0]) == "L":
        shown = "".join("".join(texts(content)).split())
        letters = {char for char in words if unicodedata.category(char) in {"Lu", "Ll", "Sm"}}
        assert letters <= set(shown)


def strong(words: str) -> Paragraph:
    """Upright, strong and in italics."""
    return Paragraph(
        Text((Run(words), Run(f" {words}", strong=True), Run(f" {words}", emphasis=True)))
    )


def test_characters_of_no_face_are_named_and_nothing_fails() -> None:
    text = "Well done 👍 ŵyl 日"
    assert printable(text) == "Well done [thumbs up sign] ŵyl [cjk unified ideograph-65e5]"
    (page,) = texts(render_pdf(only(plain(text))))
    assert "Well done [thumbs up sign] ŵyl [cjk" in page


PICTURES = {
    "👩🏽\u200d🚒": "[woman, fire engine]",
    "👍🏽": "[thumbs up sign]",
    "👨\u200d👩\u200d👧": "[man, woman, girl]",
    "🇬🇧🇫🇷": "[flag: GB][flag: FR]",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": "[flag: GB-ENG]",
    "1\ufe0f\u20e3": "1",
    "✔\ufe0f →\ufe0f": "✓ →",
    "🏽 alone": " alone",
}


@pytest.mark.parametrize(("typed", "named"), PICTURES.items(), ids=PICTURES.values())
def test_a_picture_of_several_characters_has_one_name(typed: str, named: str) -> None:
    assert printable(f"<p>{typed}</p>") == f"<p>{named}</p>"


def test_marks_that_only_steer_others_are_left_out() -> None:
    assert printable("a\u200db\ufe0fc\x07d") == "abcd"
    joined = "क\u094d\u200dष"
    assert printable(joined) == joined


def test_papers_take_no_typeface_from_the_machine(tmp_path: Path, monkeypatch) -> None:
    """A face of the machine that has a letter that papers have not; they do not find it."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    source = FONTS / "source-sans-3-400.ttf"
    with TTFont(source) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[0x65E5] = "A"
        for name in font["name"].names:
            name.string = "Of the Machine"
        font.save(folder / "machine.ttf")
    config = tmp_path / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    monkeypatch.setattr(pdf, "printable", lambda html: html)
    html = '<html lang="en"><title>T</title><p style="font-family:Of the Machine">日</p></html>'

    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    assert "OftheMachine" in faces(HTML(string=html).write_pdf(font_config=FontConfiguration()))
    pdf._local.__dict__.clear()
    try:
        with pytest.raises(CannotPrint, match="notdef"):
            render_pdf(only(plain("日")))
        assert os.environ["FONTCONFIG_FILE"] == str(config)
    finally:
        pdf._local.__dict__.clear()


def faces(content: bytes) -> str:
    """The names of the typefaces in a file."""
    found = set()
    for page in read(content).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found.add(str(font.get_object()["/BaseFont"]).replace("-", "").replace("#20", ""))
    return " ".join(found).replace(" ", "")


def test_a_paper_holds_the_portals_typefaces_only(short: bytes) -> None:
    content = render_pdf(only(plain("Київ"), plain("Plain")))
    assert set(faces(content).split("/")) - {""}
    assert "SourceSans" in faces(content)


def test_a_message_about_a_lost_glyph_stops_the_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "printable", lambda html: html)
    with pytest.raises(CannotPrint, match="notdef"):
        render_pdf(only(plain("\U000e0fff\ue123")))


def test_a_typeface_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "CORE", (FONTS / "no-such-face.ttf",))
    with pytest.raises(CannotPrint, match=r"bin/setup.*no-such-face\.ttf"):
        render_pdf(only(plain("x")))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "file:///etc/passwd",
        (pdf.STATIC / "css" / ".." / ".." / "manage.py").as_uri(),
        "data:text/plain,x",
        f"file://host{pdf.STATIC}/css/paper.css",
    ],
)
def test_nothing_is_fetched_but_static_files(url: str) -> None:
    with pytest.raises(ValueError, match=r"own files|disallowed"):
        pdf._fetcher().fetch(url)


def test_static_files_are_fetched() -> None:
    response = pdf._fetcher().fetch((pdf.STYLES / "paper.css").as_uri())
    assert response.read() == (pdf.STYLES / "paper.css").read_bytes()


@pytest.mark.verapdf
def test_both_profiles_pass(short: bytes, long: bytes, tmp_path: Path) -> None:
    papers = {
        "short": short,
        "long": long,
        "table": render_pdf(only(rows(70), risk_table())),
        "strange": render_pdf(only(plain("👍 ŵ"))),
    }
    paths = []
    for name, content in papers.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(content)
    failures = verapdf.validate_all(paths)
    assert failures == {path: [] for path in paths}
