"""Two people write at the same moment: on PostgreSQL, with two connections that see one database.

On SQLite a writing transaction holds the whole database from its beginning (settings.py), so that
there is no such moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from finance.actions import save_budget_line, save_split_rule
from programme import record_chain, record_guards
from programme.actions import change_role, close_account, end_role, save_board
from programme.models import (
    AuditEntry,
    AuditHead,
    AuditLink,
    Board,
    Programme,
    ReportingPeriod,
    RoleAssignment,
)
from programme.writing import StaleVersion
from projects.actions import (
    accept_update,
    close_period,
    return_update,
    save_project,
    save_risk,
    save_update,
)
from projects.letters import send_reminders
from projects.models import Reminder, Risk, StatusUpdate
from projects.steps import UpdateStep
from tests.builders import (
    make_board,
    make_line,
    make_organisation,
    make_period,
    make_programme,
    make_project,
    make_source,
    make_split_rule,
    make_update,
    make_user,
    make_year,
)

pytestmark = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"],
    reason="two connections that write at once need PostgreSQL",
)

APPS = ("programme", "projects", "finance", "reports")
WAITS = 0.3
PATIENCE = 20


@pytest.fixture(autouse=True)
def _committed(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Rows that other connections see, cleared away at the end.

    The audit record refuses to be cleared, so that its guards rest for that one moment.
    """
    with django_db_blocker.unblock():
        # pytest-django makes a database where a test that is marked django_db runs beside these.
        assert connection.settings_dict["NAME"].startswith("test_"), "run these with others"
        yield
        models = [m for app in APPS for m in apps.get_app_config(app).get_models(True)]
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        guarded = (record_guards.ENTRY, record_guards.LINK, record_guards.HEAD)
        with transaction.atomic(), connection.cursor() as cursor:
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"TRUNCATE {tables} CASCADE")
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        connection.close()


@dataclass
class Second:
    """What became of the second writer: what it returned or raised, and whether it had to wait."""

    returned: Any = None
    raised: Exception | None = None
    waited: bool = False


def overlap(first: Callable[[], Any], second: Callable[[], Any]) -> Second:
    """Runs ``second`` on another connection while the transaction of ``first`` is still open."""
    seen = Second()

    def write() -> None:
        try:
            seen.returned = second()
        except Exception as error:
            seen.raised = error
        finally:
            connection.close()

    thread = threading.Thread(target=write, daemon=True)
    with transaction.atomic():
        first()
        thread.start()
        thread.join(WAITS)
        seen.waited = thread.is_alive()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "the second writer never came to an end"
    return seen


def test_the_second_of_two_who_save_is_shown_the_text_of_the_first():
    anna, ben = make_user(name="Anna"), make_user(name="Ben")
    board = make_board(name="Board", remit="Oversight")

    def save(by, **values):
        return save_board(
            board=Board.objects.get(pk=board.pk), values=values, expected_version=1, by=by
        )

    second = overlap(
        lambda: save(anna, remit="Oversight of estates"),
        lambda: save(ben, remit="Oversight of fleet"),
    )

    assert second.waited
    assert isinstance(second.raised, StaleVersion)
    assert second.raised.theirs == {"remit": "Oversight of estates"}
    assert second.raised.yours == {"remit": "Oversight of fleet"}
    assert second.raised.changed_by.startswith("Anna")
    assert second.raised.version == 2
    board.refresh_from_db()
    assert (board.remit, board.version) == ("Oversight of estates", 2)
    assert AuditEntry.objects.filter(verb="board.edited").count() == 1


def test_a_save_that_expects_no_version_builds_on_the_one_before():
    board = make_board(name="Board", remit="Oversight")

    def save(**values):
        return save_board(board=Board.objects.get(pk=board.pk), values=values, by=None)

    second = overlap(lambda: save(remit="Estates"), lambda: save(name="The Board"))

    assert second.raised is None
    board.refresh_from_db()
    assert (board.name, board.remit, board.version) == ("The Board", "Estates", 3)


def test_of_many_who_save_at_once_exactly_one_succeeds():
    board, users = make_board(), [make_user() for _ in range(8)]
    start, outcomes = threading.Barrier(len(users)), []

    def save(user) -> None:
        try:
            mine = Board.objects.get(pk=board.pk)
            start.wait(PATIENCE)
            save_board(board=mine, values={"remit": user.email}, expected_version=1, by=user)
            outcomes.append(user.email)
        except StaleVersion as stale:
            outcomes.append(stale)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[user], daemon=True) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    (winner,) = [each for each in outcomes if isinstance(each, str)]
    board.refresh_from_db()
    assert (board.remit, board.version) == (winner, 2)
    assert len(outcomes) == len(users)
    assert {each.theirs["remit"] for each in outcomes if isinstance(each, StaleVersion)} == {winner}


