"""``manage.py restore``: a backup in place of what is stored here."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programme.site.backups.archive import BackupError
from programme.site.backups.restoring import check_backup, restore_backup


class Command(BaseCommand):
    help = (
        "Put a backup into an empty database and an empty MEDIA_ROOT. It is held to its manifest "
        "before anything is touched, and what was restored is held to it after."
    )
    requires_system_checks: list[str] = []  # of a database that is about to be replaced

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="What “manage.py backup” wrote.")
        parser.add_argument("--check", action="store_true", help="Look at it and touch nothing.")
        parser.add_argument(
            "--replace", action="store_true", help="Also where something is stored already."
        )

    def handle(self, *args: Any, file: Path, check: bool, replace: bool, **options: Any) -> None:
        kept: list[str] = []
        try:
            if check:
                manifest = check_backup(file)
            else:
                manifest, kept = restore_backup(file, replace=replace)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"It could not be restored: {problem}") from problem
        done = "is sound" if check else "is restored"
        self.stdout.write(
            f"The backup of {manifest.made_at}, made with version {manifest.version}, {done}: "
            f"{sum(manifest.rows.values())} rows, {len(manifest.files) - 1} files.\n"
            f"The record's chain ends with {manifest.record}"
        )
        for each in kept:
            self.stdout.write(f"What was there before lies in {each}")
        if not check:
            self.stdout.write("Now run “manage.py migrate” and “manage.py check_data”, then start.")
