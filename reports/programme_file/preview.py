"""What a file would do to a programme, shown before it does it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.models import Programme, User
from programme.programme_file.loading import Altered, Loading
from programme.programme_file.yamlfile import decode
from reports.programme_file.load import load_entry


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file adds, changes, takes away and withdraws, and what it does not name and stays;
    every row by its name."""

    added: tuple[str, ...]
    altered: tuple[Altered, ...]
    removed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    left: tuple[str, ...]
    unchanged: int

    @classmethod
    def of(cls, loading: Loading) -> Preview:
        return cls(
            added=tuple(loading.added),
            altered=tuple(loading.altered),
            removed=tuple(loading.removed),
            withdrawn=tuple(loading.withdrawn),
            left=tuple(loading.left),
            unchanged=loading.unchanged,
        )

    @property
    def does_nothing(self) -> bool:
        return not (self.added or self.altered or self.removed or self.withdrawn)

    @property
    def digest(self) -> str:
        """Stands for all that a reader was shown."""
        said = [
            self.added,
            [(each.words, each.fields) for each in self.altered],
            self.removed,
            self.withdrawn,
        ]
        return sha256(json.dumps(said).encode()).hexdigest()


def preview(*, stored: bytes, name: str, programme: Programme, by: User) -> Preview:
    """What the file would do, of which nothing is kept. Raises YamlError with all that is wrong."""
    with transaction.atomic():
        loading = _loaded(stored, name, programme, by)
        transaction.set_rollback(True)
    return Preview.of(loading)


def load_as_shown(
    *, stored: bytes, name: str, programme: Programme, digest: str, by: User
) -> Preview:
    """Loads a file that a reader was shown the preview of. Raises YamlError, and ValidationError
    where it would do something else by now; then nothing is loaded."""
    with transaction.atomic():
        done = Preview.of(_loaded(stored, name, programme, by))
        if done.digest != digest:
            raise ValidationError(
                "The programme changed since you were shown what this file would do. Nothing was "
                "loaded; look at what it would do now."
            )
    return done


def _loaded(stored: bytes, name: str, programme: Programme, by: User) -> Loading:
    _, loading = load_entry(decode(stored, name), name, only=programme, told=True, by=by)
    return loading
