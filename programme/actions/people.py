"""People and the roles they hold."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from programme import audit
from programme.checks import refuse_empty, refuse_other_programmes, refuse_stranger
from programme.common.validation import validate
from programme.models import Board, Organisation, Person, Programme, RoleAssignment, User
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
) -> Person:
    """Invites whoever reads an address into the programme, for a role that is in force once they
    accept. Somebody who is in the programme already, or was invited before, is given the role.

    An account is made where the address has none. Nothing of one that was there is told or
    changed, so the answer is the same for both and for one that is closed. Sending the invitation
    is the caller's.
    """
    email = email.strip().lower()
    invited = Person(programme=programme, user=_account(email))
    known = Person.objects.of(programme).filter(user=invited.user).first()
    edit = Edit(known or invited)
    if edit.is_new:
        edit.set(email=email)
        edit.apply(person, PersonInput)
    given = RoleAssignment(programme=programme, user=edit.row.user, **known_values(role, RoleInput))
    edit.part("role", None, _in_words(given))
    invited = edit.save("person.invited", by=by)
    _check(given)
    validate(given)
    refuse_other_programmes(
        programme, {"organisation": [given.organisation], "board": [given.board]}
    )
    given.save()
    return invited


def _account(email: str) -> User:
    """The account of an address; a new one, without a password, where there is none."""
    known = User.objects.filter(email__iexact=email).first()
    nobody = {"password": make_password(None)}
    return known or User.objects.get_or_create(email=email, defaults=nobody)[0]


@transaction.atomic
def renew_invitation(*, person: Person, by: User | None) -> Person:
    """Lets somebody who declined an invitation accept it after all. Sending it is the caller's.
    Raises ValidationError for somebody who accepted."""
    edit = Edit(person)
    if not edit.row.is_waiting:
        raise ValidationError(f"{edit.row} has accepted the invitation.")
    edit.set(declined_at=None)
    return edit.save("person.invited_again", by=by)


@transaction.atomic
def accept_invitation(*, person: Person, name: str = "", by: User) -> Person:
    """Somebody says yes to a programme: their roles are in force from now on. ``name`` is what
    they are called, for an account that has none. Only they themselves can accept."""
    edit = _answered(person, by)
    if not edit.row.user.name:
        change_name(user=edit.row.user, name=name or edit.row.name, by=by)
        edit.row.user.refresh_from_db()
    edit.set(accepted_at=timezone.now(), declined_at=None)
    return edit.save("person.accepted", by=by)


@transaction.atomic
def decline_invitation(*, person: Person, by: User) -> Person:
    """Somebody says no to a programme. Only they themselves can."""
    edit = _answered(person, by)
    edit.set(declined_at=timezone.now())
    return edit.save("person.declined", by=by)


def _answered(person: Person, by: User) -> Edit[Person]:
    edit = Edit(person)
    if not edit.row.is_waiting:
        raise ValidationError("This invitation is accepted already.")
    if edit.row.user != by:
        raise PermissionDenied("An invitation is answered by whom it was sent to.")
    return edit


@transaction.atomic
def change_person(
    *,
    person: Person,
    values: PersonInput,
    expected_version: int | None = None,
    by: User | None,
) -> Person:
    """Changes what the programme says of somebody: their post and organisation and, until they
    accept, the name it typed. The name of an account is changed by its holder alone."""
    edit = Edit(person, expected_version=expected_version)
    if "name" in values and not edit.row.is_waiting:
        raise ValidationError({"name": f"{edit.row} alone changes this name."})
    edit.apply(values, PersonInput)
    return edit.save("person", by=by)


@transaction.atomic
def change_name(*, user: User, name: str, by: User) -> User:
    """Changes what somebody is called, which they alone do. It stands in the record of every
    programme that they are in."""
    if user != by:
        raise PermissionDenied("A name is changed by whose it is.")
    edit = Edit(user)
    refuse_empty("Enter your name", name=name)
    edit.set(name=name)
    before = audit.snapshot(User.objects.get(pk=user.pk), ["name"])
    if not edit.changed:
        return edit.row
    validate(edit.row)
    edit.row.save(update_fields=["name"])
    for known in edit.row.known_as.filter(accepted_at__isnull=False).select_related("programme"):
        audit.record(
            verb="person.renamed",
            obj=known,
            before=before,
            after={"name": edit.row.name},
            by=by,
        )
    return edit.row


@transaction.atomic
def assign_role(
    *, user: User, programme: Programme, values: RoleInput, by: User | None
) -> RoleAssignment:
    """Gives a user a role in a programme: a finance lead's is for an organisation, a board
    member's for a board. Raises ValidationError for a role that the user holds already."""
    edit = Edit(RoleAssignment(user=user, programme=programme))
    refuse_stranger(user, programme, field="user", ever=True)
    edit.set(person=edit.row.person)
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
        raise ValidationError({"role": f"{assignment.person} holds this role already."})


def _keep_an_administrator(assignment: RoleAssignment) -> None:
    """Refuses a change that would leave nobody to manage people once it is in force."""
    if assignment.person.is_waiting:
        return  # whoever has not accepted never managed anybody
    # Two administrators who end each other's role at the same moment wait for one another here.
    Programme.objects.select_for_update(no_key=True).get(pk=assignment.programme_id)
    still = assignment.role == Role.ADMINISTRATOR and assignment.to_day is None
    others = RoleAssignment.objects.filter(
        programme=assignment.programme,
        role=Role.ADMINISTRATOR,
        user__is_active=True,
        person__accepted_at__isnull=False,
    ).exclude(pk=assignment.pk)
    lasting = others.filter(Q(to_day__isnull=True) | Q(to_day__gt=_after(assignment)))
    if not still and not lasting.exists():
        raise ValidationError(
            "This is the programme’s last administrator. Give the role to somebody else first."
        )


def _after(assignment: RoleAssignment) -> date:
    return assignment.to_day or timezone.localdate()
