"""Taking a text out of everybody's reach, in its place and in the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F

from programme import audit
from programme.checks import refuse_empty
from programme.models import REDACTED, AuditEntry, User, Versioned
from programme.record_reading import is_text, texts_of
from programme.writing import locked


@transaction.atomic
def redact_texts(
    *, entry: AuditEntry, texts: Collection[str], reason: str, by: User | None
) -> AuditEntry:
    """Redacts texts, named as the entry names them, of the thing that the entry is about: where
    they stand now, and in all that the record has said of that thing so far.

    No entry is changed: one more says that they were redacted, by whom and why, and whatever reads
    the record hides them from then on. Returns that entry.
    """
    refuse_empty("Say why the texts are redacted.", reason=reason)
    if not texts or not set(texts) <= set(texts_of(entry)):
        raise ValidationError({"texts": "Choose among the texts of this entry."})
    entries = AuditEntry.objects.of(entry.programme).filter(
        object_type=entry.object_type, object_id=entry.object_id
    )
    said = {
        text
        for one in entries
        for side in (one.before, one.after)
        for name in texts
        for text in _words(side.get(name))
    }
    row = _row(entry)
    _blank(row, texts, said)
    return audit.record(
        verb=REDACTED,
        obj=row,
        before={},
        after={
            "texts": sorted(texts),
            "label": any(text in one.object_label for text in said for one in entries),
            "reason": reason.strip(),
        },
        by=by,
        programme=entry.programme,
    )


def _row(entry: AuditEntry) -> models.Model:
    model = entry.model
    row = None if model is None else model._default_manager.filter(pk=entry.object_id).first()
    if row is None:
        raise ValidationError("What this entry is about is gone, and its texts with it.")
    return locked(row)


def _blank(row: models.Model, texts: Collection[str], said: Collection[str]) -> None:
    """Takes the texts out of the row: the fields of their names, and what holds the same, there or
    in rows below it that have no record of their own (what was said of a milestone, a rating)."""
    for field in _text_fields(row):
        if field.name in texts or _is_said(getattr(row, field.name), said):
            setattr(row, field.name, "" if field.blank else f"Redacted ({row.pk})")
    row.save()
    if hasattr(row, "version"):
        type(row)._default_manager.filter(pk=row.pk).update(version=F("version") + 1)
    for relation in row._meta.related_objects:
        model = relation.related_model
        if relation.one_to_many and not issubclass(model, Versioned | AuditEntry):
            for below in model._default_manager.filter(**{relation.field.name: row}):
                for field in _text_fields(below):
                    if _is_said(getattr(below, field.name), said):
                        setattr(below, field.name, "Redacted")
                        below.save(update_fields=[field.name])


def _text_fields(row: models.Model) -> Iterator[models.Field]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str) and value.strip() and is_text(type(row), field.name, value):
            yield field


def _is_said(text: str, said: Collection[str]) -> bool:
    """Whether the record says the text, by itself or behind a word such as a rating's."""
    text = text.strip()
    return any(one == text or one.endswith(f": {text}") for one in said)


def _words(value: Any) -> Iterator[str]:
    """The texts that an entry holds under one name, those of its parts one by one."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, str) and value.strip():
        yield value.strip()
