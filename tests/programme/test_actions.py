"""Boards, meetings, people and their roles: the rules beside what the record's test covers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.actions import (
    assign_role,
    cancel_meeting,
    change_person,
    change_role,
    end_board_member,
    end_role,
    invite_user,
    mark_meeting_held,
    save_board,
    save_board_member,
    save_meeting,
    save_organisation,
    save_partnership,
)
from programme.models import AuditEntry, Board, BoardMember, Meeting, Partnership, User
from programme.writing import StaleVersion
from tests.builders import (
    make_action,
    make_board,
    make_meeting,
    make_member,
    make_organisation,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def board(programme):
    return make_board(programme=programme)


def problems(raised) -> dict[str, list[str]]:
    return raised.value.message_dict


# --- organisations and boards -------------------------------------------------------------------


def test_an_organisation_stands_in_the_record_of_the_programme_it_was_changed_in(programme):
    shared = make_organisation()
    save_organisation(organisation=shared, values={"name": "New"}, programme=programme, by=None)
    assert AuditEntry.objects.get().programme == programme


def test_an_organisation_joins_a_programme_once(programme):
    fire = make_organisation()
    values = {"role": "partner"}
    first = Partnership(programme=programme, organisation=fire)
    assert save_partnership(partnership=first, values=values, by=None).order == 1
    second = Partnership(programme=programme, organisation=fire)
    with pytest.raises(ValidationError) as raised:
        save_partnership(partnership=second, values=values, by=None)
    assert list(problems(raised)) == ["organisation"]


def test_a_board_succeeds_others_without_a_circle(programme, board):
    new = make_board(programme=programme, succeeded_by=board)
    with pytest.raises(ValidationError) as raised:
        save_board(board=board, values={"succeeded_by": new}, by=None)
    assert list(problems(raised)) == ["succeeded_by"]


def test_a_new_board_keeps_the_place_it_is_given(programme, board):
    values = {"slug": "panel", "name": "Panel", "kind": "panel", "order": 1}
    assert save_board(board=Board(programme=programme), values=values, by=None).order == 1


def test_a_seat_goes_to_somebody_of_the_programme(programme, board):
    member = make_user(programme=programme, role="member", board=board)
    values = {"post": "Chair", "organisation": programme.host, "user": member}
    seat = save_board_member(member=BoardMember(board=board), values=values, by=None)
    assert seat.user == member
    with pytest.raises(ValidationError) as raised:
        save_board_member(member=seat, values={"user": make_user()}, by=None)
    assert list(problems(raised)) == ["user"]


def test_an_ended_seat_stays_on_record(board):
    seat = make_member(board=board)
    end_board_member(member=seat, to_day=date(2019, 3, 31), by=None)
    assert board.members.get().to_day == date(2019, 3, 31)


# --- meetings -----------------------------------------------------------------------------------


def test_a_cancelled_meeting_stays_as_it_is(board):
    meeting = cancel_meeting(meeting=make_meeting(board=board), reason="No quorum.", by=None)
    for change in (
        lambda: save_meeting(meeting=meeting, values={"place": "Hall"}, by=None),
        lambda: mark_meeting_held(meeting=meeting, by=None),
        lambda: cancel_meeting(meeting=meeting, reason="Again.", by=None),
    ):
        with pytest.raises(ValidationError, match="This meeting is cancelled"):
            change()


def test_a_meeting_with_an_action_on_record_is_not_cancelled(board):
    meeting = make_meeting(board=board)
    make_action(board=board, meeting=meeting)
    with pytest.raises(ValidationError, match="This meeting has actions"):
        cancel_meeting(meeting=meeting, reason="No quorum.", by=None)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.PLANNED


def test_a_meeting_is_held_once_its_day_has_come(board):
    day = timezone.localdate()
    assert (
        mark_meeting_held(meeting=make_meeting(board=board, held_on=day), by=None).state == "held"
    )
    ahead = make_meeting(board=board, held_on=day + timedelta(days=1))
    with pytest.raises(ValidationError) as raised:
        mark_meeting_held(meeting=ahead, by=None)
    assert list(problems(raised)) == ["held_on"]


def test_a_meeting_that_was_held_does_not_move_into_the_future(board):
    held = make_meeting(board=board, state="held")
    save_meeting(meeting=held, values={"place": "Hall"}, by=None)
    with pytest.raises(ValidationError) as raised:
        save_meeting(meeting=held, values={"held_on": date(2999, 1, 1)}, by=None)
    assert list(problems(raised)) == ["held_on"]


def test_whoever_cancels_must_have_seen_the_meeting_as_it_is(board):
    meeting = make_meeting(board=board)
    save_meeting(meeting=meeting, values={"place": "Hall"}, by=None)
    with pytest.raises(StaleVersion):
        cancel_meeting(meeting=meeting, reason="No hall.", expected_version=1, by=None)


# --- people -------------------------------------------------------------------------------------


def invite(programme, email="lead@example.org", role=None, **person):
    return invite_user(
        programme=programme, email=email, person=person, role=role or {"role": "lead"}, by=None
    )


def test_somebody_invited_has_a_role_and_no_password_yet(programme):
    user = invite(programme, name="Lead", post="Manager")
    assert user.email == "lead@example.org"
    assert (user.name, user.post) == ("Lead", "Manager")
    assert not user.has_usable_password()
    assert user.is_active
    assert not user.is_staff
    (role,) = user.role_assignments.current()
    assert (role.role, role.programme) == ("lead", programme)


def test_somebody_known_elsewhere_keeps_the_account_and_gets_the_role(programme):
    known = make_user(programme=make_programme(), name="Known", email="known@example.org")
    user = invite(programme, email="Known@Example.org", name="Somebody else")
    assert user == known
    assert user.name == "Known"
    assert user.has_usable_password()
    assert user.role_assignments.count() == 2
    assert User.objects.filter(email__iexact="known@example.org").count() == 1


def test_nobody_is_invited_to_the_same_role_twice(programme):
    invite(programme)
    with pytest.raises(ValidationError) as raised:
        invite(programme)
    assert list(problems(raised)) == ["role"]


@pytest.mark.parametrize(
    ("role", "field"), [("finance", "organisation"), ("member", "board"), ("wizard", "role")]
)
def test_a_role_needs_what_it_is_for(programme, role, field):
    with pytest.raises(ValidationError) as raised:
        invite(programme, role={"role": role})
    assert list(problems(raised)) == [field]
    assert not User.objects.exists()


def test_a_role_is_for_a_board_of_the_programme(programme):
    with pytest.raises(ValidationError) as raised:
        invite(programme, role={"role": "member", "board": make_board()})
    assert list(problems(raised)) == ["board"]
    values = {"role": "member", "board": make_board()}
    with pytest.raises(ValidationError) as raised:
        assign_role(user=make_user(), programme=programme, values=values, by=None)
    assert list(problems(raised)) == ["board"]


def test_a_role_has_no_other_facts(programme):
    with pytest.raises(TypeError):
        invite(programme, role={"role": "lead", "programme": make_programme()})


def test_an_address_must_be_one(programme):
    with pytest.raises(ValidationError) as raised:
        invite(programme, email="not an address")
    assert list(problems(raised)) == ["email"]


def test_a_closed_account_is_not_invited(programme):
    make_user(email="gone@example.org", is_active=False)
    with pytest.raises(ValidationError) as raised:
        invite(programme, email="gone@example.org")
    assert list(problems(raised)) == ["email"]


def test_a_person_is_changed_where_they_held_a_role(programme):
    user = make_user(programme=programme, role="lead")
    end_role(assignment=user.role_assignments.get(), to_day=date(2019, 1, 1), by=None)
    values = {"post": "Head"}
    assert change_person(user=user, values=values, programme=programme, by=None).post == "Head"
    with pytest.raises(ValidationError):
        change_person(user=user, values=values, programme=make_programme(), by=None)


# --- roles --------------------------------------------------------------------------------------


def test_the_same_role_may_be_held_for_two_boards_and_at_two_times(programme, board):
    user = make_user(programme=programme, role="member", board=board)
    assign_role(
        user=user,
        programme=programme,
        values={"role": "member", "board": make_board(programme=programme)},
        by=None,
    )
    end_role(assignment=user.role_assignments.get(board=board), to_day=date(2019, 1, 31), by=None)
    again = {"role": "member", "board": board, "from_day": date(2019, 2, 1)}
    assign_role(user=user, programme=programme, values=again, by=None)
    assert user.role_assignments.count() == 3
    with pytest.raises(ValidationError) as raised:
        assign_role(user=user, programme=programme, values=again | {"from_day": None}, by=None)
    assert list(problems(raised)) == ["role"]


def test_a_role_that_ends_yesterday_is_gone_at_once(programme):
    user = make_user(programme=programme, role="lead")
    yesterday = timezone.localdate() - timedelta(days=1)
    end_role(assignment=user.role_assignments.get(), to_day=yesterday, by=None)
    assert not user.role_assignments.current().exists()


def test_a_role_given_by_mistake_today_can_be_ended_at_once(programme):
    user, today = make_user(), timezone.localdate()
    values = {"role": "lead", "from_day": today}
    role = assign_role(user=user, programme=programme, values=values, by=None)
    end_role(assignment=role, to_day=today - timedelta(days=1), by=None)
    assert not user.role_assignments.current().exists()


def test_a_programme_keeps_an_administrator(programme):
    first = make_user(programme=programme, role="administrator").role_assignments.get()
    make_user(programme=make_programme(), role="administrator")
    for change in (
        lambda: end_role(assignment=first, to_day=date(2019, 1, 1), by=None),
        lambda: change_role(assignment=first, values={"role": "auditor"}, by=None),
    ):
        with pytest.raises(ValidationError, match="last administrator"):
            change()
    make_user(programme=programme, role="administrator")
    end_role(assignment=first, to_day=date(2019, 1, 1), by=None)
    assert not first.user.role_assignments.current().exists()


def test_an_administrator_whose_account_is_closed_does_not_count(programme):
    make_user(programme=programme, role="administrator", is_active=False)
    last = make_user(programme=programme, role="administrator").role_assignments.get()
    with pytest.raises(ValidationError, match="last administrator"):
        end_role(assignment=last, to_day=date(2019, 1, 1), by=None)
