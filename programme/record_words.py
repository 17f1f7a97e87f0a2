"""The words of the record that the apps bring: each registers its own when the portal starts.

The record itself knows no app. What an app does not register is said by the verb's last part and
the model's name: "board.added" of a board is "added the board".
"""

from __future__ import annotations

from collections.abc import Mapping

_VERBS: dict[str, str] = {}
_LABELS: dict[tuple[str, str], str] = {}
_APPS: dict[str, str] = {}


def register(app: str, verbs: Mapping[str, str], labels: Mapping[str, str]) -> None:
    """Registers an app's words, from its ``AppConfig.ready``.

    ``verbs`` are sentences by dotted verb, with {name} for the thing's name; ``labels`` the names
    of what its entries hold that is no field, or whose name alone would not say what it is.
    Raises ValueError for a verb that another app has.
    """
    taken = sorted(verb for verb in verbs if _APPS.get(verb, app) != app)
    if taken:
        raise ValueError(f"{app} registers verbs of another app: {', '.join(taken)}")
    _VERBS.update(verbs)
    _APPS.update(dict.fromkeys(verbs, app))
    _LABELS.update({(app, name): words for name, words in labels.items()})


def sentence_of(verb: str) -> str | None:
    """The sentence of a verb; None where it has none of its own."""
    return _VERBS.get(verb)


def verbs() -> frozenset[str]:
    """All verbs that have a sentence of their own."""
    return frozenset(_VERBS)


def label_of(app: str, name: str) -> str | None:
    """What a value of an entry is called by the app of its thing, or else by the ground floor."""
    return _LABELS.get((app, name)) or _LABELS.get(("programme", name))
