"""Making a backup, while people go on working."""

from __future__ import annotations

import tarfile
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from programme.site.backups.archive import MANIFEST, MEDIA, BackupError, Manifest, add
from programme.site.backups.databases import current


def make_backup(target: Path) -> tuple[Path, Manifest]:
    """Writes a backup to a file, or into a folder under a name with the time. Nothing is left
    behind when it fails. Raises BackupError and OSError."""
    now = datetime.now(UTC)
    if target.is_dir():
        target = target / f"portal-{now:%Y%m%dT%H%M%SZ}.tar.gz"
    if target.exists():
        raise BackupError(f"“{target}” is there already.")
    if target.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise BackupError("A backup does not lie among the files that it saves (MEDIA_ROOT).")
    database = current()
    # The folder and what is made in it are for their owner alone: they hold everything.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as work:
        dump, unfinished = Path(work, database.file), Path(work, "backup")
        rows, record = database.save(dump)
        with tarfile.open(unfinished, "w:gz", compresslevel=6) as tar:
            files = {database.file: add(tar, dump, database.file)} | _add_media(tar)
            manifest = Manifest(
                version=settings.VERSION,
                made_at=now.isoformat(timespec="seconds"),
                engine=connection.vendor,
                database=database.file,
                migrations=sorted(
                    f"{app}.{name}"
                    for app, name in MigrationRecorder(connection).applied_migrations()
                ),
                rows=rows,
                record=record,
                files=files,
            )
            text = manifest.to_json().encode()
            member = tarfile.TarInfo(MANIFEST)
            member.size = len(text)
            tar.addfile(member, BytesIO(text))
        unfinished.chmod(0o600)
        unfinished.replace(target)
    return target, manifest


def _add_media(tar: tarfile.TarFile) -> dict[str, str]:
    """All files of MEDIA_ROOT. The database was saved before: what it names was there then."""
    root = Path(settings.MEDIA_ROOT)
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = MEDIA + path.relative_to(root).as_posix()
            try:
                found[name] = add(tar, path, name)
            except FileNotFoundError:
                continue  # it went meanwhile, so that nothing names it any more
    return found
