"""What a new programme can begin with: nothing, a preset, the set-up of another one, or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.actions import create_programme
from programme.common import formats
from programme.models import Programme, RoleAssignment, User
from programme.programme_file.yamlfile import Entry, YamlError, decode, parse, read
from reports.programme_file import export, load_entry

FOLDER = Path(__file__).parent / "presets"
MOST_PROBLEMS = 20
"""How many of a file's problems a page says at once."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A programme file that holds set-up alone: ``name`` and ``hint`` say what it is for."""

    slug: str
    name: str
    hint: str

    @property
    def file(self) -> Entry:
        return read(FOLDER / f"{self.slug}.yaml")


@cache
def presets() -> Mapping[str, Preset]:
    """The presets that come with the portal, by the word that addresses have for them."""
    return {path.stem: _preset(path) for path in sorted(FOLDER.glob("*.yaml"))}


def _preset(path: Path) -> Preset:
    top = _top(read(path))
    return Preset(path.stem, str(top.text("name")), str(top.text("summary")))


def copyable(user: User) -> list[Programme]:
    """The programmes whose set-up somebody may begin another one with: those they administer."""
    held = RoleAssignment.objects.current().filter(
        user=user, role=RoleAssignment.Role.ADMINISTRATOR
    )
    return list(Programme.objects.filter(pk__in=held.values("programme")))


def begin_with_preset(*, preset: Preset, values: Mapping[str, Any], by: User) -> Programme:
    """A programme with the set-up of a preset."""
    return _begin_with(preset.file, preset.slug, values=values, by=by)


def begin_with_copy(*, source: Programme, values: Mapping[str, Any], by: User) -> Programme:
    """A programme with the set-up of another one; nothing that happened there comes along."""
    file = f"set-up of {source.short_name}"
    return _begin_with(parse(export(source, only_set_up=True), file), file, values=values, by=by)


def begin_with_file(*, stored: bytes, name: str, values: Mapping[str, str], by: User) -> Programme:
    """The programme that a file holds, all of it or nothing. ``values`` stand in the place of its
    own name, short name and word for addresses. Raises ValidationError with each problem and its
    line."""
    with said_of_the_file():
        file = decode(stored, name)
        top = _top(file)
        top.give(**values)
        own = {key: str(top.text(key)) for key in ("slug", "name", "short_name")}
        with transaction.atomic():
            made = create_programme(values=own, by=by)
            load_entry(file, name, begins=True, by=by)
    made.refresh_from_db()
    return made


def _begin_with(file: Entry, name: str, *, values: Mapping[str, Any], by: User) -> Programme:
    with transaction.atomic():
        made = create_programme(values=values, by=by)
        _top(file).give(
            slug=made.slug, vision="", summary="", **{key: str(values[key]) for key in _GIVEN}
        )
        load_entry(file, name, begins=True, by=by)
    made.refresh_from_db()
    return made


_GIVEN = ("name", "short_name", "financial_year_start_month", "calendar", "default_marking")
"""What the form says in the place of a preset or of the programme that is copied."""


def _top(file: Entry) -> Entry:
    top = file.entry("programme")
    if top is None:
        raise file.problem("'programme' is missing")
    return top


@contextmanager
def said_of_the_file() -> Iterator[None]:
    """What is wrong in a file, as what is said beside the field that it was chosen in."""
    try:
        yield
    except YamlError as error:
        said = list(error.problems[:MOST_PROBLEMS])
        more = len(error.problems) - len(said)
        if more:
            said.append(f"… and {formats.count(more, 'problem', 'problems')} more")
        raise ValidationError({"file": said}) from error
