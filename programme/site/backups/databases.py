"""What differs between the two databases: how one is saved whole, and how it is put back."""

from __future__ import annotations

import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, ConnectionHandler, connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils import timezone

from programme.models import AuditHead
from programme.site.backups.archive import BackupError

_HEAD = AuditHead._meta.db_table


class Database(ABC):
    """One kind of database. ``file`` is the name of its dump in a backup."""

    file: str

    @abstractmethod
    def save(self, path: Path) -> tuple[dict[str, int], str]:
        """Writes all of the database as it is at one moment, while others write; returns how many
        rows each table had then, and how the record's chain ended."""

    @abstractmethod
    def refuse_use(self) -> None:
        """Raises BackupError while anybody else is connected."""

    @abstractmethod
    def put_back(self, path: Path) -> str:
        """Replaces the database by what ``save`` wrote, as a whole or not at all. Returns where
        what was there before lies now, if anywhere."""


class SQLite(Database):
    file = "database.sqlite3"

    def save(self, path: Path) -> tuple[dict[str, int], str]:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return self._look(path)

    def refuse_use(self) -> None:
        if connection.is_in_memory_db():
            raise BackupError("The portal is set up for a database in memory.")
        connection.ensure_connection()  # the last to leave takes the write-ahead log along
        connection.close()
        if Path(f"{self._path}-wal").exists():
            raise BackupError("The portal is running on this database: stop it first.")

    def put_back(self, path: Path) -> str:
        self._look(path)
        had_tables = bool(connection.introspection.table_names())
        connection.close()
        before = f"{self._path}.before-{timezone.localtime():%Y%m%d%H%M%S}" if had_tables else ""
        if before:
            shutil.copy2(self._path, before)
        beside = self._path.with_name(f".{self._path.name}.restoring")
        shutil.copyfile(path, beside)
        beside.replace(self._path)
        return before

    @property
    def _path(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    def _look(self, path: Path) -> tuple[dict[str, int], str]:
        """Through Django, whose functions the tables' checks call."""
        settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
        stored = ConnectionHandler({DEFAULT_DB_ALIAS: settings})[DEFAULT_DB_ALIAS]
        try:
            with stored.cursor() as cursor:
                (sound,) = cursor.execute("PRAGMA integrity_check").fetchone()
                if sound != "ok":
                    raise BackupError(f"The database in it is damaged: {sound}.")
                head = cursor.execute(f"SELECT entries, hash FROM {_HEAD}").fetchone() or (0, "")
            return counts(stored), f"{head[0]}:{head[1]}"
        finally:
            stored.close()


class PostgreSQL(Database):
    file = "database.pgdump"

    def save(self, path: Path) -> tuple[dict[str, int], str]:
        # One transaction sees one moment, and lends it to pg_dump.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            rows = counts()
            head = str(AuditHead.objects.first() or AuditHead(entries=0))
            _run(
                *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
                *(f"--snapshot={snapshot}", f"--file={path}"),
            )
        return rows, head

    def refuse_use(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if cursor.fetchone()[0]:
                raise BackupError("The portal is running on this database: stop it first.")

    def put_back(self, path: Path) -> str:
        script = path.with_suffix(".sql")
        _run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            f"--file={script}",
            str(path),
            offline=True,
        )
        connection.close()
        # Out with the old and in with the new in one transaction: all of it, or nothing.
        _run(
            *("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--output=/dev/null"),
            *("--set=ON_ERROR_STOP=1", f"--command={_EMPTY}", f"--file={script}"),
        )
        return ""


_EMPTY = """
DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE %I CASCADE', each.name);
    END LOOP;
    FOR each IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
        AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', each.name);
    END LOOP;
END $$
"""


def current() -> Database:
    """The database that the portal is set up for."""
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def counts(on: Any = connection) -> dict[str, int]:
    """How many rows each table has."""
    found = {}
    with on.cursor() as cursor:
        for table in on.introspection.table_names():
            cursor.execute(f"SELECT count(*) FROM {on.ops.quote_name(table)}")
            found[table] = int(cursor.fetchone()[0])
    return found


def is_empty() -> bool:
    """Whether nothing is stored but what ``migrate`` makes."""
    own = ("programme_", "projects_", "finance_", "reports_")
    return not any(rows for table, rows in counts().items() if table.startswith(own))


def _run(program: str, *arguments: str, offline: bool = False) -> None:
    """One of PostgreSQL's own programs, connected to the portal's database unless ``offline``."""
    settings = connection.settings_dict
    command, secrets = DatabaseClient.settings_to_cmd_args_env(settings, list(arguments))
    command = [program, *(arguments if offline else command[1:])]
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing: install PostgreSQL's client programs.")
    done = subprocess.run(
        command, env=os.environ | (secrets or {}), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-2_000:]}")
