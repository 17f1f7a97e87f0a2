"""Years with their budgets, grants, split rules and benefits."""

from tests.routes import rows
from tests.routes.table import each_writing, parts, reading, writing

_BENEFITS = [
    ("of one’s own organisation", "office lead police", rows.benefit(rows.POLICE)),
    ("of another organisation", "office fire", rows.benefit(rows.FIRE)),
]
_PROFILES = [
    ("of one’s own organisation", "office lead police", rows.profile(rows.POLICE)),
    ("of another organisation", "office fire", rows.profile(rows.FIRE)),
]
_PROJECTS = [
    ("of a project of one’s own", "office lead", rows.project(rows.POLICE)),
    ("of another’s project", "office", rows.project(rows.FIRE)),
]

_SETS_UP = "office admin"

ROUTES = [
    reading("finance:home"),
    reading("finance:years:detail", rows.year),
    reading("finance:years:outturn", rows.year),
    reading("finance:actuals:list", rows.year),
    # --- set-up
    reading("finance:years:list", get=_SETS_UP),
    writing("finance:years:add", _SETS_UP),
    writing("finance:years:edit", _SETS_UP, rows.year),
    writing("finance:years:remove", _SETS_UP, rows.empty_year),
    reading("finance:categories:list", get=_SETS_UP),
    writing("finance:categories:add", _SETS_UP),
    *parts("finance:categories", "category", rows.category_row),
    reading("finance:sources:list", get=_SETS_UP),
    writing("finance:sources:add", _SETS_UP),
    *parts("finance:sources", "source", rows.source_row),
    # --- lines
    reading("finance:lines:list", rows.year),
    reading("finance:lines:detail", rows.line()),
    writing("finance:lines:add", "office police fire", rows.year),
    *each_writing(
        "finance:lines:edit",
        [
            ("of the police", "office police", rows.line("police")),
            ("of fire", "office fire", rows.line("fire")),
        ],
    ),
    # --- contributions, printed figures
    *each_writing(
        "finance:contributions:edit",
        [
            ("of the police", "office police", rows.contribution("police")),
            ("of fire", "office fire", rows.contribution("fire")),
        ],
    ),
    writing("finance:published:add", "office", rows.year),
    writing("finance:published:edit", "office", rows.published),
    # --- split rules
    reading("finance:split_rules:list"),
    reading("finance:split_rules:detail", rows.split_rule()),
    writing("finance:split_rules:add", "office police fire"),
    *each_writing(
        "finance:split_rules:edit",
        [
            ("of the police", "office police", rows.split_rule("police")),
            ("of fire", "office fire", rows.split_rule("fire")),
        ],
    ),
    writing("finance:split_rules:withdraw", _SETS_UP, rows.split_rule()),
    writing("finance:split_rules:restore", _SETS_UP, rows.withdrawn_rule),
    # --- grants
    reading("finance:grants:list"),
    reading("finance:grants:detail", rows.grant),
    writing("finance:grants:add", "office"),
    writing("finance:grants:edit", "office", rows.grant),
    writing("finance:grants:returns:add", "office", rows.grant),
    writing("finance:grants:returns:edit", "office", rows.grant_return),
    # --- benefits
    reading("finance:benefits:list"),
    reading("finance:benefits:detail", rows.benefit()),
    writing("finance:benefits:add", "office lead police fire"),
    *each_writing(
        "finance:benefits:edit finance:benefits:withdraw finance:benefits:profile:add", _BENEFITS
    ),
    writing("finance:benefits:reopen", "office lead police", rows.withdrawn_benefit),
    *each_writing("finance:benefits:profile:edit", _PROFILES),
    writing(
        "finance:benefits:profile:validate", "police", rows.profile(rows.POLICE), whose="police"
    ),
    writing("finance:benefits:profile:validate", "fire", rows.profile(rows.FIRE), whose="fire"),
    # --- money of a project
    reading("finance:project", rows.project()),
    *each_writing("finance:costs:add", _PROJECTS),
    *each_writing(
        "finance:costs:edit",
        [
            ("of a project of one’s own", "office lead", rows.cost(rows.POLICE)),
            ("of another’s project", "office", rows.cost(rows.FIRE)),
        ],
    ),
]
