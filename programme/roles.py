"""What each role may do: role → permission → how far it reaches. Data only; the database says who
holds a role, and ``programme.access`` answers whether somebody may do something.

A permission is named after what it opens, ``subject.verb``; RIGHTS says it in the words of a page
that has to refuse it. To add one: a line in RIGHTS, and one for each role that has it.
"""

from __future__ import annotations

from enum import StrEnum

from programme.models import RoleAssignment

Role = RoleAssignment.Role


class Scope(StrEnum):
    """How far a permission reaches within a programme.

    OWN is what the holder answers for: their project, their organisation's money, their board. The
    row itself says so by ``owned_by(assignment)``.
    """

    ALL = "all"
    OWN = "own"


RIGHTS: dict[str, str] = {
    "programme.view": "see the programme at a glance",
    "programme.edit": "set the programme up",
    "programme.end": "end the programme or take it up again",
    "file.edit": "load a file over the programme, or take all of it away as one",
    "projects.view": "see the programme’s projects",
    "finance.view": "see the programme’s finance",
    "boards.view": "see the programme’s boards",
    "papers.view": "read the programme’s papers",
    "papers.edit": "prepare a board’s papers",
    "papers.restricted": "read what a paper withholds from the public",
    "projects.edit": "change a project’s facts",
    "workstreams.edit": "change the programme’s workstreams",
    "progress.view": "follow how the updates of a period come in",
    "updates.edit": "write a project’s update",
    "updates.draft": "read an update before it is accepted",
    "updates.restricted": "read what an update says to the boards only",
    "updates.review": "accept a project’s update or return it",
    "milestones.edit": "change a project’s milestones",
    "risks.edit": "change the risk register",
    "decisions.edit": "record a board’s decisions",
    "actions.edit": "change the actions of a board",
    "boards.edit": "change a board and its members",
    "meetings.edit": "change a board’s meetings",
    "organisations.edit": "change organisations and their part in the programme",
    "budget.edit": "change the budget",
    "contributions.edit": "change what a source puts in",
    "benefits.edit": "change a benefit",
    "benefits.validate": "validate what a benefit has realised",
    "grants.edit": "change a grant and its returns",
    "people.manage": "manage people and their roles",
    "audit.view": "read the record of who did what",
    "audit.redact": "redact texts, in their place and in the record",
}


AFTER_THE_END = frozenset({"programme.end", "people.manage", "audit.redact"})
"""Rights to write that a programme which has ended leaves: to take it up again, to say who may
still read it, and to take out what must not be read."""


OF_MONEY = frozenset(
    name
    for name in RIGHTS
    if name.partition(".")[0] in ("finance", "budget", "contributions", "benefits", "grants")
)
"""Rights that nobody holds in a programme which keeps no money here."""


def only_reads(permission: str) -> bool:
    """Whether a right lets somebody read and no more: no page that writes may ask for one."""
    return permission.rpartition(".")[2] in ("view", "draft", "restricted")


def roles_with(permission: str) -> list[str]:
    """The roles that have a right, however far it reaches."""
    return [role for role, rights in PERMISSIONS.items() if permission in rights]


# Whoever holds any role in a programme may read it.
_VIEWS = ("programme.view", "projects.view", "finance.view", "boards.view", "papers.view")
_READ = dict.fromkeys(_VIEWS, Scope.ALL)

PERMISSIONS: dict[str, dict[str, Scope]] = {
    Role.OFFICE.value: _READ
    | {name: Scope.ALL for name in RIGHTS if name.endswith(".edit")}
    | {"papers.restricted": Scope.ALL, "programme.end": Scope.ALL}
    | {"updates.draft": Scope.ALL, "updates.restricted": Scope.ALL, "updates.review": Scope.ALL}
    | {"progress.view": Scope.ALL}
    | {"people.manage": Scope.ALL, "audit.view": Scope.ALL, "audit.redact": Scope.ALL},
    Role.LEAD.value: _READ
    | {
        "updates.draft": Scope.OWN,
        "updates.edit": Scope.OWN,
        "updates.restricted": Scope.OWN,
        "milestones.edit": Scope.OWN,
        "risks.edit": Scope.OWN,
        "actions.edit": Scope.OWN,
        "benefits.edit": Scope.OWN,
    },
    Role.FINANCE.value: _READ
    | {
        "budget.edit": Scope.OWN,
        "contributions.edit": Scope.OWN,
        "benefits.edit": Scope.OWN,
        "benefits.validate": Scope.OWN,
    },
    Role.SECRETARY.value: _READ
    | {
        "papers.restricted": Scope.ALL,
        "updates.restricted": Scope.OWN,
        "boards.edit": Scope.OWN,
        "meetings.edit": Scope.OWN,
        "papers.edit": Scope.OWN,
        "decisions.edit": Scope.OWN,
        "actions.edit": Scope.OWN,
    },
    Role.MEMBER.value: _READ | {"papers.restricted": Scope.ALL, "updates.restricted": Scope.OWN},
    Role.AUDITOR.value: _READ
    | {"papers.restricted": Scope.ALL, "updates.draft": Scope.ALL, "updates.restricted": Scope.ALL}
    | {"audit.view": Scope.ALL, "progress.view": Scope.ALL},
    Role.ADMINISTRATOR.value: _READ
    | {"progress.view": Scope.ALL}
    | {"programme.edit": Scope.ALL, "programme.end": Scope.ALL}
    | {"organisations.edit": Scope.ALL, "boards.edit": Scope.ALL}
    | {"meetings.edit": Scope.ALL, "workstreams.edit": Scope.ALL}
    | {"people.manage": Scope.ALL, "audit.view": Scope.ALL},
}
