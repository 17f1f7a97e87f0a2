"""A successor takes over what is open; what is over stays with the body that did it."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from finance.models import Benefit
from programme import succession
from programme.actions import (
    assign_role,
    hand_over_board,
    hand_over_organisation,
    save_board,
    save_board_member,
    save_meeting,
    save_organisation,
)
from programme.forms.succession import OTHER_THINGS
from programme.models import (
    AuditEntry,
    Board,
    BoardMember,
    Meeting,
    Organisation,
    Partnership,
    Programme,
    RoleAssignment,
)
from programme.selectors import names_on
from projects.actions import save_action, save_decision, save_project
from projects.models import Action, Decision, Project, Risk
from projects.selectors import delivery_position
from reports import programme_file
from reports.integrity import all_breaches
from reports.models import Paper, PaperTemplate
from reports.selectors import load_paper_data
from tests import builders
from tests.filling import answers, day, errors, submit

pytestmark = pytest.mark.django_db

LAST, FIRST = date(2019, 3, 31), date(2019, 4, 1)
BEFORE, AFTER = date(2019, 3, 15), date(2019, 6, 15)


@pytest.fixture
def programme():
    return builders.make_programme()


@pytest.fixture
def administrator(programme):
    user = builders.make_user(programme=programme, role="administrator")
    builders.make_role(user=user, programme=programme)
    return user


@pytest.fixture
def old(programme):
    return builders.make_organisation(programme=programme, name="The Service", short_name="Service")


@pytest.fixture
def new(programme):
    return builders.make_organisation(
        programme=programme, name="The Authority", short_name="Authority"
    )


@pytest.fixture
def panel(programme):
    return builders.make_board(programme=programme, name="The Panel", short_name="Panel")


@pytest.fixture
def board(programme):
    return builders.make_board(programme=programme, name="The Board", short_name="Board")


def everything(body):
    return [each.key for each in succession.charges_of(type(body))]


def taken_over(board, panel, by, what=None, last_day=LAST):
    hand_over_board(
        board=board,
        succeeded_by=panel,
        last_day=last_day,
        what=everything(board) if what is None else what,
        by=by,
    )


# --- boards ---------------------------------------------------------------------------------------


def test_a_board_hands_over_what_is_open_and_keeps_what_is_over(
    programme, administrator, board, panel
):
    met = builders.make_meeting(board=board, held_on=BEFORE, state="held")
    cancelled = builders.make_meeting(board=board, held_on=date(2019, 5, 2), state="cancelled")
    planned = builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    below = builders.make_board(programme=programme, reports_to=board)
    over = builders.make_board(programme=programme, reports_to=board, ended_on=date(2018, 1, 1))
    done = builders.make_action(board=board, completed_on=date(2019, 2, 1))
    open_ = builders.make_action(board=board, meeting=met)

    taken_over(board, panel, administrator)

    whose = dict(Meeting.objects.values_list("held_on", "board__name"))
    assert whose == {
        met.held_on: "The Board",
        cancelled.held_on: "The Board",
        planned.held_on: "The Panel",
    }
    above = dict(Board.objects.values_list("pk", "reports_to__name"))
    assert (above[below.pk], above[over.pk]) == ("The Panel", "The Board")
    whose = dict(Action.objects.values_list("pk", "board__name"))
    assert whose == {done.pk: "The Board", open_.pk: "The Panel"}
    board.refresh_from_db()
    assert (board.ended_on, board.succeeded_by) == (LAST, panel)


def test_a_successor_that_reported_to_the_board_reports_to_what_was_above_it(
    programme, administrator, board, panel
):
    top = builders.make_board(programme=programme, name="The Top")
    Board.objects.filter(pk=board.pk).update(reports_to=top)
    Board.objects.filter(pk=panel.pk).update(reports_to=board)
    taken_over(board, panel, administrator)
    panel.refresh_from_db()
    assert panel.reports_to == top


def test_an_action_that_was_taken_over_keeps_its_meeting_and_can_be_changed(
    programme, administrator, board, panel
):
    met = builders.make_meeting(board=board, held_on=BEFORE, state="held")
    task = builders.make_action(board=board, meeting=met)
    taken_over(board, panel, administrator)
    saved = save_action(task=task, values={"owner_post": "Head of Fleet"}, by=administrator)
    assert (saved.board, saved.meeting) == (panel, met)
    with pytest.raises(ValidationError):
        save_action(task=task, values={"board": board, "meeting": builders.make_meeting()}, by=None)


def test_each_thing_that_changed_hands_says_why(programme, administrator, board, panel):
    builders.make_action(board=board)
    taken_over(board, panel, administrator)
    entry = AuditEntry.objects.get(verb="action.handed_over")
    assert (entry.before["board"], entry.after["board"]) == ("The Board", "The Panel")
    assert entry.after["reason"] == "The Panel took over from The Board"
    ended = AuditEntry.objects.get(verb="board.succeeded")
    assert ended.after["handed_over"] == ["1 open action"]


def test_what_is_left_out_stays_and_can_be_handed_over_later(
    programme, administrator, board, panel
):
    task = builders.make_action(board=board)
    taken_over(board, panel, administrator, what=[])
    task.refresh_from_db()
    assert task.board == board
    assert succession.still_open(board, LAST) == "1 open action"
    board.refresh_from_db()
    taken_over(board, panel, administrator)
    task.refresh_from_db()
    assert task.board == panel
    assert succession.still_open(board, LAST) == ""


def test_a_meeting_on_a_day_of_the_successors_own_is_left_and_named(
    programme, administrator, board, panel
):
    for each in (board, panel):
        builders.make_meeting(board=each, held_on=date(2019, 6, 27))
    task = builders.make_action(board=board)
    taken_over(board, panel, administrator)
    task.refresh_from_db()
    assert task.board == panel
    (left,) = AuditEntry.objects.get(verb="board.succeeded").after["left"]
    assert left == (
        "Board, 27 June 2019: The Panel has a meeting on this day already (planned). "
        "Move one of them first."
    )
    assert succession.still_open(board, LAST) == "1 planned meeting"


def test_a_paper_stays_with_the_board_that_it_was_for(programme, administrator, board, panel):
    template = PaperTemplate.objects.create(
        programme=programme, board=board, slug="update", name="Update", title="Update"
    )
    periods = [builders.make_period(programme=programme, as_at=each) for each in (BEFORE, AFTER)]
    for period in periods:
        Paper.objects.create(template=template, period=period, board=board, title="Update")
    taken_over(board, panel, administrator)
    template = PaperTemplate.objects.select_related("programme", "board").get(pk=template.pk)
    assert template.board == panel
    assert [load_paper_data(template, period).board for period in periods] == [
        "The Board",
        "The Panel",
    ]


def test_a_meeting_that_changed_hands_is_still_the_old_boards_in_papers_of_before(
    programme, administrator, board, panel
):
    builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    taken_over(board, panel, administrator)
    third = builders.make_board(programme=programme, name="The Third")
    panel.refresh_from_db()
    taken_over(panel, third, administrator, last_day=date(2019, 5, 1))
    after = date(2019, 4, 15)

    def coming(whose: Board, on: date) -> list[date]:
        return [each.held_on for each in Meeting.objects.of_board(whose, on)]

    june = [date(2019, 6, 27)]
    assert [coming(board, BEFORE), coming(board, after)] == [june, []]
    assert [coming(panel, BEFORE), coming(panel, after), coming(panel, AFTER)] == [[], june, []]
    assert coming(third, AFTER) == june


def test_two_hand_overs_on_one_day_leave_whom_it_was_with_at_first(
    programme, administrator, board, panel, old, new
):
    """Whoever takes over and ends on one day held it on none."""
    meeting = builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    project = builders.make_project(programme=programme, lead_organisation=old)
    programme.host = old
    programme.save()
    third = builders.make_board(programme=programme)
    taken_over(board, panel, administrator)
    taken_over(panel, third, administrator)
    last = builders.make_organisation(programme=programme)
    for one, other in ((old, new), (new, last)):
        hand_over_organisation(
            organisation=one,
            succeeded_by=other,
            last_day=LAST,
            what=everything(one),
            by=administrator,
        )
    assert [str(each) for each in meeting.earlier_boards.all()] == ["The Board"]
    assert [str(each) for each in project.earlier_leads.all()] == ["The Service"]
    assert [str(each) for each in programme.earlier_hosts.all()] == ["The Service"]
    meeting.refresh_from_db()
    project.refresh_from_db()
    assert (meeting.board, project.lead_organisation) == (third, last)


def test_a_paper_that_stays_with_an_ended_board_speaks_of_its_meetings_while_it_met(
    programme, administrator, board, panel
):
    """Approved as at a day after the board's last one: it stands still, too."""
    builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    template = PaperTemplate.objects.create(
        programme=programme, board=board, slug="update", name="Update", title="Update"
    )
    template.sections.create(key="next", kind="future_work", heading="Next", order=1)
    period = builders.make_period(programme=programme, as_at=date(2019, 4, 15))
    Paper.objects.create(
        template=template, period=period, board=board, title="Update", state="approved"
    )
    before = load_paper_data(template, period)
    assert before.next_meeting is not None
    taken_over(board, panel, administrator)
    assert load_paper_data(template, period).next_meeting == before.next_meeting


