"""The file of a backup: a tar with a manifest, a dump of the database and all of MEDIA_ROOT."""

from __future__ import annotations

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

MANIFEST = "manifest.json"
MEDIA = "media/"
_PIECE = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made or restored; the text says why, in a sentence for an operator."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``files`` gives each member's SHA-256, ``rows`` the number of rows of
    each table, ``migrations`` what was applied, ``record`` how the record's chain ended."""

    version: str
    made_at: str
    engine: str
    database: str
    migrations: list[str]
    rows: dict[str, int]
    record: str
    files: dict[str, str]

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        try:
            manifest = cls(**json.loads(text))
        except (ValueError, TypeError) as problem:
            raise BackupError(f"Its manifest cannot be read: {problem}.") from problem
        if not isinstance(manifest.files, dict) or manifest.database not in manifest.files:
            raise BackupError("Its manifest names no database.")
        return manifest


def add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    """Puts a file into the archive under a name; returns the SHA-256 of what went in."""
    member = tar.gettarinfo(str(path), name)
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    with path.open("rb") as file:
        hashing = _Hashing(file)
        tar.addfile(member, hashing)
    return hashing.digest.hexdigest()


def unpack(archive: Path, folder: Path) -> Manifest:
    """Takes an archive apart into a folder, and holds every file to its SHA-256 on the way.

    Nothing is written but what the manifest names. Raises BackupError.
    """
    try:
        with tarfile.open(archive) as tar:
            members = {member.name: member for member in tar}
            manifest = Manifest.from_json(_read(tar, members, MANIFEST))
            if set(members) != {*manifest.files, MANIFEST}:
                raise BackupError("It does not hold the files that its manifest names.")
            for name, expected in manifest.files.items():
                if digest_into(_open(tar, members, name), folder / _safe(name)) != expected:
                    raise BackupError(f"“{name}” in it is not what was saved.")
    except (OSError, EOFError, tarfile.TarError) as problem:
        raise BackupError(f"“{archive}” cannot be read as a backup: {problem}.") from problem
    return manifest


def digest_into(source: IO[bytes], path: Path) -> str:
    """Copies to a file; returns the SHA-256 of what was copied."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _read(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], name: str) -> bytes:
    return _open(tar, members, name).read()


def _open(tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo], name: str) -> IO[bytes]:
    member = members.get(name)
    file = tar.extractfile(member) if member is not None and member.isfile() else None
    if file is None:
        raise BackupError(f"It has no file “{name}”: this is no backup of the portal.")
    return file


def _safe(name: str) -> PurePosixPath:
    """The name, if it stays in its folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise BackupError(f"It holds “{name}”, which lies outside of it.")
    return path


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece
