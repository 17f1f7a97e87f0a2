"""Backup and restore, by their commands: while somebody writes, into nothing, and compared."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from programme.models import Session
from programme.site.backups import databases
from programme.site.backups.archive import MANIFEST, BackupError, Manifest, unpack
from programme.site.backups.restoring import check_backup

ROOT = Path(settings.BASE_DIR)

PREPARE = """
from django.core.management import call_command
from django.utils import timezone
from programme.models import Session, User
call_command("migrate", verbosity=0)
call_command("load_programme", "essex", verbosity=0)
Session.objects.create(session_key="x", expire_date=timezone.now(), user=User.objects.first())
"""
# Everything that every paper prints, as its bytes.
PRINT = """
import hashlib, json
from reports.models import Paper
from reports.papers import render_paper
found = {}
for paper in Paper.objects.order_by("pk"):
    for form in ("html", "json"):
        file = render_paper(paper.template, paper.period, form)
        found[file.name] = hashlib.sha256(file.content).hexdigest()
print(json.dumps(found))
"""
WRITE = """
import pathlib, sys
from programme.actions import save_board
from programme.models import Board, Programme
stop, started = map(pathlib.Path, sys.argv[1:])
other = Programme.objects.get(slug="essex")
values = dict(name="Busy", slug="busy", short_name="Busy", kind="panel")
board = save_board(board=Board(programme=other), values=values, by=None)
number = 0
while not stop.exists():
    number += 1
    board = save_board(board=board, values={"remit": str(number)}, by=None)
    started.touch()
print(number)
"""
USE = """
import pathlib, sys, time
from programme.models import Programme
left, there = map(pathlib.Path, sys.argv[1:])
Programme.objects.update(name="In use")
there.touch()
while not left.exists():
    time.sleep(0.05)
