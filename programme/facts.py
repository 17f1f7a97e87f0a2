"""What papers and pages read of a programme: frozen facts, free of the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a rating scale. Rank 1 is the best; a level without a rank (not applicable, to
    be determined, exempt) is off the scale. ``scale`` is its scale's slug and tells apart levels
    of different scales.

    Two are the same level whatever is said about them.
    """

    code: str
    word: str
    rank: int | None
    scale: str = ""
    colour: str = field(default="", compare=False)
    definition: str = field(default="", compare=False)
    needs_reason: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """The level that a measured value earns up to (or from) a limit; None takes what is left."""

    level: Level
    limit: Decimal | None


@dataclass(frozen=True, slots=True)
class DimensionFacts:
    slug: str
    name: str
    scale: str
    is_overall: bool
    measure: str
    figures: str
    tolerances: tuple[Limit, ...]
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class RatingSetup:
    """How a programme rates on a day: its dimensions in force and the levels of their scales."""

    dimensions: tuple[DimensionFacts, ...]
    scales: tuple[tuple[str, str], ...]
    levels: tuple[Level, ...]

    def with_given(self, given: Iterable[Level]) -> RatingSetup:
        """With the levels that were given beside those in force: one that was withdrawn meanwhile
        stands in its place on its scale where a rating still says it."""
        scales = dict(self.scales)
        known = set(self.levels)
        missing = {each for each in given if each.scale in scales and each not in known}
        if not missing:
            return self
        by_rank = sorted(
            (*self.levels, *missing), key=lambda level: (level.rank is None, level.rank or 0)
        )
        return replace(self, levels=tuple(by_rank))

    @property
    def overall(self) -> DimensionFacts | None:
        return next((each for each in self.dimensions if each.is_overall), None)


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    slug: str
    name: str
    starts_on: date
    as_at: date


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    board: str
    held_on: date
    place: str


@dataclass(frozen=True, slots=True)
class PriorityFacts:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    slug: str
    name: str
    short_name: str
    vision: str
    summary: str
    calendar: str
    """Whose bank holidays it keeps, in words; empty for none."""
