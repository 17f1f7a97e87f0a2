"""``manage.py invite``: an account with a role, for whoever is the first in a programme.

Everybody after them is invited on the page of people and their roles.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.urls import reverse

from programme.actions import invite_user
from programme.management.base import StoredCommand
from programme.models import Board, Organisation, Programme, RoleAssignment

Row = TypeVar("Row", Programme, Organisation, Board)


class Command(StoredCommand):
    help = "Give somebody a role in a programme, and an account where they have none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--programme", required=True, help="Such as essex.")
        parser.add_argument("--role", required=True, choices=RoleAssignment.Role.values)
        parser.add_argument("--organisation", help="For which body, by its name in addresses.")
        parser.add_argument("--board", help="For which board, such as pr-scrutiny.")
        parser.add_argument("--name", default="", help="How the portal calls them.")

    def handle(
        self,
        *args: Any,
        email: str,
        programme: str,
        role: str,
        organisation: str | None,
        board: str | None,
        name: str,
        **options: Any,
    ) -> None:
        into = _named("programme", programme, Programme.objects.all())
        body = _named("organisation", organisation, Organisation.objects.of(into))
        seat = _named("board", board, Board.objects.of(into))
        try:
            person = invite_user(
                programme=into,
                email=email,
                person={"name": name} if name else {},
                role={"role": role, "organisation": body, "board": seat},
                by=None,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if not person.is_waiting:
            self.stdout.write(f"{person.email} has the role in {into}.")
            return
        self.stdout.write(f"{person.email} is invited to {into}.")
        if not person.user.has_usable_password():
            page = reverse("account_reset_password")
            self.stdout.write(f"They choose a password by asking for a new one at {page}.")
        page = reverse("account_invitations")
        self.stdout.write(f"The role is in force once they accept at {page}.")


def _named(what: str, slug: str | None, rows: QuerySet[Row]) -> Row | None:
    """The row with a slug; None where none was asked for. Raises ``CommandError`` with what there
    is."""
    if slug is None:
        return None
    row = rows.filter(slug=slug).first()
    if row is None:
        known = ", ".join(sorted(rows.values_list("slug", flat=True))) or "none"
        raise CommandError(f"There is no {what} “{slug}”. There are: {known}.")
    return row
