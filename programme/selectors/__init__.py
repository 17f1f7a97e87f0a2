"""Reads of the ground floor over several models. Each says how many queries it makes."""

from programme.selectors.boards import board_position, boards_in_order, meetings_of
from programme.selectors.names import Names, names_on
from programme.selectors.people import (
    invitations_for,
    organisations_listed,
    organisations_of,
    people_of,
    people_who_may,
    roles_not_yet,
    roles_of,
    roles_offered,
    roles_to_confirm,
)
from programme.selectors.portal import portal_history
from programme.selectors.setup import (
    extremes,
    known_levels,
    level_facts,
    meetings_around,
    period_facts,
    plan_priorities,
    principles,
    programme_facts,
    rating_setup,
)

__all__ = [
    "Names",
    "names_on",
    "board_position",
    "boards_in_order",
    "extremes",
    "known_levels",
    "level_facts",
    "meetings_around",
    "meetings_of",
    "organisations_listed",
    "organisations_of",
    "invitations_for",
    "people_of",
    "people_who_may",
    "period_facts",
    "plan_priorities",
    "portal_history",
    "principles",
    "programme_facts",
    "rating_setup",
    "roles_not_yet",
    "roles_of",
    "roles_offered",
    "roles_to_confirm",
]
