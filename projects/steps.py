"""The steps in which an update is written: each is saved by itself and counts its own versions, so
that two people can fill different ones at once."""

from __future__ import annotations

from enum import StrEnum

from programme.common.words import say


class UpdateStep(StrEnum):
    WORDS = "words"
    RATINGS = "ratings"
    MILESTONES = "milestones"
    RISKS = "risks"

    @property
    def column(self) -> str:
        """The column of an update that counts how often the step was saved, 0 for never."""
        return f"{self.value}_version"

    def heading(self, *, rates: bool) -> str:
        """What the step is called where the project is rated, or where nothing is."""
        if self is UpdateStep.RATINGS and not rates:
            return say("What gets it back on track")
        return say(_TITLES[self])


_TITLES = {
    UpdateStep.WORDS: "How the project stands",
    UpdateStep.RATINGS: "Ratings, and what gets it back on track",
    UpdateStep.MILESTONES: "Milestones",
    UpdateStep.RISKS: "Risks and issues",
}
_OF_WORDS = frozenset({"status_line", "narrative", "restricted_narrative"})


def step_of(field: str) -> UpdateStep:
    """The step in which a field of an update is asked for."""
    return UpdateStep.WORDS if field in _OF_WORDS else UpdateStep.RATINGS
