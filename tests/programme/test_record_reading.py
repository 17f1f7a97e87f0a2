"""What a reader without the right to the record sees of an entry: that a text changed, and days,
amounts, choices and names of other rows as they are."""

import pytest

from finance.models import BudgetLine, SplitRule
from programme.models import AuditEntry, Board, Person
from programme.record_reading import Reader, is_text
from projects.models import Milestone, Project, StatusUpdate
from tests.builders import make_board, make_programme, make_user


@pytest.mark.parametrize(
    ("model", "name", "value", "is_one"),
    [
        (Project, "name", "Shared hub", True),
        (Project, "summary", "Two services, one roof", True),
        (Project, "stage", "Delivery", False),
        (Project, "partners", ["Police"], False),
        (Project, "starts_on", "2019-04-01", False),
        (Milestone, "forecast", "June 2019", False),
        (Milestone, "reason", "The lease is late", True),
        (BudgetLine, "amount", "£1,000", False),
        (SplitRule, "shares", {"Police": "50%", "Fire": "50%"}, False),
        (BudgetLine, "fixed", {"Police": "£1,000.50"}, False),
        (StatusUpdate, "state", "Draft", False),
        (StatusUpdate, "ratings", {"Time": "Amber: the lease is late"}, True),
        (StatusUpdate, "path_to_green_by", "2019-04-01", False),
        (Board, "order", 3, False),
        (Person, "email", "olu@example.org", True),
        (None, "anything", "of a kind that is gone", True),
    ],
)
def test_texts_are_told_from_what_is_chosen_counted_and_dated(model, name, value, is_one):
    assert is_text(model, name, value) is is_one


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("member", ("a text", "another text", {"Time": "another text"})),
        ("administrator", ("a text", "another text", {"Time": "another text"})),
        ("office", ("Bad", "Worse", {"Time": "Red: it burns"})),
        ("auditor", ("Bad", "Worse", {"Time": "Red: it burns"})),
    ],
)
def test_a_text_needs_the_right_to_the_record_and_that_of_its_model(role, shown):
    programme = make_programme()
    board = make_board(programme=programme) if role == "member" else None
    reader = Reader(make_user(programme=programme, role=role, board=board), programme)
    entry = AuditEntry(
        object_type="projects.statusupdate",
        verb="update.edited",
        before={"status_line": "Bad", "state": "Draft"},
        after={"status_line": "Worse", "state": "Handed in", "ratings": {"Time": "Red: it burns"}},
    )
    seen = reader.clear(entry)
    assert seen.before == {"status_line": shown[0], "state": "Draft"}
    assert seen.after == {"status_line": shown[1], "state": "Handed in", "ratings": shown[2]}
    assert entry.after["status_line"] == "Worse"