def test_of_two_who_start_the_same_update_the_second_is_shown_the_first():
    project = make_project()
    period = make_period(programme=project.programme)

    def start(text: str) -> StatusUpdate:
        update = StatusUpdate(project=project, period=period)
        return save_update(update=update, values={"status_line": text}, by=None)

    second = overlap(lambda: start("On course."), lambda: start("Late."))

    assert second.waited
    assert isinstance(second.raised, StaleVersion)
    assert second.raised.theirs == {"status_line": "On course."}
    assert second.raised.yours == {"status_line": "Late."}
    assert StatusUpdate.objects.get().status_line == "On course."


def test_of_two_who_start_different_steps_of_an_update_both_are_saved():
    project = make_project()
    period = make_period(programme=project.programme)
    new = {"project": project, "period": period}

    def words() -> StatusUpdate:
        given = {"values": {"status_line": "On course."}, "step": UpdateStep.WORDS}
        return save_update(update=StatusUpdate(**new), expected_version=0, by=None, **given)

    def way_back() -> StatusUpdate:
        given = {"values": {"path_to_green": "Sign the lease."}, "step": UpdateStep.RATINGS}
        return save_update(update=StatusUpdate(**new), expected_version=0, by=None, **given)

    second = overlap(words, way_back)

    assert second.waited
    assert second.raised is None
    update = StatusUpdate.objects.get()
    assert (update.status_line, update.path_to_green) == ("On course.", "Sign the lease.")
    assert (update.words_version, update.ratings_version) == (1, 1)


def test_an_update_is_not_accepted_and_returned_at_once():
    project = make_project()
    period = make_period(programme=project.programme)
    update = make_update(project=project, period=period, state=StatusUpdate.State.HANDED_IN)

    second = overlap(
        lambda: accept_update(update=update, by=None),
        lambda: return_update(
            update=update, reason="Say more about the lease.", expected_version=1, by=None
        ),
    )

    assert isinstance(second.raised, StaleVersion)
    update.refresh_from_db()
    assert update.state == StatusUpdate.State.ACCEPTED
    assert AuditEntry.objects.count() == 1


def test_who_hands_in_while_a_period_closes_is_told_that_it_is_closed():
    project = make_project()
    period = make_period(programme=project.programme)
    update = make_update(project=project, period=period, state="draft")

    second = overlap(
        lambda: close_period(period=period, reason="The board meets.", by=None),
        lambda: save_update(update=update, values={"status_line": "Late."}, by=None),
    )

    assert second.waited
    assert isinstance(second.raised, ValidationError)
    assert "closed" in str(second.raised)
    update.refresh_from_db()
    assert update.status_line == "Going well."


def test_who_closes_a_period_while_somebody_reports_waits_and_sees_it():
    project = make_project()
    period = make_period(programme=project.programme)
    update = make_update(project=project, period=period, state="handed_in")

    second = overlap(
        lambda: accept_update(update=update, by=None),
        lambda: close_period(period=ReportingPeriod.objects.get(pk=period.pk), by=None),
    )

    assert second.waited
    assert second.raised is None, "the update that was being accepted counts as missing"
    period.refresh_from_db()
    assert period.state == "closed"


def test_reminders_that_run_twice_at_once_send_one_letter():
    programme = make_programme()
    make_period(programme=programme, as_at=date(2019, 3, 15), due_on=date(2019, 3, 13))
    lead = make_user(programme=programme, role="lead")
    for _ in range(3):
        make_project(programme=programme, lead_user=lead)
    today = date(2019, 3, 13)

    second = overlap(
        lambda: send_reminders(programme, today=today),
        lambda: send_reminders(Programme.objects.get(pk=programme.pk), today=today),
    )

    assert second.waited
    assert (second.raised, second.returned) == (None, [])
    assert [letter.to for letter in mail.outbox] == [[lead.email]]
    assert Reminder.objects.get().lines.count() == 3
    assert Reminder.objects.get().sent_at is not None


def test_two_risks_raised_at_once_get_two_references():
    programme = make_programme()

    def add(title: str) -> Risk:
        scores = {"inherent_likelihood": 2, "inherent_impact": 3, "raised_on": date(2019, 1, 7)}
        values = {"title": title, "owner_post": "Head of Estates"} | scores
        return save_risk(risk=Risk(programme=programme), values=values, by=None)

    second = overlap(lambda: add("Lease"), lambda: add("Survey"))

    assert second.raised is None
    assert set(Risk.objects.values_list("title", "ref")) == {("Lease", "r01"), ("Survey", "r02")}


def test_two_boards_of_one_name_in_addresses_are_told_apart_in_words():
    programme = make_programme()

    def add(name: str) -> Board:
        values = {"slug": "board", "name": name, "kind": "panel"}
        return save_board(board=Board(programme=programme), values=values, by=None)

    second = overlap(lambda: add("First"), lambda: add("Second"))

    assert second.waited
    assert isinstance(second.raised, ValidationError)
    assert second.raised.message_dict == {"slug": ["There is already a board with the same slug."]}
    assert Board.objects.get().name == "First"


