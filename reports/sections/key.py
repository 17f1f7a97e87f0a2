"""The key: what levels, tolerances, arrows and signs mean."""

from __future__ import annotations

from programme.common.blocks import Column, Row, Table, Text
from programme.facts import RatingSetup
from programme.tolerances import limits_in_words
from reports.document import Bullets, Gap, KeyLevel, RatingKey
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.registry import Blocks, section_kind
from reports.sections.words import lead_in, level_cell, paragraph


@section_kind("key", "Key to ratings, tolerances and signs", Part.RATINGS)
def key(data: PaperData, spec: SectionSpec) -> Blocks:
    """The levels with their definitions, the tolerances they are proposed from, and the signs."""
    if data.ratings is None or not data.ratings.dimensions:
        return (Gap("Nothing is rated in this programme: no dimension is in force."),)
    blocks: Blocks = tuple(
        RatingKey(
            name,
            tuple(
                KeyLevel(level_cell(level), level.definition)
                for level in data.ratings.levels
                if level.scale == slug
            ),
        )
        for slug, name in data.ratings.scales
    )
    return blocks + _tolerances(data.ratings) + _signs(data)


def _tolerances(ratings: RatingSetup) -> Blocks:
    measured = [each for each in ratings.dimensions if each.tolerances]
    if not measured:
        return ()
    levels = tuple(
        dict.fromkeys(each.level for dimension in measured for each in dimension.tolerances)
    )
    rows = []
    for dimension in measured:
        words = limits_in_words(dimension)
        cells = tuple(Text.plain(words.get(level.code, "not used")) for level in levels)
        rows.append(Row((Text.plain(dimension.name), *cells)))
    return (
        paragraph(
            "A rating is the judgement of the project’s owner. The portal proposes one from these "
            "tolerances, and an owner who rates better than the proposal gives a reason."
        ),
        Table.of(
            "Tolerances from which ratings are proposed",
            (Column("Dimension"), *(Column(level.word) for level in levels)),
            tuple(rows),
        ),
    )


def _signs(data: PaperData) -> Blocks:
    items = [
        lead_in(
            "Movement: ",
            "a rating is better or worse than the one that its project gave before, the same, or "
            "new.",
        ),
        lead_in(
            "Not given: ", "nobody has given the rating, which is not the same as not applicable."
        ),
        lead_in("TBC: ", "an amount or date still to be confirmed; it is never counted as zero."),
        lead_in("Circa: ", "an amount that is approximate, or a date known to its month only."),
        lead_in(
            "Variance: ",
            "budget less funding; a minus sign and the word “over” mark an overspend.",
        ),
    ]
    return (paragraph("Signs and words:"), Bullets(tuple(items)))
