"""What one reader may read of the record.

An entry is never changed; what a reader sees of it is a copy, cleared of three things: texts that
they have no right to, addresses of people for whoever does not manage people, and texts that were
redacted. That a text changed, when and by whom, always shows.

A text needs the right to the record itself, and the right that its model names in
``RECORD_RIGHTS`` (by field; "*" for the rest). Days, amounts, states and links to other rows are no
texts. A redaction is itself an entry: it hides the texts that it names in all entries about the
same thing before it.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from programme import access
from programme.access import Scope
from programme.models import NAMELESS, REDACTED, AuditEntry, Programme, User

# What stands in place of a text before and after.
_A_TEXT = ("a text", "another text")
_REDACTED = ("a redacted text", "another redacted text")

# Each part begins where such a part can: a long text is read once, not once from every letter.
_ADDRESS = re.compile(r"(?<!\s)\s*(?:\(?(?<![^\s()<>,;])[^\s()<>,;]+@[^\s()<>,;]+\)?|\([^()]*$)")
_FIGURE = re.compile(r"(circa )?[−-]?(?:[^\w\s−-]|[^\W\d_]{2,4}\s)?[\d,]+(\.\d+)?%?|TBC|N/A")
_OF_PEOPLE = ("programme.user", "programme.person", "programme.roleassignment")

Thing = tuple[str, str]
"""A kind of thing and the id of one, as entries name it."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Texts that entries about one thing up to ``entry`` do not show any more; ``label`` where the
    thing's name was one of them."""

    entry: int
    texts: frozenset[str]
    label: bool


class Reader:
    """Somebody who reads a programme's record, with the redactions that hold for all."""

    def __init__(self, user: User, programme: Programme) -> None:
        held = access.permissions(user, programme)
        self._rights = {name for name, scope in held.items() if scope is Scope.ALL}
        self._redactions: dict[Thing, list[Redaction]] = defaultdict(list)
        found = AuditEntry.objects.of(programme).filter(verb=REDACTED)
        for entry in found.only("object_type", "object_id", "after"):
            self._redactions[entry.object_type, entry.object_id].append(
                Redaction(entry.pk, frozenset(entry.after["texts"]), entry.after["label"])
            )

    def actor(self, label: str) -> str:
        """Who did something, with their address for those who manage people."""
        if "people.manage" in self._rights:
            return label
        return without_addresses(label) or NAMELESS

    def clear(self, entry: AuditEntry) -> AuditEntry:
        """A copy of the entry that holds what the reader may read."""
        shown = copy.copy(entry)
        shown.actor_label = self.actor(entry.actor_label)
        mine = [
            one
            for one in self._redactions.get((entry.object_type, entry.object_id), ())
            if entry.pk is not None and entry.pk < one.entry
        ]
        redacted = {text for one in mine for text in one.texts}
        if any(one.label for one in mine):
            shown.object_label = _REDACTED[0]
        names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
        shown.before, shown.after = {}, {}
        for name in names:
            for side, texts in enumerate((entry.before, entry.after)):
                if name in texts:
                    value = texts[name]
                    if name in redacted:
                        value = _hidden(value, _REDACTED[side])
                    elif not self._may_read(entry, name, value):
                        value = _hidden(value, _A_TEXT[side])
                    (shown.before, shown.after)[side][name] = value
        if entry.verb == REDACTED:
            shown.after = {
                "texts": [name.replace("_", " ") for name in entry.after["texts"]],
                "reason": entry.after["reason"],
            }
        if entry.object_type in _OF_PEOPLE and "people.manage" not in self._rights:
            shown.object_label = without_addresses(shown.object_label)
            shown.before, shown.after = _masked(shown.before), _masked(shown.after)
        return shown

    def _may_read(self, entry: AuditEntry, name: str, value: Any) -> bool:
        model = entry.model
        if entry.verb == REDACTED or not is_text(model, name, value):
            return True
        rights: Mapping[str, str] = getattr(model, "RECORD_RIGHTS", {})
        right = rights.get(name, rights.get("*", "audit.view"))
        return {"audit.view", right} <= self._rights


def is_text(model: type[models.Model] | None, name: str, value: Any) -> bool:
    """Whether what an entry holds under a name is somebody's own words: not a day, an amount, a
    choice or the name of another row."""
    if value is None or isinstance(value, (bool, int)):
        return False
    try:
        field = model._meta.get_field(name) if model is not None else None
        if field is not None and field.auto_created and not field.concrete:
            raise FieldDoesNotExist  # rows that refer to this one: a part that an action writes
    except FieldDoesNotExist:
        if isinstance(getattr(model, name, None), property):
            return False
        leaves = value.values() if isinstance(value, Mapping) else [value]
        return not all(_FIGURE.fullmatch(str(leaf)) for leaf in leaves)
    if field is None:
        return True
    is_words = isinstance(field, (models.CharField, models.TextField))
    return is_words and not isinstance(field, models.SlugField) and not field.choices


def texts_of(entry: AuditEntry) -> list[str]:
    """Names of the texts of an entry that can be redacted, in its order. An address is none: it
    ends with the account."""
    sides = (entry.before, entry.after)
    if entry.verb == REDACTED:
        return []
    return [
        name
        for name in {**entry.before, **entry.after}
        if name != "email" and any(is_text(entry.model, name, side.get(name)) for side in sides)
    ]


def without_addresses(text: str) -> str:
    """A label without the e-mail addresses in it."""
    return _ADDRESS.sub("", text).strip()


def _masked(texts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: (without_addresses(value) or "an address") if _has_address(value) else value
        for name, value in texts.items()
    }


def _has_address(value: Any) -> bool:
    return isinstance(value, str) and "@" in value


def _hidden(value: Any, words: str) -> Any:
    """In place of a text; part by part for one that has parts, and nothing for nothing."""
    if isinstance(value, Mapping):
        return {name: _hidden(part, words) for name, part in value.items()}
    return words if value not in (None, "", []) else value
