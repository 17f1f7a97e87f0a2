"""Putting a backup back: everything is looked at before anything is touched, and again after."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from programme import record_chain, record_guards
from programme.models import Session
from programme.site.backups.archive import MEDIA, BackupError, Manifest, unpack
from programme.site.backups.databases import counts, current, is_empty


def check_backup(archive: Path) -> Manifest:
    """Takes a backup apart, holds it to its manifest, and touches nothing. Raises BackupError."""
    with tempfile.TemporaryDirectory(prefix="portal-check-") as work:
        return unpack(archive, Path(work))


def restore_backup(archive: Path, *, replace: bool) -> tuple[Manifest, list[str]]:
    """Puts a backup in place of an empty installation, or of any with ``replace``. Returns its
    manifest and where what was there before lies now. Raises BackupError."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=".restore-") as work:
        manifest = unpack(archive, Path(work))
        database = current()
        _refuse_what_does_not_fit(manifest, database.file)
        if not replace and not (is_empty() and not any(root.iterdir())):
            raise BackupError(
                "Something is stored here already. Make a backup of it, and restore with "
                "--replace to put this one in its place."
            )
        database.refuse_use()
        kept = [database.put_back(Path(work, manifest.database))]
        kept.append(_put_files_back(Path(work, MEDIA), root))
    _verify(manifest)
    # Who signed out since must not be signed in again.
    Session.objects.all().delete()
    if settings.CACHES["default"].get("LOCATION") in connection.introspection.table_names():
        cache.clear()
    return manifest, [each for each in kept if each]


def _refuse_what_does_not_fit(manifest: Manifest, file: str) -> None:
    if manifest.engine != connection.vendor or manifest.database != file:
        raise BackupError(
            f"It was made of {manifest.engine}, and the portal is set up for {connection.vendor}."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    own = ("programme.", "projects.", "finance.", "reports.")
    newer = sorted(set(manifest.migrations) - known)
    newer = [each for each in newer if each.startswith(own)]
    if newer:
        raise BackupError(
            f"It was made with version {manifest.version}, which is newer than this one: "
            f"{newer[0]} is not known here."
        )


def _put_files_back(folder: Path, root: Path) -> str:
    before = ""
    if any(root.iterdir()):
        aside = root.with_name(f"{root.name}.before-{timezone.localtime():%Y%m%d%H%M%S}")
        aside.mkdir()
        for path in list(root.iterdir()):
            shutil.move(path, aside / path.name)
        before = str(aside)
    if folder.is_dir():
        for path in list(folder.iterdir()):
            shutil.move(path, root / path.name)
    return before


def _verify(manifest: Manifest) -> None:
    stored = counts()
    wrong = [
        f"{table} has {stored.get(table, 0)} rows, and had {manifest.rows.get(table, 0)}."
        for table in sorted({*stored, *manifest.rows})
        if stored.get(table) != manifest.rows.get(table)
    ]
    wrong += [*record_guards.flaws(), *record_chain.flaws(manifest.record)]
    if wrong:
        raise BackupError("What was restored is not what was saved: " + " ".join(wrong))
