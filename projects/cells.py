"""Scores and states as pages print them: a word beside every colour."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.common import ratings
from projects.selectors.registers import Scored

STATES = {
    # What a state is called on a page, and the colour of its GOV.UK tag.
    "open": ("Open", "blue"),
    "late": ("Late", "red"),
    "overdue": ("Overdue", "red"),
    "reached": ("Reached", "green"),
    "completed": ("Done", "green"),
    "withdrawn": ("Withdrawn", "grey"),
    "closed": ("Closed", "grey"),
    "draft": ("Draft", "grey"),
    "submitted": ("Submitted", "blue"),
    "returned": ("Returned", "orange"),
    "accepted": ("Accepted", "green"),
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
    word, colour = STATES[value]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, word)


def state_words(value: str) -> str:
    return STATES[value][0]