def test_a_meeting_with_a_decision_or_an_approved_paper_stays_with_its_board(
    programme, administrator, board, panel
):
    kept = builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    template = PaperTemplate.objects.create(
        programme=programme, board=board, slug="update", name="Update", title="Update"
    )
    period = builders.make_period(programme=programme, as_at=AFTER)
    paper = {"template": template, "period": period, "board": board, "title": "Update"}
    approved = Paper.objects.create(**paper, meeting=kept, state="approved")
    goes = builders.make_meeting(board=board, held_on=date(2019, 9, 27))
    later = builders.make_period(programme=programme, as_at=date(2019, 9, 15))
    draft = Paper.objects.create(**paper | {"period": later}, meeting=goes)
    taken_over(board, panel, administrator)
    for each in (kept, goes, approved, draft):
        each.refresh_from_db()
    assert (kept.board, approved.board) == (board, board)
    assert (goes.board, draft.board, draft.meeting) == (panel, panel, goes)
    assert [each for each in all_breaches(programme) if "meeting" in each.message] == []


@pytest.mark.parametrize("did", ["met", "resolved"])
def test_a_board_did_not_end_before_what_it_did(programme, administrator, board, panel, did):
    later = date(2019, 4, 10)
    if did == "met":
        builders.make_meeting(board=board, held_on=later, state="held")
    else:
        Decision.objects.create(
            programme=programme, ref="d1", board=board, taken_on=later, text="Agreed."
        )
    with pytest.raises(ValidationError) as raised:
        taken_over(board, panel, administrator)
    (problem,) = raised.value.message_dict["last_day"]
    assert problem.endswith("on 10 April 2019: it ended later.")
    taken_over(board, panel, administrator, last_day=later)


