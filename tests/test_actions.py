"""Every public action of every app: what it leaves in the audit record, and what it does not."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from programme import audit
from programme.models import AuditEntry, Programme
from programme.writing import StaleVersion
from tests.action_cases import CASES, Case, World

APPS = ("programme", "projects", "finance", "reports")

ALL = [
    pytest.param(name, case, id=f"{name}-{case.verb}")
    for name, cases in CASES.items()
    for case in cases
]


def public_actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The functions that an app's actions offer, by app and name."""
    for app in APPS:
        module = importlib.import_module(f"{app}.actions")
        below = [info.name for info in pkgutil.iter_modules(getattr(module, "__path__", []))]
        for each in [module, *(importlib.import_module(f"{app}.actions.{name}") for name in below)]:
            for name, function in inspect.getmembers(each, inspect.isfunction):
                if function.__module__ == each.__name__ and not name.startswith("_"):
                    yield f"{app}.{name}", function


ACTIONS = dict(public_actions())


@pytest.fixture
def world(db) -> World:
    return World()


def entries_since(count: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.order_by("pk")[count:])


def test_every_public_action_has_a_case_and_every_case_an_action():
    assert sorted(CASES) == sorted(ACTIONS)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_an_action_takes_keywords_only_and_its_actor_last(name):
    parameters = list(inspect.signature(ACTIONS[name]).parameters.values())
    assert all(each.kind is inspect.Parameter.KEYWORD_ONLY for each in parameters)
    assert parameters[-1].name == "by"
    assert parameters[-1].default is inspect.Parameter.empty
    assert ACTIONS[name].__doc__


@pytest.mark.parametrize(("name", "case"), ALL)
def test_an_action_leaves_exactly_one_entry(world, name, case):
    given, office = case.given(world), world.office
    count = AuditEntry.objects.count()

    ACTIONS[name](**given, by=office)

    (entry,) = entries_since(count)
    assert entry.verb == case.verb
    assert entry.actor == office
    assert entry.programme == case.programme(world)
    assert {key: entry.before.get(key) for key in case.before} == dict(case.before)
    assert {key: entry.after.get(key) for key in case.after} == dict(case.after)
    assert entry.after


@pytest.mark.parametrize(("name", "case"), ALL)
def test_an_action_that_is_refused_leaves_no_entry(world, name, case):
    given = case.given(world) | case.wrong(world)
    office, count = world.office, AuditEntry.objects.count()

    with pytest.raises(ValidationError):
        ACTIONS[name](**given, by=office)

    assert entries_since(count) == []


@pytest.mark.parametrize(("name", "case"), ALL)
def test_an_action_that_fails_at_the_last_leaves_nothing(world, name, case, monkeypatch):
    given, office = case.given(world), world.office
    count, stored = AuditEntry.objects.count(), rows_of(case, given)

    def record_and_fail(**said):
        recorded(**said)
        raise RuntimeError("after the entry was written")

    recorded = audit.record
    monkeypatch.setattr(audit, "record", record_and_fail)
    with pytest.raises(RuntimeError, match="after the entry was written"):
        ACTIONS[name](**given, by=office)

    assert entries_since(count) == []
    assert rows_of(case, given) == stored


OUTLAST = {
    "programme.appoint_portal_administrator",
    "programme.assign_role",
    "programme.change_address",
    "programme.change_name",
    "programme.change_person",
    "programme.change_role",
    "programme.close_account",
    "programme.confirm_role",
    "programme.accept_invitation",
    "programme.decline_invitation",
    "programme.create_programme",
    "programme.dismiss_portal_administrator",
    "programme.end_role",
    "programme.invite_user",
    "programme.redact_texts",
    "programme.renew_invitation",
    "programme.reopen_account",
    "programme.reopen_programme",
}
"""What is still done to a programme that has ended, or is done to none."""


@pytest.mark.parametrize(("name", "case"), ALL)
def test_nothing_of_a_programme_that_has_ended_is_written(world, name, case):
    given, office = case.given(world), world.office
    Programme.objects.update(ended_on=date(2019, 3, 1))
    world.programme.refresh_from_db()
    count, stored = AuditEntry.objects.count(), rows_of(case, given)

    if name in OUTLAST:
        ACTIONS[name](**given, by=office)
        return
    with pytest.raises(ValidationError, match="ended"):
        ACTIONS[name](**given, by=office)
    assert entries_since(count) == []
    assert rows_of(case, given) == stored


def rows_of(case: Case, given: dict[str, Any]) -> list[dict[str, Any]]:
    """What is stored of the kind of row that a case writes."""
    model = case.writes or type(given.get(case.row) or next(iter(given.values())))
    return list(model._default_manager.order_by("pk").values())


SENT_AGAIN = [each for each in ALL if each.values[1].row]


@pytest.mark.parametrize(("name", "case"), SENT_AGAIN)
def test_saving_what_is_stored_changes_nothing(world, name, case):
    given, office = case.given(world), world.office
    row = ACTIONS[name](**given, by=office)
    count = AuditEntry.objects.count()

    again = ACTIONS[name](**(given | {case.row: row}), by=office)

    assert entries_since(count) == []
    assert getattr(again, "version", None) == getattr(row, "version", None)


WITHOUT_VERSION = {
    "programme.accept_invitation",
    "programme.appoint_portal_administrator",
    "programme.assign_role",
    "programme.change_address",
    "programme.change_name",
    "programme.create_programme",
    "programme.decline_invitation",
    "programme.dismiss_portal_administrator",
    "programme.invite_user",
    "programme.redact_texts",
    "programme.renew_invitation",
    "projects.add_milestone",
    "reports.install_template",
}
"""What makes a row, what answers an invitation, and what names a user, whose row has no version."""

NEW = (".added", ".invited", ".assigned", ".installed")
ON_STORED_ROWS = [
    each
    for each in ALL
    if each.values[0] not in WITHOUT_VERSION and not each.values[1].verb.endswith(NEW)
]


def test_every_action_on_a_stored_row_can_expect_a_version():
    without = {
        name
        for name, action in ACTIONS.items()
        if "expected_version" not in inspect.signature(action).parameters
    }
    assert without == WITHOUT_VERSION


@pytest.mark.parametrize(("name", "case"), ON_STORED_ROWS)
def test_an_action_on_an_older_version_is_refused(world, name, case):
    given, office = case.given(world), world.office
    count = AuditEntry.objects.count()

    with pytest.raises(StaleVersion) as raised:
        ACTIONS[name](**given, expected_version=99, by=office)

    assert raised.value.version == 1
    assert entries_since(count) == []