def test_two_administrators_cannot_end_each_other():
    programme = make_programme()
    users = [make_user(programme=programme, role="administrator") for _ in range(2)]
    roles = {user: user.role_assignments.get() for user in users}
    anna, ben = users

    second = overlap(
        lambda: end_role(assignment=roles[ben], to_day=date(2019, 1, 1), by=anna),
        lambda: change_role(assignment=roles[anna], values={"role": "auditor"}, by=ben),
    )

    assert second.waited
    assert isinstance(second.raised, ValidationError)
    assert RoleAssignment.objects.current().filter(role="administrator").get().user == anna


def test_two_administrators_cannot_close_each_other():
    programme = make_programme()
    anna, ben = (make_user(programme=programme, role="administrator") for _ in range(2))

    second = overlap(
        lambda: close_account(person=ben.known_as.get(), reason="Left.", by=anna),
        lambda: close_account(person=anna.known_as.get(), reason="Left.", by=ben),
    )

    assert second.waited
    assert isinstance(second.raised, ValidationError)
    assert RoleAssignment.objects.current().filter(role="administrator").get().user == anna


def test_nobody_raises_a_part_between_another_s_reading_and_saving():
    """A rule gets other shares while a line is put under it: the second waits and sees them."""
    programme = make_programme()
    police = make_source(programme=programme, organisation=programme.host)
    body = make_organisation(programme=programme)
    fire = make_source(programme=programme, organisation=body)
    rule = make_split_rule(shares={police: 100})
    lead = make_user(programme=programme, role="finance")
    line = make_line(year=make_year(programme=programme), fixed={police: Decimal(100_000)})

    def share() -> None:
        shares = {police: Decimal(50), fire: Decimal(50)}
        save_split_rule(rule=rule, values={"shares": shares}, by=None)

    def move() -> None:
        save_budget_line(line=line, values={"split_rule": rule, "fixed": {}}, by=lead)

    second = overlap(share, move)

    assert second.waited
    assert isinstance(second.raised, ValidationError)
    assert "raise" in str(second.raised)


def test_rows_can_be_added_below_one_that_is_being_written():
    project = make_project()

    def add() -> None:
        make_project(programme=project.programme, workstream=project.workstream, parent=project)

    def rename() -> None:
        save_project(project=project, values={"name": "Another"}, by=None)

    second = overlap(rename, add)

    assert not second.waited
    assert project.components.count() == 1


# --- the chain of the record --------------------------------------------------------------------


def test_entries_are_chained_in_the_order_of_commits_and_nobody_waits():
    """The first transaction has the lower id and commits last."""
    first, second = make_board(name="First"), make_board(name="Second")

    seen = overlap(
        lambda: save_board(board=first, values={"remit": "One"}, by=None),
        lambda: save_board(board=second, values={"remit": "Two"}, by=None),
    )

    assert not seen.waited
    assert seen.raised is None
    labels = AuditLink.objects.order_by("number").values_list("entry__object_label", flat=True)
    assert list(labels) == ["Second", "First"]
    assert [*record_guards.flaws(), *record_chain.flaws()] == []


def test_two_who_write_the_same_rows_in_another_order_do_not_block_each_other():
    """Were the head locked with the first entry, the second writer would hold a row and wait for
    the head while the first holds the head and waits for the row."""
    one, other = make_board(name="One"), make_board(name="Other")
    holds_other = threading.Event()

    def first():
        save_board(board=one, values={"remit": "A"}, by=None)
        holds_other.wait(PATIENCE)

    def second():
        with transaction.atomic():
            Board.objects.select_for_update(no_key=True).get(pk=other.pk)
            holds_other.set()
            save_board(board=other, values={"remit": "B"}, by=None)

    seen = Second()

    def write():
        try:
            second()
        except Exception as error:
            seen.raised = error
        finally:
            connection.close()

    thread = threading.Thread(target=write, daemon=True)
    with transaction.atomic():
        thread.start()
        first()
        save_board(board=Board.objects.get(pk=other.pk), values={"name": "Another"}, by=None)
    thread.join(PATIENCE)
    assert seen.raised is None
    assert list(record_chain.flaws()) == []


def test_many_who_write_at_once_make_one_chain():
    boards = [make_board() for _ in range(8)]
    start = threading.Barrier(len(boards))

    def write(board) -> None:
        try:
            start.wait(PATIENCE)
            for number in range(5):
                save_board(board=board, values={"remit": str(number)}, by=None)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[board], daemon=True) for board in boards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert AuditLink.objects.count() == AuditEntry.objects.count() == 40
    assert AuditHead.objects.get().entries == 40
    assert list(record_chain.flaws()) == []