def test_a_successor_from_below_climbs_and_no_circle_is_made(
    programme, administrator, board, panel
):
    between = builders.make_board(programme=programme, reports_to=board)
    Board.objects.filter(pk=panel.pk).update(reports_to=between)
    taken_over(board, panel, administrator)
    above = dict(Board.objects.values_list("pk", "reports_to"))
    assert (above[panel.pk], above[between.pk]) == (None, panel.pk)
    assert all_breaches(programme) == []


@pytest.mark.parametrize("levels", [1, 2])
def test_a_board_above_takes_over_and_keeps_its_own_place(
    programme, administrator, board, panel, levels
):
    above = panel if levels == 1 else builders.make_board(programme=programme, reports_to=panel)
    below = builders.make_board(programme=programme, reports_to=board)
    Board.objects.filter(pk=board.pk).update(reports_to=above)
    board.refresh_from_db()
    taken_over(board, panel, administrator)
    panel.refresh_from_db()
    below.refresh_from_db()
    board.refresh_from_db()
    assert (panel.reports_to, below.reports_to) == (None, panel)
    assert succession.still_open(board, LAST) == ""
    assert all_breaches(programme) == []


def test_a_successor_takes_the_boards_place_and_its_members(
    programme, administrator, board, panel, old
):
    top = builders.make_board(programme=programme)
    Board.objects.filter(pk=board.pk).update(reports_to=top)
    board.refresh_from_db()
    builders.make_member(board=board, organisation=old, post="Chief", role="chair")
    builders.make_member(board=board, organisation=old, post="Deputy")
    builders.make_member(board=panel, organisation=old, post="Deputy")
    taken_over(board, panel, administrator)
    panel.refresh_from_db()
    assert panel.reports_to == top
    seats = {(each.post, each.role, each.from_day) for each in panel.members.all()}
    assert seats == {("Chief", "chair", FIRST), ("Deputy", "member", None)}
    assert {each.to_day for each in board.members.all()} == {LAST}


