"""The key: what levels, tolerances, arrows and signs mean."""

from __future__ import annotations

from decimal import Decimal

from programme.common.formats import number
from programme.snapshot import DimensionFacts, RatingSetup, ToleranceFacts
from reports.document import Bullets, Column, KeyLevel, RatingKey, Row, Table, Text
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.registry import Blocks, section_kind
from reports.sections.words import lead_in, level_cell, paragraph

MEASURES = {
    "slip": ("up to {} working days late", "more than {} working days late"),
    "cost": ("up to {}% over budget", "more than {}% over budget"),
    "benefit": ("at least {}% of target", "less than {}% of target"),
}
"""How a limit reads for each measure: within it, and beyond the last one."""


@section_kind("key", "Key to ratings, tolerances and signs", Part.RATINGS)
def key(data: PaperData, spec: SectionSpec) -> Blocks:
    """The levels with their definitions, the tolerances they are proposed from, and the signs."""
    if data.ratings is None or not data.ratings.dimensions:
        return ()
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
        words = _limits_in_words(dimension)
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


def _limits_in_words(dimension: DimensionFacts) -> dict[str, str]:
    """Each level's limit as a phrase, by the level's code."""
    within, beyond = MEASURES.get(dimension.measure, ("{}", "beyond {}"))
    words, last = {}, Decimal(0)
    for tolerance in sorted(dimension.tolerances, key=_rank):
        if tolerance.limit is None:
            words[tolerance.level.code] = beyond.format(number(last))
        else:
            last = tolerance.limit
            words[tolerance.level.code] = within.format(number(last))
    return words


def _rank(tolerance: ToleranceFacts) -> int:
    return tolerance.level.rank or 0


def _signs(data: PaperData) -> Blocks:
    items = [
        lead_in(
            "Movement: ", "a rating is better, worse or the same since the last paper, or new."
        ),
        lead_in(
            "Not given: ", "nobody has given the rating, which is not the same as not applicable."
        ),
        lead_in("TBC: ", "an amount or date still to be confirmed; it is never counted as nought."),
        lead_in("Circa: ", "an amount that is approximate, or a date known to its month only."),
        lead_in(
            "Variance: ",
            "budget less funding; a minus sign and the word “over” mark an overspend.",
        ),
    ]
    return (paragraph("Signs and words:"), Bullets(tuple(items)))
