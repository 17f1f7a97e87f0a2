"""Sections that people write, and the few sentences that open a paper."""

from __future__ import annotations

from programme.common.blocks import Text
from programme.common.english import sentence, the, to_decide
from programme.common.formats import day
from programme.common.words import say
from reports.document import Bullets, Gap, Recommendation, Recommendations
from reports.paper_data import PaperData, Part, RecommendationFacts, SectionSpec
from reports.sections.registry import Blocks, Option, section_kind
from reports.sections.words import as_at, paragraph


@section_kind(
    "text",
    "Text written for the paper",
    options={"optional": Option.SWITCH},
)
def text(data: PaperData, spec: SectionSpec) -> Blocks:
    """What people wrote; with ``optional`` the section is left out while nothing is written.
    No standing sentence takes the place of what nobody wrote: that there is nothing to report is
    for people to say."""
    if spec.narrative or spec.standing_text:
        return ()
    if spec.options.get("optional"):
        return ()
    return (Gap("Nothing has been written for this section yet."),)


@section_kind("purpose", "Purpose of the report", Part.MEETINGS)
def purpose(data: PaperData, spec: SectionSpec) -> Blocks:
    """What position the paper reports, and which report it follows."""
    opening = "It" if spec.standing_text or spec.narrative else "This paper"
    words = f"{opening} reports the position {as_at(data.period.as_at)}."
    if data.last_meeting:
        words += say(
            f" The board’s last meeting before it was on {day(data.last_meeting.held_on)}."
        )
    return (paragraph(words),)


@section_kind("recommendations", "Recommendations")
def recommendations(data: PaperData, spec: SectionSpec) -> Blocks:
    """What the board is asked to note, endorse, approve or decide."""
    if not data.recommendations:
        return (Gap("No recommendation has been written for this paper yet."),)
    return (
        Recommendations(
            intro=Text.plain(f"It is recommended that {the(data.board)}:"),
            items=tuple(
                Recommendation(each.verb, Text.plain(_asked(each))) for each in data.recommendations
            ),
        ),
    )


def _asked(recommendation: RecommendationFacts) -> str:
    """What is recommended, after its verb."""
    text = recommendation.text
    return sentence(to_decide(text) if recommendation.verb == "Decide" else text)


@section_kind("background", "Vision and principles", Part.PRINCIPLES)
def background(data: PaperData, spec: SectionSpec) -> Blocks:
    """The programme's vision and the principles by which it works."""
    blocks: Blocks = ()
    if data.programme.vision:
        blocks += (paragraph(f"The programme’s vision is: {sentence(data.programme.vision)}"),)
    if data.principles:
        blocks += (
            paragraph("It works by these principles:"),
            Bullets(tuple(Text.plain(each) for each in data.principles)),
        )
    if not blocks and not spec.narrative:
        return (Gap("No vision and no principles are stored for this programme."),)
    return blocks
