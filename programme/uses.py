"""What refers to a row of a programme's set-up: whether it can go, and what would keep it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from programme import audit
from programme.common import english, formats
from programme.models import SetUpPart, User
from programme.writing import Edit


@dataclass(frozen=True, slots=True)
class Use:
    """How many rows of one kind refer to a row, the name by which it knows them, and the words for
    one and for several of them."""

    name: str
    number: int
    words: tuple[str, str]

    def __str__(self) -> str:
        return formats.count(self.number, *self.words)


_ALSO: dict[str, list[tuple[str, Callable[[Any], int]]]] = {}
_WORDS: dict[str, tuple[str, str]] = {}


def register(model: str, name: str, words: tuple[str, str], count: Callable[[Any], int]) -> None:
    """Registers, from the ``AppConfig.ready`` of an app above, a use that no relation of the tables
    tells: how many of its things name a row of the model ("projects.workstream") in their words."""
    _ALSO.setdefault(model, []).append((name, count))
    _WORDS[name] = words


def uses(row: models.Model) -> tuple[Use, ...]:
    """What refers to a row, or to one of its parts, kind by kind. One query for each kind of thing
    that can refer to it or to a part."""
    parts: tuple[str, ...] = getattr(row, "PARTS", ())
    found: dict[str, int] = Counter()
    words: dict[str, tuple[str, str]] = {}
    own = {part: list(getattr(row, part).all()) for part in parts}
    for rows in ([row], *own.values()):
        for name, number, each in _referring(rows, besides=parts):
            found[name] += number
            words[name] = each
    for name, count in _ALSO.get(row._meta.label_lower, ()):
        found[name] += count(row)
        words[name] = _WORDS[name]
    return tuple(Use(name, number, words[name]) for name, number in found.items() if number)


def _referring(
    rows: list[models.Model], *, besides: tuple[str, ...]
) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """How many rows of each kind refer to any of these, but for those that are parts."""
    for relation in rows[0]._meta.get_fields(include_hidden=True) if rows else ():
        if not relation.auto_created or relation.concrete or not relation.is_relation:
            continue
        name, model = relation.get_accessor_name() or "", relation.related_model
        if name in besides or model._meta.auto_created:
            continue
        keys = {f"{relation.field.name}__in": [each.pk for each in rows]}
        number = model._default_manager.filter(**keys).distinct().count()
        kind = (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        yield name or model._meta.model_name, number, kind


def in_words(found: tuple[Use, ...]) -> str:
    """As a page says it: "3 projects and 2 stage changes"; empty for none."""
    return english.listed([str(each) for each in found])


def remove(edit: Edit, verb: str, *, names: Iterable[str], by: User | None) -> None:
    """Deletes the row of an edit, which nothing uses, with its parts, and records under a dotted
    verb what it was, by the ``names`` of its fields."""
    before = audit.snapshot(edit.row, names)
    why = {"removed": "nothing used it"}
    audit.record(verb=verb, obj=edit.row, before=before, after=why, by=by)
    _delete(edit.row)


def _delete(row: models.Model) -> None:
    """Deletes a row that nothing uses, with its parts: the last first, which may stand below an
    earlier one."""
    for name in getattr(row, "PARTS", ()):
        for part in reversed(list(getattr(row, name).all())):
            if isinstance(part, SetUpPart):
                _delete(part)
            else:
                part.delete()
    row.delete()
