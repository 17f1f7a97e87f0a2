"""Who sees and does what: programmes by role, permissions by programme, refusals in plain words."""

from __future__ import annotations

from typing import Final, Protocol

from django.core.exceptions import PermissionDenied

from programme.common.words import say
from programme.models import Programme, RoleAssignment, User
from programme.roles import OF_MONEY, PERMISSIONS, RIGHTS, Scope


class Owned(Protocol):
    """A row that can say whether it belongs to what a role was given for."""

    def owned_by(self, assignment: RoleAssignment) -> bool: ...


class Anything:
    """In place of a row: at least one row that the right reaches. See :data:`ANYTHING`."""


ANYTHING: Final = Anything()
"""Asks whether the user holds a right at all, for whatever it may reach. Enough to show a form
whose choices are the user's own; what is then written must be asked about by itself."""


def assignments(user: User, programme: Programme) -> tuple[RoleAssignment, ...]:
    """The roles that the user holds now in ``programme``, with their organisation and board.
    Asked once per user and programme: the answer is kept on the user object of the request."""
    known: dict[int, tuple[RoleAssignment, ...]] = user.__dict__.setdefault("_assignments", {})
    if programme.pk not in known:
        held = RoleAssignment.objects.current().filter(user=user, programme=programme)
        known[programme.pk] = tuple(held.select_related("organisation", "board"))
    return known[programme.pk]


def permissions(user: User, programme: Programme) -> dict[str, Scope]:
    """The permissions that the user's current roles in ``programme`` give together, each as far as
    the most of them; none of money where the programme keeps none."""
    found: dict[str, Scope] = {}
    for assignment in assignments(user, programme):
        for name, scope in PERMISSIONS[assignment.role].items():
            if found.get(name) is not Scope.ALL:
                found[name] = scope
    if not programme.keeps_money:
        found = {name: scope for name, scope in found.items() if name not in OF_MONEY}
    return found


def allows(
    user: User, permission: str, programme: Programme, obj: Owned | Anything | None = None
) -> bool:
    """Whether the user may do in ``programme`` what ``permission`` names.

    With ``obj`` a right over one's own is enough where ``obj.owned_by`` says that it is; with
    ANYTHING, wherever the user has it. Without, it must reach all of the programme. Raises
    ``KeyError`` for a name that ``programme.roles`` does not know.
    """
    RIGHTS[permission]
    scope = permissions(user, programme).get(permission)
    if scope is None or scope is Scope.ALL or obj is None:
        return scope is Scope.ALL
    if isinstance(obj, Anything):
        return True
    owned_by = getattr(obj, "owned_by", None)  # a row that cannot say so is nobody's own
    held = _giving(user, permission, programme)
    return owned_by is not None and any(owned_by(one) for one in held)


def require_portal(user: User) -> None:
    """Raise ``PermissionDenied`` for whoever does not administer the portal, saying whom to ask."""
    if not user.administers_portal:
        raise PermissionDenied(
            "To administer the portal you need a right that your account does not have. "
            "Ask somebody who administers it."
        )


def require(
    user: User, permission: str, programme: Programme, obj: Owned | Anything | None = None
) -> None:
    """Raise ``PermissionDenied`` saying which right is missing and whom to ask."""
    if allows(user, permission, programme, obj):
        return
    if permission in OF_MONEY and not programme.keeps_money:
        raise PermissionDenied(f"{programme.name} does not keep its money here.")
    raise PermissionDenied(
        f"To {say(RIGHTS[permission])} you need a right that your account does not have"
        f"{_how_far(_giving(user, permission, programme))}. "
        f"Ask the programme office of {programme.name}."
    )


def own_organisations(user: User, permission: str, programme: Programme) -> frozenset[int]:
    """Ids of the organisations for which the user was given a role that has ``permission``: for
    the choices of a form."""
    held = _giving(user, permission, programme)
    return frozenset(one.organisation_id for one in held if one.organisation_id)


def own_boards(user: User, permission: str, programme: Programme) -> frozenset[int]:
    """Ids of the boards for which the user was given a role that has ``permission``."""
    held = _giving(user, permission, programme)
    return frozenset(one.board_id for one in held if one.board_id)


def _giving(user: User, permission: str, programme: Programme) -> list[RoleAssignment]:
    held = assignments(user, programme)
    return [one for one in held if permission in PERMISSIONS[one.role]]


def _how_far(held: list[RoleAssignment]) -> str:
    """What the user's own right reaches, for a refusal: " here: as Finance lead …"."""
    if not held:
        return ""
    roles = " and ".join(dict.fromkeys(one.get_role_display() for one in held))
    given = [one.board or one.organisation for one in held]
    of = " and ".join(dict.fromkeys(str(one) for one in given if one))
    return f" here: as {roles} you have it only for what {f'belongs to {of}' if of else 'is yours'}"
