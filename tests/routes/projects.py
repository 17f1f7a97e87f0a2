"""Projects with their milestones and updates, workstreams, and the registers."""

from tests.routes import rows
from tests.routes.table import each_writing, parts, reading, writing


def _projects(at) -> list[tuple]:
    """A row of a project: one that the lead's body leads, and one that another does."""
    return [
        ("of a project of one’s own", "office lead", at(rows.POLICE)),
        ("of another’s project", "office", at(rows.FIRE)),
    ]


_SETS_UP = "office admin"

_ACTIONS = [
    ("of a board of one’s own", "office secretary", rows.action(rows.KEPT_BOARD)),
    ("of another board", "office", rows.action(rows.OTHER_BOARD)),
    ("on a project of one’s own", "office lead", rows.action(rows.OTHER_BOARD, rows.POLICE)),
]

ROUTES = [
    reading("projects:list"),
    writing("projects:add", "office"),
    # --- from a workbook
    writing("projects:imports:upload", "office"),
    reading("projects:imports:template", get="office", file=True),
    writing("projects:imports:preview", "office", rows.upload),
    # --- one project
    reading("projects:detail", rows.project()),
    reading("projects:registers", rows.project()),
    reading("projects:history", rows.project()),
    writing("projects:edit", "office", rows.project()),
    writing("projects:stage", "office", rows.project()),
    writing("projects:first_stage", "office", rows.project()),
    writing("projects:withdraw", "office", rows.project()),
    writing("projects:reopen", "office", rows.withdrawn_project),
    # --- milestones
    reading("projects:milestones:list"),
    reading("projects:milestones:of_project", rows.project()),
    reading("projects:milestones:detail", rows.milestone()),
    *each_writing("projects:milestones:add", _projects(rows.project)),
    *each_writing(
        "projects:milestones:edit projects:milestones:move projects:milestones:rebaseline"
        " projects:milestones:reach projects:milestones:withdraw",
        _projects(rows.milestone),
    ),
    *each_writing("projects:milestones:reopen", _projects(rows.ended_milestone)),
    # --- updates
    reading("projects:updates:of_project", rows.project()),
    reading("projects:updates:detail", rows.accepted, whose="once accepted"),
    *(
        reading("projects:updates:detail", at, whose=f"a draft {whose}", get=f"{may} auditor")
        for whose, may, at in _projects(rows.update)
    ),
    *each_writing(
        "projects:updates:edit projects:updates:words projects:updates:ratings"
        " projects:updates:milestones projects:updates:risks",
        _projects(rows.update),
    ),
    *each_writing("projects:updates:pull_back", _projects(rows.handed_in)),
    writing("projects:updates:correct", "office", rows.accepted),
    writing("projects:updates:accept", "office", rows.update(state="handed_in")),
    writing("projects:updates:return", "office", rows.update(state="handed_in")),
    # --- periods
    reading("projects:periods:newest", get="office auditor admin", gives=302),
    reading("projects:periods:progress", rows.period, get="office auditor admin"),
    writing("projects:periods:open", _SETS_UP, rows.empty_period),
    writing("projects:reminders:edit", _SETS_UP),
    writing("projects:periods:remind", "office", rows.period_that_is("open")),
    writing("projects:periods:admit", "office", rows.period_that_is("open")),
    writing("projects:periods:close", _SETS_UP, rows.period_that_is("open")),
    # --- workstreams
    reading("projects:workstreams:list"),
    reading("projects:workstreams:detail", rows.workstream),
    writing("projects:workstreams:add", "office admin"),
    *parts("projects:workstreams", "workstream", rows.workstream_row),
    # --- how risks are scored
    reading("projects:risk_scheme:detail", get=_SETS_UP),
    writing("projects:risk_scheme:begin", _SETS_UP),
    writing("projects:risk_scheme:edit", _SETS_UP),
    writing("projects:risk_scheme:matrix", _SETS_UP),
    reading("projects:risk_scheme:levels:list", get=_SETS_UP),
    writing("projects:risk_scheme:levels:add", _SETS_UP),
    *parts("projects:risk_scheme:levels", "risk_level", rows.risk_level_row),
    # --- risks
    reading("projects:risks:list"),
    reading("projects:risks:detail", rows.risk()),
    writing("projects:risks:add", "office lead"),
    *each_writing(
        "projects:risks:edit projects:risks:assess projects:risks:close",
        [*_projects(rows.risk), ("of the whole programme", "office", rows.risk(""))],
    ),
    *each_writing("projects:risks:reopen", _projects(rows.ended_risk)),
    # --- decisions
    reading("projects:decisions:list"),
    reading("projects:decisions:detail", rows.decision()),
    writing("projects:decisions:add", "office secretary"),
    *each_writing(
        "projects:decisions:edit",
        [
            ("of a board of one’s own", "office secretary", rows.decision(rows.KEPT_BOARD)),
            ("of another board", "office", rows.decision(rows.OTHER_BOARD)),
        ],
    ),
    # --- actions
    reading("projects:actions:list"),
    reading("projects:actions:detail", rows.action()),
    writing("projects:actions:add", "office lead secretary"),
    *each_writing(
        "projects:actions:edit projects:actions:complete projects:actions:withdraw", _ACTIONS
    ),
    writing("projects:actions:reopen", "office lead", rows.ended_action),
]
