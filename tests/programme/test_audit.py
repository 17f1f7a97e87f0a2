"""The audit record: what an entry holds, and that nothing can change it afterwards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from unittest.mock import Mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from finance.models import PlannedContribution
from programme import audit
from programme.common.values import Amount, PlainDate
from programme.models import AuditEntry
from programme.site.middleware import CorrelationMiddleware
from projects.models import Milestone
from tests.builders import (
    make_organisation,
    make_period,
    make_programme,
    make_project,
    make_source,
    make_user,
    make_year,
)

pytestmark = pytest.mark.django_db


def an_entry(**values) -> AuditEntry:
    given = {"verb": "period.opened", "before": {}, "after": {}, "by": None} | values
    given.setdefault("obj", make_period())
    return audit.record(**given)


def test_an_entry_names_its_object_its_actor_and_its_programme():
    period = make_period(name="March 2019")
    office = make_user(name="Programme office", email="office@example.org")

    entry = an_entry(obj=period, by=office, before={"state": "Planned"}, after={"state": "Open"})

    assert entry.object_type == "programme.reportingperiod"
    assert entry.object_id == str(period.pk)
    assert entry.object_label == "March 2019"
    assert entry.actor == office
    assert entry.actor_label == "Programme office (office@example.org)"
    assert entry.programme == period.programme
    assert entry.before == {"state": "Planned"}
    assert entry.after == {"state": "Open"}


def test_what_a_command_does_is_done_by_the_system():
    entry = an_entry()
    assert entry.actor is None
    assert entry.actor_label == audit.SYSTEM


def test_the_programme_is_found_over_several_steps_and_shared_rows_have_none():
    year = make_year()
    contribution = PlannedContribution(year=year, source=make_source(programme=year.programme))

    assert audit.programme_of(contribution) == year.programme
    assert audit.programme_of(year.programme) == year.programme
    assert audit.programme_of(make_user()) is None


def test_entries_of_one_run_share_a_correlation_id_and_others_do_not():
    with audit.correlated():
        first, second = an_entry(), an_entry()
    with audit.correlated():
        other = an_entry()
    loose, looser = an_entry(), an_entry()

    assert first.correlation_id == second.correlation_id
    ids = {entry.correlation_id for entry in (first, other, loose, looser)}
    assert len(ids) == 4


def test_each_request_has_a_correlation_id_of_its_own():
    seen = []

    def view(request):
        seen.append((audit.correlation_id(), audit.correlation_id()))
        return HttpResponse()

    middleware = CorrelationMiddleware(view)
    middleware(RequestFactory().get("/"))
    middleware(RequestFactory().get("/"))

    (first, again), (second, _) = seen
    assert first == again
    assert first != second


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(change):
    entry = an_entry(after={"state": "Open"})
    changes = {
        "update": lambda: AuditEntry.objects.filter(pk=entry.pk).update(verb="nothing.happened"),
        "delete": lambda: entry.delete(),
    }

    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        changes[change]()

    assert AuditEntry.objects.get(pk=entry.pk).verb == "period.opened"


def test_the_database_refuses_raw_sql_too():
    an_entry()
    with (
        pytest.raises(DatabaseError, match="cannot be changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM programme_auditentry")
    assert AuditEntry.objects.count() == 1


def test_an_entry_outside_a_transaction_is_refused(monkeypatch):
    period = make_period()
    # As it is without one. A test that commits would have to empty the record afterwards.
    monkeypatch.setattr(transaction, "get_connection", lambda: Mock(in_atomic_block=False))
    with pytest.raises(transaction.TransactionManagementError):
        audit.record(verb="period.opened", obj=period, before={}, after={}, by=None)
    monkeypatch.undo()
    assert not AuditEntry.objects.exists()


def test_a_snapshot_says_what_a_reader_understands():
    project = make_project(name="Shared buildings")
    police, fire = (
        make_organisation(programme=project.programme, name=name) for name in ("Police", "Fire")
    )
    project.partners.set([police, fire])
    milestone = Milestone(
        project=project,
        name="Keys",
        baseline=PlainDate(date(2019, 6, 1)),
        forecast=PlainDate.tbc(),
        actual_on=date(2019, 6, 3),
    )
    contribution = PlannedContribution(note="As agreed")
    contribution.amount = Amount.circa(Decimal("1234.50"))

    assert audit.snapshot(project, ["stage", "sensitivity", "partners", "ends_on", "order"]) == {
        "stage": project.stage.name,
        "sensitivity": "OFFICIAL",
        "partners": ["Fire", "Police"],
        "ends_on": None,
        "order": project.order,
    }
    assert audit.snapshot(milestone, ["project", "baseline", "forecast", "actual_on"]) == {
        "project": "Shared buildings",
        "baseline": "1 June 2019",
        "forecast": "TBC",
        "actual_on": "2019-06-03",
    }
    assert audit.snapshot(contribution, ["amount", "amount_pounds", "note"]) == {
        "amount": "circa £1,234.50",
        "amount_pounds": "1234.50",
        "note": "As agreed",
    }


def test_a_programme_can_be_given_for_a_shared_row():
    programme = make_programme()
    assert an_entry(obj=make_user(), programme=programme).programme == programme
