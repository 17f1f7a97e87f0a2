"""State tables of the first floor: what can be done to an update, a milestone, a risk, an action
or a project, and where that leads.

An update's states are stored; the others follow from the days that a row has or lacks.
"""

from __future__ import annotations

from datetime import date

from programme.common.states import Moves, move

UPDATE: Moves = {
    "changed": move("draft returned"),
    "handed_in": move("draft returned", "handed_in"),
    "pulled_back": move("handed_in", "draft"),
    "returned": move("handed_in accepted", "returned"),
    "accepted": move("handed_in", "accepted"),
    "corrected": move("accepted"),
}

PROJECT: Moves = {
    "changed": move("open"),
    "withdrawn": move("open", "withdrawn"),
    "reopened": move("withdrawn", "open"),
}

MILESTONE: Moves = {
    "changed": move("open reached"),
    "forecast": move("open"),
    "rebaselined": move("open"),
    "reached": move("open reached", "reached"),
    "withdrawn": move("open", "withdrawn"),
    "reopened": move("reached withdrawn", "open"),
}
"""Reaching a milestone again corrects the day of it."""

RISK: Moves = {
    "changed": move("open"),
    "assessed": move("open"),
    "closed": move("open", "closed"),
    "reopened": move("closed", "open"),
}

ACTION: Moves = {
    "changed": move("open"),
    "completed": move("open", "completed"),
    "withdrawn": move("open", "withdrawn"),
    "reopened": move("completed withdrawn", "open"),
}


def project_state(withdrawn_on: date | None) -> str:
    return "withdrawn" if withdrawn_on else "open"


def milestone_state(actual_on: date | None, withdrawn_on: date | None) -> str:
    if withdrawn_on:
        return "withdrawn"
    return "reached" if actual_on else "open"


def risk_state(closed_on: date | None) -> str:
    return "closed" if closed_on else "open"


def action_state(completed_on: date | None, withdrawn_on: date | None) -> str:
    if withdrawn_on:
        return "withdrawn"
    return "completed" if completed_on else "open"
