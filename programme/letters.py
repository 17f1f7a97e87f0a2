"""Letters about accounts and roles, sent once what they tell of is stored.

A letter that cannot be sent stops nothing: why not is in the log. They name a role, a programme and
who did it, and hold no link, so that a false one is known by its link.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from programme import granting
from programme.models import Person, RoleAssignment, User

logger = logging.getLogger(__name__)


def role_given(assignment: RoleAssignment, *, by: User | None) -> None:
    """Tells whoever gets a role in a programme that they are in, and those who hold one of much
    power already. An invitation has a letter of its own."""
    _about_role(assignment, f"You are given the role of {assignment.in_words()}.", by)
    _tell_holders(assignment, f"{assignment.person} is given the role of {assignment.in_words()}")


def role_confirmed(assignment: RoleAssignment, *, by: User) -> None:
    """Tells the same people that it is in force."""
    _about_role(assignment, f"Your role of {assignment.in_words()} is confirmed.", by)
    told = f"The role of {assignment.in_words()} of {assignment.person} is confirmed"
    _tell_holders(assignment, told)


def role_changed(
    before: RoleAssignment, assignment: RoleAssignment, *, widened: bool, by: User | None
) -> None:
    """Tells whose role is changed what it was and is; where it reaches further, those who hold it
    already too."""
    now = f"{assignment.in_words()}{_days(assignment)}"
    was = f"{before.in_words()}{_days(before)}"
    _about_role(assignment, f"Your role is changed. It was: {was}. It is: {now}.", by)
    if widened:
        _tell_holders(assignment, f"{assignment.person} is given the role of {now}")


def role_ended(assignment: RoleAssignment, *, by: User | None) -> None:
    """Tells whose role it was on which day it ends."""
    ends = f"Your role of {assignment.in_words()} ends. Its last day: {_day(assignment.to_day)}."
    _about_role(assignment, ends, by)


def account_closed(person: Person) -> None:
    """Tells somebody that a programme closed their account."""
    _post("account_closed", [person.user.email], programme=person.programme)


def address_changed(user: User, before: str) -> None:
    """Tells both addresses of an account that one took the place of the other."""
    _post("address_changed", [before, user.email], before=before, now=user.email)


def portal_given(user: User, *, by: User | None) -> None:
    """Tells somebody, and those who do already, that they administer the portal."""
    others = User.objects.filter(administers_portal=True, is_active=True).exclude(pk=user.pk)
    told = others.values_list("email", flat=True)
    _post("portal", [user.email], said="You administer the portal from now on.", by=by)
    _post("portal", told, said=f"{user.email} administers the portal from now on.", by=by)


def portal_taken(user: User, *, by: User | None) -> None:
    """Tells somebody that they do not administer the portal any more."""
    _post("portal", [user.email], said="You do not administer the portal any more.", by=by)


def _about_role(assignment: RoleAssignment, said: str, by: User | None) -> None:
    if assignment.person.is_waiting or not assignment.user.is_active:
        return
    _post(
        "role",
        [assignment.user.email],
        programme=assignment.programme,
        said=said,
        by=by,
        waits=assignment.confirmed_at is None,
    )


def _tell_holders(assignment: RoleAssignment, said: str) -> None:
    if assignment.needs_second_person:
        _post(
            "holders",
            [each.email for each in granting.holders(assignment)],
            programme=assignment.programme,
            said=said,
            by=assignment.granted_by,
            confirmed_by=assignment.confirmed_by,
            waits=assignment.confirmed_at is None,
        )


def _days(assignment: RoleAssignment) -> str:
    said = f", from {_day(assignment.from_day)}" if assignment.from_day else ""
    return said + (f", until {_day(assignment.to_day)}" if assignment.to_day else "")


def _day(day: Any) -> str:
    return f"{day:%-d %B %Y}"


def _post(template: str, to: Iterable[str], **context: Any) -> None:
    """Sends one letter to each address, once the transaction holds."""
    addresses = list(dict.fromkeys(to))

    def send() -> None:
        subject = render_to_string(f"programme/letters/{template}_subject.txt", context).strip()
        body = render_to_string(f"programme/letters/{template}.txt", context)
        for address in addresses:
            try:
                send_mail(" ".join(subject.split()), body, None, [address])
            except (OSError, SMTPException):
                logger.exception("No letter “%s”", template)

    transaction.on_commit(send)