def test_a_role_for_a_board_is_given_for_its_successor_and_kept_for_what_is_unfinished(
    programme, administrator, board, panel
):
    user = builders.make_user(programme=programme, role="secretary")
    RoleAssignment.objects.filter(user=user).update(board=board)
    taken_over(board, panel, administrator, what=["roles"])
    roles = RoleAssignment.objects.filter(user=user)
    assert {(each.board, each.to_day) for each in roles} == {(board, None), (panel, None)}
    board.refresh_from_db()
    assert "role" not in succession.still_open(board, LAST)


def test_an_ended_board_begins_nothing_new(programme, administrator, board, panel):
    taken_over(board, panel, administrator)
    with pytest.raises(ValidationError, match="The Board ended on 31 March 2019"):
        save_meeting(meeting=Meeting(board=board), values={"held_on": AFTER}, by=administrator)
    save_meeting(meeting=Meeting(board=board), values={"held_on": BEFORE}, by=administrator)
    told = "The Board ended on 31 March 2019"
    decision = {"board": board, "text": "Agreed.", "taken_on": AFTER}
    with pytest.raises(ValidationError, match=told):
        save_decision(decision=Decision(programme=programme), values=decision, by=administrator)
    action = {"board": board, "text": "Do it.", "owner_post": "Chief", "raised_on": AFTER}
    with pytest.raises(ValidationError, match=told):
        save_action(task=Action(programme=programme), values=action, by=administrator)
    seat = {"post": "Chief", "organisation": programme.host or builders.make_organisation()}
    with pytest.raises(ValidationError, match=told):
        save_board_member(member=BoardMember(board=board), values=seat, by=administrator)
    new = {"name": "New", "kind": "panel", "reports_to": board}
    with pytest.raises(ValidationError, match=told):
        save_board(board=Board(programme=programme), values=new, by=administrator)
    user = builders.make_user(programme=programme, role="lead")
    secretary = {"role": "secretary", "board": board}
    with pytest.raises(ValidationError, match=told):
        assign_role(user=user, programme=programme, values=secretary, by=administrator)


# --- organisations --------------------------------------------------------------------------------


