"""State tables of the ground floor: what can be done to a meeting or a period, and where that
leads."""

from __future__ import annotations

from programme.common.states import Moves, move

PERIOD: Moves = {
    "changed": move("planned open"),
    "opened": move("planned", "open"),
    "admitted_late": move("open"),
    "reminded": move("open"),
    "closed": move("open", "closed"),
    "reopened": move("closed", "open"),
}

MEETING: Moves = {
    "changed": move("planned held"),
    "held": move("planned", "held"),
    "cancelled": move("planned", "cancelled"),
}
