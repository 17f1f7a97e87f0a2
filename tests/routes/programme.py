"""Boards, their members and meetings, organisations, people, the record."""

from tests.routes import rows
from tests.routes.table import (
    EVERYBODY,
    Route,
    administering,
    each_writing,
    parts,
    reading,
    writing,
)

_PEOPLE = "office admin"
_SETS_UP = "office admin"
_RECORD = "office auditor admin"


def _boards(at) -> list[tuple]:
    """A row of a board: the secretary's own, and another's."""
    return [
        ("of a board of one’s own", "office secretary admin", at(rows.KEPT_BOARD)),
        ("of another board", _SETS_UP, at(rows.OTHER_BOARD)),
    ]


ROUTES = [
    Route("programme:accessibility", get=EVERYBODY),
    reading("programme:about"),
    # --- the portal
    administering("programme:administrators:list", post=""),
    administering("programme:administrators:add"),
    administering("programme:administrators:end", rows.portal_administrator),
    # --- boards
    reading("programme:boards:list"),
    reading("programme:boards:detail", rows.board()),
    writing("programme:boards:add", _SETS_UP),
    *each_writing("programme:boards:edit programme:boards:seats:add", _boards(rows.board)),
    writing("programme:boards:hand_over", _SETS_UP, rows.board()),
    *each_writing("programme:boards:seats:edit programme:boards:seats:end", _boards(rows.seat)),
    # --- meetings
    reading("programme:boards:meetings:list"),
    reading("programme:boards:meetings:detail", rows.meeting()),
    *each_writing("programme:boards:meetings:add", _boards(rows.board)),
    *each_writing(
        "programme:boards:meetings:edit programme:boards:meetings:hold"
        " programme:boards:meetings:cancel",
        _boards(rows.planned_meeting),
    ),
    # --- set-up
    writing("programme:end", _SETS_UP),
    writing("programme:reopen", _SETS_UP, rows.ending),
    writing("programme:words", _SETS_UP),
    writing("programme:edit", _SETS_UP),
    reading("programme:periods:list", get=_SETS_UP),
    writing("programme:periods:add", _SETS_UP),
    writing("programme:periods:plan", _SETS_UP),
    writing("programme:periods:edit", _SETS_UP, rows.empty_period),
    writing("programme:periods:remove", _SETS_UP, rows.empty_period),
    writing("programme:periods:reopen", _SETS_UP, rows.period_that_is("closed")),
    reading("programme:themes:list", get=_SETS_UP),
    writing("programme:themes:add", _SETS_UP),
    *parts("programme:themes", "theme", rows.theme_row),
    reading("programme:principles:list", get=_SETS_UP),
    writing("programme:principles:add", _SETS_UP),
    *parts("programme:principles", "principle", rows.principle_row),
    reading("programme:aims:list", get=_SETS_UP),
    writing("programme:aims:add", _SETS_UP),
    *parts("programme:aims", "aim", rows.aim_row),
    reading("programme:priorities:list", get=_SETS_UP),
    writing("programme:priorities:add", _SETS_UP),
    *parts("programme:priorities", "priority", rows.priority_row),
    reading("programme:stages:list", get=_SETS_UP),
    writing("programme:stages:add", _SETS_UP),
    *parts("programme:stages", "stage", rows.stage_row),
    reading("programme:scales:list", get=_SETS_UP),
    writing("programme:scales:add", _SETS_UP),
    *parts("programme:scales", "scale", rows.scale_row),
    reading("programme:scales:levels:list", rows.scale, get=_SETS_UP),
    writing("programme:scales:levels:add", _SETS_UP, rows.scale),
    *(
        writing(f"programme:scales:levels:{name}", _SETS_UP, rows.level())
        for name in ("edit", "withdraw")
    ),
    writing("programme:scales:levels:restore", _SETS_UP, rows.level(withdrawn_on="2019-03-01")),
    reading("programme:dimensions:list", get=_SETS_UP),
    writing("programme:dimensions:add", _SETS_UP),
    *parts("programme:dimensions", "dimension", rows.dimension_row),
    writing("programme:dimensions:tolerances", _SETS_UP, rows.dimension),
    # --- organisations
    reading("programme:organisations:list"),
    reading("programme:organisations:detail", rows.organisation),
    writing("programme:organisations:add", _PEOPLE),
    writing("programme:organisations:edit", _PEOPLE, rows.organisation),
    writing("programme:organisations:part", _PEOPLE, rows.organisation),
    writing("programme:organisations:hand_over", _SETS_UP, rows.organisation),
    # --- people
    Route("programme:people:list", get=_PEOPLE),
    Route("programme:people:detail", rows.person, get=_PEOPLE),
    writing("programme:people:invite", _PEOPLE),
    writing("programme:people:edit", _PEOPLE, rows.person),
    writing("programme:people:remind", _PEOPLE, rows.invited),
    writing("programme:people:roles:add", _PEOPLE, rows.person),
    writing("programme:people:roles:edit", _PEOPLE, rows.role),
    writing("programme:people:roles:confirm", _PEOPLE, rows.unconfirmed),
    writing("programme:people:roles:end", _PEOPLE, rows.role),
    writing("programme:people:hand_over", _PEOPLE, rows.answering_person),
    writing("programme:people:close", _PEOPLE, rows.other_person),
    writing("programme:people:reopen", _PEOPLE, rows.closed),
    # --- the record
    Route("programme:record:list", get=_RECORD),
    Route("programme:record:detail", rows.entry, get=_RECORD),
    writing("programme:record:redact", "office", rows.entry_with_text),
]
