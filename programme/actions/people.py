"""People, their invitations and their names."""

from __future__ import annotations

from types import MappingProxyType
from typing import TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from programme import audit, granting, holdings, letters
from programme.checks import refuse_empty, refuse_other_programmes
from programme.common.validation import validate
from programme.granting import RoleInput, refuse_twice
from programme.holdings import What
from programme.models import Organisation, Person, Programme, RoleAssignment, User
from programme.writing import Edit, known_values


class PersonInput(TypedDict, total=False):
    name: str
    post: str
    organisation: Organisation | None


@transaction.atomic
def invite_user(
    *,
    programme: Programme,
    email: str,
    person: PersonInput,
    role: RoleInput,
    gives: What = MappingProxyType({}),
    by: User | None,
) -> Person:
    """Invites whoever reads an address into the programme, for a role that is in force once they
    accept and it is confirmed; then they also answer for the rows that the invitation ``gives``
    (``programme.holdings``). Somebody who is in the programme already, or was invited before, is
    given the role; somebody who declined is asked once more.

    An account is made where the address has none. Nothing of one that was there is told or
    changed, so the answer is the same for both and for one that is closed. Sending the invitation
    is the caller's.
    """
    email = email.strip().lower()
    invited = Person(programme=programme, user=User.objects.of_address(email))
    known = Person.objects.of(programme).filter(user=invited.user).first()
    edit = Edit(known or invited)
    if edit.is_new:
        edit.set(email=email)
        edit.apply(person, PersonInput)
    edit.set(declined_at=None)
    given = RoleAssignment(programme=programme, user=edit.row.user, **known_values(role, RoleInput))
    edit.part("role", None, given.in_words())
    if words := holdings.given_words(programme, gives):
        edit.part("given", None, words)
    invited = edit.save("person.invited", by=by)
    refuse_twice(given)
    granting.grant(given, by=by)
    validate(given)
    refuse_other_programmes(
        programme, {"organisation": [given.organisation], "board": [given.board]}
    )
    given.save()
    holdings.give(invited, gives, by=by)
    letters.role_given(given, by=by)
    return invited


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
    """Somebody says yes to a programme: their roles are in force from now on, and they answer for
    what they were promised. ``name`` is what
    they are called, for an account that has none. Only they themselves can accept."""
    edit = _answered(person, by)
    if not edit.row.user.name:
        change_name(user=edit.row.user, name=name or edit.row.name, by=by)
        edit.row.user.refresh_from_db()
    kept = holdings.promised(edit.row)
    edit.row.promised = []
    edit.set(accepted_at=timezone.now(), declined_at=None)
    accepted = edit.save("person.accepted", by=by)
    holdings.keep_promises(accepted, kept, by=by)
    return accepted


@transaction.atomic
def decline_invitation(*, person: Person, by: User) -> Person:
    """Somebody says no to a programme. Only they themselves can."""
    edit = _answered(person, by)
    edit.row.promised = []
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
