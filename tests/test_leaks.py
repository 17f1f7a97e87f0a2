"""What a paper gives away: each of its files says what it prints and nothing else.

A word of its own goes into every text that is stored. A word that a file holds anywhere (in its
attachment, its metadata, its structure) has to stand in print as well.
"""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import models
from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

from programme.common.values import Amount
from programme.models import MarkingChoices, PlanPriority, Programme, User
from programme.pages import ListPage
from projects.models import Project, Risk, StatusUpdate
from reports.document import Document, Section, Withheld
from reports.models import PaperSection
from reports.paper_data import Part
from reports.papers import paper_document, render_paper
from reports.sections import kind, kinds
from tests.builders import make_benefit, make_profile
from tests.routes import ROUTES
from tests.test_access import every_pattern
from tests.test_papers import PAPERS, SCRUTINY, STRATEGIC, blocks_of, stored, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

APPS = ("programme", "projects", "finance", "reports")
WORD = re.compile(r"zq[a-z]{5}")
RICH = {"narrative", "restricted_narrative", "standing_text"}
# What a command or an address is written in, and what no person types.
NOT_TEXTS = (models.SlugField, models.EmailField, models.URLField, models.FilePathField)


NOT_OF_A_PROGRAMME = {"AuditEntry", "AuditHead", "AuditLink", "Draft", "SentForm"}


def texts_of(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, NOT_TEXTS)
        and not field.choices
        and not field.primary_key
        and field.name != "password"
    ]


def words() -> Iterator[str]:
    """zqaaaaa, zqaaaab …"""
    number = 0
    while True:
        letters, rest = "", number
        for _ in range(5):
            letters, rest = chr(97 + rest % 26) + letters, rest // 26
        yield f"zq{letters}"
        number += 1


@pytest.fixture
def planted(essex: None) -> dict[str, str]:
    """Every text of every row with a word of its own put behind it; which word is whose."""
    fresh, found = words(), {}
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            fields = texts_of(model)
            if model.__name__ in NOT_OF_A_PROGRAMME or not fields:
                continue
            rows = list(model._default_manager.all())
            for row in rows:
                for field in fields:
                    word, before = next(fresh), getattr(row, field.attname) or ""
                    room = (field.max_length or 10_000) - len(word) - 1
                    after = (
                        f"{before}<p>{word}</p>"
                        if field.name in RICH
                        else f"{before[: max(room, 0)]} {word}".strip()
                    )
                    if field.max_length is None or len(after) <= field.max_length:
                        setattr(row, field.attname, after)
                        found[word] = f"{model.__name__}.{field.name}"
            model._default_manager.bulk_update(
                rows, [field.attname for field in fields], batch_size=200
            )
    return found


def printed(content: bytes) -> set[str]:
    """The words on the pages, however lines broke."""
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return set(WORD.findall(re.sub(r"\s", "", pages)))


