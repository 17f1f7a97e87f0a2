"""Audit entries in plain English: what was done, and each thing that it changed.

Nouns and labels come from the models that an entry names, so that an app above this one needs no
line here; verbs that would read oddly so have sentences of their own, which each app registers
(``record_words``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from programme import record_words
from programme.common import formats
from programme.common.richtext import to_plain
from programme.common.words import say
from programme.models import AuditEntry

NOTHING = "nothing"
"""What stands where there was no value before, or is none after."""

# The last part of a verb, as a person would say it; any other is said as it is written.
_DONE = {"edited": "changed", "assigned": "given", "held": "took place", "loaded": "loaded"}

_RICH = re.compile(r"<(p|ul|ol)>")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an action changed or said: its label and both texts, "nothing" for none.

    ``is_long`` tells texts that want a paragraph of their own from those that fit into a line.
    """

    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return len(self.before) + len(self.after) > 120


def sentence(entry: AuditEntry) -> str:
    """Who did what to which thing: "Programme office added the board “COG”."."""
    return f"{entry.actor_label} {deed(entry)}."


def deed(entry: AuditEntry) -> str:
    """What was done, without who did it: "changed the meeting “COG, 3 June 2019”"."""
    name = f"“{entry.object_label}”"
    own = record_words.sentence_of(entry.verb)
    if own is not None:
        return say(own).format(name=name)
    return f"{done(entry.verb)} the {noun(entry.object_type)} {name}"


def done(verb: str) -> str:
    """The last part of a dotted verb in plain words: "board.edited" is "changed"."""
    last = verb.rpartition(".")[2]
    return _DONE.get(last, last.replace("_", " "))


def noun(object_type: str) -> str:
    """A kind of thing in plain words: "projects.statusupdate" is "status update".

    A kind whose model is gone keeps the words of its name.
    """
    return say(_usual_noun(object_type))


@lru_cache(maxsize=256)
def _usual_noun(object_type: str) -> str:
    model = _model(object_type)
    return str(model._meta.verbose_name) if model else object_type.rpartition(".")[2]


def changes(entry: AuditEntry) -> tuple[Change, ...]:
    """All that the entry records, in the order of the action; parts of a whole one by one."""
    model = _model(entry.object_type)
    found: list[Change] = []
    for name in dict.fromkeys([*entry.before, *entry.after]):
        before, after = entry.before.get(name), entry.after.get(name)
        if isinstance(before, Mapping) or isinstance(after, Mapping):
            found += _parts(_label(model, name), before or {}, after or {})
        else:
            found.append(Change(_label(model, name), _text(before), _text(after)))
    return tuple(each for each in found if each.before != each.after)


def label(entry: AuditEntry, name: str) -> str:
    """What an entry's text is called: "line of status"."""
    return _label(_model(entry.object_type), name)


def summary(entry: AuditEntry) -> str:
    """The names of what changed: "forecast, note"; empty where the entry records no field."""
    return ", ".join(dict.fromkeys(each.label for each in changes(entry)))


def one_line(parts: Iterable[Change], *, after: bool) -> str:
    """One side of the changes for a cell of a spreadsheet: "place: Kelvedon; time: 10:00"."""
    sides = ((each.label, each.after if after else each.before) for each in parts)
    return "; ".join(
        f"{label}: {' '.join(text.split())}" for label, text in sides if text != NOTHING
    )


def _parts(label: str, before: Any, after: Any) -> list[Change]:
    """A part of an entry that is itself made of named texts, such as ratings by dimension."""
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return [Change(label, _text(before), _text(after))]
    names = dict.fromkeys([*before, *after])
    return [
        Change(f"{label}: {name}", _text(before.get(name)), _text(after.get(name)))
        for name in names
    ]


def _model(object_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None


def _label(model: type[models.Model] | None, name: str) -> str:
    return say(_default_label(model, name))


def _default_label(model: type[models.Model] | None, name: str) -> str:
    own = record_words.label_of(model._meta.app_label if model else "", name)
    if own is not None:
        return own
    try:
        if model is not None:
            return str(getattr(model._meta.get_field(name), "verbose_name", "")) or _spaced(name)
    except FieldDoesNotExist:
        pass
    return _spaced(name)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _text(value: Any) -> str:
    """A recorded value as a reader understands it: days in full, rich text without its tags."""
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_text(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(one) for one in value)
    text = str(value)
    try:
        if _ISO_DAY.fullmatch(text):
            return formats.day(date.fromisoformat(text))
        if _ISO_MOMENT.match(text):
            moment = datetime.fromisoformat(text)
            return f"{formats.day(moment.date())}, {moment:%H:%M}"
    except ValueError:
        return text  # somebody's own text that merely looks like a day
    # What somebody typed may hold a "<" of its own; rich text is marked up from its first sign.
    return to_plain(text) if _RICH.match(text) else text
