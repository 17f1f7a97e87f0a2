"""What the commands share that read or write what is stored."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from programme.common.formats import count


class StoredCommand(BaseCommand):
    """A command that needs the tables as they are now: over others it says so, and does nothing.
    ``advice`` is what to do then."""

    advice = "Run: manage.py migrate"

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Raises CommandError where the database has not been migrated."""
        executor = MigrationExecutor(connection)
        if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            number = count(len(waiting), "migration")
            raise CommandError(f"The database is not ready: {number} to make first. {self.advice}")
        output: str | None = super().execute(*args, **options)
        return output
