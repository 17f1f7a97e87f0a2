"""A programme as a file: what is exported loads, into an empty portal, as an equal programme."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, models, transaction

from programme.models import Programme, User
from projects.models import Rating
from projects.steps import UpdateStep
from reports import programme_file
from reports.builtin import BUILTINS
from reports.models import (
    Paper,
    PaperRecommendation,
    PaperSection,
    PaperTemplate,
    RenderedFile,
    TemplateSection,
)
from reports.papers import render_paper
from tests.action_cases import CASES, Case, World
from tests.test_actions import ACTIONS

pytestmark = pytest.mark.django_db

APPS = ("programme", "projects", "finance", "reports")
FILES = [
    programme_file.FOLDER / "essex.yaml",
    *sorted((Path(settings.BASE_DIR) / "tests" / "data").glob("*.yaml")),
]
SMALL = Path(settings.BASE_DIR) / "tests" / "data" / "small.yaml"
NOT_CARRIED = {
    "programme.AuditEntry": "the record is the portal's",
    "programme.AuditLink": "the record is the portal's",
    "programme.AuditHead": "the record is the portal's",
    "programme.Draft": "somebody's, and soon gone",
    "programme.SentForm": "somebody's, and soon gone",
    "programme.Session": "somebody's, and soon gone",
    "projects.Reminder": "letters are the portal's, with whom they went to",
    "projects.ReminderLine": "letters are the portal's, with whom they went to",
    "reports.Issue": "issued papers are the portal's, with who issued them",
    "reports.RenderedFile": "made from papers again",
}
"""Models whose rows no file holds, and why."""
NOT_SAID = {"id", "programme", "version", "created_at", "updated_at"}
NOT_SAID |= {step.column for step in UpdateStep}
SINCE_LOADED = {
    "programme.User": {"date_joined", "last_login", "password"},
    "programme.Person": {"accepted_at"},
    "programme.RoleAssignment": {"confirmed_at"},
}
"""Fields of example accounts that tell when and how they were loaded."""


OF_ACCOUNTS = {f"programme.actions.{name}" for name in ("people", "accounts", "portal")}


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


def carried(programme: Programme, path: Path) -> tuple[str, dict[str, list[str]], list[bytes]]:
    """Exports a programme to ``path``: the text, what the tables held, and its papers as data."""
    text = programme_file.export(programme)
    path.write_text(text, encoding="utf-8")
    papers = Paper.objects.of(programme).order_by("period__as_at", "template__slug")
    return (
        text,
        stored(),
        [render_paper(row.template, row.period, "json").content for row in papers],
    )


def exported(*arguments: str) -> str:
    out = StringIO()
    call_command("export_programme", *arguments, stdout=out)
    return out.getvalue()


def do(name: str, case: Case, world: World) -> None:
    """Does what a case does; in a programme of its own where what others did stands in its way."""
    try:
        given = case.given(world)  # rows that the world keeps, whatever becomes of the action
        with transaction.atomic():
            ACTIONS[name](**given, by=world.office)
    except (ValidationError, ObjectDoesNotExist, IntegrityError):
        world = World()
        ACTIONS[name](**case.given(world), by=world.office)


def forget_what_no_page_makes() -> None:
    """Sets right what tests make of nothing: templates that are not built in, reasons left out."""
    Rating.objects.filter(level__needs_reason=True, reason="").update(reason="It is late.")
    made_up = PaperTemplate.objects.exclude(slug__in=BUILTINS)
    papers = Paper.objects.filter(template__in=made_up)
    for rows in (PaperSection, PaperRecommendation, RenderedFile):
        rows.objects.filter(paper__in=papers).delete()
    papers.delete()
    TemplateSection.objects.filter(template__in=made_up).delete()
    made_up.delete()


def without_accounts(held: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without accounts, some of which no file holds: who was asked and has not accepted."""
    accounts = {"programme.User", "programme.Person", "programme.RoleAssignment"}
    return {label: rows for label, rows in held.items() if label not in accounts}