def test_an_organisation_hands_over_what_is_open_and_papers_of_before_keep_naming_it(
    programme, administrator, old, new
):
    Partnership.objects.create(programme=programme, organisation=old, role="funder")
    led = builders.make_project(programme=programme, lead_organisation=old)
    closed = builders.make_project(
        programme=programme,
        lead_organisation=old,
        stage=builders.make_stage(programme=programme, kind="closed"),
    )
    joined = builders.make_project(programme=programme)
    joined.partners.set([old])
    risk = builders.make_risk(programme=programme, owner_organisation=old)
    source = builders.make_source(programme=programme, organisation=old)
    benefit = builders.make_benefit(programme=programme, owner_organisation=old)
    seat = builders.make_member(
        board=builders.make_board(programme=programme), organisation=old, post="Chief"
    )

    hand_over_organisation(
        organisation=old,
        succeeded_by=new,
        last_day=LAST,
        what=everything(old),
        by=administrator,
    )

    leads = dict(Project.objects.values_list("pk", "lead_organisation__short_name"))
    assert (leads[led.pk], leads[closed.pk]) == ("Authority", "Service")
    assert list(joined.partners.all()) == [new]
    assert Risk.objects.get(pk=risk.pk).owner_organisation == new
    assert Benefit.objects.get(pk=benefit.pk).owner_organisation == new
    source.refresh_from_db()
    assert source.organisation == new
    seats = BoardMember.objects.filter(board=seat.board).order_by("from_day", "to_day")
    held = {(each.organisation, each.from_day, each.to_day) for each in seats}
    assert held == {(old, None, LAST), (new, FIRST, None)}
    parts = {each.organisation: each for each in Partnership.objects.of(programme)}
    assert (parts[old].left_on, parts[new].joined_on) == (LAST, FIRST)
    assert parts[new].role == "funder"

    printed = []
    for as_at in (BEFORE, AFTER):
        period = builders.make_period(programme=programme, as_at=as_at)
        delivery = delivery_position(
            programme, period=period, previous=None, names=names_on(programme, as_at)
        )
        printed += [each.lead_organisation for each in delivery.projects if each.ref == led.ref]
    assert printed == ["Service", "Authority"]


def test_roles_pass_to_the_successor_and_wait_for_a_second_person_where_such_roles_do(
    programme, administrator, old, new
):
    user = builders.make_user(programme=programme, role="finance")
    RoleAssignment.objects.filter(user=user).update(organisation=old)
    hand_over_organisation(
        organisation=old, succeeded_by=new, last_day=LAST, what=["roles"], by=administrator
    )
    roles = RoleAssignment.objects.filter(user=user, role="finance").order_by("from_day")
    before = roles.get(organisation=old)
    assert before.to_day == LAST
    after = roles.get(organisation=new)
    assert (after.from_day, after.confirmed_at) == (FIRST, None)


def test_nobody_stops_a_hand_over_by_a_role_that_cannot_be_given(
    programme, administrator, old, new
):
    """One's own role, one that the holder has already, one of somebody who declined."""
    for user, where in ((administrator, old), (administrator, old)):
        RoleAssignment.objects.filter(user=user, role="administrator").update(organisation=where)
    both = builders.make_user(programme=programme, role="lead")
    RoleAssignment.objects.filter(user=both).update(organisation=old)
    builders.make_role(user=both, programme=programme, role="lead", organisation=new)
    gone = builders.make_user(programme=programme, role="lead")
    RoleAssignment.objects.filter(user=gone).update(organisation=old)
    gone.known_as.update(declined_at=timezone.now(), accepted_at=None)
    hand_over_organisation(
        organisation=old, succeeded_by=new, last_day=LAST, what=["roles"], by=administrator
    )
    left = AuditEntry.objects.get(verb="organisation.succeeded").after["left"]
    assert len(left) == 2
    assert any("it is your own" in each for each in left)
    held = RoleAssignment.objects.filter(user=both, organisation=new)
    assert held.count() == 1


def test_a_successor_that_has_left_is_refused(programme, administrator, old, new):
    Partnership.objects.create(
        programme=programme, organisation=new, role="partner", left_on=date(2018, 1, 1)
    )
    with pytest.raises(ValidationError, match="The Authority left on 1 January 2018"):
        hand_over_organisation(
            organisation=old, succeeded_by=new, last_day=LAST, what=[], by=administrator
        )


