"""Every paper in every output: the worked figures are in it, gaps are said, and it validates."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from programme.actions import (
    save_board,
    save_dimension,
    save_level,
    save_organisation,
    save_principle,
    save_priority,
    withdraw_part,
)
from programme.common.blocks import Missing
from programme.models import (
    Board,
    Dimension,
    Organisation,
    PlanPriority,
    Principle,
    Programme,
    RatingLevel,
    RatingScale,
    ReportingPeriod,
    SetUpPart,
)
from projects.models import Rating, StatusUpdate
from reports.build import build_document
from reports.document import Bullets, Document, Gap, RagBox, RagGrid
from reports.models import PaperTemplate
from reports.papers import FORMATS, render_paper
from reports.render.html import render_html
from reports.render.jsonform import from_json, without_references
from reports.selectors import load_paper_data
from tests import verapdf

FILES = Path(settings.BASE_DIR) / "reports" / "programme_files"
STRATEGIC = ("essex", "strategic-board", "2018-05")
SCRUTINY = ("essex", "quarterly-scrutiny", "2019-03")
PAPERS = [STRATEGIC, SCRUTINY]

pytestmark = pytest.mark.django_db


def stored(programme: str, template: str, period: str) -> tuple[PaperTemplate, ReportingPeriod]:
    return (
        PaperTemplate.objects.select_related("programme", "board").get(
            programme__slug=programme, slug=template
        ),
        ReportingPeriod.objects.get(programme__slug=programme, slug=period),
    )


def document_of(programme: str, template: str, period: str) -> Document:
    return build_document(load_paper_data(*stored(programme, template, period)))


def words_of(document: Document) -> str:
    """The paper's text as a reader of the HTML meets it, white space folded."""
    html = re.sub(r"(?s)<(style|svg)\b.*?</\1>", " ", render_html(document, mode="file"))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def blocks_of(document: Document, kind: type) -> list:
    def walk(sections):
        for section in sections:
            yield from section.blocks
            yield from walk(section.sections)

    return [block for block in walk(document.sections) if isinstance(block, kind)]


# --- the worked figures -----------------------------------------------------------------------

STRATEGIC_FIGURES = [
    "£730,578",
    "£129,500",
    "£601,078",
    "£296,789",
    "£304,289",
    "£83,056",
    "£90,556",
    "£287,000",
    "−£17,289 (over)",
    "£416,500, 1 TBC",
    "£17,289",
    "£100,000",
    "£220,458",
    "£202,953",
    "£199,074",
    "£622,485",
    "35%",
    "33%",
    "32%",
    "£195,074",
    "£146,164",
    "£146,165",
]
SCRUTINY_FIGURES = [
    "£1,620,000",
    "£100,000",
    "£250,000",
    "£136,000",
    "£50,000",
    "circa £110,000 a year",
    "£1,320,000 over 2 years",
    "£11,280,000",
    "£18,000,000",
    "£15,300,000",
]


@pytest.mark.parametrize("figure", STRATEGIC_FIGURES)
def test_the_strategic_paper_prints_its_worked_figures(essex, figure):
    assert figure in words_of(document_of(*STRATEGIC))


@pytest.mark.parametrize("figure", SCRUTINY_FIGURES)
def test_the_scrutiny_paper_prints_its_worked_figures(essex, figure):
    assert figure in words_of(document_of(*SCRUTINY))


RATINGS = {
    "Serious Crime Directorate": (None, "A", "G", "G", "G"),
    "Op Hexagon": (None, "A", "G", "A", "G"),
    "Digital portfolio": ("A", "A", "G", "A", "G"),
    "Single Online Home": ("A", "A", "G", "N/A", "TBD"),
    "Fire and Rescue collaboration": ("A", "A", "G", "A", "A"),
    "Community safety hubs": ("G", "G", "G", "N/A", "G"),
    "BT Hothouse": ("G", "A", "G", "N/A", "G"),
}
OVERALL_ONLY = {
    "Seven Force programme: PEQF": "G",
    "Seven Force programme: Procurement": "G",
    "Seven Force programme: Armed policing": "G",
    "Seven Force programme: Forensics": "G",
    "Data analytics centre": "G",
    "Anglia Ruskin University: Domestic abuse study": "G",
    "Anglia Ruskin University: Community policing study": "G",
    "Anglia Ruskin University: Public engagement study": "A",
    "Cyber volunteers": "G",
    "Culture study": "G",
}


