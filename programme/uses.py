"""What refers to a row of a programme's set-up: whether it can go, and what would keep it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from programme.common import english, formats
from programme.models import SetUpPart


@dataclass(frozen=True, slots=True)
class Use:
    """How many rows of one kind refer to a row, the name by which it knows them, and the words for
    one and for several of them."""

    name: str
    number: int
    words: tuple[str, str]

    def __str__(self) -> str:
        return formats.count(self.number, *self.words)


def uses(row: models.Model) -> tuple[Use, ...]:
    """What refers to a row, or to one of its parts, kind by kind. One query for each kind."""
    parts = getattr(row, "PARTS", ())
    found = []
    for relation in row._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not relation.is_relation:
            continue
        model = relation.related_model
        rows = model._default_manager.filter(**{relation.field.name: row})
        if relation.get_accessor_name() in parts:
            for part in rows:
                found += uses(part) if isinstance(part, SetUpPart) else ()
        elif not model._meta.auto_created and (number := rows.count()):
            words = (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
            found.append(Use(relation.get_accessor_name() or "", number, words))
    return tuple(found)


def in_words(found: tuple[Use, ...]) -> str:
    """As a page says it: "3 projects and 2 stage changes"; empty for none."""
    return english.listed([str(each) for each in found])


def delete(row: models.Model) -> None:
    """Deletes a row that nothing uses, with its parts: the last first, which may stand below an
    earlier one."""
    for name in getattr(row, "PARTS", ()):
        for part in reversed(list(getattr(row, name).all())):
            if isinstance(part, SetUpPart):
                delete(part)
            else:
                part.delete()
    row.delete()
