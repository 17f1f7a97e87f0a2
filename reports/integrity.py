"""Rules over several rows of papers and their templates, checked in what is stored."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from finance import integrity as finance_integrity
from programme import integrity as programme_integrity
from programme.integrity import Breach, circles, strangers
from programme.models import Programme
from projects import integrity as projects_integrity
from reports.models import Paper, PaperSection, TemplateSection
from reports.sections import kind


def all_breaches(programme: Programme) -> list[Breach]:
    """What is wrong in a programme on any floor."""
    floors = (programme_integrity, projects_integrity, finance_integrity)
    below = [breach for floor in floors for breach in floor.breaches(programme)]
    return below + breaches(programme)


def breaches(programme: Programme) -> list[Breach]:
    """What is wrong in a programme's paper templates and papers."""
    sections = TemplateSection.objects.of(programme).select_related("template")
    return [
        *strangers("reports", programme),
        *circles(
            "Section",
            {row.pk: str(row) for row in sections},
            {row.pk: row.parent_id for row in sections},
        ),
        *_template_sections(programme),
        *_paper_sections(programme),
        *_meetings(programme),
    ]


def _template_sections(programme: Programme) -> Iterator[Breach]:
    sections = TemplateSection.objects.of(programme).select_related("template", "parent__template")
    for row in sections:
        where = f"Section “{row}”"
        if row.parent is not None and row.parent.template_id != row.template_id:
            yield Breach(where, f"it stands below “{row.parent}”, a section of another template.")
        try:
            kind(row.kind)
        except LookupError as error:
            yield Breach(where, str(error))


def _paper_sections(programme: Programme) -> Iterator[Breach]:
    wrong = PaperSection.objects.of(programme).exclude(section__template=F("paper__template"))
    for row in wrong.select_related("paper", "section__template"):
        yield Breach(
            f"Paper “{row.paper}”",
            f"it has a text for “{row.section}”, which is a section of another template.",
        )


def _meetings(programme: Programme) -> Iterator[Breach]:
    """A paper is for a meeting of its own board."""
    wrong = Paper.objects.of(programme).exclude(meeting__board=F("board"))
    for row in wrong.filter(meeting__isnull=False).select_related("board", "meeting__board"):
        yield Breach(
            f"Paper “{row}”",
            f"it is {row.board}’s, and its meeting is {row.meeting.board}’s.",
            gap=True,
        )
