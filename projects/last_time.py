"""What a project said the last times, held against what it says now: text by text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FLAGGED_AFTER = 2
"""For how many periods in a row a text may stay as it was before the office is told."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A text that stayed as it was: since which period, and in how many accepted updates before
    this one it stood in the same words."""

    since: str
    times: int

    @property
    def is_old(self) -> bool:
        """Whether the office is told."""
        return self.times >= FLAGGED_AFTER

    @property
    def words(self) -> str:
        return f"unchanged since {self.since}"


def unchanged(
    texts: Mapping[str, str], earlier: Sequence[tuple[str, Mapping[str, str]]]
) -> dict[str, Unchanged]:
    """Which of the ``texts`` stand as they did the last time, by their names. ``earlier`` is what
    was accepted before: the name of each period with its texts, the newest first. An empty text is
    no text."""
    found = {}
    for name, text in texts.items():
        since, times = "", 0
        for period, said in earlier:
            if not text or said.get(name) != text:
                break
            since, times = period, times + 1
        if times:
            found[name] = Unchanged(since, times)
    return found
