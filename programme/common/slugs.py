"""Words for addresses, made from names."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.text import slugify

RESERVED = frozenset({"add", "new"})
"""Words that stand in addresses where a thing's own word could."""

FIRST_WORDS = frozenset({"accessibility", "accounts", "admin", "media", "portal", "static"})
"""Words with which the addresses of the portal's own pages begin, where a programme's would."""

LONGEST = 50


def free_slug(name: str, taken: Collection[str], *, longest: int = LONGEST) -> str:
    """A word for addresses made from ``name``, with a number behind it where it is taken.

    "Chief Officer Group" becomes "chief-officer-group", and the next one
    "chief-officer-group-2". A name without a letter or a number becomes "item".
    """
    stem = slugify(name)[: longest - 4].strip("-_") or "item"
    word, number = stem, 1
    while word in taken or word in RESERVED:
        number += 1
        word = f"{stem}-{number}"
    return word
