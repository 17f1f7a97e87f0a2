"""Reads over the first floor's models, returned as frozen facts."""

from projects.selectors.delivery import delivery_position
from projects.selectors.engagement import engagements
from projects.selectors.milestones import milestone_positions
from projects.selectors.risks import risk_register

__all__ = ["delivery_position", "engagements", "milestone_positions", "risk_register"]
