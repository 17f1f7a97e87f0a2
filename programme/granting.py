"""Rules of giving roles: nobody gives themselves one, the powerful ones need a second person, and a
programme keeps an administrator."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from programme.common import formats
from programme.models import Board, Organisation, Person, Programme, RoleAssignment, User
from programme.models.people import RoleAssignmentQuerySet

Role = RoleAssignment.Role


class RoleInput(TypedDict, total=False):
    role: str
    organisation: Organisation | None
    board: Board | None
    from_day: date | None
    to_day: date | None


def grant(assignment: RoleAssignment, *, by: User | None) -> None:
    """Marks a role that is given or widened: it waits for a second person where it needs one. What
    a command gives is confirmed, which is how a programme gets its first administrator.

    Raises ValidationError for a role of one's own, and for somebody whose account is closed or who
    declined the invitation.
    """
    if by is not None and assignment.user == by:
        raise ValidationError(
            "Nobody gives themselves a role, or widens or prolongs their own. Ask somebody else "
            f"who manages people in {assignment.programme}."
        )
    if Person.objects.filter(pk=assignment.person.pk, closed_at__isnull=False).exists():
        raise ValidationError(
            f"The account of {assignment.person} is closed. Open it again before you give a role."
        )
    if Person.objects.filter(pk=assignment.person.pk, declined_at__isnull=False).exists():
        raise ValidationError(
            f"{assignment.person} declined the invitation. Send it again before you give a role."
        )
    waits = by is not None and assignment.needs_second_person
    assignment.granted_by = by
    assignment.confirmed_by = None
    assignment.confirmed_at = None if waits else timezone.now()


def refuse_twice(assignment: RoleAssignment) -> None:
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


def widens(before: RoleAssignment, after: RoleAssignment) -> bool:
    """Whether a role reaches further than it did: another one, for another body, begun earlier or
    over later."""
    same = ("role", "organisation_id", "board_id")
    if any(getattr(before, name) != getattr(after, name) for name in same):
        return True
    earlier = before.from_day and (after.from_day is None or after.from_day < before.from_day)
    later = before.to_day and (after.to_day is None or after.to_day > before.to_day)
    return bool(earlier or later)


def why_not_confirm(assignment: RoleAssignment, by: User) -> str:
    """Why somebody who manages people cannot confirm a role; empty where they can."""
    if assignment.confirmed_at is not None:
        return "This role is confirmed already."
    if assignment.to_day and assignment.to_day < timezone.localdate():
        return "This role is over."
    if assignment.person.declined_at is not None:
        return f"{assignment.person} declined the invitation, so there is no role to confirm."
    if by.pk == assignment.user_id:
        return "This role is yours: somebody else confirms it."
    if by.pk == assignment.granted_by_id:
        return "You gave this role: a second person who manages people confirms it."
    return ""


def why_not_yet(assignment: RoleAssignment) -> str:
    """What a role waits for that its holder said yes to, as they read it."""
    waits = []
    if assignment.confirmed_at is None:
        waits.append("waits for a second person’s confirmation")
    if assignment.from_day and assignment.from_day > timezone.localdate():
        waits.append(f"begins on {formats.day(assignment.from_day)}")
    of = assignment.organisation or assignment.board
    role = assignment.get_role_display().lower() + (f" for {of}" if of else "")
    return f"{assignment.programme}: your role of {role} {' and '.join(waits)}."


def holders(assignment: RoleAssignment) -> list[User]:
    """Who else holds the same role now: of a finance lead, for the same body."""
    held = RoleAssignment.objects.current().filter(
        programme=assignment.programme, role=assignment.role, user__is_active=True
    )
    if assignment.organisation_id:
        held = held.filter(organisation=assignment.organisation)
    return list(User.objects.filter(role_assignments__in=held).exclude(pk=assignment.user_id))


def is_administrator_now(assignment: RoleAssignment) -> bool:
    """Whether a stored role makes its holder an administrator today."""
    return _administrators(assignment.programme).filter(pk=assignment.pk).exists()


def keep_an_administrator(
    programme: Programme, *, without: User | None = None, changed: RoleAssignment | None = None
) -> None:
    """Refuses what would leave nobody to manage people: an account that closes (``without``), or a
    role of an administrator of today as it will be (``changed``). Only those who are accepted,
    confirmed and in force now count. Raises ValidationError."""
    # Two administrators who end each other's role at the same moment wait for one another here.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    today = timezone.localdate()
    others = _administrators(programme)
    ends: date | None = today
    if without is not None:
        others = others.exclude(user=without)
    if changed is not None:
        others = others.exclude(pk=changed.pk)
        in_force = (
            changed.role == Role.ADMINISTRATOR
            and changed.confirmed_at is not None
            and (changed.from_day is None or changed.from_day <= today)
        )
        ends = changed.to_day if in_force else today
    if ends is None:
        return
    if not others.filter(Q(to_day__isnull=True) | Q(to_day__gt=max(ends, today))).exists():
        raise ValidationError(
            "This is the programme’s last administrator. Give the role to somebody else first, "
            "and have it confirmed."
        )


def _administrators(programme: Programme) -> RoleAssignmentQuerySet:
    return RoleAssignment.objects.current().filter(
        programme=programme, role=Role.ADMINISTRATOR, user__is_active=True
    )
