"""What organisations and boards were called once, in a programme's file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from programme.models import Board, EarlierName, Organisation
from programme.programme_file.loading import Loading, each
from programme.programme_file.yamlfile import Entry


def load_names(
    loading: Loading,
    stored: QuerySet[Any],
    whose: str,
    entries: Iterable[tuple[Organisation | Board | None, Entry]],
) -> None:
    """The earlier names below each entry, as rows of ``stored``, whose field ``whose`` is the row
    that the entry made; None for one that could not be made."""
    rows = loading.rows(stored, whose, "until")

    def build(body: Organisation | Board, entry: Entry) -> EarlierName:
        name = entry.text("name")
        return rows.put(
            entry,
            **{whose: body},
            name=name,
            short_name=entry.text("short_name", None) or name,
            until=entry.day("until"),
        )

    for body, entry in entries:
        names = entry.entries("earlier_names")
        if body is not None:
            each(names, lambda one, body=body: build(body, one))
    rows.finish()
