"""A programme as a file: what is exported loads, into an empty portal, as an equal programme."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from programme.models import Programme
from reports import programme_file

pytestmark = pytest.mark.django_db

APPS = ("programme", "projects", "finance", "reports")
FILES = [
    programme_file.FOLDER / "essex.yaml",
    *sorted((Path(settings.BASE_DIR) / "tests" / "data").glob("*.yaml")),
]
NOT_CARRIED = {
    "programme.AuditEntry": "the record is the portal's",
    "programme.AuditLink": "the record is the portal's",
    "programme.AuditHead": "the record is the portal's",
    "programme.Draft": "somebody's, and soon gone",
    "programme.SentForm": "somebody's, and soon gone",
    "programme.Session": "somebody's, and soon gone",
    "reports.Issue": "issued papers are the portal's, with who issued them",
    "reports.RenderedFile": "made from papers again",
}
"""Models whose rows no file holds, and why."""
NOT_SAID = {"id", "programme", "version", "created_at", "updated_at"}
SINCE_LOADED = {
    "programme.User": {"date_joined", "last_login", "password"},
    "programme.Person": {"accepted_at"},
    "programme.RoleAssignment": {"confirmed_at"},
}
"""Fields of example accounts that tell when and how they were loaded."""


class Undone(Exception):
    """Raised to undo what was loaded."""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def stored() -> dict[str, list[str]]:
    """All that the tables hold of programmes, rows without their keys: each says of what it
    refers to what that says of itself."""
    known: dict[tuple[str, Any], str] = {}

    def words(row: models.Model) -> str:
        label = row._meta.label
        if (label, row.pk) not in known:
            left_out = NOT_SAID | SINCE_LOADED.get(label, set())
            said = []
            for field in row._meta.concrete_fields:
                if field.name not in left_out:
                    value = getattr(row, field.name)
                    said.append(
                        (field.name, words(value) if isinstance(value, models.Model) else value)
                    )
            for link in row._meta.many_to_many:
                said.append((link.name, sorted(map(words, getattr(row, link.name).all()))))
            known[label, row.pk] = repr(said)
        return known[label, row.pk]

    carried = [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if model._meta.label not in NOT_CARRIED
    ]
    return {model._meta.label: sorted(map(words, model._base_manager.all())) for model in carried}


def loaded(path: Path) -> Programme:
    programme, _ = programme_file.load(path)
    return Programme.objects.get(pk=programme.pk)


def carried(programme: Programme, path: Path) -> tuple[str, dict[str, list[str]]]:
    """Exports a programme to ``path``: the text, and what the tables held."""
    text = programme_file.export(programme)
    path.write_text(text, encoding="utf-8")
    return text, stored()


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_what_is_exported_loads_as_an_equal_programme(file: Path, tmp_path: Path) -> None:
    with undone():
        text, before = carried(loaded(file), tmp_path / "exported.yaml")
    assert not Programme.objects.exists()
    again, after = carried(loaded(tmp_path / "exported.yaml"), tmp_path / "again.yaml")
    assert after == before
    assert again == text