def everything(content: bytes) -> str:
    """All strings and unpacked streams of a PDF but those of its pages' drawing."""
    reader, texts = PdfReader(BytesIO(content)), []

    def strings(item: Any) -> Iterator[str]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, bytes):
            yield item.decode("utf-8", "ignore") + item.decode("utf-16", "ignore")
        elif isinstance(item, dict):
            for each in item.values():
                yield from strings(each)
        elif isinstance(item, list):
            for each in item:
                yield from strings(each)

    for number in range(1, len(reader.xref_objStm) + len(reader.xref[0])):
        item = reader.get_object(IndirectObject(number, 0, reader))
        if item is not None:
            texts += strings(item)
        if isinstance(item, StreamObject):
            texts.append(item.get_data().decode("utf-8", "ignore"))
    return " ".join(texts)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_a_file_holds_only_what_it_prints(planted: dict[str, str], paper) -> None:
    """Checked on the code before: a PDF carried the facts that its paper was made from."""
    files = {form: render_paper(*stored(*paper), form) for form in ("pdf", "json", "html")}
    visible = printed(files["pdf"].content)
    assert len(visible) > 100  # the planted words are printed at all

    html = files["html"].content.decode()
    shown = re.sub(r"(?s)<(style|head)\b.*?</\1>", " ", html)
    held = {
        "PDF": everything(files["pdf"].content),
        "JSON": files["json"].content.decode(),
        "HTML": html,
        "HTML as shown": unescape(re.sub(r"<[^>]+>", " ", shown)),
        "names": " ".join(file.name for file in files.values()),
    }
    assert WORD.search(held["PDF"])
    hidden = {
        where: sorted({planted[word] for word in set(WORD.findall(text)) - visible})
        for where, text in held.items()
    }
    assert hidden == dict.fromkeys(held, [])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_no_restricted_text_is_printed(planted: dict[str, str], paper) -> None:
    PaperSection.objects.update(is_public=False, withheld_ground="Commercial confidence")
    restricted = {"StatusUpdate.restricted_narrative", "PaperSection.narrative"}
    assert restricted <= set(planted.values())
    for form in ("pdf", "json", "html"):
        content = render_paper(*stored(*paper), form).content
        text = everything(content) if form == "pdf" else content.decode()
        found = set(WORD.findall(text)) | (printed(content) if form == "pdf" else set())
        assert {planted[word] for word in found}.isdisjoint(restricted)


def test_what_is_withheld_is_said_with_its_ground_and_printed_when_asked_for(essex) -> None:
    section = PaperSection.objects.filter(
        paper__template__slug=SCRUTINY[1], paper__period__slug=SCRUTINY[2]
    ).exclude(narrative="")[0]
    PaperSection.objects.filter(pk=section.pk).update(
        is_public=False, withheld_ground="Commercial confidence", narrative="<p>Secret plan</p>"
    )
    document = paper_document(*stored(*SCRUTINY))
    [block] = blocks_of(document, Withheld)
    assert (block.what, block.ground) == (
        f"What stands under “{section.section.heading}”",
        "Commercial confidence",
    )
    assert "Secret plan" not in words_of(document)
    asked = paper_document(*stored(*SCRUTINY), with_restricted=True)
    assert blocks_of(asked, Withheld) == []
    assert "Secret plan" in words_of(asked)


def withhold(**narratives: str) -> None:
    """Sections of the scrutiny paper by their keys, with what was written for each."""
    template, period = stored(*SCRUTINY)
    for key, narrative in narratives.items():
        PaperSection.objects.update_or_create(
            paper=template.papers.get(period=period),
            section=template.sections.get(key=key.replace("_", "-")),
            defaults={
                "is_public": False,
                "withheld_ground": "Commercial confidence",
                "narrative": narrative,
            },
        )


@pytest.mark.parametrize("narrative", ["", "<p>Secret plan</p>"])
def test_of_a_withheld_section_nothing_is_printed_whatever_its_kind(essex, narrative) -> None:
    template, _ = stored(*SCRUTINY)
    for section in template.sections.all():
        withhold(**{section.key.replace("-", "_"): narrative})
    for section in all_sections(document_now(SCRUTINY)):
        assert [type(block) for block in section.blocks] == [Withheld], section.key


def test_what_stands_below_a_withheld_section_is_withheld_and_marks_nothing(essex) -> None:
    assert Risk.objects.update(sensitivity=HIGH)
    assert document_now(SCRUTINY).meta.marking == HIGH.label
    withhold(implications="")
    document = document_now(SCRUTINY)
    assert Risk.objects.first().title not in words_of(document)
    assert "risks" not in {each.key for each in all_sections(document)}
    assert document.meta.marking == "OFFICIAL"


