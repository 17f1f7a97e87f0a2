"""Risk scores: the level of a likelihood and an impact, and how a score moves.

Bodies draw the bands of the five-by-five matrix differently and not always by the product of the
two, so a programme's matrix is a table of 25 cells. The presets build such a table from bands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from programme.common.blocks import Movement
from projects.delivery import by_rank

STEPS = range(1, 6)
"""Likelihood and impact are each 1 (lowest) to 5 (highest)."""

Cells: TypeAlias = "Mapping[tuple[int, int], RiskLevelFacts]"


class RiskMatrixError(ValueError):
    """A matrix or a score that does not fit the five-by-five grid; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class RiskLevelFacts:
    """A band of the matrix; rank 1 is the lowest risk. ``colour`` is a colour token."""

    slug: str
    word: str
    colour: str
    rank: int


@dataclass(frozen=True, slots=True)
class Band:
    """A level that reaches up to and including a product of likelihood and impact."""

    level: RiskLevelFacts
    up_to: int


@dataclass(frozen=True, slots=True)
class RiskScore:
    likelihood: int
    impact: int

    def __post_init__(self) -> None:
        if self.likelihood not in STEPS or self.impact not in STEPS:
            raise RiskMatrixError("Likelihood and impact are each a whole number from 1 to 5.")

    @property
    def product(self) -> int:
        return self.likelihood * self.impact


DEFAULT_BANDS = (
    Band(RiskLevelFacts("low", "Low", "green", 1), 4),
    Band(RiskLevelFacts("medium", "Medium", "amber", 2), 9),
    Band(RiskLevelFacts("high", "High", "amber_red", 3), 16),
    Band(RiskLevelFacts("very-high", "Very high", "red", 4), 25),
)
"""Low 1–4, medium 5–9, high 10–16, very high 20–25."""

HEALTH_BANDS = (
    Band(RiskLevelFacts("low", "Low", "green", 1), 3),
    Band(RiskLevelFacts("moderate", "Moderate", "amber", 2), 6),
    Band(RiskLevelFacts("high", "High", "amber_red", 3), 12),
    Band(RiskLevelFacts("extreme", "Extreme", "red", 4), 25),
)
"""Low 1–3, moderate 4–6, high 8–12, extreme 15–25, as health bodies draw them."""


def scores() -> Iterator[tuple[int, int]]:
    """Every likelihood with every impact, 25 in all, likelihood first."""
    return product(STEPS, STEPS)


def cells_from_bands(bands: tuple[Band, ...]) -> dict[tuple[int, int], RiskLevelFacts]:
    """The 25 cells that bands of the product make, keyed by (likelihood, impact)."""
    limits = [band.up_to for band in bands]
    if not limits or limits != sorted(set(limits)) or limits[-1] < STEPS[-1] ** 2:
        raise RiskMatrixError("Bands must rise and reach up to 25.")
    return {
        (likelihood, impact): next(
            band.level for band in bands if likelihood * impact <= band.up_to
        )
        for likelihood, impact in scores()
    }


def check_cells(cells: Cells) -> None:
    """Refuse a matrix that lacks one of its 25 cells, has another, or grows milder.

    A higher likelihood or impact must never have a lower level than the step before it.
    """
    if set(cells) != set(scores()):
        raise RiskMatrixError("A risk matrix has a level for each of its 25 cells.")
    for likelihood, impact in scores():
        here = cells[likelihood, impact].rank
        for further in ((likelihood + 1, impact), (likelihood, impact + 1)):
            if further in cells and cells[further].rank < here:
                raise RiskMatrixError(
                    f"Likelihood {further[0]} with impact {further[1]} has a lower level than "
                    f"likelihood {likelihood} with impact {impact}."
                )


def level_of(score: RiskScore, cells: Cells) -> RiskLevelFacts:
    """The level of a score in a programme's matrix; refuses a matrix without that cell."""
    level = cells.get((score.likelihood, score.impact))
    if level is None:
        raise RiskMatrixError(
            f"The matrix has no level for likelihood {score.likelihood}, impact {score.impact}."
        )
    return level


def movement(previous: RiskScore | None, current: RiskScore, cells: Cells) -> Movement:
    """How a risk moved since it was last assessed: by its level, and within one by its product."""
    if previous is None:
        return Movement.NEW
    moved = by_rank(level_of(previous, cells).rank, level_of(current, cells).rank)
    return by_rank(previous.product, current.product) if moved is Movement.SAME else moved
