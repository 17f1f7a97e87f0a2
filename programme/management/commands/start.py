"""`manage.py start`: what bin/run does once everything is installed."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from programme.models import Person, Programme


class Command(BaseCommand):
    """Tables up to date, the example in an empty database, then Django's server on this machine."""

    help = "Migrate, load the example into an empty database, and serve on this machine."
    requires_system_checks: list[str] = []  # runserver makes them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "This command is for trying the portal out. In production run "
                "“manage.py migrate” and a server such as “gunicorn programme.site.wsgi”."
            )
        # The server starts itself a second time to watch for changed files.
        if os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
            self.prepare()
            self.announce(port)
        call_command("runserver", f"127.0.0.1:{port}", skip_checks=False)

    def prepare(self) -> None:
        """Bring the tables up to date and load the example when no programme is stored."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Bringing the database up to date …")
            call_command("migrate", verbosity=0, interactive=False)
        if not Programme.objects.exists():
            self.stdout.write("Loading the example programme …")
            call_command("load_programme", "essex")

    def announce(self, port: int) -> None:
        """Say where the portal is and who can sign in."""
        self.stdout.write(f"\nThe portal is at http://127.0.0.1:{port}/ (stop it with Ctrl-C)")
        if folder := getattr(settings, "EMAIL_FILE_PATH", None):
            self.stdout.write(f"Letters that it sends are put into {folder}")
        accounts = dict(
            Person.objects.filter(
                user__is_example=True, user__is_active=True, accepted_at__isnull=False
            )
            .order_by("user__email", "pk")
            .values_list("user__email", "post")
        )
        if accounts:
            self.stdout.write(f"Example accounts, password “{settings.EXAMPLE_PASSWORD}”:")
            width = max(map(len, accounts))
            for email, post in accounts.items():
                self.stdout.write(f"  {email:<{width}}  {post}".rstrip())
        self.stdout.write("")
        self.stdout.flush()
