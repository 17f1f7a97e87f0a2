"""What keeps the record in the database itself: triggers that refuse every change, and one that
chains each entry to the one before.

SQLite drops a table's triggers when a migration makes the table anew, so they are written again
after every ``migrate``; ``manage.py check_data`` says which are missing, and production does not
start without them. A migration that alters the links or the head on SQLite has to drop the entries'
chaining trigger first: SQLite refuses it, and says so.

Entries are chained in the order of commits. On PostgreSQL the chaining is deferred to the commit,
where it waits for the head's row: ids may be given in another order, and a lock that is held any
longer would make unlike transactions wait for each other's rows. On SQLite one transaction writes
at a time, so the chain grows with each entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from programme.models import AuditEntry, AuditHead, AuditLink
from programme.record_chain import sha256

ENTRY, LINK, HEAD = (model._meta.db_table for model in (AuditEntry, AuditLink, AuditHead))
REFUSAL = "The audit record cannot be changed."

# --- SQLite -----------------------------------------------------------------------------------

_ABORT = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
# "INSERT OR REPLACE" deletes what is in its way without asking the triggers for deletions.
_SQLITE = {
    f"{ENTRY}_no_update": f"BEFORE UPDATE ON {ENTRY} {_ABORT}",
    f"{ENTRY}_no_delete": f"BEFORE DELETE ON {ENTRY} {_ABORT}",
    f"{ENTRY}_no_replace": (
        f"BEFORE INSERT ON {ENTRY} WHEN EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.id) {_ABORT}"
    ),
    f"{ENTRY}_link": f"""AFTER INSERT ON {ENTRY} BEGIN
        INSERT INTO {HEAD} (id, entries, hash)
            SELECT 1, 0, '' WHERE NOT EXISTS (SELECT 1 FROM {HEAD});
        INSERT INTO {LINK} (number, entry_id, previous, hash)
            SELECT entries + 1, NEW.id, hash, portal_sha256(
                hash || ':' || (entries + 1) || ':' || NEW.id || ':' || NEW.digest
            ) FROM {HEAD};
        UPDATE {HEAD} SET entries = entries + 1,
            hash = (SELECT {LINK}.hash FROM {LINK} WHERE number = {HEAD}.entries + 1);
        END""",
    f"{LINK}_no_update": f"BEFORE UPDATE ON {LINK} {_ABORT}",
    f"{LINK}_no_delete": f"BEFORE DELETE ON {LINK} {_ABORT}",
    f"{LINK}_no_replace": (
        f"BEFORE INSERT ON {LINK} WHEN EXISTS "
        f"(SELECT 1 FROM {LINK} WHERE number = NEW.number OR entry_id = NEW.entry_id) {_ABORT}"
    ),
    f"{HEAD}_no_delete": f"BEFORE DELETE ON {HEAD} {_ABORT}",
    f"{HEAD}_no_replace": (f"BEFORE INSERT ON {HEAD} WHEN EXISTS (SELECT 1 FROM {HEAD}) {_ABORT}"),
    f"{HEAD}_grows": (
        f"BEFORE UPDATE ON {HEAD} WHEN NEW.id <> OLD.id OR NEW.entries <> OLD.entries + 1 {_ABORT}"
    ),
}

# --- PostgreSQL -------------------------------------------------------------------------------

_FUNCTIONS = {
    f"{ENTRY}_refuse": f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END",
    f"{HEAD}_grow": f"""BEGIN
        IF NEW.id <> OLD.id OR NEW.entries <> OLD.entries + 1 THEN
            RAISE EXCEPTION '{REFUSAL}';
        END IF;
        RETURN NEW;
        END""",
    f"{ENTRY}_chain": f"""DECLARE
            head {HEAD}%ROWTYPE;
            hashed text;
        BEGIN
        INSERT INTO {HEAD} (id, entries, hash) VALUES (1, 0, '') ON CONFLICT DO NOTHING;
        SELECT * INTO head FROM {HEAD} FOR UPDATE;
        hashed := encode(sha256(convert_to(
            head.hash || ':' || (head.entries + 1) || ':' || NEW.id || ':' || NEW.digest, 'UTF8'
        )), 'hex');
        INSERT INTO {LINK} (number, entry_id, previous, hash)
            VALUES (head.entries + 1, NEW.id, head.hash, hashed);
        UPDATE {HEAD} SET entries = entries + 1, hash = hashed;
        RETURN NULL;
        END""",
}
# By name: when, on which table, how, and which function.
_POSTGRESQL = {
    f"{ENTRY}_append_only": (
        f"TRIGGER {ENTRY}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {ENTRY} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {ENTRY}_refuse()"
    ),
    f"{ENTRY}_link": (
        f"CONSTRAINT TRIGGER {ENTRY}_link AFTER INSERT ON {ENTRY} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW EXECUTE FUNCTION {ENTRY}_chain()"
    ),
    f"{LINK}_append_only": (
        f"TRIGGER {LINK}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {LINK} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {ENTRY}_refuse()"
    ),
    f"{HEAD}_stays": (
        f"TRIGGER {HEAD}_stays BEFORE DELETE OR TRUNCATE ON {HEAD} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {ENTRY}_refuse()"
    ),
    f"{HEAD}_grows": (
        f"TRIGGER {HEAD}_grows BEFORE UPDATE ON {HEAD} FOR EACH ROW EXECUTE FUNCTION {HEAD}_grow()"
    ),
}
_TABLES = {
    name: next(table for table in (ENTRY, LINK, HEAD) if name.startswith(f"{table}_"))
    for name in (*_SQLITE, *_POSTGRESQL)
}
_ENABLED = ("O", "A")


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Writes the guards that are missing or are not what they should be."""
    connection = connections[using]
    broken = set(missing(using))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in broken:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} {_SQLITE[name]}")
            return
        for name, body in _FUNCTIONS.items():
            if name in broken:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
                    f"LANGUAGE plpgsql AS $${body}$$"
                )
        for name, definition in _POSTGRESQL.items():
            if name in broken:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_TABLES[name]}")
                cursor.execute(f"CREATE {definition}")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the guards that the database does not have, has switched off, or has otherwise."""
    connection = connections[using]
    with connection.cursor() as cursor:
        look = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
        return sorted(look(cursor))


def flaws(using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """The same in sentences."""
    for name in missing(using):
        yield (
            f"The guard “{name}” is missing, off, or not as it was made: the record can be "
            f"changed. “manage.py migrate” writes it again."
        )


def _on_sqlite(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    stored = dict(cursor.fetchall())
    for name, definition in _SQLITE.items():
        if stored.get(name, "").split() != f"CREATE TRIGGER {name} {definition}".split():
            yield name


def _on_postgresql(cursor: Any) -> Iterator[str]:
    cursor.execute(
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    stored = dict(cursor.fetchall())
    for name, body in _FUNCTIONS.items():
        if stored.get(name) != body:
            yield name
    cursor.execute(
        "SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgrelid = ANY (%s::regclass[])",
        [[ENTRY, LINK, HEAD]],
    )
    found = {name: (enabled, definition) for name, enabled, definition in cursor.fetchall()}
    for name, definition in _POSTGRESQL.items():
        enabled, stored_as = found.get(name, ("", ""))
        if enabled not in _ENABLED or _words(stored_as) != _words(f"CREATE {definition}"):
            yield name


def _words(definition: str) -> list[str]:
    """A definition as PostgreSQL says it, whatever the schema and the order of the verbs."""
    return sorted(re.sub(r" ON \w+\.", " ON ", definition).split())


def give_sha256(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """SQLite cannot hash by itself; its trigger calls this function of the connection."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("portal_sha256", 1, sha256, deterministic=True)


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Of ``post_migrate``: the tables are there in their last form."""
    if ENTRY in connections[using].introspection.table_names():
        install(using)


connection_created.connect(give_sha256)
