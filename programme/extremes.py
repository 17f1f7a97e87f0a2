"""The best and the worst of what a programme rates on, and how pages and papers speak of them: in
the words of its own levels, whatever these are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programme.common.words import say
from programme.facts import Level, RatingSetup


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a scale."""

    best: Level
    worst: Level


@dataclass(frozen=True, slots=True)
class Extremes:
    """The ends of each scale that is rated on, that of the overall rating first; scales with fewer
    than two ranked levels have none. ``overall`` are those of what stands for a project as a
    whole, None where nothing does."""

    scales: tuple[Ends, ...]
    overall: Ends | None

    @property
    def worst_words(self) -> str:
        """The worst levels: "Red", "Red or Off track"; empty where there is none."""
        return " or ".join(dict.fromkeys(each.worst.word for each in self.scales))

    def is_worst(self, rank: int | None, scale: str) -> bool:
        """Whether a rank is the last on its scale, or was when it was given."""
        return rank is not None and any(
            each.worst.scale == scale and rank >= (each.worst.rank or 0) for each in self.scales
        )

    def is_below_best(self, level: Level) -> bool:
        """Whether a level is on its scale and not the first of it."""
        return level.rank is not None and any(
            each.best.scale == level.scale and level.rank > (each.best.rank or 0)
            for each in self.scales
        )

    @property
    def asked_below(self) -> str:
        """For which projects it is asked what gets them back on track."""
        if self.overall is None:
            return say("For a project that is not on track.")
        return say("For a project that is rated below {best}.").format(best=self.overall.best.word)

    @property
    def way_back(self) -> str:
        """What the way back is called. Only what is green has a path to green."""
        if self.overall is not None and self.overall.best.word.casefold() == "green":
            return "Path to green"
        return "What gets it back on track"


def extremes_of(setup: RatingSetup) -> Extremes:
    """Of what is rated on a day."""
    return extremes_among(
        [(each.scale, each.is_overall) for each in setup.dimensions], setup.levels
    )


def extremes_among(rated: Iterable[tuple[str, bool]], levels: Sequence[Level]) -> Extremes:
    """Of the scales that are rated on, each with whether a project as a whole is, and their
    levels."""
    overall_first = sorted(rated, key=lambda each: not each[1])
    by_scale = {
        scale: _ends(level for level in levels if level.scale == scale)
        for scale in dict.fromkeys(scale for scale, _ in overall_first)
    }
    overall = next((by_scale[scale] for scale, is_overall in overall_first if is_overall), None)
    return Extremes(tuple(each for each in by_scale.values() if each), overall)


def _ends(levels: Iterable[Level]) -> Ends | None:
    ranked = sorted(
        (level for level in levels if level.rank is not None), key=lambda level: level.rank or 0
    )
    return Ends(ranked[0], ranked[-1]) if len(ranked) > 1 else None
