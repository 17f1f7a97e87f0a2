"""Ends that were taken back, of a programme's file."""

from __future__ import annotations

from typing import Any

from programme.programme_file.loading import Rows
from programme.programme_file.yamlfile import Entry
from projects.models.ends import EarlierEnd


def keep_ends(rows: Rows[Any], entry: Entry, **of: Any) -> None:
    """Keeps the ends that an entry gives, of the row that ``of`` names."""
    for one in entry.entries("earlier_ends"):
        rows.put(
            one,
            **of,
            ended_on=one.day("ended_on"),
            reopened_on=one.day("reopened_on"),
            note=one.text("note", ""),
            reason=one.text("reason"),
        )


def rows_of(loading: Any, model: type[EarlierEnd], of: str, programme: Any) -> Rows[Any]:
    """The stored ends of a programme, one day's in their order."""
    stored = model._default_manager.of(programme)
    return loading.rows(stored, of, "ended_on", repeats=True)