def test_who_succeeded_whom_can_be_corrected(programme, administrator, old, new):
    hand_over_organisation(
        organisation=old, succeeded_by=new, last_day=LAST, what=[], by=administrator
    )
    save_organisation(organisation=old, values={"succeeded_by": None}, by=administrator)
    old.refresh_from_db()
    hand_over_organisation(
        organisation=new, succeeded_by=old, last_day=LAST, what=[], by=administrator
    )


def test_a_lead_that_is_replaced_by_hand_is_asked_since_when(programme, old, new):
    project = builders.make_project(programme=programme, lead_organisation=old)
    save_project(project=project, values={"lead_organisation": new}, held_since=FIRST, by=None)
    (term,) = project.earlier_leads.all()
    assert (term.organisation, term.until) == (old, LAST)
    wrong = {"lead_organisation": old}
    with pytest.raises(ValidationError) as raised:
        save_project(project=project, values=wrong, held_since=date(2019, 3, 1), by=None)
    assert raised.value.message_dict == {
        "held_since": ["The Service was the lead organisation until 31 March 2019."]
    }


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def office(programme) -> Client:
    client = Client()
    user = builders.make_user(programme=programme)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_names_what_is_open_and_hands_over_what_is_ticked(programme, office, board, panel):
    builders.make_meeting(board=board, held_on=date(2999, 6, 27))
    task = builders.make_action(board=board)
    page = reverse("programme:boards:hand_over", args=[programme.slug, board.slug])
    form = office.get(page)
    html = form.content.decode()
    assert "1 planned meeting: Board, 27 June 2999" in html
    assert "1 open action: " in html
    assert set(answers(form)["what"]) == {"meetings", "actions"}
    assert errors(submit(office, page)) == ["Select the successor", "Enter the last day"]
    answer = submit(
        office, page, succeeded_by=panel.pk, what="actions", **day("last_day", 2019, 3, 31)
    )
    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.board == panel
    told = office.get(reverse("programme:boards:detail", args=[programme.slug, board.slug]))
    assert "Still open in its name: 1 planned meeting." in told.content.decode()


def test_what_was_ticked_on_an_earlier_list_is_no_mistake(programme, office, board, panel):
    builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    builders.make_action(board=board)
    page = reverse("programme:boards:hand_over", args=[programme.slug, board.slug])
    first = submit(office, page, succeeded_by=panel.pk, **day("last_day", 2019, 3, 31))
    assert answers(first)["what"] == ["meetings", "actions"]
    sent = answers(first) | day("last_day", 2019, 7, 31)
    assert errors(office.post(page, sent)) == [OTHER_THINGS]


def test_whoever_may_not_change_a_kind_of_thing_does_not_hand_it_over(programme, old, new):
    administrator = Client()
    user = builders.make_user(programme=programme, role="administrator")
    administrator.force_login(user, "django.contrib.auth.backends.ModelBackend")
    benefit = builders.make_benefit(programme=programme, owner_organisation=old)
    builders.make_board(programme=programme, organisation=old)
    page = reverse("programme:organisations:hand_over", args=[programme.slug, old.slug])
    html = administrator.get(page).content.decode()
    assert "1 board of its own" in html
    assert "benefit" not in html
    sent = {"succeeded_by": new.pk, "what": ["benefits"], **day("last_day", 2019, 3, 31)}
    submit(administrator, page, **sent)
    benefit.refresh_from_db()
    assert benefit.owner_organisation == old


