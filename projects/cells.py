"""Scores and states as pages print them: a word beside every colour."""

from __future__ import annotations

from django.utils.safestring import SafeString

from programme.common import ratings
from programme.common.tags import tag
from projects.models import StatusUpdate
from projects.selectors.registers import Scored

# What the standing of a milestone, a risk or an action is called on a page; the words for the
# states of an update are its model's.
_WORDS = {
    "open": "Open",
    "late": "Late",
    "overdue": "Overdue",
    "reached": "Reached",
    "completed": "Done",
    "withdrawn": "Withdrawn",
    "closed": "Closed",
    "not_started": "Not started",
} | dict(StatusUpdate.State.choices)

# The colour of the GOV.UK tag; of any other it is grey.
_COLOURS = {
    "open": "blue",
    "late": "red",
    "overdue": "red",
    "reached": "green",
    "completed": "green",
    "handed_in": "blue",
    "returned": "orange",
    "accepted": "green",
}


def score(value: Scored | None) -> SafeString | str:
    """Likelihood × impact on the colour of its level, with the level's word; '' for none."""
    if value is None:
        return ""
    figures = score_words(value)
    if value.level is None:
        return figures
    return ratings.chip(value.level.colour, figures, value.level.word)


def score_words(value: Scored) -> str:
    """Likelihood × impact alone."""
    return f"{value.score.likelihood} × {value.score.impact}"


def state(value: str) -> SafeString:
    """A state as a tag."""
    return tag(state_words(value), _COLOURS.get(value, "grey"))


def state_words(value: str) -> str:
    return str(_WORDS[value])
