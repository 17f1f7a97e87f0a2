"""Rows that a cell names: by their name, their short name or the word for their address."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from programme.common.words import say

Row = TypeVar("Row")


class UnknownWord(Exception):
    """No row goes by this word."""


class AmbiguousWord(Exception):
    """Several rows go by this word."""


class Lookup(Generic[Row]):
    """Finds rows by their words, the first of which is the one that the template writes where it
    is the only row of that name; else it writes the last, which is always its own."""

    def __init__(
        self, rows: Iterable[Row], words: Callable[[Row], Sequence[str]], *, what: str
    ) -> None:
        self.what = what
        self._words = words
        self._by_word: dict[str, list[Row]] = defaultdict(list)
        self.rows: list[Row] = []
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        for word in {_plain(each) for each in self._words(row) if each}:
            self._by_word[word].append(row)

    def label(self, row: Row) -> str:
        """What the template writes for a row."""
        words = self._words(row)
        return words[0] if len(self._by_word[_plain(words[0])]) == 1 else words[-1]

    def find(self, text: str) -> Row:
        """The row that the text names. Raises UnknownWord or AmbiguousWord with a sentence."""
        found = self._by_word.get(_plain(text), [])
        if len(found) > 1:
            # A name of several rows is the own word of at most one.
            own = [row for row in found if _plain(self._words(row)[-1]) == _plain(text)]
            if len(own) == 1:
                return own[0]
            words = ", ".join(self._words(row)[-1] for row in found)
            raise AmbiguousWord(f"Several are called “{text}”. Write one of these: {words}.")
        if not found:
            near = difflib.get_close_matches(_plain(text), self._by_word, 1)
            meant = f" Did you mean “{self.label(self._by_word[near[0]][0])}”?" if near else ""
            raise UnknownWord(f"{say('The programme has no ' + self.what)} “{text}”.{meant}")
        return found[0]

    def find_all(self, text: str) -> list[Row]:
        """The rows that a text names, one to a line or parted by semicolons. A line that is the
        name of a row is that row, semicolons and all."""
        found: list[Row] = []
        for line in filter(None, (each.strip() for each in text.split("\n"))):
            whole = _plain(line) in self._by_word
            for word in [line] if whole else filter(None, map(str.strip, line.split(";"))):
                if (row := self.find(word)) not in found:
                    found.append(row)
        return found


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("'", "’")).strip().casefold()
