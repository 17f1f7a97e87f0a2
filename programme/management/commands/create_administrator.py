"""``manage.py create_administrator``: the first account of a portal. Whoever it is for signs in and
sets up programmes; everything else happens in the browser."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from programme.actions import appoint_portal_administrator
from programme.common import formats
from programme.management.base import StoredCommand
from programme.site.invitations import password_path


class Command(StoredCommand):
    help = "Let somebody administer the portal, and print the link by which they choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--at",
            default="",
            help="Where the portal is reached, such as https://portal.example; else its first "
            "host of ALLOWED_HOSTS.",
        )

    def handle(self, *args: Any, email: str, at: str, **options: Any) -> None:
        try:
            user = appoint_portal_administrator(email=email, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.email} administers the portal.")
        if user.has_usable_password():
            self.stdout.write("They sign in with the password that they have, or choose another:")
        else:
            self.stdout.write("They choose a password with this link:")
        self.stdout.write(f"\n  {(at or _address()).rstrip('/')}{password_path(user)}\n")
        days = formats.count(settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60), "day", "days")
        self.stdout.write(f"It works once, for {days}. Run the command again for another.")


def _address() -> str:
    """Where the portal is reached, as far as its settings tell."""
    if settings.PRODUCTION:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return "http://127.0.0.1:8000"
