"""Characters that the typefaces of papers have not, put into words.

A word on paper ("[thumbs up sign]") says more than an empty box, and no paper fails for it.
"""

from __future__ import annotations

import re
import unicodedata

from reports.render import typefaces
from reports.render.isolation import FIRST_STRONG, POP

# Joiners change the letters of some scripts beside them, and are noise elsewhere.
_STEERS_NOTHING = re.compile("(?<![\u0590-\u0dff])[\u200b-\u200f]")
# They print nothing of themselves, and the renderer heeds them.
_HEEDED = frozenset((FIRST_STRONG, POP))

# Signs that people type and the typefaces have not, as those that they have.
_TYPED = {"✔": "✓", "‑": "-", "➔": "→", "⟶": "→", "⩽": "≤", "⩾": "≥"}

# One picture is often several characters: a flag of two letters, a sign with its skin or its
# colour, several signs joined.
_LETTERS = "\U0001f1e6-\U0001f1ff"
_SIGN = (
    "[\u2190-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_SHADE = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u20e3]"
_TAGS = "[\U000e0020-\U000e007f]"
_PICTURE = re.compile(
    f"[{_LETTERS}]{{2}}|\U0001f3f4{_TAGS}+|{_SIGN}{_SHADE}*(?:\u200d{_SIGN}{_SHADE}*)*"
)


def printable(html: str) -> str:
    """``html`` with every character that no typeface of ours has named in brackets instead, and
    every picture of several characters named once."""
    known = typefaces.characters() | _HEEDED
    if set(html) <= known:
        return html
    html = _PICTURE.sub(lambda found: _picture(found[0], known), html)
    html = _STEERS_NOTHING.sub("", html)
    return html.translate({ord(char): _instead(char) for char in set(html) - known})


def _picture(characters: str, known: frozenset[str]) -> str:
    """The name of one picture: "[flag: GB]", "[woman, fire engine]"; a sign that is in a typeface
    stands for itself."""
    first = characters[0]
    if re.match(f"[{_LETTERS}]", first):
        return f"[flag: {''.join(chr(ord(each) - 0x1F1E6 + ord('A')) for each in characters)}]"
    if re.search(_TAGS, characters):
        region = "".join(chr(ord(each) - 0xE0000) for each in characters[1:]).strip("\x7f").upper()
        return f"[flag: {region[:2]}-{region[2:]}]"
    signs = re.findall(_SIGN, characters)
    if len(signs) == 1 and (first in known or first in _TYPED):
        return _TYPED.get(first, first)
    return f"[{', '.join(unicodedata.name(each, 'unknown character').lower() for each in signs)}]"


def _instead(char: str) -> str:
    """What stands for a character: nothing where it only steers others, else its name."""
    if char in _TYPED:
        return _TYPED[char]
    if re.match(_SHADE, char) or unicodedata.category(char) in {
        "Cc",
        "Cf",
        "Cn",
        "Co",
        "Cs",
        "Mn",
        "Me",
        "Zl",
        "Zp",
    }:
        return ""
    if char.isspace():
        return " "
    return f"[{unicodedata.name(char, 'unknown character').lower()}]"
