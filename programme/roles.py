"""What each role may do: role → names of permissions. Data only; the database says who holds it.

A permission is named after what it opens, ``subject.verb``; RIGHTS says it in the words of a page
that has to refuse it.
"""

from __future__ import annotations

from programme.models import RoleAssignment

Role = RoleAssignment.Role

RIGHTS: dict[str, str] = {
    "programme.view": "see the programme at a glance",
    "projects.view": "see the programme’s projects",
    "finance.view": "see the programme’s finance",
    "boards.view": "see the programme’s boards",
    "papers.view": "read the programme’s papers",
}

# Whoever holds any role in a programme may read it.
_READ = frozenset(RIGHTS)

PERMISSIONS: dict[str, frozenset[str]] = {role.value: _READ for role in Role}
