"""Tolerances in words: up to which measured figure a level is proposed."""

from __future__ import annotations

from decimal import Decimal

from programme.choices import Measure
from programme.common.formats import number
from programme.facts import DimensionFacts, Level, Limit
from programme.models import Dimension, RatingLevel

MEASURES = {
    Measure.SLIP: ("up to {} working days late", "more than {} working days late"),
    Measure.COST: ("up to {}% over budget", "more than {}% over budget"),
    Measure.BENEFIT: ("at least {}% of target", "less than {}% of target"),
}
"""How a limit reads for each measure: within it, and beyond the last one."""


def limits_in_words(dimension: DimensionFacts) -> dict[str, str]:
    """The limit of each level of a dimension as a phrase, by the level's code, the best first."""
    within, beyond = MEASURES.get(Measure(dimension.measure), ("{}", "beyond {}"))
    words, last = {}, Decimal(0)
    for tolerance in sorted(dimension.tolerances, key=lambda each: each.level.rank or 0):
        if tolerance.limit is None:
            words[tolerance.level.code] = beyond.format(number(last))
        else:
            last = tolerance.limit
            words[tolerance.level.code] = within.format(number(last))
    return words


def tolerances_in_words(dimension: Dimension) -> str:
    """The stored tolerances of a dimension, fetched with their levels, in one line; '' for none."""
    rows = dimension.tolerances.all()
    facts = DimensionFacts(
        slug=dimension.slug,
        name=dimension.name,
        scale="",
        is_overall=dimension.is_overall,
        measure=dimension.measure,
        figures=dimension.figures,
        tolerances=tuple(
            Limit(Level(row.level.code, row.level.word, row.level.rank), row.limit) for row in rows
        ),
    )
    words = {row.level.code: row.level.word for row in rows}
    return "; ".join(f"{words[code]}: {text}" for code, text in limits_in_words(facts).items())


def limit_field(level: RatingLevel) -> str:
    """The name of a form's field for the limit of a level; its problems go by it too."""
    return f"limit_{level.pk}"


def limits_of(dimension: Dimension) -> dict[RatingLevel, Decimal | None]:
    """The stored limits by their levels, the best one first."""
    rows = dimension.tolerances.select_related("level").order_by("level__rank")
    return {row.level: row.limit for row in rows}
