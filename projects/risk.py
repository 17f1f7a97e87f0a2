"""Risk scores: the level of a likelihood and an impact, and how a score moves.

Bodies draw a risk matrix in different sizes, with their own bands and not always by the product of
the two, so a programme's matrix is a table of all its cells. Presets build one from bands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from programme.choices import MOST_STEPS
from programme.common.blocks import Movement
from projects.delivery import by_rank

Cells: TypeAlias = "Mapping[tuple[int, int], RiskLevelFacts]"

Size: TypeAlias = "tuple[int, int]"
"""How many steps of likelihood and of impact a matrix has."""


class RiskMatrixError(ValueError):
    """A matrix or a score that does not fit its grid; the message is a sentence."""


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
        steps = range(1, MOST_STEPS + 1)
        if self.likelihood not in steps or self.impact not in steps:
            raise RiskMatrixError(
                f"Likelihood and impact are each a whole number from 1 to {MOST_STEPS}."
            )

    @property
    def product(self) -> int:
        return self.likelihood * self.impact


@dataclass(frozen=True, slots=True)
class RiskPreset:
    """A way to score risks that programmes begin from: the words of likelihood and of impact, each
    from the lowest, and the bands of their product."""

    name: str
    likelihood: tuple[str, ...]
    impact: tuple[str, ...]
    bands: tuple[Band, ...]

    @property
    def size(self) -> Size:
        return len(self.likelihood), len(self.impact)

    @property
    def cells(self) -> dict[tuple[int, int], RiskLevelFacts]:
        return cells_from_bands(self.bands, self.size)


PRESETS = {
    "default": RiskPreset(
        "Five by five: low to 4, medium to 9, high to 16, very high",
        ("Very unlikely", "Unlikely", "Possible", "Likely", "Very likely"),
        ("Very low", "Low", "Medium", "High", "Very high"),
        (
            Band(RiskLevelFacts("low", "Low", "green", 1), 4),
            Band(RiskLevelFacts("medium", "Medium", "amber", 2), 9),
            Band(RiskLevelFacts("high", "High", "amber_red", 3), 16),
            Band(RiskLevelFacts("very-high", "Very high", "red", 4), 25),
        ),
    ),
    "health": RiskPreset(
        "Five by five as health bodies draw it: low to 3, moderate to 6, high to 12, extreme",
        ("Rare", "Unlikely", "Possible", "Likely", "Almost certain"),
        ("Negligible", "Minor", "Moderate", "Major", "Catastrophic"),
        (
            Band(RiskLevelFacts("low", "Low", "green", 1), 3),
            Band(RiskLevelFacts("moderate", "Moderate", "amber", 2), 6),
            Band(RiskLevelFacts("high", "High", "amber_red", 3), 12),
            Band(RiskLevelFacts("extreme", "Extreme", "red", 4), 25),
        ),
    ),
    "four": RiskPreset(
        "Four by four: low to 2, medium to 6, high to 9, very high",
        ("Unlikely", "Possible", "Likely", "Very likely"),
        ("Low", "Medium", "High", "Very high"),
        (
            Band(RiskLevelFacts("low", "Low", "green", 1), 2),
            Band(RiskLevelFacts("medium", "Medium", "amber", 2), 6),
            Band(RiskLevelFacts("high", "High", "amber_red", 3), 9),
            Band(RiskLevelFacts("very-high", "Very high", "red", 4), 16),
        ),
    ),
    "three": RiskPreset(
        "Three by three: low to 2, medium to 4, high",
        ("Unlikely", "Possible", "Likely"),
        ("Low", "Medium", "High"),
        (
            Band(RiskLevelFacts("low", "Low", "green", 1), 2),
            Band(RiskLevelFacts("medium", "Medium", "amber", 2), 4),
            Band(RiskLevelFacts("high", "High", "red", 3), 9),
        ),
    ),
}
"""By the word that a programme's file calls them."""

DEFAULT = PRESETS["default"]
"""What the words of a score are where a programme has set up none."""


def scores(size: Size) -> Iterator[tuple[int, int]]:
    """Every likelihood with every impact, likelihood first."""
    return product(range(1, size[0] + 1), range(1, size[1] + 1))


def size_of(cells: Cells) -> Size:
    """The size of the grid that holds all of the cells; none at all is (0, 0)."""
    return max((cell[0] for cell in cells), default=0), max((cell[1] for cell in cells), default=0)


def cells_from_bands(bands: tuple[Band, ...], size: Size) -> dict[tuple[int, int], RiskLevelFacts]:
    """The cells that bands of the product make, keyed by (likelihood, impact)."""
    limits, highest = [band.up_to for band in bands], size[0] * size[1]
    if not limits or limits != sorted(set(limits)) or limits[-1] < highest:
        raise RiskMatrixError(f"Bands must rise and reach up to {highest}.")
    return {
        (likelihood, impact): next(
            band.level for band in bands if likelihood * impact <= band.up_to
        )
        for likelihood, impact in scores(size)
    }


def resized(cells: Cells, size: Size) -> dict[tuple[int, int], RiskLevelFacts]:
    """The cells of a matrix of another size: those that both have stay as they were, and a new one
    has the level of the cell nearest to it."""
    old = size_of(cells)
    return {
        (likelihood, impact): cells[min(likelihood, old[0]), min(impact, old[1])]
        for likelihood, impact in scores(size)
    }


def check_cells(cells: Cells, size: Size) -> None:
    """Refuse a matrix that lacks one of its cells, has another, or grows milder.

    A higher likelihood or impact must never have a lower level than the step before it.
    """
    if set(cells) != set(scores(size)):
        raise RiskMatrixError(
            f"A risk matrix has a level for each of its {size[0] * size[1]} cells."
        )
    for likelihood, impact in scores(size):
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
