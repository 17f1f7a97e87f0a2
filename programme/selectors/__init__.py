"""Reads of the ground floor over several models. Each says how many queries it makes."""

from programme.selectors.setup import (
    level_facts,
    meetings_around,
    period_facts,
    plan_priorities,
    principles,
    programme_facts,
    rating_setup,
)

__all__ = [
    "level_facts",
    "meetings_around",
    "period_facts",
    "plan_priorities",
    "principles",
    "programme_facts",
    "rating_setup",
]
