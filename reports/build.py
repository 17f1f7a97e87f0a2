"""From a paper's data to its document. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from programme.common import markings
from programme.common.formats import day
from reports.document import Document, Meta, Section, Withheld
from reports.numbering import number
from reports.paper_data import PaperData, SectionSpec
from reports.prose import to_blocks
from reports.sections import kind

NOT_FOR_PUBLICATION = "Not for publication"


def build_document(data: PaperData) -> Document:
    """The numbered document of a paper.

    Each section is its standing text, then what people wrote, then what its kind builds from the
    data. A section that has none of these, and none below it, is left out. Of a section that is
    withheld nothing of this is printed, nor what stands below it: only that it is, and on what
    ground. The paper is marked as the highest of its own marking and of everything that is printed
    in it; a section that is what raises it says so. A paper that prints what the public does not
    see is not for publication.
    """
    sections = _sections(data, "")
    marking = markings.highest(
        (data.marking, *(each.marking for each in _every(sections) if each.marking))
    )
    edition = NOT_FOR_PUBLICATION if any(each.restricted for each in _every(sections)) else ""
    return number(Document(_meta(data, marking, edition), _labelled(sections)), data.numbering)


def _sections(data: PaperData, parent: str) -> tuple[Section, ...]:
    built = (_section(data, spec) for spec in data.sections if spec.parent == parent)
    return tuple(each for each in built if each.blocks or each.sections)


def _section(data: PaperData, spec: SectionSpec) -> Section:
    """A section; ``marking`` is, until all are built, the key of one above the paper's own."""
    if spec.withheld_ground:
        withheld = Withheld(f"What stands under “{spec.heading}”", spec.withheld_ground)
        return Section(spec.key, spec.heading, (withheld,), new_page=spec.new_page)
    built = kind(spec.kind).build(data, spec)
    printed = kind(spec.kind).marked(data, spec) if built else ()
    marking = markings.highest((data.marking, *(each.sensitivity for each in printed)))
    return Section(
        key=spec.key,
        heading=spec.heading,
        blocks=(
            *to_blocks(spec.standing_text),
            *to_blocks(spec.narrative),
            *built,
        ),
        sections=_sections(data, spec.key),
        new_page=spec.new_page,
        marking=marking if marking != data.marking else "",
        restricted=spec.restricted_ground,
    )


def _every(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections with all that stand below them."""
    for each in sections:
        yield each
        yield from _every(each.sections)


def _labelled(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(
        replace(
            each,
            marking=markings.label(each.marking) if each.marking else "",
            sections=_labelled(each.sections),
        )
        for each in sections
    )


def _meta(data: PaperData, marking: str, edition: str) -> Meta:
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
        marking=markings.label(marking),
        status=data.status,
        template=data.template,
        edition=edition,
    )


def _subtitle(period: str, as_at: date) -> str:
    return f"{period}: position as at {day(as_at)}"
