"""The ratings of one update before they are handed in: what each of them still has to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from programme.facts import Level
from projects.delivery import needs_reason, worst


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as its owner gave it. ``asks`` is whether the level asks for a reason by itself."""

    dimension: str
    level: Level
    reason: str = ""
    asks: bool = False


def level_field(slug: str) -> str:
    """The name of a form's field for the level of a dimension; its problems go by it too."""
    return f"level_{slug}"


def reason_field(slug: str) -> str:
    """The name of a form's field for the reason of a dimension's rating."""
    return f"reason_{slug}"


def with_overall(
    proposals: Mapping[str, Level], chosen: Mapping[str, Level], overall: str | None
) -> dict[str, Level]:
    """The proposals, and for the overall rating the worst of the other levels on its scale.

    Of a dimension that its owner has rated already the chosen level counts, not the proposed one:
    a judgement that has been explained need not be explained twice.
    """
    together = dict(proposals) | dict(chosen)
    together.pop(overall or "", None)
    scale = chosen[overall].scale if overall is not None and overall in chosen else None
    comparable = [each for each in together.values() if scale is None or each.scale == scale]
    found = worst(comparable)
    if overall is None or found is None or overall in proposals:
        return dict(proposals)
    return dict(proposals) | {overall: found}


def derived(levels: Mapping[str, Level], overall: str, scale: str) -> Level | None:
    """The overall rating where a programme has it follow from the others: the worst of them that
    are on its scale. Levels off the scale have no say; None where no other has been given."""
    return worst(
        level for slug, level in levels.items() if slug != overall and level.scale == scale
    )


def reasons_missing(ratings: Mapping[str, Given], proposals: Mapping[str, Level]) -> dict[str, str]:
    """The dimensions whose rating lacks a reason it needs, each with the sentence that says why.

    A reason is needed where the level asks for one, and where the rating is better than what the
    data proposes: it is a judgement, not a sum, but one that has to be explained.
    """
    missing = {}
    for slug, given in ratings.items():
        if given.reason.strip():
            continue
        proposal = proposals.get(slug)
        if given.asks:
            missing[slug] = f"{given.dimension} is {given.level.word}: give the reason."
        elif proposal is not None and needs_reason(given.level, proposal):
            missing[slug] = (
                f"{given.dimension} is better than the {proposal.word} that the data proposes: "
                f"give the reason."
            )
    return missing
