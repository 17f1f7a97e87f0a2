"""``manage.py backup``: everything that is stored, in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from programme.management.base import StoredCommand
from programme.site.backups.archive import BackupError
from programme.site.backups.making import make_backup


class Command(StoredCommand):
    help = (
        "Write the database and all files of MEDIA_ROOT, as they are at one moment, to one file "
        "with a manifest, while people go on working. The file holds everything: keep it safe."
    )
    advice = (
        "Make the backup with the version of the portal that the database is of, or run: "
        "manage.py migrate"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="A file to write, or a folder to write to.")

    def handle(self, *args: Any, target: Path, **options: Any) -> None:
        try:
            path, manifest = make_backup(target)
        except (BackupError, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from problem
        rows, files = sum(manifest.rows.values()), len(manifest.files) - 1
        self.stdout.write(
            f"{path}: {rows} rows in {len(manifest.rows)} tables, {files} files.\n"
            f"The record's chain ends with {manifest.record}"
        )