ON_BOTH_ENGINES = "small"
"""A file with one of everything: the larger ones say nothing more of a second database."""


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(
            path, id=path.stem, marks=() if path.stem == ON_BOTH_ENGINES else pytest.mark.one_engine
        )
        for path in FILES
    ],
)
def test_what_is_exported_loads_as_an_equal_programme(file: Path, tmp_path: Path) -> None:
    with undone():
        text, before, papers = carried(loaded(file), tmp_path / "exported.yaml")
    assert not Programme.objects.exists()
    again, after, printed = carried(loaded(tmp_path / "exported.yaml"), tmp_path / "again.yaml")
    assert after == before
    assert printed == papers
    assert again == text


def test_what_is_switched_off_is_carried(tmp_path: Path) -> None:
    """Every switch of every row: one that begins as on, and one of which nothing may be said."""
    with undone():
        programme = loaded(SMALL)
        PaperSection.objects.update(withheld_ground="Schedule 12A, paragraph 3")
        switched = 0
        for model in (each for app in APPS for each in apps.get_app_config(app).get_models()):
            if model._meta.label in {*NOT_CARRIED, "programme.User"}:
                continue
            for field in model._meta.concrete_fields:
                if isinstance(field, models.BooleanField) and field.get_default() is not False:
                    switched += model._base_manager.update(**{field.name: False})
        assert switched > 3
        programme.refresh_from_db()
        text, before, papers = carried(programme, tmp_path / "exported.yaml")
    again, after, printed = carried(loaded(tmp_path / "exported.yaml"), tmp_path / "again.yaml")
    assert after == before
    assert (again, printed) == (text, papers)
    assert not Programme.objects.get().keeps_money


@pytest.mark.one_engine
def test_what_actions_write_is_carried(tmp_path: Path) -> None:
    """Programmes in which whatever can be done was done."""
    with undone():
        lived_in = World()
        for name, cases in CASES.items():
            for case in cases:
                if ACTIONS[name].__module__ not in OF_ACCOUNTS:
                    do(name, case, lived_in)
        forget_what_no_page_makes()
        User.objects.update(is_example=True)
        texts = {each.slug: programme_file.export(each) for each in Programme.objects.all()}
        before = stored()
    for slug, text in texts.items():
        (tmp_path / slug).write_text(text, encoding="utf-8")
        loaded(tmp_path / slug)
    assert {each.slug: programme_file.export(each) for each in Programme.objects.all()} == texts
    assert without_accounts(stored()) == without_accounts(before)


def test_a_programme_that_ended_is_carried_and_its_set_up_begins_one_that_has_not(
    tmp_path: Path,
) -> None:
    programme = loaded(SMALL)
    Programme.objects.update(ended_on=date(2019, 3, 1), end_reason="All is done.")
    programme.refresh_from_db()
    text = programme_file.export(programme)
    assert "ended_on: 2019-03-01" in text
    assert "ended_on" not in programme_file.export(programme, only_set_up=True).split("boards:")[0]
    Programme.objects.update(ended_on=None, end_reason="")
    (tmp_path / "ended.yaml").write_text(text, encoding="utf-8")
    programme = loaded(tmp_path / "ended.yaml")
    assert (programme.ended_on, programme.end_reason) == (date(2019, 3, 1), "All is done.")
    assert programme_file.export(loaded(tmp_path / "ended.yaml")) == text


def test_the_command_writes_a_file_that_loads(tmp_path: Path) -> None:
    programme = loaded(SMALL)
    path = tmp_path / "out.yaml"
    assert exported("small", str(path)) == f"Small Programme is written to {path}.\n"
    assert exported("small") == path.read_text(encoding="utf-8") == programme_file.export(programme)
    _, loading = programme_file.load(path)
    assert (loading.made, loading.changed, loading.removed) == (0, 0, [])
    with pytest.raises(CommandError, match="There is no programme “essex”. There are: small."):
        exported("essex")
    with pytest.raises(CommandError, match="cannot be written"):
        exported("small", str(tmp_path / "none" / "out.yaml"))


def test_the_set_up_alone_begins_another_programme(tmp_path: Path) -> None:
    loaded(SMALL)
    text = exported("small", "--set-up")
    path = tmp_path / "other.yaml"
    path.write_text(text.replace("slug: small", "slug: other", 1), encoding="utf-8")
    other = loaded(path)
    assert [each.slug for each in other.stages.all()] == ["pilot", "delivery", "closed"]
    assert not other.projects.exists()
    assert not other.periods.exists()
    assert not other.role_assignments.exists()
