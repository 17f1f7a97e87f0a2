"""State tables of the ground floor: what can be done to a meeting, and where that leads."""

from __future__ import annotations

from programme.common.states import Moves, move

MEETING: Moves = {
    "changed": move("planned held"),
    "held": move("planned", "held"),
    "cancelled": move("planned", "cancelled"),
}
