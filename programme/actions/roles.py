"""The roles that people hold: given, confirmed by a second person, changed, ended."""

from __future__ import annotations

import copy
from datetime import date
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme import access, granting, holdings, letters
from programme.checks import refuse_after_its_end, refuse_stranger
from programme.granting import RoleInput, refuse_twice
from programme.holdings import What
from programme.models import Programme, RoleAssignment, User
from programme.writing import Edit


@transaction.atomic
def assign_role(
    *,
    user: User,
    programme: Programme,
    values: RoleInput,
    gives: What = MappingProxyType({}),
    by: User | None,
) -> RoleAssignment:
    """Gives a user a role in a programme: a finance lead's is for an organisation, a board
    member's for a board. With it they answer for the rows that it ``gives``
    (``programme.holdings``). That of an administrator or a finance lead takes effect once a second
    person confirms it. Raises ValidationError for a role that the user holds already, and for one
    that somebody gives themselves."""
    edit = Edit(RoleAssignment(user=user, programme=programme))
    refuse_stranger(user, programme, field="user", ever=True)
    edit.set(person=edit.row.person)
    edit.apply(values, RoleInput)
    refuse_twice(edit.row)
    begins = edit.row.from_day or timezone.localdate()
    refuse_after_its_end(edit.row.board, board=begins)
    granting.grant(edit.row, by=by)
    if words := holdings.given_words(programme, gives):
        edit.part("given", None, words)
    given = edit.save("role.assigned", by=by)
    holdings.give(given.person, gives, by=by)
    letters.role_given(given, by=by)
    return given


@transaction.atomic
def confirm_role(
    *, assignment: RoleAssignment, expected_version: int | None = None, by: User
) -> RoleAssignment:
    """Puts a role in force that waits for a second person: somebody who manages people, and neither
    gave the role nor gets it."""
    edit = Edit(assignment, expected_version=expected_version)
    edit.refuse_stale()
    access.require(by, "people.manage", edit.row.programme)
    problem = granting.why_not_confirm(edit.row, by)
    if problem:
        raise ValidationError(problem)
    edit.set(confirmed_by=by, confirmed_at=timezone.now())
    confirmed = edit.save("role.confirmed", by=by)
    letters.role_confirmed(confirmed, by=by)
    return confirmed


@transaction.atomic
def change_role(
    *,
    assignment: RoleAssignment,
    values: RoleInput,
    expected_version: int | None = None,
    by: User | None,
) -> RoleAssignment:
    """Changes the role, its organisation, board or days. One that reaches further than it did is
    given anew, and so waits for a second person again. A programme keeps an administrator."""
    edit = Edit(assignment, expected_version=expected_version)
    before = copy.copy(edit.row)
    edit.apply(values, RoleInput)
    refuse_twice(edit.row)
    if not edit.changed:
        return edit.row
    edit.refuse_stale()
    widened = granting.widens(before, edit.row)
    if widened:
        granting.grant(edit.row, by=by)
    if granting.is_administrator_now(before):
        granting.keep_an_administrator(edit.row.programme, changed=edit.row)
    changed = edit.save("role.changed", by=by)
    letters.role_changed(before, changed, widened=widened, by=by)
    return changed


@transaction.atomic
def end_role(
    *,
    assignment: RoleAssignment,
    to_day: date,
    expected_version: int | None = None,
    by: User | None,
) -> RoleAssignment:
    """Ends a role after its last day; yesterday ends it at once. A role that had not begun by then
    was never in force, and none is prolonged in this way. A programme keeps an administrator."""
    edit = Edit(assignment, expected_version=expected_version)
    edit.refuse_stale()
    if edit.row.to_day and to_day > edit.row.to_day:
        raise ValidationError({"to_day": f"This role ends on {edit.row.to_day:%-d %B %Y} already."})
    was_administrator = granting.is_administrator_now(edit.row)
    edit.set(to_day=to_day)
    if edit.row.from_day and edit.row.from_day > to_day:
        edit.set(from_day=to_day)
    if was_administrator:
        granting.keep_an_administrator(edit.row.programme, changed=edit.row)
    is_new = bool(edit.changed)
    ended = edit.save("role.ended", by=by)
    if is_new:
        letters.role_ended(ended, by=by)
    return ended
