"""Words that the tables store and the arithmetic reads: one type for both."""

from __future__ import annotations

from enum import StrEnum

from programme.common.words import say


class Measure(StrEnum):
    """The figure that a dimension's rating is proposed from."""

    NONE = "none"
    SLIP = "slip"
    COST = "cost"
    BENEFIT = "benefit"

    @property
    def label(self) -> str:
        """What a page calls it."""
        return say(MEASURE_WORDS[self])

    @property
    def at_least(self) -> bool:
        """Whether limits are floors (benefits) and not ceilings (slip and cost)."""
        return self is Measure.BENEFIT


MEASURE_WORDS = {
    Measure.NONE: "Judgement only",
    Measure.SLIP: "Working days late",
    Measure.COST: "Cost over budget, percent",
    Measure.BENEFIT: "Benefit forecast as a share of target, percent",
}

MOST_STEPS = 10
"""Steps of likelihood or of impact that a risk matrix can have; the fewest are two."""
