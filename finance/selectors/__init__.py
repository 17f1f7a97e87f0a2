"""Reads over the second floor's models, returned as frozen facts."""

from finance.selectors.benefits import benefit_position, cost_estimates
from finance.selectors.budget import budget_position
from finance.selectors.grants import grants
from finance.selectors.outturn import outturn_position

__all__ = [
    "benefit_position",
    "budget_position",
    "cost_estimates",
    "grants",
    "outturn_position",
]
