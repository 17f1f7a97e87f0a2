"""The small grammar of the portal's sentences: names, articles, lists, verbs and numbers.

Names are what people typed, so nothing here guesses what a name means: whether "The two
governments" is one body or two cannot be told from its letters. Sentences are therefore put so
that no verb has to agree with a name; verbs agree with counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_ARTICLES = ("the ", "a ", "an ")
_OPENS_A_CLAUSE = frozenset(
    ("to", "whether", "which", "what", "when", "where", "who", "how", "if", "that", "on", "between")
)
_OPENS_A_NOUN = frozenset(
    (
        *("the", "a", "an", "this", "these", "those", "its", "their", "our", "his", "her"),
        *("all", "any", "each", "every", "both", "no", "some", "one", "two", "three"),
    )
)


def listed(words: Sequence[str], *, beside: Iterable[str] = ()) -> str:
    """Words as a sentence lists them: "a", "a and b", "a, b and c".

    Where one of them is itself a list ("police and fire"), semicolons part them; so they do where
    one of the words of the lists ``beside`` this one is, so that neighbours look alike.
    """
    if len(words) < 2:
        return "".join(words)
    if any(" and " in word or ", " in word for word in (*words, *beside)):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def within(name: str) -> str:
    """A name inside a sentence: "the two governments" for one that is called "The two
    governments", every other as it is."""
    name = name.strip()
    for article in _ARTICLES:
        if name.lower().startswith(article):
            return f"{article}{name[len(article) :].lstrip()}"
    return name


def the(name: str) -> str:
    """A name inside a sentence, with its article once: "the Strategic Board", "the two
    governments"."""
    name = within(name)
    return name if name.startswith(_ARTICLES) else f"the {name}"


def lower_first(words: str) -> str:
    """Words as they stand inside a sentence; what opens with a number or with capitals, as an
    abbreviation does, stays as it is."""
    first, _, _ = words.partition(" ")
    if sum(letter.isupper() for letter in first) > 1:
        return words
    return f"{words[:1].lower()}{words[1:]}"


def sentence(words: str) -> str:
    """Words with one full stop at their end, unless they end otherwise; nothing for nothing."""
    words = words.strip()
    return words if not words or words[-1] in ".!?…" else f"{words}."


def phrase(words: str) -> str:
    """Words without the full stop that somebody typed, to stand inside a sentence."""
    return words.strip().rstrip(".").rstrip()


def be(how_many: int) -> str:
    """The verb of a count: "1 rating is", "2 ratings are"."""
    return "is" if how_many == 1 else "are"


def to_decide(words: str) -> str:
    """What is to be decided, after the verb: "the location", "whether to sign", and "to keep the
    headquarters" where the words open with the verb alone."""
    first, _, _ = words.strip().lower().partition(" ")
    if not first or first in _OPENS_A_CLAUSE | _OPENS_A_NOUN:
        return words.strip()
    return f"to {lower_first(words.strip())}"
