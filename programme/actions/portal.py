"""The portal as a whole: who administers it, and the programmes that they set up."""

from __future__ import annotations

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from programme import access, audit, letters
from programme.common.slugs import FIRST_WORDS, LONGEST, RESERVED, free_slug
from programme.common.validation import validate
from programme.models import Person, Programme, RoleAssignment, User
from programme.writing import Edit, locked

FIRST_ROLES = (RoleAssignment.Role.ADMINISTRATOR, RoleAssignment.Role.OFFICE)
"""What whoever sets a programme up is in it: there is nobody else yet who could invite them."""


class NewProgrammeInput(TypedDict, total=False):
    slug: str
    name: str
    short_name: str
    financial_year_start_month: int
    calendar: str
    default_marking: str


@transaction.atomic
def create_programme(*, values: NewProgrammeInput, by: User) -> Programme:
    """Makes a programme in which nothing is set up yet. Whoever makes it is its administrator and
    its office, at once: in it there is nobody else who could confirm them. A word for addresses
    that is left out is made from the short name."""
    access.require_portal(by)
    edit = Edit(Programme())
    edit.apply(values, NewProgrammeInput)
    if not edit.row.slug:
        taken = {*Programme.objects.values_list("slug", flat=True), *FIRST_WORDS}
        edit.set(slug=free_slug(edit.row.short_name, taken, longest=LONGEST))
    if edit.row.slug in FIRST_WORDS | RESERVED:
        raise ValidationError({"slug": "The portal needs this word for pages of its own."})
    edit.part("roles", None, [str(role.label) for role in FIRST_ROLES])
    programme = edit.save("programme", by=by)
    now = timezone.now()
    person = Person(programme=programme, user=by, email=by.email, name=by.name, accepted_at=now)
    held = [
        RoleAssignment(user=by, programme=programme, role=role, confirmed_at=now)
        for role in FIRST_ROLES
    ]
    for row in (person, *held):
        validate(row)
        row.save()
    return programme


@transaction.atomic
def appoint_portal_administrator(*, email: str, by: User | None) -> User:
    """Lets whoever reads an address administer the portal, and makes them an account where there
    is none; an account that was closed stays so. They see no programme but those that give them a
    role. The way to choose a password is
    the caller's to send."""
    if by is not None:
        access.require_portal(by)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            {"email": "Enter an e-mail address in the form name@example.org"}
        ) from None
    user = locked(User.objects.of_address(email))
    if not user.is_active:
        raise ValidationError(
            {
                "email": f"The account of {email} is closed. A programme that knows it opens it "
                "again first; or give another address."
            }
        )
    if user.administers_portal:
        return user
    user.administers_portal = True
    user.save(update_fields=["administers_portal"])
    _record("account.portal_given", user, was=False, by=by)
    letters.portal_given(user, by=by)
    return user


@transaction.atomic
def dismiss_portal_administrator(*, user: User, by: User) -> User:
    """Takes the administration of the portal from somebody; their roles in programmes stay. The
    portal keeps an administrator."""
    access.require_portal(by)
    # Two who take it from each other at the same moment wait for one another here.
    holding = User.objects.select_for_update().filter(administers_portal=True, is_active=True)
    held = {each.pk for each in holding.order_by("pk")}
    if user.pk not in held:
        raise ValidationError(f"{user.email} does not administer the portal.")
    if held == {user.pk}:
        raise ValidationError("This is the portal’s last administrator. Add another one first.")
    row = locked(user)
    row.administers_portal = False
    row.save(update_fields=["administers_portal"])
    _record("account.portal_taken", row, was=True, by=by)
    letters.portal_taken(row, by=by)
    return row


def _record(verb: str, user: User, *, was: bool, by: User | None) -> None:
    audit.record(
        verb=verb,
        obj=user,
        before={"administers_portal": was},
        after={"administers_portal": not was, "email": user.email},
        by=by,
    )
