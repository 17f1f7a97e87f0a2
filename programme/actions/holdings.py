"""What one person answers for passes to another."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from programme import holdings
from programme.holdings import What
from programme.models import Person, User
from programme.writing import Edit


@transaction.atomic
def hand_over_person(
    *,
    person: Person,
    successor: Person,
    what: What,
    expected_version: int | None = None,
    by: User | None,
) -> Person:
    """Passes chosen rows that somebody answers for to somebody else: ``what`` are keys of rows by
    the key of their kind (``programme.holdings``). What was written before stays whose it was.
    Each row says so in its own history. Raises ValidationError."""
    edit = Edit(person, expected_version=expected_version)
    edit.refuse_stale()
    if successor == edit.row:
        raise ValidationError({"successor": "Choose somebody else."})
    if not any(what.values()):
        raise ValidationError("Choose what is handed over.")
    holdings.pass_on(edit.row, successor, what, by=by)
    return edit.row
