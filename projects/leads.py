"""Who led a project before somebody else did."""

from __future__ import annotations

from datetime import date

from programme.earlier import keep_holder
from programme.writing import Edit
from projects.models import Project


def keep_lead(edit: Edit[Project], held_since: date | None) -> None:
    """Keeps the stored lead organisation of a project whose edit gives it another one, as the lead
    until the day before ``held_since``."""
    keep_holder(
        edit,
        "lead_organisation",
        terms="earlier_leads",
        since=held_since,
        day="held_since",
        was="the lead organisation",
    )
