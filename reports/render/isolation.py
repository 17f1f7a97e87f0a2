"""Names that are written from right to left, kept from moving what stands beside them.

Where an Arabic or Hebrew name stands in a line of English, the order of writing takes the figure
after it for a part of it, and prints "£65,382,782" on its other side. Each such name is therefore
isolated: in text by an element, in a link or an attribute, which hold no element, by the characters
that do the same. It is done to the finished HTML, so that no template and no sentence can forget
it; the document itself, and so its JSON, holds the names alone.
"""

from __future__ import annotations

import re

FIRST_STRONG, POP = "\u2068", "\u2069"
"""The characters that open and close an isolated stretch."""

# Marks that order text by hand. They could print an amount backwards, and no name needs them.
_BY_HAND = re.compile("[\u202a-\u202e\u2066-\u2069]")

_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_WORD = re.compile(f"[{_LEFTWARD}]+")
_ENTITY = r"&(?:\w+|#\w+);"
_RIGHTWARD = re.compile(rf"(?:(?![{_LEFTWARD}])[^\W\d_])")
# A name within a line of ours: its words, what stands between words of a name (no amount, no comma
# of a list), and a number that ends it.
_NAME = re.compile(
    rf"[{_LEFTWARD}]+(?:(?:[\s\d'’.&/–-]|{_ENTITY})+[{_LEFTWARD}]+)*"
    r"(?:[\s–-]\d+(?=\s*(?:[.:,;)]|$)))?"
)
# A line of theirs, with every figure up to its last word and the full stop or number after it.
_LINE = re.compile(rf"[{_LEFTWARD}](?:.*[{_LEFTWARD}])?(?:[\s\d./–-]*[\d.!?…])?", re.DOTALL)
_AMOUNT = re.compile("[$¢-¥₠-⃏%]")

_TAG = re.compile(r"(<[^>]*>)")
_ATTRIBUTE = re.compile(r'(?<=\s)((?:aria-label|data-label|data-head|data-foot|content)=")([^"]*)')
# Elements whose text is no text, or is placed piece by piece.
_LEFT_ALONE = {"style", "script", "svg"}
_WITHOUT_ELEMENTS = {"a", "title", "option"}


def isolated(html: str) -> str:
    """``html`` with each name that is written from right to left isolated from what is beside it.

    Marks that order text by hand are left out of every paper.
    """
    html = _BY_HAND.sub("", html)
    if not _WORD.search(html):
        return html
    parts = _TAG.split(html)
    inside: list[str] = []
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = _ATTRIBUTE.sub(_in_attribute, part)
            _follow(part, inside)
        elif not _LEFT_ALONE.intersection(inside):
            bare = bool(_WITHOUT_ELEMENTS.intersection(inside))
            parts[place] = _in_text(part, *((FIRST_STRONG, POP) if bare else ("<bdi>", "</bdi>")))
    return "".join(parts)


def _follow(tag: str, inside: list[str]) -> None:
    """Keep the list of open elements, of those whose text is treated otherwise."""
    name = tag.strip("</>").split(None, 1)[0].lower()
    if name not in _LEFT_ALONE | _WITHOUT_ELEMENTS or tag.endswith("/>"):
        return
    if tag.startswith("</"):
        inside.remove(name)
    else:
        inside.append(name)


def _in_attribute(match: re.Match[str]) -> str:
    return match[1] + _in_text(match[2], FIRST_STRONG, POP)


def _in_text(text: str, before: str, after: str) -> str:
    if not _WORD.search(text):
        return text
    behind = _WORD.split(text)[-1]
    theirs = not _RIGHTWARD.search(re.sub(_ENTITY, "", text)) and not _AMOUNT.search(behind)
    return (_LINE if theirs else _NAME).sub(lambda found: f"{before}{found[0]}{after}", text)
