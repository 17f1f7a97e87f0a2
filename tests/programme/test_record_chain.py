"""The record's chain and its guards: whatever is done to the record is refused, and noticed when
somebody who owns the database does it all the same."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from programme import audit, record_chain, record_guards
from programme.models import AuditEntry, AuditLink
from programme.record_guards import ENTRY, HEAD, LINK
from programme.site import safeguards
from tests.builders import make_period, make_user

pytestmark = pytest.mark.django_db

SQLITE = connection.vendor == "sqlite"
OF_SQLITE = pytest.mark.skipif(not SQLITE, reason="a way around the guards that SQLite has")
OF_POSTGRESQL = pytest.mark.skipif(SQLITE, reason="a way around the guards that PostgreSQL has")


@pytest.fixture
def entries() -> list[AuditEntry]:
    """Three entries, chained as at a commit."""
    period, by = make_period(), make_user()
    found = [
        audit.record(
            verb="period.opened", obj=period, before={}, after={"n": number, "x": 1.5}, by=by
        )
        for number in range(3)
    ]
    connection.check_constraints()
    return found


def check(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_data", *arguments, stdout=out)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue()
    return 0, out.getvalue()


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def without_guards(*statements: str) -> None:
    """As somebody who owns the database: the guards off, the change, the guards on again."""
    if SQLITE:
        run(*(f"DROP TRIGGER {name}" for name in record_guards._SQLITE))
        run(*statements)
    else:
        tables = (ENTRY, LINK, HEAD)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(*(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables))
        run(*statements)
        run(*(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables))
    record_guards.install()


# --- sound --------------------------------------------------------------------------------------


def test_each_entry_is_chained_to_the_one_before(entries):
    links = list(AuditLink.objects.order_by("number"))
    assert [one.number for one in links] == [1, 2, 3]
    assert [one.entry_id for one in links] == [entry.pk for entry in entries]
    assert [one.previous for one in links] == ["", links[0].hash, links[1].hash]
    for one, entry in zip(links, entries, strict=True):
        assert entry.digest == record_chain.digest(AuditEntry.objects.get(pk=entry.pk))
        assert one.hash == record_chain.link(one.previous, one.number, entry.pk, entry.digest)
    assert record_chain.head() == f"3:{links[-1].hash}"
    status, said = check()
    assert status == 0
    assert said.startswith(
        f"The record: nothing is wrong.\n  Its chain ends with 3:{links[-1].hash}\n"
    )


def test_what_an_entry_holds_is_hashed_as_the_database_gives_it_back():
    odd = {2: 1e16, "a": [1, None, True, {"b": 0.1, "é": "“…”\n"}], "day": make_period().as_at}
    entry = audit.record(verb="a.b", obj=make_period(), before=odd, after={}, by=None)
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert record_chain.digest(stored) == entry.digest
    assert stored.before["a"][3] == {"b": "0.1", "é": "“…”\n"}


def test_an_empty_record_is_sound():
    assert check() == (0, "The record: nothing is wrong.\n  Its chain ends with 0:\n")


# --- refused ------------------------------------------------------------------------------------

COLUMNS = (
    "id, at, actor_label, verb, object_type, object_id, object_label, "
    "before, after, correlation_id, digest"
)
COPY = f"SELECT {COLUMNS} FROM {ENTRY} WHERE id = (SELECT max(id) FROM {ENTRY})"
REFUSED = {
    "update": f"UPDATE {ENTRY} SET verb = 'nothing.happened'",
    "delete": f"DELETE FROM {ENTRY}",
    "update a link": f"UPDATE {LINK} SET hash = ''",
    "delete a link": f"DELETE FROM {LINK}",
    "set the head back": f"UPDATE {HEAD} SET entries = entries - 1",
    "another hash for the head": f"UPDATE {HEAD} SET hash = ''",
    "delete the head": f"DELETE FROM {HEAD}",
}
REFUSED_BY_SQLITE = {
    "replace": f"INSERT OR REPLACE INTO {ENTRY} ({COLUMNS}) {COPY}",
    "replace by updating": f"UPDATE OR REPLACE {ENTRY} SET id = id + 1",
    "replace a link": f"INSERT OR REPLACE INTO {LINK} SELECT number, entry_id, '', '' FROM {LINK}",
    "replace a link by its entry": (
        f"INSERT OR REPLACE INTO {LINK} SELECT number + 9, entry_id, '', '' FROM {LINK}"
    ),
    "replace the head": f"INSERT OR REPLACE INTO {HEAD} SELECT id, 1, '' FROM {HEAD}",
}
REFUSED_BY_POSTGRESQL = {
    "truncate": f"TRUNCATE {ENTRY} CASCADE",
    "truncate the chain": f"TRUNCATE {LINK}",
    "insert or update": (
        f"INSERT INTO {ENTRY} ({COLUMNS}) {COPY} ON CONFLICT (id) DO UPDATE SET verb = 'x.y'"
    ),
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(entries, statement):
    refuses(statement)


@OF_SQLITE
@pytest.mark.parametrize("statement", REFUSED_BY_SQLITE.values(), ids=REFUSED_BY_SQLITE)
def test_sqlite_refuses(entries, statement):
    refuses(statement)


@OF_POSTGRESQL
@pytest.mark.parametrize("statement", REFUSED_BY_POSTGRESQL.values(), ids=REFUSED_BY_POSTGRESQL)
def test_postgresql_refuses(entries, statement):
    refuses(statement)


def refuses(statement: str) -> None:
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        run(statement)
    assert check()[0] == 0


# --- noticed ------------------------------------------------------------------------------------

TAMPERED = {
    "changed": (
        [f"UPDATE {ENTRY} SET verb = 'nothing.happened' WHERE id = (SELECT min(id) FROM {ENTRY})"],
        "does not say what was recorded: it was changed.",
    ),
    "changed when": (
        [f"UPDATE {ENTRY} SET at = '2001-01-01 00:00:00' WHERE id = (SELECT max(id) FROM {ENTRY})"],
        "does not say what was recorded: it was changed.",
    ),
    "changed what it holds": (
        [f"""UPDATE {ENTRY} SET after = '{{"n": 7}}'"""],
        "does not say what was recorded: it was changed.",
    ),
    "another digest": (
        [f"UPDATE {ENTRY} SET digest = 'a' WHERE id = (SELECT min(id) FROM {ENTRY})"],
        "does not have the hash that it was chained with.",
    ),
    "one taken out": (
        [
            f"DELETE FROM {LINK} WHERE number = 2",
            f"DELETE FROM {ENTRY} WHERE id NOT IN (SELECT entry_id FROM {LINK})",
        ],
        "Entry number 2 is gone.",
    ),
    "the last taken out": (
        [
            f"DELETE FROM {LINK} WHERE number = 3",
            f"DELETE FROM {ENTRY} WHERE id NOT IN (SELECT entry_id FROM {LINK})",
        ],
        "The chain ends with entry number 2, but it had 3: the last ones were taken out.",
    ),
    "all taken out": (
        [f"DELETE FROM {LINK}", f"DELETE FROM {ENTRY}"],
        "The chain ends with entry number 0, but it had 3: the last ones were taken out.",
    ),
    "the head set back": (
        [f"UPDATE {HEAD} SET entries = 2"],
        "The chain has 3 entries, but its head says 2.",
    ),
    "another head": (
        [f"UPDATE {HEAD} SET hash = 'a'"],
        "At entry number 3 the chain is not the one that its head was made of.",
    ),
    "a head without anything": ([f"DELETE FROM {HEAD}"], "its head says 0."),
    "a link moved": (
        [f"UPDATE {LINK} SET previous = 'a' WHERE number = 2"],
        "does not follow the entry before it: the chain is broken there.",
    ),
    "one slipped in": (
        [
            f"INSERT INTO {ENTRY} ({COLUMNS}) SELECT 999, {COLUMNS[4:]} FROM {ENTRY} "
            f"WHERE id = (SELECT max(id) FROM {ENTRY})"
        ],
        "is not in the chain: it was written past the guards.",
    ),
}


@pytest.mark.parametrize(("statements", "sentence"), TAMPERED.values(), ids=TAMPERED)
def test_whatever_is_done_past_the_guards_is_noticed(entries, statements, sentence):
    without_guards(*statements)
    status, said = check()
    assert status == 1
    assert sentence in said
    assert record_guards.missing() == []


def test_a_chain_made_anew_is_noticed_by_whoever_kept_its_head(entries):
    kept = record_chain.head()
    assert check("--head", kept)[0] == 0
    last = AuditLink.objects.order_by("number").last()
    entry = AuditEntry.objects.get(pk=last.entry_id)
    entry.verb = "nothing.happened"
    digest = record_chain.digest(entry)
    hashed = record_chain.link(last.previous, 3, entry.pk, digest)
    without_guards(
        f"UPDATE {ENTRY} SET verb = 'nothing.happened', digest = '{digest}' WHERE id = {entry.pk}",
        f"UPDATE {LINK} SET hash = '{hashed}' WHERE number = 3",
        f"UPDATE {HEAD} SET hash = '{hashed}'",
    )
    assert check()[0] == 0
    status, said = check("--head", kept)
    assert status == 1
    assert "the chain is not the one that the head that was kept was made of." in said
    assert check("--head", f"9:{'a' * 64}")[0] == 1


def test_a_head_that_is_none_is_refused():
    with pytest.raises(CommandError, match="1234:9f86d081"):
        check("--head", "nonsense")


def test_a_guard_that_is_missing_off_or_another_is_noticed(entries, settings):
    connection.check_constraints()
    names = record_guards._SQLITE if SQLITE else record_guards._POSTGRESQL
    for name in names:
        table = record_guards._TABLES[name]
        run(f"DROP TRIGGER {name}" + ("" if SQLITE else f" ON {table}"))
        assert record_guards.missing() == [name]
        status, said = check()
        assert status == 1
        assert f"The guard “{name}” is missing" in said
        settings.PRODUCTION = True
        with pytest.raises(ImproperlyConfigured, match="guards of its record"):
            safeguards.refuse_what_is_stored()
        record_guards.install()
        assert record_guards.missing() == []


@OF_SQLITE
def test_a_guard_of_the_same_name_that_guards_nothing_is_noticed(entries):
    name = f"{ENTRY}_no_update"
    run(
        f"DROP TRIGGER {name}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {ENTRY} BEGIN SELECT 1; END",
    )
    assert record_guards.missing() == [name]


@OF_POSTGRESQL
def test_a_guard_that_is_switched_off_or_refuses_nothing_is_noticed(entries):
    run("SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {LINK} DISABLE TRIGGER {LINK}_append_only")
    assert record_guards.missing() == [f"{LINK}_append_only"]
    run(f"ALTER TABLE {LINK} ENABLE TRIGGER {LINK}_append_only")
    run(
        f"CREATE OR REPLACE FUNCTION {ENTRY}_refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS $$BEGIN RETURN NULL; END$$"
    )
    assert record_guards.missing() == [f"{ENTRY}_refuse"]
    record_guards.install()
    assert record_guards.missing() == []


@OF_SQLITE
def test_a_migration_that_makes_the_table_anew_does_not_leave_it_unguarded(entries):
    """SQLite drops a table's triggers with the table; ``migrate`` ends with post_migrate."""
    run(
        f"CREATE TABLE anew AS SELECT * FROM {ENTRY}",
        *(f"DROP TRIGGER {name}" for name in record_guards._SQLITE if f"{ENTRY}_no" in name),
    )
    assert record_guards.missing()
    call_command("migrate", verbosity=0)
    assert record_guards.missing() == []