def test_the_grid_holds_every_rating_of_the_worked_table(essex):
    [grid] = blocks_of(document_of(*SCRUTINY), RagGrid)
    assert grid.dimensions == ("Overall", "Time", "Costs", "Savings", "Benefits")
    found = {
        row.project: tuple(getattr(cell, "code", None) for cell in row.ratings)
        for group in grid.groups
        for row in group.rows
    }
    assert {name: found[name] for name in RATINGS} == RATINGS
    assert {name: found[name][0] for name in OVERALL_ONLY} == OVERALL_ONLY


def test_a_good_overall_rating_above_a_worse_one_gives_its_reason(essex):
    [hothouse] = [
        box for box in blocks_of(document_of(*SCRUTINY), RagBox) if "Hothouse" in box.title
    ]
    assert any("Time is amber" in str(note) for note in hothouse.notes)


def test_sections_are_numbered_as_the_board_numbers_them(essex):
    document = document_of(*SCRUTINY)
    numbers = [each.number for each in document.sections if not each.new_page]
    assert numbers == [f"{place}.0" for place in range(1, 10)]
    [implications] = [each for each in document.sections if each.key == "implications"]
    assert [each.number for each in implications.sections] == [
        f"6.{place}" for place in range(1, 6)
    ]


# --- gaps -------------------------------------------------------------------------------------


def test_ratings_that_were_shown_by_colour_alone_are_named_as_not_given(essex):
    boxes = {box.title: box for box in blocks_of(document_of(*SCRUTINY), RagBox)}
    for title in ("Joint Serious Crime Directorate", "Op Hexagon: joint operational policing"):
        assert boxes[title].overall.rating == Missing("Not given")


def test_a_project_without_an_update_is_named(essex):
    updates = StatusUpdate.objects.filter(period__slug="2019-03", project__ref="ek1")
    Rating.objects.filter(update__in=updates).delete()
    updates.delete()
    gaps = [gap.text for gap in blocks_of(document_of(*SCRUTINY), Gap)]
    assert "Serious Crime Directorate: no update was given in this period." in gaps


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_an_update_that_was_not_handed_in_is_not_in_the_paper(essex, state):
    updates = StatusUpdate.objects.filter(period__slug="2018-05", project__ref="t01")
    line = updates.get().status_line
    updates.update(state=state)
    words = words_of(document_of(*STRATEGIC))
    assert line not in words
    assert "No update in this period" in words


def test_a_paper_nobody_has_opened_says_what_is_missing(essex):
    gaps = [
        gap.text for gap in blocks_of(document_of("essex", "quarterly-scrutiny", "2018-05"), Gap)
    ]
    assert "No recommendation has been written for this paper yet." in gaps


# --- a past date ------------------------------------------------------------------------------


def test_the_stages_of_a_past_paper_are_those_of_its_date(essex):
    before = words_of(document_of(*STRATEGIC))
    programme = Programme.objects.get(slug="essex")
    project = programme.projects.get(ref="t01")
    closed = programme.stages.filter(kind="closed").first()
    project.stage_changes.create(
        from_stage=project.stage, to_stage=closed, changed_on="2020-01-06", reason="Done"
    )
    programme.projects.filter(pk=project.pk).update(stage=closed)
    assert words_of(document_of(*STRATEGIC)) == before


# --- another programme ------------------------------------------------------------------------

NORTHMERE = [
    ("northmere", "strategic-board", "autumn-2025"),
    ("northmere", "quarterly-scrutiny", "autumn-2025"),
]


@pytest.mark.parametrize("paper", NORTHMERE, ids=lambda paper: paper[1])
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_programme_of_another_kind_renders_without_a_changed_line(northmere, paper, form):
    rendered = render_paper(*stored(*paper), form)
    assert len(rendered.content) > 2000


def test_it_prints_its_own_words_and_shares(northmere):
    strategic = words_of(document_of(*NORTHMERE[0]))
    # 69 : 20.95 : 10.05 of £100,000.01, the odd penny to the largest remainder.
    for figure in ("£69,000", "£20,950", "£10,050", "−£50 (over)"):
        assert figure in strategic
    [grid] = blocks_of(document_of(*NORTHMERE[1]), RagGrid)
    assert grid.dimensions == ("Spend", "Delivery", "Risk", "Outputs")
    codes = {
        cell.code
        for group in grid.groups
        for row in group.rows
        for cell in row.ratings
        if not isinstance(cell, Missing)
    }
    assert codes == {"A/G", "G", "A/R", "EX", "RST", "R"}


