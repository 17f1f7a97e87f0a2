"""A whole installation in one file, and back: the database, the files, and a manifest by which both
are held to what they were."""

from programme.site.backups.archive import BackupError, Manifest
from programme.site.backups.making import make_backup
from programme.site.backups.restoring import check_backup, restore_backup

__all__ = ["BackupError", "Manifest", "check_backup", "make_backup", "restore_backup"]
