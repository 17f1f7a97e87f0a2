"""The words that a programme has for its things, and the signs with which it writes.

The portal's own English is written with the default words ("Add a project"). ``say`` puts the
programme's in their place: one or several, at the beginning of a sentence, with "a" or "an" as the
new word wants it ("Add an initiative"). Only what the portal itself says goes through it, never
what people typed: where a sentence has a name in it, the sentence is said first.

Whose words count is set for the time of a request, and of making a paper (``speaking``), as a
translation would be. Templates say their own text by themselves (``programme.site.templates``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a programme may replace, as one and as several, and what it stands for."""

    key: str
    one: str
    many: str
    meaning: str


TERMS = (
    Term("project", "project", "projects", "a piece of work that is reported on"),
    Term("workstream", "workstream", "workstreams", "a group in which papers show the work"),
    Term("board", "board", "boards", "a body that meets, reads papers and decides"),
    Term("contribution", "contribution", "contributions", "what an organisation pays in a year"),
    Term("partner", "partner", "partners", "an organisation that takes part"),
    Term("update", "update", "updates", "what is reported of a piece of work for a period"),
    Term("milestone", "milestone", "milestones", "a dated step of a plan"),
    Term("risk", "risk", "risks", "what may go wrong"),
    Term("benefit", "benefit", "benefits", "what the work is there to bring"),
    Term("pound", "pound", "pounds", "the unit of the currency"),
)
"""In the order in which a programme is asked for them."""

FIXED = ("finance update", "at risk")
"""Names and turns of speech in which a word is not that of a term: they stand as they are."""

POUND = "£"
"""The sign that the portal's own texts are written with."""
MOST_LETTERS = 40
"""Of a word: one that is longer does not fit where it stands, such as the menu."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a programme says: its own words by the key of their term, as one and as several; the
    sign of its currency; and whether a movement is shown with an arrow."""

    own: tuple[tuple[str, str, str], ...] = ()
    sign: str = POUND
    arrows: bool = True

    @classmethod
    def of(
        cls, stored: Mapping[str, Mapping[str, str]], *, sign: str = POUND, arrows: bool = True
    ) -> Words:
        """From what a programme stores: ``{"project": {"one": "scheme", "many": "schemes"}}``.
        What it leaves out keeps its default."""
        given = ((term, stored.get(term.key, {})) for term in TERMS)
        pairs = (
            (term, each.get("one") or term.one, each.get("many") or term.many)
            for term, each in given
        )
        return cls(
            tuple(
                (term.key, one, many)
                for term, one, many in pairs
                if (one, many) != (term.one, term.many)
            ),
            sign,
            arrows,
        )

    def word(self, key: str) -> tuple[str, str]:
        """A term's word, as one and as several."""
        own = {name: (one, many) for name, one, many in self.own}
        return own.get(key) or next((term.one, term.many) for term in TERMS if term.key == key)

    @property
    def before_a_sum(self) -> str:
        """The currency as it stands before a sum: "£" of "£5", and "CHF " of "CHF 5", which no end
        of a line parts."""
        return f"{self.sign}\N{NO-BREAK SPACE}" if self.sign[-1:].isalpha() else self.sign

    def say(self, text: str) -> str:
        """The portal's own text in these words."""
        text = str(text)  # what is said later is said now
        if self.sign != POUND:
            text = text.replace(POUND, self.before_a_sum)
        if not self.own or not text:
            return text
        pattern, found = _pattern(self)
        return pattern.sub(lambda match: match[0] if match["fixed"] else _said(match, found), text)


DEFAULT = Words()
_spoken: ContextVar[Words] = ContextVar("words", default=DEFAULT)


def speak(words: Words) -> None:
    """From here on, until the ``speaking`` around it ends."""
    _spoken.set(words)


@contextmanager
def speaking(words: Words) -> Iterator[None]:
    """Says all that is said within in these words."""
    token = _spoken.set(words)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Words:
    """The words that count now."""
    return _spoken.get()


def say(text: str) -> str:
    """The portal's own text in the words that count now."""
    return _spoken.get().say(text)


def arrow(sign: str) -> str:
    """An arrow before the words of a movement, for a programme that has arrows."""
    return f"{sign} " if _spoken.get().arrows else ""


