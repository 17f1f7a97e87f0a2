"""Who sees and does what: programmes by role, permissions by programme, refusals in plain words."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from programme.models import Programme, RoleAssignment, User
from programme.roles import PERMISSIONS, RIGHTS


def programme_ids(user: User | AnonymousUser) -> QuerySet:
    """Ids of the programmes in which ``user`` holds a current role; none for an account that is
    closed or for nobody. A subquery, so that it costs no query of its own."""
    assignments = RoleAssignment.objects.current()
    if not user.is_authenticated or not user.is_active:
        assignments = assignments.none()
    return assignments.filter(user_id=user.pk).values("programme_id")


def permissions(user: User, programme: Programme) -> frozenset[str]:
    """Names of the permissions that the user's current roles in ``programme`` give together.
    Asked once per user and programme: the answer is kept on the user object of the request."""
    known: dict[int, frozenset[str]] = user.__dict__.setdefault("_permissions", {})
    if programme.pk not in known:
        roles = RoleAssignment.objects.current().filter(user=user, programme=programme)
        known[programme.pk] = frozenset().union(
            *(PERMISSIONS[role] for role in roles.values_list("role", flat=True))
        )
    return known[programme.pk]


def allows(user: User, permission: str, programme: Programme) -> bool:
    """Whether the user may do in ``programme`` what ``permission`` names.

    Raises ``KeyError`` for a name that ``programme.roles`` does not know."""
    RIGHTS[permission]
    return permission in permissions(user, programme)


def require(user: User, permission: str, programme: Programme) -> None:
    """Raise ``PermissionDenied`` saying which right is missing and whom to ask."""
    if not allows(user, permission, programme):
        raise PermissionDenied(
            f"To {RIGHTS[permission]} you need a right that your account does not have. "
            f"Ask the programme office of {programme.name}."
        )
