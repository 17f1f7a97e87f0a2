"""What organisations have in their charge on this floor: money and benefits."""

from __future__ import annotations

from finance.models import FinancialYear
from programme.models import Organisation
from programme.succession import Charge, give, register


def register_all() -> None:
    """Registers them."""
    register(
        Organisation,
        Charge(
            "sources",
            ("source of its money", "sources of its money"),
            "programme.edit",
            lambda body, last_day: body.funding_sources.offered(),
            give("organisation", "funding_source.handed_over"),
        ),
        Charge(
            "grants",
            ("grant that it holds", "grants that it holds"),
            "grants.edit",
            lambda body, last_day: body.grants_held.exclude(year__state=FinancialYear.State.CLOSED),
            give("held_by", "grant.handed_over"),
        ),
        Charge(
            "benefits",
            ("benefit that it owns", "benefits that it owns"),
            "benefits.edit",
            lambda body, last_day: body.owned_benefits.filter(withdrawn_on__isnull=True),
            give("owner_organisation", "benefit.handed_over"),
        ),
    )
