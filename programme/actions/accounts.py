"""Accounts as a whole: closed and opened again by a programme, and the address that they sign in
with."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from programme import audit, granting, letters
from programme.checks import refuse_empty
from programme.models import Person, RoleAssignment, Session, User
from programme.writing import Edit, locked


@transaction.atomic
def close_account(
    *, person: Person, reason: str, expected_version: int | None = None, by: User | None
) -> Person:
    """Closes somebody's account in a programme: their roles end at once and they are signed out
    everywhere. Nobody can sign in with it any more once every programme that knows them has closed
    it, so that none decides for another, nor learns of it. A programme keeps an administrator."""
    refuse_empty("Say why the account is closed", reason=reason)
    edit = Edit(person, expected_version=expected_version)
    edit.refuse_stale()
    if edit.row.is_waiting:
        raise ValidationError("The invitation is not accepted: end the role instead.")
    if edit.row.closed_at is not None:
        raise ValidationError(f"The account of {edit.row} is closed already.")
    if by is not None and edit.row.user == by:
        raise ValidationError("Nobody closes their own account: ask somebody else to do it.")
    user, programme = edit.row.user, edit.row.programme
    held = RoleAssignment.objects.filter(programme=programme, user=user)
    if any(granting.is_administrator_now(each) for each in held):
        granting.keep_an_administrator(programme, without=user)
    today = timezone.localdate()
    open_roles = held.filter(Q(to_day__isnull=True) | Q(to_day__gte=today))
    edit.part("roles", [each.in_words() for each in open_roles] or None, None)
    edit.set(closed_at=timezone.now())
    edit.note(reason=reason.strip())
    _end(open_roles)
    closed = edit.save("person.closed", by=by)
    letters.account_closed(closed)
    locked(user)
    runs_portal = user.administers_portal or user.is_staff or user.is_superuser
    if not _known_openly(user, person) and not runs_portal:
        User.objects.filter(pk=user.pk).update(is_active=False)
    Session.objects.filter(user=user).delete()
    return closed


@transaction.atomic
def reopen_account(
    *, person: Person, expected_version: int | None = None, by: User | None
) -> Person:
    """Opens an account again that the programme closed. Its roles are not given back: somebody
    gives them anew."""
    edit = Edit(person, expected_version=expected_version)
    edit.refuse_stale()
    if edit.row.closed_at is None:
        raise ValidationError(f"The account of {edit.row} is not closed.")
    if by is not None and edit.row.user == by:
        raise ValidationError("Nobody opens their own account: ask somebody else to do it.")
    edit.set(closed_at=None)
    if not _known_openly(edit.row.user, person):
        User.objects.filter(pk=edit.row.user_id).update(is_active=True)
    return edit.save("person.reopened", by=by)


@transaction.atomic
def change_address(*, user: User, email: str, by: User | None) -> User:
    """Changes the address that somebody signs in with, in the record of every programme they are
    in. Both addresses are told, and whoever is signed in is signed out."""
    email = email.strip().lower()
    validate_email(email)
    account = locked(user)
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": "There is an account with this address already."})
    before = account.email
    account.email = email
    account.save(update_fields=["email"])
    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    Session.objects.filter(user=account).delete()
    known = account.known_as.filter(accepted_at__isnull=False).select_related("programme")
    for one in [*known] or [account]:
        audit.record(
            verb="person.address_changed",
            obj=one,
            before={"email": before},
            after={"email": email},
            by=by,
        )
    letters.address_changed(account, before)
    return account


def _known_openly(user: User, person: Person) -> bool:
    """Whether a programme other than the person's counts on the account: it is in it or invited."""
    others = user.known_as.filter(closed_at__isnull=True, declined_at__isnull=True)
    return others.exclude(pk=person.pk).exists()


def _end(roles: QuerySet[RoleAssignment]) -> None:
    """Ends roles at once; one that has not begun never will."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for role in list(roles):
        from_day = role.from_day and min(role.from_day, yesterday)
        RoleAssignment.objects.filter(pk=role.pk).update(
            from_day=from_day, to_day=yesterday, version=F("version") + 1
        )
