"""Turning facts into cells and sentences: what several section kinds share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from programme.common.blocks import ColumnKind, Missing, Movement, Rating, Run, Text
from programme.common.formats import day
from programme.common.values import Amount
from programme.common.words import say
from programme.facts import DimensionFacts, Level
from projects.facts import ProjectFacts, RatingFacts
from reports.document import Paragraph

NOT_GIVEN = Missing("Not given")
NOT_ASKED = Missing("–")
NO_STATUS = Missing("No status given")
FIGURE = ColumnKind.FIGURE


def no_update() -> Missing:
    """What stands where a project has reported nothing."""
    return Missing(say("No update in this period"))


def paragraph(text: str) -> Paragraph:
    return Paragraph(Text.plain(text))


def lead_in(head: str, tail: str) -> Text:
    """A line that opens with a few strong words."""
    return Text((Run(head, strong=True), Run(tail)))


def level_cell(level: Level) -> Rating:
    return Rating(level.code, level.word, level.colour)


def rating_cell(rating: RatingFacts | None) -> Rating | Missing:
    """A rating as printed, with its movement; a rating nobody gave is named as one.

    A level off the scale that was there before as well is printed as unchanged.
    """
    if rating is None:
        return NOT_GIVEN
    moved = Movement.SAME if rating.previous == rating.level else rating.movement
    return Rating(
        code=rating.level.code,
        word=rating.level.word,
        colour=rating.level.colour,
        movement=moved,
        previous_word=rating.previous.word if rating.previous else "",
        steps=rating.steps,
    )


def asked_for(
    project: ProjectFacts, dimensions: Iterable[DimensionFacts]
) -> tuple[DimensionFacts, ...]:
    """The dimensions that a project is rated in: not those of other workstreams only, and none
    while it is not asked for updates, unless it was rated in one all the same."""
    return tuple(
        each
        for each in dimensions
        if project.rating(each.slug) is not None
        or (project.reporting and each.slug not in project.elsewhere)
    )


def rated_dimensions(
    project: ProjectFacts, dimensions: Iterable[DimensionFacts]
) -> tuple[DimensionFacts, ...]:
    """The dimensions a project's ratings are shown in: all that it is asked for, once it is rated
    in any beside the overall one; else the overall one only, and none where nothing was rated."""
    dimensions = asked_for(project, dimensions)
    given = {rating.dimension for rating in project.ratings}
    if any(each.slug in given for each in dimensions if not each.is_overall):
        return dimensions
    return tuple(each for each in dimensions if each.is_overall and each.slug in given)


def as_at(value: date) -> str:
    return f"as at {day(value)}"


def is_nothing(amount: Amount) -> bool:
    """Whether an amount says that there is nothing to say."""
    return amount == Amount.not_applicable()
