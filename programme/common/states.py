"""State tables: from which states something may be done to a thing, and where that leads.

Each thing's table is data in its app's ``states.py``; the actions ask it before they write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Moves = Mapping[str, "Move"]
"""What can be done, by the word for it as done ("accepted")."""


class WrongState(ValueError):
    """Something that cannot be done in the present state; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Move:
    """What may be done in any of the states ``starts``; it leads to ``ends``, or nowhere else
    when that is None."""

    starts: frozenset[str]
    ends: str | None = None


def move(starts: str, ends: str | None = None) -> Move:
    """A move from the states named in ``starts``, separated by spaces."""
    return Move(frozenset(starts.split()), ends)


def after(moves: Moves, done: str, state: str, *, what: str) -> str:
    """The state that a thing is in once ``done`` was done to it.

    Raises WrongState, saying of ``what`` ("update") why not, where the table does not allow it,
    and KeyError for something that no table knows.
    """
    allowed = moves[done]
    if state not in allowed.starts:
        raise WrongState(f"This {what} is {_words(state)}: it cannot be {_words(done)}.")
    return state if allowed.ends is None else allowed.ends


def possible(moves: Moves, state: str) -> frozenset[str]:
    """All that may be done in a state: what a page offers."""
    return frozenset(done for done, allowed in moves.items() if state in allowed.starts)


def _words(name: str) -> str:
    return name.replace("_", " ")
