"""Rules that several actions of the second floor share."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from finance.models import FinancialYear
from programme.models import User


def refuse_closed(year: FinancialYear, by: User | None) -> None:
    """Raises ValidationError where a person changes the budget of a year that is closed; a
    command, which loads the past as it was, may."""
    if by is not None and year.state == FinancialYear.State.CLOSED:
        raise ValidationError(f"The year {year} is closed: its budget no longer changes.")
