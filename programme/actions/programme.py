"""The programme's own facts."""

from __future__ import annotations

from typing import TypedDict

from django.db import transaction

from programme.models import Organisation, Programme, User
from programme.writing import Edit


class ProgrammeInput(TypedDict, total=False):
    name: str
    short_name: str
    vision: str
    summary: str
    host: Organisation | None
    financial_year_start_month: int
    calendar: str
    default_marking: str
    keeps_money: bool


@transaction.atomic
def save_programme(
    *,
    programme: Programme,
    values: ProgrammeInput,
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Changes what a programme says of itself. Its word in addresses stays: letters and papers
    lead to it. Years that are there keep their days whatever month years begin with now."""
    edit = Edit(programme, expected_version=expected_version)
    edit.apply(values, ProgrammeInput)
    return edit.save("programme.edited", by=by)
