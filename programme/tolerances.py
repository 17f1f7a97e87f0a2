"""Tolerances in words: up to which measured figure a level is proposed."""

from __future__ import annotations

from decimal import Decimal

from programme.choices import Measure
from programme.common.formats import number
from programme.facts import DimensionFacts

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
