"""People and the roles they hold."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from programme.checks import refuse_other_programmes, refuse_stranger
from programme.common.validation import validate
from programme.models import Board, Organisation, Programme, RoleAssignment, User
from programme.writing import Edit, known_values

Role = RoleAssignment.Role


class PersonInput(TypedDict, total=False):
    name: str
    post: str
    organisation: Organisation | None


class RoleInput(TypedDict, total=False):
    role: str
    organisation: Organisation | None
    board: Board | None
    from_day: date | None
    to_day: date | None


@transaction.atomic
def invite_user(
    *, programme: Programme, email: str, person: PersonInput, role: RoleInput, by: User | None
) -> User:
    """Gives somebody an account without a password, and a role in the programme.

    Whoever has an account already, from another programme, keeps it as it is and gets the role.
    Sending the invitation, by which a new user chooses a password, is the caller's.
    """
    email = email.strip().lower()
    user = User.objects.filter(email__iexact=email).first()
    if user is not None and not user.is_active:
        raise ValidationError({"email": "The account with this address is closed."})
    edit = Edit(user or User())
    if edit.is_new:
        edit.set(email=email)
        edit.apply(person, PersonInput)
        edit.row.set_unusable_password()
    given = RoleAssignment(programme=programme, **known_values(role, RoleInput))
    edit.part("role", None, _in_words(given))
    user = edit.save("user.invited", by=by, programme=programme)
    given.user = user
    _check(given)
    validate(given)
    refuse_other_programmes(programme, {"board": [given.board]})
    given.save()
    return user


@transaction.atomic
def change_person(
    *, user: User, values: PersonInput, programme: Programme, by: User | None
) -> User:
    """Changes the name, post or organisation of a user; ``programme`` is the one in whose record
    it stands. Raises ValidationError for somebody who never held a role in it."""
    edit = Edit(user)
    refuse_stranger(edit.row, programme, field="user", ever=True)
    edit.apply(values, PersonInput)
    return edit.save("user", by=by, programme=programme)


@transaction.atomic
def assign_role(
    *, user: User, programme: Programme, values: RoleInput, by: User | None
) -> RoleAssignment:
    """Gives a user a role in a programme: a finance lead's is for an organisation, a board
    member's for a board. Raises ValidationError for a role that the user holds already."""
    edit = Edit(RoleAssignment(user=user, programme=programme))
    edit.set(user=user)
    edit.apply(values, RoleInput)
    _check(edit.row)
    return edit.save("role.assigned", by=by)


@transaction.atomic
def change_role(
    *,
    assignment: RoleAssignment,
    values: RoleInput,
    expected_version: int | None = None,
    by: User | None,
) -> RoleAssignment:
    """Changes the role, its organisation, board or days. A programme keeps an administrator."""
    edit = Edit(assignment, expected_version=expected_version)
    was_administrator = edit.row.role == Role.ADMINISTRATOR
    edit.apply(values, RoleInput)
    _check(edit.row)
    if was_administrator and edit.changed:
        _keep_an_administrator(edit.row)
    return edit.save("role.changed", by=by)


@transaction.atomic
def end_role(
    *,
    assignment: RoleAssignment,
    to_day: date,
    expected_version: int | None = None,
    by: User | None,
) -> RoleAssignment:
    """Ends a role after its last day; yesterday ends it at once. A role that had not begun by then
    was never in force. A programme keeps an administrator."""
    edit = Edit(assignment, expected_version=expected_version)
    edit.refuse_stale()
    edit.set(to_day=to_day)
    if edit.row.from_day and edit.row.from_day > to_day:
        edit.set(from_day=to_day)
    if edit.row.role == Role.ADMINISTRATOR:
        _keep_an_administrator(edit.row)
    return edit.save("role.ended", by=by)


def _in_words(given: RoleAssignment) -> str:
    of = given.organisation or given.board
    return f"{given.get_role_display()}, {of}" if of else given.get_role_display()


def _check(assignment: RoleAssignment) -> None:
    """A user holds a role once at a time for each organisation or board."""
    same = RoleAssignment.objects.filter(
        user=assignment.user,
        programme=assignment.programme,
        role=assignment.role,
        organisation=assignment.organisation,
        board=assignment.board,
    ).exclude(pk=assignment.pk)
    if assignment.from_day:
        same = same.exclude(to_day__lt=assignment.from_day)
    if assignment.to_day:
        same = same.exclude(from_day__gt=assignment.to_day)
    if same.exists():
        raise ValidationError({"role": f"{assignment.user} holds this role already."})


def _keep_an_administrator(assignment: RoleAssignment) -> None:
    """Refuses a change that would leave nobody to manage people once it is in force."""
    # Two administrators who end each other's role at the same moment wait for one another here.
    Programme.objects.select_for_update(no_key=True).get(pk=assignment.programme_id)
    still = assignment.role == Role.ADMINISTRATOR and assignment.to_day is None
    others = RoleAssignment.objects.filter(
        programme=assignment.programme,
        role=Role.ADMINISTRATOR,
        user__is_active=True,
    ).exclude(pk=assignment.pk)
    lasting = others.filter(Q(to_day__isnull=True) | Q(to_day__gt=_after(assignment)))
    if not still and not lasting.exists():
        raise ValidationError(
            "This is the programme’s last administrator. Give the role to somebody else first."
        )


def _after(assignment: RoleAssignment) -> date:
    return assignment.to_day or timezone.localdate()
