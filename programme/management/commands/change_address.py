"""``manage.py change_address``: another address for an account.

Both addresses are told, and every programme of the account has it on record.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from programme.actions import change_address
from programme.management.base import StoredCommand
from programme.models import User


class Command(StoredCommand):
    help = "Change the address that somebody signs in with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("before", help="The address that the account has.")
        parser.add_argument("email", help="The one that it gets.")

    def handle(self, *args: Any, before: str, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=before).first()
        if user is None:
            raise CommandError(f"There is no account with the address {before}.")
        try:
            user = change_address(user=user, email=email, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"The account signs in with {user.email} now. Both addresses are told.")
