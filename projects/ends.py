"""How an end is taken back: kept for what is said of the days for which it stood."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.common.validation import validate
from programme.writing import Edit
from projects.models.ends import EarlierEnd


def keep_end(
    edit: Edit[Any], end: EarlierEnd, ended_on: date | None, note: str, reason: str
) -> None:
    """Keeps as ``end`` that the edit's row had ended on a day, how it was said to, and why it goes
    on from today."""
    if ended_on is None:
        raise ValueError("What is open cannot be reopened.")
    edit.refuse_stale()
    end.ended_on, end.note = ended_on, note
    end.reopened_on, end.reason = timezone.localdate(), reason.strip()
    validate(end)
    end.save()
    edit.note(reason=end.reason)


def refuse_before_reopened(earlier: Any, **days: date) -> None:
    """Refuses a day, named as its field, before the thing was last opened again."""
    last = earlier.order_by("-reopened_on").first()
    for name, day in days.items():
        if last is not None and day < last.reopened_on:
            raise ValidationError({name: f"It was reopened on {last.reopened_on:%-d %B %Y}."})
