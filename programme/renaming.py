"""Renaming: what a body was called stays with it, up to the day from which its new name holds."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from programme.checks import refuse_future
from programme.common import formats
from programme.models import Board, EarlierName, Organisation
from programme.writing import Edit


def keep_name(edit: Edit[Organisation] | Edit[Board], renamed_from: date | None) -> None:
    """Keeps the stored name of a row whose edit gives it another one, as its name until the day
    before ``renamed_from``; without a day the stored name was wrong, and goes. Raises
    ValidationError."""
    row = edit.row
    if renamed_from is None or edit.is_new or not {"name", "short_name"} & set(edit.changed):
        return
    refuse_future(renamed_from=renamed_from)
    known = list(row.earlier_names.all())
    until = renamed_from - timedelta(days=1)
    if known and known[-1].until >= until:
        last = formats.day(known[-1].until)
        raise ValidationError({"renamed_from": f"Its name before was its name until {last}."})
    stored = type(row)._default_manager.get(pk=row.pk)
    before = [in_words(each) for each in known]
    kept = row.earlier_names.create(name=stored.name, short_name=stored.short_name, until=until)
    edit.part("earlier_names", before, [*before, in_words(kept)])


def in_words(earlier: EarlierName) -> str:
    """An earlier name as the record says it."""
    return f"{earlier.name}, until {formats.day(earlier.until)}"