def test_nothing_changes_hands_that_was_not_shown(programme, office, board, panel):
    """The list is that of the day that was typed: where it is another one, it is shown first."""
    meeting = builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    page = reverse("programme:boards:hand_over", args=[programme.slug, board.slug])
    sent = {"succeeded_by": panel.pk, **day("last_day", 2019, 3, 31)}
    answer = submit(office, page, **sent)
    assert answer.status_code == 200
    assert "something else is open than you were shown" in " ".join(errors(answer))
    assert "1 planned meeting: Board, 27 June 2019" in answer.content.decode()
    assert office.post(page, answers(answer)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.board == panel


def test_what_was_left_out_stays_left_out_when_the_list_changes(programme, office, board, panel):
    builders.make_action(board=board)
    builders.make_meeting(board=board, held_on=date(2019, 6, 27))
    page = reverse("programme:boards:hand_over", args=[programme.slug, board.slug])
    assert answers(office.get(page))["what"] == "actions"
    answer = submit(office, page, succeeded_by=panel.pk, what=None, **day("last_day", 2019, 3, 31))
    assert answers(answer)["what"] == "meetings"


# --- nothing is forgotten -------------------------------------------------------------------------

STAYS = {
    "programme.Board.succeeded_by": "who succeeded a board stays on record",
    "programme.Organisation.succeeded_by": "who succeeded a body stays on record",
    "programme.BoardName.board": "what it was called",
    "programme.OrganisationName.organisation": "what it was called",
    "programme.HostTerm.organisation": "who was host once",
    "programme.MeetingTerm.board": "whose meeting it was to be",
    "programme.Partnership.organisation": "ends with the body's part; the successor gets its own",
    "programme.Person.organisation": "where somebody said that they work",
    "projects.LeadTerm.organisation": "who led once",
    "projects.StageChange.board": "which board decided",
    "projects.MilestoneChange.approved_by": "which board approved",
    "projects.Decision.board": "which board resolved",
    "finance.Grant.awarded_by": "who awarded",
}
"""What refers to a board or an organisation and does not change hands, and why."""
TAKEN_OVER = {
    Board: {
        "programme.Board.reports_to": "reporting",
        "programme.BoardMember.board": "members",
        "programme.Meeting.board": "meetings",
        "programme.RoleAssignment.board": "roles",
        "projects.Action.board": "actions",
        "reports.PaperTemplate.board": "templates",
        "reports.Paper.board": "papers",
    },
    Organisation: {
        "programme.Programme.host": "host",
        "programme.Board.organisation": "boards",
        "programme.BoardMember.organisation": "seats",
        "programme.RoleAssignment.organisation": "roles",
        "projects.Project.lead_organisation": "projects",
        "projects.Project.partners": "partners",
        "projects.Risk.owner_organisation": "risks",
        "projects.Action.owner_organisation": "actions",
        "finance.FundingSource.organisation": "sources",
        "finance.Grant.held_by": "grants",
        "finance.Benefit.owner_organisation": "benefits",
    },
}


@pytest.mark.parametrize("body", [Board, Organisation])
def test_everything_that_names_a_body_is_taken_over_or_stays_for_a_reason(body):
    names = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if not model._meta.auto_created
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.related_model is body
    }
    through = {"programme.Programme.partners"}  # the partnerships
    assert names - through - set(STAYS) == set(TAKEN_OVER[body])
    keys = [each.key for each in succession.charges_of(body)]
    also = {"place"} if body is Board else set()  # what it reported to, which names another
    assert sorted([*TAKEN_OVER[body].values(), *also]) == sorted(keys)


def test_what_was_handed_over_is_carried_as_a_file(
    programme, administrator, board, panel, old, new, tmp_path
):
    met = builders.make_meeting(board=board, held_on=BEFORE, state="held")
    builders.make_action(board=board, meeting=met)
    builders.make_project(programme=programme, lead_organisation=old)
    taken_over(board, panel, administrator)
    hand_over_organisation(
        organisation=old, succeeded_by=new, last_day=LAST, what=["projects"], by=administrator
    )
    Board.objects.filter(pk=panel.pk).update(reports_to=board)
    text = programme_file.export(Programme.objects.get())
    assert "meeting_of: " in text
    assert "earlier_leads:" in text
    path = tmp_path / "again.yaml"
    path.write_text(text.replace(f"slug: {programme.slug}", "slug: again", 1), encoding="utf-8")
    again, _ = programme_file.load(path)
    board_again = again.boards.get(name="The Board")
    assert (board_again.succeeded_by.name, board_again.succeeded_by.reports_to) == (
        "The Panel",
        board_again,
    )
