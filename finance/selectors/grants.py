"""Grants of a year and the returns made on them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from finance.facts import GrantFacts, GrantReturnFacts
from finance.models import Grant, GrantReturn
from programme.models import Programme
from programme.selectors import Names


def grants(
    programme: Programme, *, since: date, as_at: date, names: Names
) -> tuple[GrantFacts, ...]:
    """Grants of the years that touch the time between two days; organisations go by ``names``.
    Two queries."""
    returns = defaultdict(list)
    for each in GrantReturn.objects.of(programme):
        returns[each.grant_id].append(
            GrantReturnFacts(each.name, each.due_on, each.submitted_on, each.on_schedule)
        )
    rows = (
        Grant.objects.of(programme)
        .filter(year__starts_on__lte=as_at, year__ends_on__gte=since)
        .select_related("year", "awarded_by", "held_by", "source")
    )
    return tuple(
        GrantFacts(
            slug=each.slug,
            name=each.name,
            year=each.year.label,
            awarded_by=names.organisation(each.awarded_by).name,
            held_by=names.organisation(each.held_by).name if each.held_by else "",
            amount=each.amount,
            in_budget=each.source_id is not None,
            purpose=each.purpose,
            returns=tuple(returns[each.pk]),
            sensitivity=each.sensitivity,
        )
        for each in rows
    )
