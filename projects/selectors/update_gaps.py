"""What an update still lacks before it can be handed in: all of it at once."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS

from programme.common.words import say
from programme.extremes import Extremes
from programme.facts import Level
from programme.models import Dimension
from programme.selectors import extremes, level_facts
from projects.models import Rating, StatusUpdate
from projects.ratings import Given, level_field, reason_field, reasons_missing
from projects.selectors.dimension_scope import asked_of


def gaps(update: StatusUpdate, proposals: Mapping[str, Level]) -> dict[str, str]:
    """What is missing in a stored update, a sentence by the name of the field where it is written:
    the project in one line, the overall rating, the reasons, and for what is below the best level
    the way back with its day and its owner. ``proposals`` are levels by the slugs of their
    dimensions, that of the overall rating among them. Three queries."""
    on = update.period.as_at
    ends = extremes(update.project.programme, on=on)
    overall = asked_of(update.project, on=on).filter(is_overall=True).first()
    given = {
        row.dimension.slug: _given(row, ends)
        for row in update.ratings.select_related("dimension", "level__scale")
    }
    found = {}
    if not update.status_line:
        found["status_line"] = say("Say in one line how the project stands.")
    standing = list(given.values())
    if overall is not None:
        standing = [given[overall.slug]] if overall.slug in given else []
        if not standing:
            found |= _not_rated(overall)
        if overall.is_derived:
            given.pop(overall.slug, None)  # what follows from others has its reasons there
    found |= {reason_field(slug): text for slug, text in reasons_missing(given, proposals).items()}
    below = next((each for each in standing if ends.is_below_best(each.level)), None)
    return found | (_way_back(update, below) if below is not None else {})


def _not_rated(overall: Dimension) -> dict[str, str]:
    if overall.is_derived:
        return {NON_FIELD_ERRORS: f"Give the ratings from which {overall} follows."}
    return {level_field(overall.slug): f"Give the rating for {overall}."}


def _given(row: Rating, ends: Extremes) -> Given:
    level = level_facts(row.level)
    asks = row.level.needs_reason or ends.is_below_best(level)
    return Given(row.dimension.name, level, row.reason, asks)


def _way_back(update: StatusUpdate, below: Given) -> dict[str, str]:
    """What a project that is not where it should be says of how it gets there."""
    opening = f"{below.dimension} is {below.level.word}: say"
    asked = {
        "path_to_green": f"{opening} what gets it back on track.",
        "path_to_green_by": f"{opening} by when it is back on track.",
        "path_to_green_owner": f"{opening} who sees to it.",
    }
    return {name: text for name, text in asked.items() if not getattr(update, name)}