"""


@dataclass(frozen=True)
class House:
    """An installation of its own: its database and its files."""

    url: str
    media: Path

    @property
    def environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.url, "MEDIA_ROOT": str(self.media)}
        return os.environ | own | {"PORTAL_ENV": "development", "DJANGO_SETTINGS_MODULE": SETTINGS}

    def manage(self, *arguments: str | Path, status: int = 0) -> str:
        return self._run("manage.py", *arguments, status=status)

    def python(self, code: str) -> str:
        return self._run("-c", f"import django; django.setup()\n{code}")

    def start(self, code: str, *arguments: Path) -> subprocess.Popen[str]:
        code = f"import django; django.setup()\n{code}"
        command = [sys.executable, "-c", code, *arguments]
        environment = self.environment
        out = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, text=True)

    def _run(self, *arguments: str | Path, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr


SETTINGS = os.environ.get("DJANGO_SETTINGS_MODULE", "programme.site.settings")


@pytest.fixture(scope="module")
def houses(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[tuple[House, House]]:
    """One with the example and a file, and an empty one."""
    folder = tmp_path_factory.mktemp("houses")
    names = [f"backup_{os.getpid()}_{which}" for which in ("source", "target")]
    on_server = connection.vendor == "postgresql"
    if on_server:
        given = connection.settings_dict
        at = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**given)
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"CREATE DATABASE {name}")
    else:
        at = f"sqlite:///{folder}"
    source, target = (House(f"{at}/{name}", folder / f"{name}.media") for name in names)
    (source.media / "papers").mkdir(parents=True)
    (source.media / "papers" / "issued é.pdf").write_bytes(b"%PDF " * 10_000)
    source.python(PREPARE)
    yield source, target
    if on_server:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_backup_made_while_somebody_writes_is_restored_whole(houses, tmp_path):
    source, target = houses
    printed = json.loads(source.python(PRINT))
    assert len(printed) >= 4

    stop, started = tmp_path / "stop", tmp_path / "started"
    writer = source.start(WRITE, stop, started)
    try:
        until(started.exists)
        said = source.manage("backup", tmp_path / "one.tar.gz")
    finally:
        stop.touch()
        written, _ = writer.communicate(timeout=60)
    assert writer.returncode == 0
    assert int(written) > 1
    head = said.rpartition("The record's chain ends with ")[2].strip()
    assert (tmp_path / "one.tar.gz").stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one.tar.gz", "started", "stop"]

    assert "is sound" in target.manage("restore", tmp_path / "one.tar.gz", "--check")
    assert not target.media.exists()
    assert "is restored" in target.manage("restore", tmp_path / "one.tar.gz")

    assert json.loads(target.python(PRINT)) == printed
    saved = "papers/issued é.pdf"
    assert (target.media / saved).read_bytes() == (source.media / saved).read_bytes()
    assert f"Its chain ends with {head}" in target.manage("check_data", "--head", head)
    # The record went on in the source, and passes through where the backup was made.
    assert "The record: nothing is wrong." in source.manage("check_data", "--head", head)
    # Nobody who signed out since is signed in again.
    assert target.python("from programme.models import Session as S; print(S.objects.count())") == (
        "0\n"
    )

    # Nothing is replaced under somebody who is using it.
    left, there = tmp_path / "left", tmp_path / "there"
    user = target.start(USE, left, there)
    try:
        until(there.exists)
        refused = target.manage("restore", tmp_path / "one.tar.gz", "--replace", status=1)
        assert "The portal is running on this database: stop it first." in refused
    finally:
        left.touch()
        user.communicate(timeout=60)

    # What is there is not replaced unless that is said.
    (target.media / "newer.pdf").write_bytes(b"newer")
    refused = target.manage("restore", tmp_path / "one.tar.gz", status=1)
    assert "Something is stored here already." in refused
    assert (target.media / "newer.pdf").exists()
    done = target.manage("restore", tmp_path / "one.tar.gz", "--replace")
    assert "What was there before lies in" in done
    assert not (target.media / "newer.pdf").exists()
    assert list(target.media.parent.glob(f"{target.media.name}.before-*/newer.pdf"))
    # It can be written to again, and is one chain with what was restored.
    target.manage("load_programme", "essex")
    target.manage("check_data", "--head", head)


def until(happened, patience=60) -> None:
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# --- what is no backup --------------------------------------------------------------------------


@pytest.fixture
def sound(tmp_path) -> Path:
    """An archive as one is made, with next to nothing in it."""
    return make(tmp_path / "sound.tar.gz", {"database.x": b"rows", "media/a.pdf": b"file"})


def make(path: Path, members: dict[str, bytes], manifest: bytes | None = None, **said) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        files = {}
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
            files[name] = sha256(content).hexdigest()
        made = Manifest(
            version="0.1.0",
            made_at="2019-03-01T10:00:00+00:00",
            engine=connection.vendor,
            database="database.x",
            migrations=[],
            rows={},
            record="0:",
            files=files,
        )
        text = replace(made, **said).to_json().encode() if manifest is None else manifest
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))
    return path


def test_a_sound_archive_is_taken_apart(sound, tmp_path):
    manifest = unpack(sound, tmp_path / "out")
    assert set(manifest.files) == {"database.x", "media/a.pdf"}
    assert (tmp_path / "out/media/a.pdf").read_bytes() == b"file"
    assert check_backup(sound) == manifest


def test_a_file_that_is_not_what_was_saved_is_refused(tmp_path):
    wrong = {"database.x": "0" * 64}
    path = make(tmp_path / "x.tar.gz", {"database.x": b"rows"}, files=wrong)
    with pytest.raises(BackupError, match=r"“database\.x” in it is not what was saved"):
        unpack(path, tmp_path / "out")


def test_a_file_too_many_or_too_few_is_refused(tmp_path):
    path = make(tmp_path / "x.tar.gz", {"database.x": b"rows", "media/b": b""}, files={})
    with pytest.raises(BackupError, match="names no database"):
        unpack(path, tmp_path / "out")
    path = make(tmp_path / "y.tar.gz", {"media/b": b""}, files={"database.x": "0" * 64})
    with pytest.raises(BackupError, match="does not hold the files that its manifest names"):
        unpack(path, tmp_path / "out")


@pytest.mark.parametrize("name", ["../outside", "/outside", "media/../../outside"])
def test_a_file_that_lies_outside_is_refused(tmp_path, name):
    path = make(tmp_path / "x.tar.gz", {"database.x": b"", name: b"bad"})
    with pytest.raises(BackupError, match="lies outside of it"):
        unpack(path, tmp_path / "in" / "out")
    assert not (tmp_path / "outside").exists()


def test_what_is_no_backup_is_said_in_a_sentence(sound, tmp_path):
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(sound.read_bytes()[:-40])
    text = tmp_path / "text.tar.gz"
    text.write_text("nothing")
    other = make(tmp_path / "other.tar.gz", {"database.x": b""}, manifest=b"[]")
    for path in (cut, text, other, tmp_path / "missing"):
        with pytest.raises(CommandError, match=r"cannot be read"):
            call_command("restore", path, "--check")


@pytest.mark.django_db
def test_a_backup_of_another_database_or_a_newer_version_is_refused(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    other = make(tmp_path / "a.tar.gz", {"database.x": b""}, engine="oracle")
    with pytest.raises(CommandError, match="It was made of oracle"):
        call_command("restore", other)
    name = databases.current().file
    newer = make(
        tmp_path / "b.tar.gz",
        {name: b""},
        database=name,
        migrations=["programme.0001_initial", "programme.9999_later", "gone.0001_initial"],
    )
    with pytest.raises(CommandError, match=r"newer than this one: programme\.9999_later"):
        call_command("restore", newer)
    Session.objects.create(session_key="x", expire_date="2019-01-01T00:00Z")
    same = make(tmp_path / "c.tar.gz", {name: b""}, database=name)
    with pytest.raises(CommandError, match="Something is stored here already"):
        call_command("restore", same)


@pytest.mark.django_db
def test_a_backup_that_fails_leaves_nothing_behind(tmp_path, settings, monkeypatch):
    def full(self, path):
        path.write_bytes(b"half")
        raise OSError("No space left on device")

    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(type(databases.current()), "save", full)
    with pytest.raises(CommandError, match=r"No backup was made\. No space left"):
        call_command("backup", tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "there").write_text("")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", tmp_path / "there")
    with pytest.raises(CommandError, match="among the files that it saves"):
        call_command("backup", tmp_path / "media" / "one.tar.gz")
