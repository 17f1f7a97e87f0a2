"""Ratings, scores and states as pages print them: a letter and a word on a colour."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.snapshot import LevelFacts
from projects.delivery import Movement
from projects.selectors.registers import Scored
from projects.snapshot import RatingFacts

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
    "submitted": ("Handed in", "blue"),
    "returned": ("Returned", "orange"),
    "accepted": ("Accepted", "green"),
}


def chip(colour: str, code: str, word: str) -> SafeString:
    """A code on its colour with its word behind it; once where the two are the same."""
    css = colour.replace("_", "-")
    if code == word:
        return format_html(
            '<span class="chip chip--{}"><span class="chip__code">{}</span></span>', css, code
        )
    return format_html(
        '<span class="chip chip--{}"><span class="chip__code">{}</span>'
        ' <span class="chip__word">{}</span></span>',
        css,
        code,
        word,
    )


def level(value: LevelFacts) -> SafeString:
    return chip(value.colour, value.code, value.word)


def rating(value: RatingFacts) -> SafeString:
    """A rating with how it moved, in words."""
    moved = movement(value)
    printed = level(value.level)
    return format_html('{} <span class="movement">{}</span>', printed, moved) if moved else printed


def movement(value: RatingFacts) -> str:
    """How a rating moved: "↑ was Red", "unchanged", "new"; nothing when it is not known. Levels
    off the scale only have a before and an after."""
    was = value.previous.word if value.previous else ""
    match value.movement:
        case Movement.BETTER:
            return f"↑ was {was}"
        case Movement.WORSE:
            return f"↓ was {was}"
        case Movement.NEW:
            return "new"
        case Movement.NOT_COMPARABLE if was != value.level.word:
            return f"was {was}"
        case None:
            return ""
        case _:
            return "unchanged"


def score(value: Scored) -> SafeString:
    """Likelihood × impact on the colour of its level, with the level's word."""
    figures = f"{value.score.likelihood} × {value.score.impact}"
    if value.level is None:
        return format_html("{}", figures)
    return chip(value.level.colour, figures, value.level.word)


def state(value: str) -> SafeString:
    """A state as a tag."""
    word, colour = STATES[value]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, word)
