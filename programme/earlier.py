"""What was so before a day: a body keeps the name that it had, and what is led or hosted by another
from a day on keeps the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from programme.checks import refuse_future
from programme.common import formats
from programme.models import Board, EarlierName, HolderTerm, Organisation
from programme.writing import Edit

DAY = timedelta(days=1)


def keep_name(edit: Edit[Organisation] | Edit[Board], renamed_from: date | None) -> None:
    """Keeps the stored name of a row whose edit gives it another one, as its name until the day
    before ``renamed_from``; without a day the stored name was wrong, and goes. Raises
    ValidationError."""
    if renamed_from is None or edit.is_new or not {"name", "short_name"} & set(edit.changed):
        return
    stored = type(edit.row)._default_manager.get(pk=edit.row.pk)
    names = {"name": stored.name, "short_name": stored.short_name}
    _keep(
        edit,
        "earlier_names",
        names,
        "renamed_from",
        renamed_from,
        lambda _: "Its name before was its name",
    )


def keep_holder(
    edit: Edit[Any], field: str, *, terms: str, since: date | None, day: str, was: str
) -> None:
    """Keeps the stored organisation in ``field`` of a row whose edit gives it another one, among
    its ``terms`` up to the day before ``since``; without a day the stored one was wrong, and goes.
    ``day`` is the field that asks for the day, ``was`` what the organisation was ("the accountable
    body"). Raises ValidationError."""
    if since is None or edit.is_new or field not in edit.changed:
        return
    stored = type(edit.row)._default_manager.select_related(field).get(pk=edit.row.pk)
    before = getattr(stored, field)
    if before is None:
        return
    _keep(edit, terms, {"organisation": before}, day, since, lambda last: f"{last} was {was}")


def _keep(
    edit: Edit[Any],
    terms: str,
    what: dict[str, Any],
    day: str,
    since: date,
    already: Callable[[Model], str],
) -> None:
    refuse_future(**{day: since})
    rows: QuerySet[Any] = getattr(edit.row, terms)
    known: Sequence[Model] = list(rows.all())
    until = since - DAY
    if known and known[-1].until >= until:
        raise ValidationError({day: f"{already(known[-1])} until {formats.day(known[-1].until)}."})
    before = [in_words(each) for each in known]
    edit.part(terms, before, [*before, in_words(rows.create(**what, until=until))])


def in_words(earlier: EarlierName | HolderTerm) -> str:
    """A name or a term as the record says it: "The Shire Council, until 30 June 2019"."""
    return f"{earlier}, until {formats.day(earlier.until)}"
