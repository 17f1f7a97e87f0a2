"""What a paper leaves out: what is withheld, with its ground, and what belongs to workstreams that
it is not about. And its marking: as high as what it prints."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from programme.common.values import Amount
from programme.models import MarkingChoices, PlanPriority
from projects.models import Project, Risk, StatusUpdate
from reports.document import Document, Section, Withheld
from reports.models import PaperSection
from reports.paper_data import Part
from reports.papers import paper_document, render_paper
from reports.sections import kind, kinds
from tests.builders import make_benefit, make_profile
from tests.test_papers import SCRUTINY, STRATEGIC, blocks_of, stored, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

HIGH = MarkingChoices.OFFICIAL_SENSITIVE


def document_now(paper) -> Document:
    return paper_document(*stored(*paper))


# --- what is withheld -----------------------------------------------------------------------------


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
    files = {
        form: [render_paper(*paper, form, with_restricted=asked) for asked in (False, True)]
        for form in ("pdf", "html", "json")
    }
    for open_, closed in files.values():
        assert (words in open_.name, words in closed.name) == (False, True)
    reader = PdfReader(BytesIO(files["pdf"][1].content))
    assert "not for publication" in reader.metadata.title
    assert words in reader.metadata["/Keywords"]
    assert all(words in name for name in reader.attachments)
    assert all(words in page.extract_text() for page in reader.pages)
    open_, closed = (file.content.decode() for file in files["html"])
    assert closed.count(f"{words}: Commercial confidence") == 1
    assert words not in open_


def all_sections(document: Document) -> Iterator[Section]:
    waiting = list(document.sections)
    while waiting:
        section = waiting.pop()
        yield section
        waiting += section.sections


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
