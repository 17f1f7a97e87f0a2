"""Boards, meetings, people and their roles: the rules beside what the record's test covers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from programme.actions import (
    accept_invitation,
    assign_role,
    cancel_meeting,
    change_name,
    change_person,
    change_role,
    decline_invitation,
    end_board_member,
    end_role,
    invite_user,
    mark_meeting_held,
    renew_invitation,
    save_board,
    save_board_member,
    save_meeting,
    save_organisation,
    save_partnership,
)
from programme.models import (
    AuditEntry,
    Board,
    BoardMember,
    Meeting,
    Organisation,
    Partnership,
    Person,
    User,
)
from programme.selectors import invitations_for
from programme.writing import StaleVersion
from tests.builders import (
    make_action,
    make_board,
    make_meeting,
    make_member,
    make_organisation,
    make_person,
    make_programme,
    make_role,
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


def test_an_organisation_stands_in_the_record_of_its_programme(programme):
    ours = make_organisation(programme=programme)
    save_organisation(organisation=ours, values={"name": "New"}, by=None)
    assert AuditEntry.objects.get().programme == programme


def test_two_programmes_each_have_an_organisation_of_one_name(programme):
    values = {"slug": "fire", "name": "Fire Service", "kind": "fire"}
    for each in (programme, make_programme()):
        save_organisation(organisation=Organisation(programme=each), values=values, by=None)
    assert Organisation.objects.filter(name="Fire Service").count() == 2
    with pytest.raises(ValidationError):
        save_organisation(
            organisation=Organisation(programme=programme), values=values | {"slug": "x"}, by=None
        )


def test_a_programme_takes_no_organisation_of_another(programme, board):
    theirs = make_organisation()
    part = Partnership(programme=programme, organisation=theirs)
    with pytest.raises(ValidationError) as raised:
        save_partnership(partnership=part, values={"role": "partner"}, by=None)
    assert list(problems(raised)) == ["organisation"]
    values = {"post": "Chair", "organisation": theirs}
    with pytest.raises(ValidationError) as raised:
        save_board_member(member=BoardMember(board=board), values=values, by=None)
    assert list(problems(raised)) == ["organisation"]


def test_an_organisation_joins_a_programme_once(programme):
    fire = make_organisation(programme=programme)
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


def test_somebody_invited_has_no_password_and_no_role_until_they_accept(programme):
    person = invite(programme, name="Lead", post="Manager")
    user = person.user
    assert (person.email, user.email) == ("lead@example.org", "lead@example.org")
    assert (str(person), person.post, user.name) == ("Lead", "Manager", "")
    assert not user.has_usable_password()
    assert user.is_active
    assert not user.is_staff
    assert not user.role_assignments.current().exists()
    accept_invitation(person=person, name="Leader", by=user)
    user.refresh_from_db()
    (role,) = user.role_assignments.current()
    assert (role.role, role.programme) == ("lead", programme)
    assert str(role.person) == str(role.user) == "Leader"


def test_somebody_known_elsewhere_keeps_the_account_and_gets_the_role_once_they_accept(programme):
    known = make_user(programme=make_programme(), name="Known", email="known@example.org")
    person = invite(programme, email="Known@Example.org", name="Somebody else")
    assert person.user == known
    assert known.has_usable_password()
    assert str(person) == "Somebody else"
    assert str(known.role_assignments.get(programme=programme)).startswith("Somebody else")
    accept_invitation(person=person, by=known)
    known.refresh_from_db()
    assert str(Person.objects.get(pk=person.pk)) == known.name == "Known"
    assert known.role_assignments.current().count() == 2


def test_nobody_accepts_for_somebody_else(programme):
    person = invite(programme)
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(PermissionDenied):
            answer(person=person, by=make_user(programme=programme))


def test_whoever_declines_can_be_invited_again(programme):
    person = invite(programme, name="Lead")
    person = decline_invitation(person=person, by=person.user)
    assert list(invitations_for(person.user)) == []
    person = renew_invitation(person=person, by=None)
    assert list(invitations_for(person.user)) == [person]


def test_a_name_is_changed_by_whose_it_is_and_told_where_they_are(programme):
    user = make_user(programme=programme, name="Old")
    make_role(user=user, programme=make_programme())
    make_person(user=user, programme=make_programme(), accepted_at=None)
    with pytest.raises(PermissionDenied):
        change_name(user=user, name="New", by=make_user(programme=programme))
    change_name(user=user, name="New", by=user)
    told = AuditEntry.objects.filter(verb="person.renamed")
    assert {entry.programme for entry in told} == {
        known.programme for known in user.known_as.filter(accepted_at__isnull=False)
    }
    assert told.count() == 2


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
        assign_role(
            user=make_user(programme=programme), programme=programme, values=values, by=None
        )
    assert list(problems(raised)) == ["board"]


def test_a_role_has_no_other_facts(programme):
    with pytest.raises(TypeError):
        invite(programme, role={"role": "lead", "programme": make_programme()})


def test_an_address_must_be_one(programme):
    with pytest.raises(ValidationError) as raised:
        invite(programme, email="not an address")
    assert list(problems(raised)) == ["email"]


def test_an_invitation_does_not_tell_whether_an_account_is_closed(programme):
    make_user(email="gone@example.org", is_active=False)
    assert invite(programme, email="gone@example.org", name="Gone").is_waiting


def test_a_person_is_described_by_each_programme_for_itself(programme):
    user = make_user(programme=programme, role="lead")
    elsewhere = make_role(user=user, programme=make_programme()).person
    person = user.known_as.get(programme=programme)
    assert change_person(person=person, values={"post": "Head"}, by=None).post == "Head"
    elsewhere.refresh_from_db()
    assert elsewhere.post == ""
    with pytest.raises(ValidationError):
        change_person(person=person, values={"name": "Nick"}, by=None)
    with pytest.raises(ValidationError):
        change_person(person=person, values={"organisation": make_organisation()}, by=None)


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
    user, today = make_user(programme=programme), timezone.localdate()
    values = {"role": "lead", "from_day": today}
    role = assign_role(user=user, programme=programme, values=values, by=None)
    end_role(assignment=role, to_day=today - timedelta(days=1), by=None)
    assert not user.role_assignments.current().filter(role="lead").exists()


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