@pytest.mark.parametrize("paper", NORTHMERE, ids=lambda paper: paper[1])
def test_it_shows_no_box_or_zero_where_there_is_nothing(northmere, paper):
    document = document_of(*paper)
    words = words_of(document)
    for nothing in ("Benefits: forecast", "Grants and their", "None", "programme-team"):
        assert nothing not in words
    if paper[1] == "strategic-board":
        assert "No grant is recorded for this period." in words
        assert "No outturn is recorded for a year that ended by" in words
    # The college is exactly within its budget; nothing else is zero.
    assert len(re.findall(r"£0\b", words)) == (1 if paper[1] == "strategic-board" else 0)
    for section in document.sections:
        assert section.blocks or section.sections, section.heading
    assert "Careers bus" in words  # suspended, and said to be so
    assert "no update was given" in words or "No update in this period" in words


@pytest.mark.parametrize("paper", [*PAPERS, *NORTHMERE], ids=lambda paper: "-".join(paper[:2]))
def test_every_heading_has_something_below_it(essex, northmere, paper):
    """Text, a table or a smaller heading; a project of which nothing is asked says so."""
    html = render_html(document_of(*paper), mode="print")
    _, *pieces = re.split(r"(?s)<h([1-6])[^>]*>(.*?)</h\1>", html)
    levels, names, below = pieces[::3], pieces[1::3], pieces[2::3]
    assert len(names) > 5
    bare = [
        name
        for name, level, text, after in zip(names, levels, below, [*levels[1:], "0"], strict=True)
        if after <= level and not re.sub(r"<[^>]*>", "", text).strip()
    ]
    assert bare == []


SIGNS = {
    "↑ and ↓": "↑|↓",
    "New": r"\bnew\b|\bNew\b",
    "Unchanged": r"\bunchanged\b",
    "Not given": "Not given",
    "– (a dash)": r"(?<=>)–(?=<)|>– |–<",
    "TBC": r"\bTBC\b",
    "Circa": r"\b[Cc]irca\b",
    "A month without a day": r">[A-Z][a-z]+ 20\d\d<",
    "Variance": r"\bVariance\b",
}


@pytest.mark.parametrize("paper", [PAPERS[1], NORTHMERE[1]], ids=lambda paper: "-".join(paper[:2]))
def test_the_key_explains_the_signs_that_the_paper_prints_and_no_other(essex, northmere, paper):
    document = document_of(*paper)
    key = document.sections[-1]
    assert key.key == "key"
    bullets = [block for block in key.blocks if isinstance(block, Bullets)]
    explained = {str(item).partition(": ")[0] for block in bullets for item in block.items}
    assert explained <= set(SIGNS)
    rest = replace(document, sections=document.sections[:-1])
    html = render_html(rest, mode="print")
    printed = {sign for sign, pattern in SIGNS.items() if re.search(pattern, html)}
    assert explained == printed


# --- outputs ----------------------------------------------------------------------------------


@pytest.mark.one_engine
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_the_pdf_says_what_the_document_says_and_carries_its_data(essex, paper):
    template, period = stored(*paper)
    document = document_of(*paper)
    reader = PdfReader(BytesIO(render_paper(template, period, "pdf").content))
    pages = [page.extract_text() for page in reader.pages]
    figures = STRATEGIC_FIGURES if paper == STRATEGIC else SCRUTINY_FIGURES
    text = " ".join(" ".join(pages).split())
    for figure in figures:
        assert figure in text
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "OFFICIAL" in page
    [(name, [content])] = reader.attachments.items()
    assert name.endswith(".json")
    assert from_json(content.decode()) == without_references(document)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_the_same_data_makes_the_same_bytes(essex, paper):
    first, second = (render_paper(*stored(*paper), "pdf").content for _ in range(2))
    assert first == second


@pytest.mark.verapdf
def test_the_papers_are_pdf_ua_and_pdf_a(essex, northmere, tmp_path):
    for programme, template, period in (*PAPERS, *NORTHMERE):
        file = tmp_path / f"{programme}-{template}.pdf"
        file.write_bytes(render_paper(*stored(programme, template, period), "pdf").content)
        assert verapdf.validate(file) == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_a_paper_needs_few_queries(essex, paper):
    template, period = stored(*paper)
    with CaptureQueriesContext(connection) as captured:
        load_paper_data(template, period)
    assert len(captured) <= 30


# --- the command ------------------------------------------------------------------------------