def pattern_of(terms: dict[str, str]) -> re.Pattern[str]:
    """Finds these words, with the article before them and the sign of possession behind, and what
    is fixed, under that name."""
    words = "|".join(sorted(map(re.escape, terms), key=len, reverse=True))
    fixed = "|".join(map(re.escape, FIXED))
    return re.compile(
        rf"\b(?P<fixed>{fixed})\b|\b(?:(an?)(\s+))?({words})\b(?:([’'])(?!\w))?", re.IGNORECASE
    )


def default_words() -> dict[str, str]:
    """Every default word, small, as one and as several, with the key of its term."""
    return {word: term.key for term in TERMS for word in (term.one, term.many)}


@lru_cache(maxsize=64)
def _pattern(words: Words) -> tuple[re.Pattern[str], dict[str, str]]:
    terms = {term.key: term for term in TERMS}
    found: dict[str, str] = {}
    for key, one, many in words.own:
        found |= {terms[key].one: one, terms[key].many: many}
    return pattern_of(found), found


def _said(match: re.Match[str], words: dict[str, str]) -> str:
    _, article, gap, was, possessive = match.groups()
    word = words[was.lower()]
    if was.isupper():
        word = word.upper()
    elif was[0].isupper() and not article:
        word = f"{word[0].upper()}{word[1:]}"
    if possessive:
        # The boards’ papers, the councils’ papers, but the people’s.
        word = f"{word}{possessive}" if word.endswith("s") else f"{word}{possessive}s"
    if not article:
        return word
    an = with_article(word).partition(" ")[0]
    return f"{an.capitalize() if article[0].isupper() else an}{gap}{word}"


def refused(words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What is wrong with words for terms, by ``project_one`` and ``project_many``: a word is a few
    letters, one and several are both needed, and no two terms may have the same word."""
    problems = {}
    taken: dict[str, str] = {}
    for term in TERMS:
        given = words.get(term.key) or {"one": term.one, "many": term.many}
        for form in ("one", "many"):
            word, name = given.get(form, ""), f"{term.key}_{form}"
            if not word:
                problems[name] = "Enter the word for " + ("one" if form == "one" else "several")
            elif not _WORD.fullmatch(word) or len(word) > MOST_LETTERS:
                problems[name] = f"Enter a word of up to {MOST_LETTERS} letters, without signs"
            elif taken.get(word.lower(), term.key) != term.key:
                problems[name] = f"“{word}” is the word for another term already"
            taken.setdefault(word.lower(), term.key)
    if unknown := sorted(set(words) - {term.key for term in TERMS}):
        raise ValueError(f"There is no term {unknown[0]!r}.")
    return problems


_SIGN = re.compile(r"[^\W\d_]{2,4}")
_SCALES = frozenset({"bn", "mn"})


def refused_sign(sign: str) -> str:
    """Why this cannot be a currency's sign; '' where it can. What is read as a part of a number
    cannot, nor what is no sign of money: figures, points, signs of other kinds, what nobody sees,
    and the letters of a thousand or a million."""
    letters = "".join(each for each in sign if unicodedata.category(each) != "Sc")
    # "£", and "US$" or "R$": one sign of money, with up to three letters beside it.
    is_of_money = len(sign) == len(letters) + 1 and (not letters or letters.isalpha())
    if is_of_money or (_SIGN.fullmatch(sign) and sign.lower() not in _SCALES):
        return ""
    return "Enter one sign of money, such as £ or €, or two to four letters, such as CHF"


_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[ '’&/-](?=\w))*")
_LETTERS_SAID_WITH_A_VOWEL = "AEFHILMNORSX"
_SAID_WITH_A_VOWEL = re.compile(
    r"(?!eu|ewe|one\b|once\b|uni(?!n)|us[aeiu]|ut[ei]l)[aeiou]|hour|honou?r|heir"
)


def with_article(word: str) -> str:
    """The word with its article: "a scheme", "an initiative", "a unit", "an MDT"."""
    first = word.partition(" ")[0]
    if first.isupper() and len(first) > 1:
        return f"{'an' if first[0] in _LETTERS_SAID_WITH_A_VOWEL else 'a'} {word}"
    return f"{'an' if _SAID_WITH_A_VOWEL.match(first.lower()) else 'a'} {word}"