def test_a_paper_that_prints_what_is_withheld_is_not_for_publication(essex) -> None:
    """Wherever it carries its marking: no two editions look alike."""
    paper = stored(*SCRUTINY)
    assert paper_document(*paper, with_restricted=True) == paper_document(*paper)
    withhold(risks="")
    public, whole = (paper_document(*paper, with_restricted=asked) for asked in (False, True))
    words = "NOT FOR PUBLICATION"
    assert whole.meta.marked == f"OFFICIAL – {words}"
    assert [each.key for each in all_sections(whole) if each.restricted] == ["risks"]
    assert not any(each.restricted for each in all_sections(public))
    for form in ("pdf", "html", "json"):
        open_, closed = (
            render_paper(*paper, form, with_restricted=asked) for asked in (False, True)
        )
        assert (words in open_.name, words in closed.name) == (False, True)
    reader = PdfReader(BytesIO(render_paper(*paper, "pdf", with_restricted=True).content))
    assert "not for publication" in reader.metadata.title
    assert words in reader.metadata["/Keywords"]
    assert all(words in name for name in reader.attachments)
    assert all(words in page.extract_text() for page in reader.pages)
    html = render_paper(*paper, "html", with_restricted=True).content.decode()
    assert html.count(f"{words}: Commercial confidence") == 1
    assert words not in render_paper(*paper, "html").content.decode()


def all_sections(document: Document) -> Iterator[Section]:
    waiting = list(document.sections)
    while waiting:
        section = waiting.pop()
        yield section
        waiting += section.sections


# What a page shows by its short name stands in its download by the whole one.
IN_FULL = {"Programme.name", "Project.name"}
LISTS = sorted(
    name
    for name, pattern in every_pattern()
    if issubclass(getattr(pattern.callback, "view_class", object), ListPage)
)


@pytest.mark.parametrize("name", LISTS)
def test_a_download_of_a_list_holds_what_its_page_shows(planted, client, name) -> None:
    """In each kind of file, its properties included."""
    client.force_login(User.objects.get(email="office@example.org"))
    route = next(each for each in ROUTES if each.name == name)
    programme = Programme.objects.get(slug="essex")
    address = route.url("essex", route.parts(programme))
    shown = ""
    for page in range(1, 30):
        response = client.get(address, {"page": page})
        if response.status_code != 200 or (page > 1 and response.content.decode() in shown):
            break
        shown += response.content.decode()
    visible = set(WORD.findall(shown))
    hidden = {}
    for form in ("csv", "xlsx"):
        content = client.get(address, {"format": form}).getvalue()
        text = unpacked(content) if form == "xlsx" else content.decode("utf-8")
        held = {planted[word] for word in set(WORD.findall(text)) - visible}
        hidden[form] = sorted(held - IN_FULL)
    assert hidden == {"csv": [], "xlsx": []}


def unpacked(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as book:
        return " ".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())


# --- a paper about some workstreams --------------------------------------------------------------


def test_a_paper_about_a_workstream_names_no_project_of_another(essex) -> None:
    """Nor any row that belongs to one, nor are its amounts in a sum; each section is narrowed."""
    template, _ = stored(*SCRUTINY)
    reported = StatusUpdate.objects.of(template.programme).filter(period__slug=SCRUTINY[2])
    project = reported.filter(project__parent=None).first().project
    workstreams = template.programme.workstreams.exclude(
        pk__in=(project.workstream_id, project.workstream.parent_id or 0)
    )
    assert not project.workstream.children.exists()
    elsewhere = Project.objects.of(template.programme).filter(workstream=project.workstream)
    assert elsewhere.filter(parent__isnull=False).exclude(parent__in=elsewhere).count() == 0
    for each in elsewhere:
        Project.objects.filter(pk=each.pk).update(
            name=f"Zebra {each.ref}", short_name=f"Zebra {each.ref}", sensitivity=HIGH
        )
    Risk.objects.filter(pk=Risk.objects.of(template.programme).first().pk).update(project=project)
    benefit = make_benefit(programme=template.programme, project=project, name="Zebra saving")
    make_profile(benefit=benefit, forecast=Amount.exact(123_456_789), target=Amount.exact(1))
    project.priorities.set(PlanPriority.objects.of(template.programme))
    whole = document_now(SCRUTINY)
    named = {each.key for each in all_sections(whole) if "Zebra" in str(each.blocks)}
    assert {"plan-priorities", "risks", "executive-summary", "current-work"} <= named
    for section in template.sections.all():
        if "workstreams" in kind(section.kind).options:
            slugs = [each.slug for each in workstreams]
            section.options = section.options | {"workstreams": slugs}
            section.save()
    document = document_now(SCRUTINY)
    assert [each.key for each in all_sections(document) if "Zebra" in str(each.blocks)] == []
    assert "123456789" not in str(document)
    assert document.meta.marking == "OFFICIAL"


