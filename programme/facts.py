"""What papers and pages read of a programme: frozen facts, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """A rating level. ``rank`` 1 is best; None is off the scale. ``scale`` is the scale's slug."""

    scale: str
    code: str
    word: str
    colour: str
    definition: str
    rank: int | None
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class ToleranceFacts:
    """The limit up to (or from) which a measure earns a level; None takes the rest."""

    level: LevelFacts
    limit: Decimal | None


@dataclass(frozen=True, slots=True)
class DimensionFacts:
    slug: str
    name: str
    scale: str
    is_overall: bool
    measure: str
    figures: str
    tolerances: tuple[ToleranceFacts, ...]


@dataclass(frozen=True, slots=True)
class RatingSetup:
    """How a programme rates on a day: its dimensions in force and the levels of their scales."""

    dimensions: tuple[DimensionFacts, ...]
    scales: tuple[tuple[str, str], ...]
    levels: tuple[LevelFacts, ...]

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
