"""From a paper's data to its document. Pure."""

from __future__ import annotations

from datetime import date

from programme.common.formats import day
from reports.document import Document, Meta, Section
from reports.numbering import number
from reports.paper_data import PaperData, SectionSpec
from reports.prose import to_blocks
from reports.sections import kind


def build_document(data: PaperData) -> Document:
    """The numbered document of a paper.

    Each section is its standing text, then what people wrote, then what its kind builds from the
    data. A section that has none of these, and none below it, is left out.
    """
    document = Document(meta=_meta(data), sections=_sections(data, ""))
    return number(document, data.numbering)


def _sections(data: PaperData, parent: str) -> tuple[Section, ...]:
    built = (_section(data, spec) for spec in data.sections if spec.parent == parent)
    return tuple(each for each in built if each.blocks or each.sections)


def _section(data: PaperData, spec: SectionSpec) -> Section:
    return Section(
        key=spec.key,
        heading=spec.heading,
        blocks=(
            *to_blocks(spec.standing_text),
            *to_blocks(spec.narrative),
            *kind(spec.kind).build(data, spec),
        ),
        sections=_sections(data, spec.key),
        new_page=spec.new_page,
    )


def _meta(data: PaperData) -> Meta:
    return Meta(
        programme=data.programme.name,
        board=data.board,
        title=data.title,
        subtitle=_subtitle(data.period.name, data.period.as_at),
        meeting_date=data.meeting,
        as_at=data.period.as_at,
        period=data.period.name,
        author_post=data.author_post,
        purpose=data.purpose,
        marking=data.marking,
        status=data.status,
        template=data.template,
    )


def _subtitle(period: str, as_at: date) -> str:
    return f"{period}: position as at {day(as_at)}"
