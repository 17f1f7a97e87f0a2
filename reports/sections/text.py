"""Sections that people write, and the few sentences that open a paper."""

from __future__ import annotations

from programme.common.formats import day
from reports.document import Bullets, Gap, Recommendation, Recommendations, Text
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.registry import Blocks, section_kind
from reports.sections.words import as_at, paragraph


@section_kind("text", "Text written for the paper")
def text(data: PaperData, spec: SectionSpec) -> Blocks:
    """What people wrote; with ``optional`` the section is left out while nothing is written, and
    with ``otherwise`` a standing sentence takes its place."""
    if spec.narrative or spec.standing_text or spec.withheld_ground:
        return ()
    if otherwise := spec.options.get("otherwise"):
        return (paragraph(str(otherwise)),)
    if spec.options.get("optional"):
        return ()
    return (Gap("Nothing has been written for this section yet."),)


@section_kind("purpose", "Purpose of the report", Part.MEETINGS)
def purpose(data: PaperData, spec: SectionSpec) -> Blocks:
    """What position the paper reports, and which report it follows."""
    sentence = f"It reports the position {as_at(data.period.as_at)}"
    if data.last_meeting:
        sentence += (
            f" and follows the report to the board’s meeting of {day(data.last_meeting.held_on)}"
        )
    return (paragraph(f"{sentence}."),)


@section_kind("recommendations", "Recommendations")
def recommendations(data: PaperData, spec: SectionSpec) -> Blocks:
    """What the board is asked to note, endorse, approve or decide."""
    if not data.recommendations:
        return (Gap("No recommendation has been written for this paper yet."),)
    return (
        Recommendations(
            intro=Text.plain(f"The {data.board} is asked to:"),
            items=tuple(
                Recommendation(each.verb, Text.plain(each.text)) for each in data.recommendations
            ),
        ),
    )


@section_kind("background", "Vision and principles", Part.PRINCIPLES)
def background(data: PaperData, spec: SectionSpec) -> Blocks:
    """The programme's vision and the principles by which it works."""
    blocks: Blocks = ()
    if data.programme.vision:
        blocks += (paragraph(f"The programme’s vision is: {data.programme.vision}"),)
    if data.principles:
        blocks += (
            paragraph("It works by these principles:"),
            Bullets(tuple(Text.plain(each) for each in data.principles)),
        )
    return blocks
