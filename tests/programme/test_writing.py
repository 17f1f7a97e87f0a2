"""How actions write: what changes, what is refused, and what the record and a page then hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from finance.models import PlannedContribution
from programme.actions import BoardInput, save_board
from programme.checks import next_order, next_ref, refuse_circle, refuse_empty, refuse_future
from programme.common.validation import validate
from programme.models import AuditEntry, Board, Meeting
from programme.writing import Edit, StaleVersion
from projects.models import Project, Risk
from tests.builders import (
    make_board,
    make_meeting,
    make_organisation,
    make_programme,
    make_project,
    make_risk,
    make_source,
    make_user,
    make_year,
)

pytestmark = pytest.mark.django_db


def problems(raised) -> dict[str, list[str]]:
    return raised.value.message_dict


# --- what an edit reads and changes -------------------------------------------------------------


def test_an_edit_writes_what_is_stored_and_not_what_the_caller_changed_in_memory():
    board = make_board(name="Board", remit="Oversight")
    board.name = "Changed by a form"

    saved = save_board(board=board, values={"remit": "Estates"}, by=None)

    assert (saved.name, saved.remit, saved.version) == ("Board", "Estates", 2)
    saved.refresh_from_db()
    assert (saved.name, saved.remit, saved.version) == ("Board", "Estates", 2)


def test_the_record_holds_only_what_changed():
    board = make_board(name="Board", remit="Oversight")
    save_board(board=board, values={"name": "Board", "remit": "Estates"}, by=None)
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == ({"remit": "Oversight"}, {"remit": "Estates"})


def test_line_ends_and_outer_space_are_no_change():
    board = make_board(remit="One line\nand another")
    values = {"remit": "  One line\r\nand another\r\n"}
    assert save_board(board=board, values=values, by=None).version == 1
    assert not AuditEntry.objects.exists()


def test_another_partner_of_the_same_name_is_a_change():
    project = make_project()
    north = make_organisation(programme=project.programme, name="College", short_name="North")
    edit = Edit(project)
    edit.set(partners=[north])
    assert edit.changed == ["partners"]
    edit.save("project", by=None)
    assert AuditEntry.objects.get().after == {"partners": ["College"]}
    assert Project.objects.get(pk=project.pk).version == 2


def test_a_fact_that_does_not_exist_is_a_mistake_of_the_programmer():
    with pytest.raises(TypeError, match="BoardInput has no chair, nmae"):
        Edit(make_board()).apply({"nmae": "x", "chair": "y", "remit": "z"}, BoardInput)


# --- stale versions -------------------------------------------------------------------------------


def test_a_stale_version_carries_both_texts_and_who_was_first():
    anna, board = make_user(name="Anna", email="anna@example.org"), make_board(name="Board")
    save_board(board=board, values={"name": "Anna's board", "remit": "Estates"}, by=anna)

    values = {"name": "Ben's board", "remit": "Estates", "kind": "panel"}
    with pytest.raises(StaleVersion) as raised:
        save_board(board=board, values=values, expected_version=1, by=make_user(name="Ben"))

    stale = raised.value
    assert stale.theirs == {"name": "Anna's board", "remit": "Estates", "kind": "Strategic board"}
    assert stale.yours == {"name": "Ben's board", "remit": "Estates", "kind": "Panel"}
    assert stale.differing == ["name", "kind"]
    assert stale.changed_by == "Anna (anna@example.org)"
    assert stale.changed_at == AuditEntry.objects.get().at
    assert (stale.row.name, stale.version) == ("Anna's board", 2)
    board.refresh_from_db()
    assert (board.name, board.version) == ("Anna's board", 2)


def test_the_version_that_a_stale_save_was_told_of_succeeds():
    board = make_board()
    save_board(board=board, values={"name": "First"}, by=None)
    with pytest.raises(StaleVersion) as raised:
        save_board(board=board, values={"name": "Second"}, expected_version=1, by=None)
    version = raised.value.version
    saved = save_board(board=board, values={"name": "Both"}, expected_version=version, by=None)
    assert (saved.name, saved.version) == ("Both", 3)


def test_a_form_sent_twice_is_no_conflict():
    board = make_board()
    for _ in range(2):
        saved = save_board(board=board, values={"name": "New"}, expected_version=1, by=None)
    assert saved.version == 2
    assert AuditEntry.objects.count() == 1


def test_a_row_that_nobody_changed_on_record_is_changed_by_the_system():
    board = make_board()
    Board.objects.filter(pk=board.pk).update(version=5)
    with pytest.raises(StaleVersion) as raised:
        save_board(board=board, values={"name": "New"}, expected_version=4, by=None)
    assert raised.value.changed_by == "The system"
    assert raised.value.changed_at == board.updated_at


def test_a_write_between_reading_and_saving_is_not_overwritten():
    """Where no lock holds the row, the version in the UPDATE itself does."""
    board = make_board(name="Board")
    edit = Edit(board)
    edit.set(name="Mine")
    Board.objects.filter(pk=board.pk).update(name="Theirs", version=2)

    with pytest.raises(StaleVersion) as raised:
        edit.save("board", by=None)

    assert raised.value.row.name == "Theirs"
    assert raised.value.theirs == {"name": "Theirs"}
    board.refresh_from_db()
    assert board.name == "Theirs"


# --- problems beside their fields ---------------------------------------------------------------


def test_dates_in_the_wrong_order_are_said_at_the_end():
    board = make_board()
    board.set_up_on, board.ended_on = date(2019, 2, 1), date(2019, 1, 1)
    with pytest.raises(ValidationError) as raised:
        validate(board)
    assert problems(raised) == {"ended_on": ["The end cannot be before the start."]}


def test_a_name_in_addresses_that_is_taken_is_said_there():
    board = make_board(slug="panel")
    with pytest.raises(ValidationError) as raised:
        validate(
            Board(programme=board.programme, slug="panel", name="x", short_name="x", kind="panel")
        )
    assert problems(raised) == {"slug": ["There is already a board with the same slug."]}


def test_a_second_meeting_of_a_day_is_said_at_the_day():
    meeting = make_meeting()
    with pytest.raises(ValidationError) as raised:
        validate(Meeting(board=meeting.board, held_on=meeting.held_on))
    assert problems(raised) == {"held_on": ["There is already a meeting with the same held on."]}


def test_an_amount_has_one_name_for_its_two_columns():
    year = make_year()
    source = make_source(programme=year.programme)
    row = PlannedContribution(year=year, source=source, amount_certainty="exact")
    with pytest.raises(ValidationError) as raised:
        validate(row)
    assert problems(raised) == {
        "amount": ["Give a value, or say that it is TBC or not applicable."]
    }
    row.amount_pounds = Decimal("0.001")
    with pytest.raises(ValidationError) as raised:
        validate(row)
    assert list(problems(raised)) == ["amount"]


def test_a_message_of_the_model_s_own_is_kept():
    project = make_project()
    project.withdrawn_on = date(2019, 1, 1)
    with pytest.raises(ValidationError) as raised:
        validate(project)
    assert problems(raised) == {"withdrawn_reason": ["Say why the project was withdrawn."]}


def test_what_only_the_database_knows_is_said_too(monkeypatch):
    """A row of the same slug that comes between the check and the insert."""
    programme = make_programme()
    values = {"slug": "panel", "name": "Panel", "kind": "panel"}
    checked = []

    def check_then_be_overtaken(row):
        validate(row)
        if not checked:
            make_board(programme=programme, slug="panel")
        checked.append(row)

    monkeypatch.setattr("programme.writing.validate", check_then_be_overtaken)
    with pytest.raises(ValidationError) as raised:
        save_board(board=Board(programme=programme), values=values, by=None)
    assert problems(raised) == {"slug": ["There is already a board with the same slug."]}


def test_an_error_of_the_database_that_no_check_explains_is_not_hidden(monkeypatch):
    board = make_board(slug="panel")
    monkeypatch.setattr("programme.writing.validate", lambda row: None)
    values = {"slug": "panel", "name": "Panel", "kind": "panel"}
    with pytest.raises(IntegrityError):
        save_board(board=Board(programme=board.programme), values=values, by=None)


# --- rules --------------------------------------------------------------------------------------


def test_rows_of_other_programmes_are_refused_without_naming_them():
    board, theirs = make_board(), make_board(name="Secret board")
    with pytest.raises(ValidationError) as raised:
        save_board(board=board, values={"reports_to": theirs}, by=None)
    assert problems(raised) == {"reports_to": ["Choose from this programme’s boards."]}


def test_many_rows_of_other_programmes_are_refused_too():
    mine, theirs = make_project(), make_project()
    edit = Edit(mine)
    edit.set(parent=theirs)
    with pytest.raises(ValidationError) as raised:
        edit.save("project", by=None)
    assert list(problems(raised)) == ["parent"]


def test_a_circle_is_refused_however_long():
    programme = make_programme()
    first = make_board(programme=programme)
    second = make_board(programme=programme, reports_to=first)
    third = make_board(programme=programme, reports_to=second)
    refuse_circle(third, "reports_to")
    first.reports_to = third
    with pytest.raises(ValidationError) as raised:
        refuse_circle(first, "reports_to")
    assert list(problems(raised)) == ["reports_to"]


def test_today_is_not_the_future():
    today = timezone.localdate()
    refuse_future(held_on=today, other=None)
    with pytest.raises(ValidationError) as raised:
        refuse_future(held_on=date.fromordinal(today.toordinal() + 1), other=today)
    assert list(problems(raised)) == ["held_on"]


def test_spaces_say_nothing():
    refuse_empty("Say why.", reason="Because.")
    with pytest.raises(ValidationError) as raised:
        refuse_empty("Say why.", reason=" \n")
    assert problems(raised) == {"reason": ["Say why."]}


def test_references_count_on_from_the_highest_of_their_kind():
    programme = make_programme()
    assert next_ref(programme, Risk.objects, "r") == "r01"
    for ref in ("r09", "r10", "rx", "s77", "r2b"):
        make_risk(programme=programme, ref=ref)
    make_risk(ref="r50")
    assert next_ref(programme, Risk.objects, "r") == "r11"


def test_the_next_place_is_after_the_last():
    programme = make_programme()
    assert next_order(programme.boards) == 1
    make_board(programme=programme, order=7)
    assert next_order(programme.boards) == 8