WRONG = [
    (
        ("nonsense", "essex", "2018-05"),
        "There is no paper template “nonsense”. There are: quarterly-scrutiny, strategic-board.",
    ),
    (("strategic-board", "wessex", "2018-05"), "There is no programme “wessex”. There are: essex"),
    (
        ("strategic-board", "essex", "1999-01"),
        "There is no reporting period “1999-01”. There are: 2018-02, 2018-05",
    ),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=lambda case: case[0][:20])
def test_the_command_says_what_it_does_not_know(essex, words, message):
    template, programme, period = words
    with pytest.raises(CommandError, match=re.escape(message)):
        call_command("paper", template, programme=programme, period=period)


@pytest.mark.parametrize(
    ("form", "beginning"), [("pdf", b"%PDF-1.7"), ("html", b"<!DOCTYPE html>"), ("json", b"{")]
)
def test_the_command_writes_the_paper(essex, tmp_path, form, beginning):
    file = tmp_path / f"paper.{form}"
    call_command(
        "paper",
        "strategic-board",
        programme="essex",
        period="2018-05",
        format=form,
        output=str(file),
        verbosity=0,
    )
    assert file.read_bytes().lower().startswith(beginning.lower())


def test_a_file_that_cannot_be_written_is_said(essex, tmp_path):
    with pytest.raises(CommandError, match="could not be written: No such file or directory"):
        call_command(
            "paper",
            "strategic-board",
            programme="essex",
            period="2018-05",
            format="json",
            output=str(tmp_path / "nowhere" / "paper.json"),
            verbosity=0,
        )


def test_nobody_types_a_figure_into_the_programme_files_texts():
    """Every amount in a paper is computed, so none stands in what people write for it."""
    typed = [
        line.strip()
        for line in (FILES / "essex.yaml").read_text().splitlines()
        if "£" in line and not line.strip().startswith("#") and "document:" not in line
    ]
    assert typed == []


def test_papers_keep_the_names_of_their_day(essex):
    """Whatever body a paper prints, and whichever way its name takes to it: all are renamed from a
    day after the papers, and not a letter of them changes."""
    printed = [render_paper(*stored(*paper), "json").content for paper in PAPERS]
    programme = Programme.objects.get(slug="essex")
    since = ReportingPeriod.objects.of(programme).latest("as_at").as_at + timedelta(days=1)
    bodies = Organisation.objects.of(programme)
    for number, body in enumerate([*bodies, *Board.objects.of(programme)]):
        values = {"name": f"Renamed {number}", "short_name": f"RN{number}"}
        if isinstance(body, Board):
            save_board(board=body, values=values, renamed_from=since, by=None)
        else:
            save_organisation(organisation=body, values=values, renamed_from=since, by=None)
    assert [render_paper(*stored(*paper), "json").content for paper in PAPERS] == printed


def test_papers_keep_what_is_taken_out_of_the_set_up(essex):
    """Whatever is set up goes, used or not: what was there when the papers were made stays in
    them, though nothing refers to it."""
    programme = Programme.objects.get(slug="essex")
    added = [
        *(
            save_level(
                level=RatingLevel(scale=scale),
                values={"word": "Never given", "code": "NG", "colour": "blue", "rank": 9},
                by=None,
            )
            for scale in RatingScale.objects.of(programme)
        ),
        save_dimension(
            dimension=Dimension(programme=programme, scale=programme.rating_scales.first()),
            values={"name": "Never rated"},
            by=None,
        ),
        save_principle(
            principle=Principle(programme=programme), values={"text": "Never cited."}, by=None
        ),
        save_priority(
            priority=PlanPriority(programme=programme),
            values={"number": 99, "text": "Never served"},
            by=None,
        ),
    ]
    for row in added:
        type(row).objects.filter(pk=row.pk).update(created_at=datetime(2018, 1, 2, tzinfo=UTC))
    printed = [render_paper(*stored(*paper), "json").content for paper in PAPERS]
    assert b"Never given" in b"".join(printed)
    for row in added:
        row.refresh_from_db()
        withdraw_part(part=row, by=None)
        row.refresh_from_db()
        assert row.withdrawn_on, row
    for kind in SetUpPart.__subclasses__():
        for row in kind.objects.of(programme).offered():
            withdraw_part(part=row, by=None)
    assert [render_paper(*stored(*paper), "json").content for paper in PAPERS] == printed


def test_what_was_added_since_and_never_used_is_removed(essex):
    scale = RatingScale.objects.of(Programme.objects.get(slug="essex")).first()
    level = save_level(
        level=RatingLevel(scale=scale),
        values={"word": "A slip", "code": "S", "colour": "blue", "rank": 9},
        by=None,
    )
    assert withdraw_part(part=level, by=None).pk is None
