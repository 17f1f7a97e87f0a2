"""Government security classifications that the portal may hold, lowest first; nothing above."""

from __future__ import annotations

from collections.abc import Iterable

LABELS = {"official": "OFFICIAL", "official_sensitive": "OFFICIAL-SENSITIVE"}
LOWEST = next(iter(LABELS))


def label(marking: str) -> str:
    """A marking as it is printed."""
    return LABELS[marking]


def highest(markings: Iterable[str]) -> str:
    """The highest of several markings; the lowest there is where none is given."""
    order = list(LABELS)
    return max((str(each) for each in markings), key=order.index, default=LOWEST)
