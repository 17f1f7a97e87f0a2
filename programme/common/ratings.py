"""Ratings and scores as HTML: a letter on its colour, its word, and how it moved, in words.

A rating is never colour alone. Pages and papers print it in the same way.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.common.words import arrow


def chip(colour: str, code: str, word: str) -> SafeString:
    """Letter and word, once when they are the same. ``colour`` is a colour token ("amber_red")."""
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


def movement_words(movement: str | None, word: str, was: str = "", steps: int = 0) -> str:
    """How a rating moved: "↑ was Amber", "↑ 2 steps, was Red", "unchanged", "new"; nothing when it
    is not known; for a programme without arrows "better, was Amber", "2 steps better, was Red". By
    how many ``steps`` is said where they are more than one.

    ``movement`` is better, worse, same, new or not_comparable; ``was`` the word before. Levels off
    the scale (not applicable, exempt ...) only have a before and an after.
    """
    how_far = f"{steps} steps" if steps > 1 else ""
    if movement in ("better", "worse"):
        sign = arrow("↑" if movement == "better" else "↓")
        # Without an arrow the word says which way; "2 steps" alone would not.
        which_way = f"{how_far} {movement}".strip() if not sign else how_far
        said = [which_way or ("" if was else movement), f"was {was}" if was else ""]
        return f"{sign}{', '.join(each for each in said if each)}"
    if movement == "new":
        return "new"
    if movement == "same" or (movement == "not_comparable" and was == word):
        return "unchanged"
    if movement == "not_comparable":
        return f"was {was}" if was else "not comparable"
    return ""


def rating(
    colour: str,
    code: str,
    word: str,
    *,
    movement: str | None = None,
    was: str = "",
    steps: int = 0,
) -> SafeString:
    """A level with its movement in words below it."""
    letter = chip(colour, code, word)
    moved = movement_words(movement, word, was, steps)
    return format_html('{} <span class="movement">{}</span>', letter, moved) if moved else letter


def of(value: Any) -> SafeString | str:
    """A stored or frozen level, or a rating that has a ``level`` and perhaps a ``movement`` and the
    level that was ``previous``; '' for None."""
    if value is None:
        return ""
    level = getattr(value, "level", value)
    previous = getattr(value, "previous", None)
    return rating(
        level.colour,
        level.code,
        level.word,
        movement=getattr(value, "movement", None),
        was=previous.word if previous else "",
        steps=getattr(value, "steps", 0),
    )
