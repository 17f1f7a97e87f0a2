"""Rating scales that programmes begin from. What a programme makes of one is its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LevelPreset:
    """A level; ``rank`` 1 is the best, None off the scale. ``colour`` is a colour token."""

    code: str
    word: str
    colour: str
    rank: int | None
    definition: str
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class ScalePreset:
    """A scale by the words under which it is offered."""

    words: str
    levels: tuple[LevelPreset, ...]


_NOT_APPLICABLE = LevelPreset("N/A", "Not applicable", "grey", None, "There is nothing to rate.")

SCALES = {
    "three": ScalePreset(
        "Red, amber, green",
        (
            LevelPreset("G", "Green", "green", 1, "On course. Nothing major threatens it."),
            LevelPreset(
                "A",
                "Amber",
                "amber",
                2,
                "There are problems, which can be resolved if they get attention now.",
                True,
            ),
            LevelPreset(
                "R", "Red", "red", 3, "Out of reach as it stands: decisions are needed.", True
            ),
            _NOT_APPLICABLE,
        ),
    ),
    "five": ScalePreset(
        "Five points, from green to red",
        (
            LevelPreset("G", "Green", "green", 1, "Success is highly likely."),
            LevelPreset(
                "A/G", "Amber/Green", "amber_green", 2, "Success is probable with steady attention."
            ),
            LevelPreset(
                "A",
                "Amber",
                "amber",
                3,
                "Success is feasible, with significant problems that need attention now.",
                True,
            ),
            LevelPreset(
                "A/R",
                "Amber/Red",
                "amber_red",
                4,
                "Success is in doubt, with major risks in several places.",
                True,
            ),
            LevelPreset(
                "R", "Red", "red", 5, "Success appears out of reach as things stand.", True
            ),
            _NOT_APPLICABLE,
        ),
    ),
    "words": ScalePreset(
        "On track, at risk, off track, without red, amber and green",
        (
            LevelPreset("On", "On track", "blue", 1, "It goes as planned."),
            LevelPreset("Risk", "At risk", "grey", 2, "It may not go as planned.", True),
            LevelPreset("Off", "Off track", "none", 3, "It does not go as planned.", True),
        ),
    ),
}
"""By the word that a form sends for each."""
