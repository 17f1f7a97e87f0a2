"""Rules that several actions of the second floor share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

from finance.burden import Raise, together
from finance.models import FinancialYear, FundingSource
from programme import access
from programme.common.english import listed, within
from programme.common.formats import pounds
from programme.models import Programme, User


def refuse_closed(year: FinancialYear, by: User | None) -> None:
    """Raises ValidationError where a person changes the budget of a year that is closed; a
    command, which loads the past as it was, may."""
    if by is not None and year.state == FinancialYear.State.CLOSED:
        raise ValidationError(f"The year {year} is closed: its budget no longer changes.")


def refuse_raising(
    raises: Iterable[tuple[FundingSource, Raise]],
    *,
    right: str,
    programme: Programme,
    field: str,
    by: User | None,
    does: str = "pays",
) -> None:
    """Raises ValidationError where a person makes a body pay more without ``right`` over all of
    the programme or over that body; a command, which loads what was agreed, may."""
    if by is None:
        return
    of_others: dict[str, list[Raise]] = {}
    has_lead = True
    for source, more in raises:
        if not access.allows(by, right, programme, source):
            is_grant = source.kind == FundingSource.Kind.GRANT
            body = None if is_grant else source.organisation
            has_lead = has_lead and body is not None
            of_others.setdefault(within(str(body or source)), []).append(more)
    if of_others:
        raise ValidationError({field: _refusal(of_others, does, has_lead)})


def _refusal(of_others: Mapping[str, list[Raise]], does: str, has_lead: bool) -> str:
    """ "This would raise what Essex Fire pays by £999,998. Ask …"."""
    sums = {body: together(raises) for body, raises in of_others.items()}
    known = [f"what {body} {does} by {_sum(more)}" for body, more in sums.items() if more]
    unknown = [f"what {body} {does}" for body, more in sums.items() if not more]
    said = [f"This would raise {listed(known)}."] if known else []
    if unknown:
        said.append(f"This could raise {listed(unknown)}: by how much cannot be told.")
    lead = " or their finance lead" if has_lead else ""
    return " ".join([*said, f"Ask the programme office{lead}."])


def _sum(value: Raise) -> str:
    assert value is not None
    return pounds(value, pence=value % 1 != 0)