def test_every_kind_that_names_projects_can_be_narrowed() -> None:
    of_projects = {Part.DELIVERY, Part.MILESTONES, Part.RISKS, Part.BENEFITS, Part.COSTS}
    for each in kinds():
        assert ("workstreams" in each.options) == bool(each.needs & of_projects), each.name


# --- the marking ------------------------------------------------------------------------------

HIGH = MarkingChoices.OFFICIAL_SENSITIVE


def marked_rows() -> list[Any]:
    """Every row that has a marking of its own."""
    return [
        row
        for label in APPS[1:3]
        for model in apps.get_app_config(label).get_models()
        if any(field.name == "sensitivity" for field in model._meta.fields)
        for row in model._default_manager.all()
    ]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_a_paper_is_marked_as_the_highest_of_what_it_prints(planted, paper) -> None:
    """Each marked row by itself: whatever prints one of its texts is marked as it is."""
    plain = words_of(document_now(paper))
    for row in marked_rows():
        own = [getattr(row, field.attname) for field in texts_of(type(row))]
        named = {word for text in own for word in WORD.findall(text or "")} & set(
            WORD.findall(plain)
        )
        type(row)._default_manager.filter(pk=row.pk).update(sensitivity=HIGH)
        marking = document_now(paper).meta.marking
        type(row)._default_manager.filter(pk=row.pk).update(sensitivity=row.sensitivity)
        if named:
            assert marking == HIGH.label, f"{row!r} is printed"


def document_now(paper) -> Document:
    return paper_document(*stored(*paper))


def test_a_project_without_an_update_that_is_named_raises_the_marking(essex) -> None:
    StatusUpdate.objects.filter(project__ref="t01").delete()
    Project.objects.filter(ref="t01").update(sensitivity=HIGH)
    document = document_now(STRATEGIC)
    assert document.meta.marking == HIGH.label
    marked = [each for each in document.sections if each.marking]
    assert marked
    assert all(each.marking == HIGH.label for each in marked)
    for form in ("pdf", "html", "json"):
        assert render_paper(*stored(*STRATEGIC), form).name.startswith("OFFICIAL-SENSITIVE ")


def test_what_is_not_printed_leaves_the_marking_as_it_is(essex) -> None:
    Risk.objects.update(sensitivity=HIGH)
    template, _ = stored(*SCRUTINY)
    template.sections.filter(kind="risks").update(kind="text")
    assert document_now(SCRUTINY).meta.marking == "OFFICIAL"


def test_sums_are_as_sensitive_as_what_is_in_them(essex) -> None:
    template, period = stored(*STRATEGIC)
    line = template.programme.financial_years.get(
        starts_on__lte=period.as_at, ends_on__gte=period.as_at
    ).lines.first()
    type(line).objects.filter(pk=line.pk).update(sensitivity=HIGH)
    document = document_now(STRATEGIC)
    assert document.meta.marking == HIGH.label
    assert HIGH.label in words_of(document)


def test_every_kind_that_prints_marked_facts_says_which() -> None:
    from reports.sections.registry import HOLD_MARKED_FACTS, section_kind

    for each in kinds():
        if each.needs & HOLD_MARKED_FACTS:
            assert each.marked.__name__ != "_nothing"
    with pytest.raises(ValueError, match="Say which marked facts"):
        section_kind("forgetful", "Forgetful", *HOLD_MARKED_FACTS)(lambda data, spec: ())
