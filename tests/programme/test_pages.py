"""Boards, meetings, organisations, people, the record and the programme's own words, as read and
changed in a browser that shows what the server sent."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.actions import accept_invitation, save_board
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
from tests.builders import (
    PASSWORD,
    make_board,
    make_dimension,
    make_meeting,
    make_member,
    make_organisation,
    make_programme,
    make_role,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kent():
    return make_programme(slug="kent", name="Kent collaboration", short_name="Kent")


@pytest.fixture
def office(kent) -> Client:
    return signed_in(make_user(programme=kent, role="office", name="Programme office"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    client.user = user
    return client


def text_of(response) -> str:
    """The words of a page, without tags, scripts and doubled space."""
    html = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def html_of(response) -> str:
    return unescape(response.content.decode())


def follow(client: Client, address: str, answers: dict):
    """Sends a form and opens the page that comes after it, which must not be the form again."""
    response = client.post(address, answers)
    assert response.status_code == 302, text_of(response)
    return client.get(response.url)


def problems(client: Client, address: str, answers: dict) -> list[str]:
    """What the error summary says after the form is sent."""
    page = html_of(client.post(address, answers))
    assert "There is a problem" in page
    summary = page.split("govuk-error-summary__list", 1)[1].split("</ul>", 1)[0]
    return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<li>(.*?)</li>", summary)]


def day(name: str, value: date) -> dict[str, str]:
    return {
        f"{name}_day": str(value.day),
        f"{name}_month": str(value.month),
        f"{name}_year": str(value.year),
    }


TODAY = timezone.localdate()


# --- boards ---------------------------------------------------------------------------------------


def test_boards_stand_below_the_one_they_report_to(office, kent):
    top = make_board(programme=kent, name="Top board", short_name="Top", order=2)
    middle = make_board(programme=kent, short_name="Middle", reports_to=top, order=3)
    make_board(programme=kent, short_name="Low", reports_to=middle, order=1)
    make_board(programme=kent, name="Old board", short_name="Old", ended_on=date(2018, 1, 5))
    page = html_of(office.get("/kent/boards/"))
    drawing = page.split("<svg", 1)[1].split("</svg>", 1)[0]
    assert re.findall(r"app-tree__label[^>]*>([^<]+)<", drawing) == ["Top", "Middle", "Low"]
    table = page.split("All boards", 1)[1]
    assert table.index("Top board") < table.index("Boards that have ended")
    assert "Old board</a>, until 5 January 2018" in table


def test_a_programme_without_boards_says_what_to_do(office):
    assert "There is no board yet. The programme office adds the first one" in text_of(
        office.get("/kent/boards/")
    )


def test_a_boards_page_shows_seats_by_organisation_and_meetings_around_today(office, kent):
    fire = make_organisation(programme=kent, name="Fire Service")
    board = make_board(programme=kent, slug="panel", name="Panel", remit="Decides.")
    make_member(board=board, post="Chief Constable", role="chair", order=1)
    make_member(board=board, post="Chief Fire Officer", organisation=fire, order=2)
    make_member(board=board, post="Finance Director", order=3)
    make_member(board=board, post="Former Director", to_day=TODAY - timedelta(days=1), order=4)
    make_meeting(board=board, held_on=TODAY + timedelta(days=40))
    make_meeting(board=board, held_on=TODAY + timedelta(days=10), place="Town hall")
    for number in range(8):
        make_meeting(board=board, held_on=TODAY - timedelta(days=30 * number + 1), state="held")
    page = office.get("/kent/boards/panel/")
    text = text_of(page)
    members = text.split("Members", 1)[1].split("Meetings", 1)[0]
    order = [members.index(post) for post in ("Chief Constable", "Finance Director", "Chief Fire")]
    assert order == sorted(order), "posts of one organisation stand together"
    assert "Former members (1)" in members
    meetings = text.split("Next", 1)[1]
    assert meetings.index("Town hall") < meetings.index("Past")
    assert page.content.decode().count(">Held<") == 6
    assert "/kent/meetings/?board=panel" in page.content.decode()


def test_a_board_is_added_with_a_word_for_its_address_of_its_own(office, kent):
    make_board(programme=kent, slug="chiefs")
    answers = {"name": "Chief officers", "short_name": "Chiefs", "kind": "panel", "version": "0"}
    page = text_of(follow(office, "/kent/boards/add/", answers))
    assert "Chief officers is added. Next, add its members." in page
    assert Board.objects.get(name="Chief officers").slug == "chiefs-2"
    assert AuditEntry.objects.get().verb == "board.added"


def test_boards_that_report_in_a_circle_are_refused_beside_the_question(office, kent):
    top = make_board(programme=kent, slug="top")
    low = make_board(programme=kent, reports_to=top)
    answers = {
        "name": "Top",
        "kind": "panel",
        "reports_to": low.pk,
        "rename": "corrected",
        "version": "1",
    }
    assert problems(office, "/kent/boards/top/edit/", answers) == [
        "This would make a circle: it stands above that one."
    ]


def test_dates_in_the_wrong_order_are_said_once(office, kent):
    make_board(programme=kent, slug="top")
    answers = {"name": "Top", "kind": "panel", "version": "1", "rename": "corrected"}
    answers |= day("set_up_on", date(2020, 1, 2)) | day("ended_on", date(2019, 1, 2))
    assert problems(office, "/kent/boards/top/edit/", answers) == [
        "The end cannot be before the start."
    ]


def test_a_form_offers_only_what_belongs_to_the_programme(office, kent):
    make_board(programme=kent, name="Ours")
    theirs = make_board(name="Theirs")
    make_organisation(name="Nobody's")
    page = html_of(office.get("/kent/boards/add/"))
    assert "Ours</option>" in page
    assert str(kent.host) in page
    assert theirs.name not in page
    assert "Nobody's" not in page


def test_a_change_by_somebody_else_is_shown_beside_ones_own(office, kent):
    board = make_board(programme=kent, slug="top", name="Old name")
    save_board(board=board, values={"name": "Theirs"}, by=office.user)
    answers = {"name": "Mine", "kind": "strategic", "version": "1", "rename": "corrected"}
    response = office.post("/kent/boards/top/edit/", answers)
    assert response.status_code == 409
    text = text_of(response)
    assert "Somebody else changed this" in text
    assert "Theirs" in text
    assert "Mine" in text
    assert Board.objects.get(pk=board.pk).name == "Theirs"


def test_a_board_tells_its_history(office, kent):
    board = make_board(programme=kent, slug="top", name="Old name")
    save_board(board=board, values={"name": "New name"}, by=office.user)
    text = text_of(office.get("/kent/boards/top/"))
    assert "Changed the board “New name” by Programme office" in text
    assert "Old name → New name" in text


# --- members --------------------------------------------------------------------------------------


def test_a_seat_is_added_changed_and_ended(office, kent):
    board = make_board(programme=kent, slug="panel", short_name="Panel")
    answers = {
        "post": "Chief Constable",
        "organisation": kent.host_id,
        "role": "chair",
        "version": "0",
    }
    text = text_of(follow(office, "/kent/boards/panel/members/add/", answers))
    assert "The board member is added." in text
    assert f"Chief Constable, {kent.host.short_name}" in text
    seat = board.members.get()
    changed = answers | {"post": "Deputy Chief Constable", "version": "1"}
    address = f"/kent/boards/panel/members/{seat.pk}"
    assert "Deputy Chief Constable" in text_of(follow(office, f"{address}/edit/", changed))
    assert "End the seat of Deputy Chief Constable?" in text_of(office.get(f"{address}/end/"))
    last = day("to_day", TODAY - timedelta(days=1)) | {"version": "2"}
    text = text_of(follow(office, f"{address}/end/", last))
    assert "The seat is ended." in text
    assert "Former members (1) Deputy Chief Constable" in text


def test_a_seat_is_of_the_board_in_its_address(office, kent):
    make_board(programme=kent, slug="panel")
    elsewhere = make_member(board=make_board(programme=kent, slug="other"))
    assert office.get(f"/kent/boards/panel/members/{elsewhere.pk}/edit/").status_code == 404
    assert BoardMember.objects.get().post == elsewhere.post


def test_a_secretary_changes_their_own_board_and_no_other(kent):
    own = make_board(programme=kent, slug="own", short_name="Own")
    make_board(programme=kent, slug="other", short_name="Other")
    secretary = signed_in(make_user(programme=kent, role="secretary", board=own))
    assert "/kent/boards/own/edit/" in html_of(secretary.get("/kent/boards/own/"))
    assert "Add a member" not in text_of(secretary.get("/kent/boards/other/"))
    answers = {"post": "Clerk", "organisation": kent.host_id, "role": "member", "version": "0"}
    assert secretary.post("/kent/boards/other/members/add/", answers).status_code == 403
    assert secretary.post("/kent/boards/own/members/add/", answers).status_code == 302
    assert BoardMember.objects.get().board == own


# --- meetings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"), [("10:30", "10:30"), ("2pm", "14:00"), ("9.15", "09:15"), ("", "")]
)
def test_a_meetings_time_is_read_as_people_write_it(office, kent, typed, stored):
    make_board(programme=kent, slug="panel")
    answers = day("held_on", date(2027, 3, 28)) | {"starts_at": typed, "version": "0"}
    text = text_of(follow(office, "/kent/boards/panel/meetings/add/", answers))
    assert "The meeting is added." in text
    assert "28 March 2027" in text
    meeting = Meeting.objects.get()
    assert (f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "") == stored


def test_what_is_wrong_with_a_meeting_is_said_in_plain_words(office, kent):
    board = make_board(programme=kent, slug="panel")
    make_meeting(board=board, held_on=date(2027, 3, 28))
    address = "/kent/boards/panel/meetings/add/"
    assert problems(office, address, {"starts_at": "soon", "version": "0"}) == [
        "Enter the day of the meeting",
        "Enter a time, such as 10:30 or 2pm",
    ]
    assert problems(office, address, day("held_on", date(2027, 3, 28)) | {"version": "0"}) == [
        "The board has a meeting on this day already."
    ]


def test_a_meeting_is_cancelled_with_a_reason_and_stays(office, kent):
    board = make_board(programme=kent, slug="panel")
    make_meeting(board=board, held_on=date(2027, 3, 28))
    address = "/kent/boards/panel/meetings/2027-03-28"
    assert "Keep the meeting" in text_of(office.get(f"{address}/cancel/"))
    assert problems(office, f"{address}/cancel/", {"reason": "", "version": "1"}) == [
        "Enter the reason"
    ]
    text = text_of(follow(office, f"{address}/cancel/", {"reason": "No quorum", "version": "1"}))
    assert "The meeting is cancelled." in text
    assert "nothing → No quorum" in text
    assert "Cancel this meeting" not in text
    assert "Cancelled" in text_of(office.get("/kent/meetings/?state=cancelled"))


def test_a_meeting_is_held_once_its_day_has_come(office, kent):
    board = make_board(programme=kent, slug="panel")
    make_meeting(board=board, held_on=TODAY)
    make_meeting(board=board, held_on=TODAY + timedelta(days=7))
    text = text_of(follow(office, f"/kent/boards/panel/meetings/{TODAY}/hold/", {"version": "1"}))
    assert "The meeting is recorded as held." in text
    later = f"/kent/boards/panel/meetings/{TODAY + timedelta(days=7)}/hold/"
    assert problems(office, later, {"version": "1"}) == ["Enter today or a day in the past."]


@pytest.mark.parametrize("address", ["2027-03-29", "2027-02-30", "soon"])
def test_a_day_without_a_meeting_is_not_found(office, kent, address):
    make_meeting(board=make_board(programme=kent, slug="panel"), held_on=date(2027, 3, 28))
    assert office.get(f"/kent/boards/panel/meetings/{address}/").status_code == 404


def test_meetings_are_found_by_board_and_day_and_downloaded(office, kent):
    panel = make_board(programme=kent, slug="panel", name="Panel")
    make_meeting(board=panel, held_on=date(2027, 3, 28))
    make_meeting(board=panel, held_on=date(2026, 3, 28))
    make_meeting(board=make_board(programme=kent), held_on=date(2027, 4, 1))
    found = "/kent/meetings/?board=panel&since_day=1&since_month=1&since_year=2027"
    text = text_of(office.get(found))
    assert "1 meeting " in text
    assert "28 March 2027" in text
    rows = list(
        csv.DictReader(io.StringIO(office.get(f"{found}&format=csv").content.decode("utf-8-sig")))
    )
    assert [(row["Board"], row["State"]) for row in rows] == [("Panel", "Planned")]


# --- organisations --------------------------------------------------------------------------------


def test_organisations_are_those_of_the_programme(office, kent):
    make_organisation(name="Stranger")
    seated = make_organisation(programme=kent, name="Seated Council")
    make_member(board=make_board(programme=kent), organisation=seated)
    partner = make_organisation(programme=kent, name="Partner Police")
    Partnership.objects.create(programme=kent, organisation=partner, role="funder")
    text = text_of(office.get("/kent/about/organisations/"))
    assert "Partner Police" in text
    assert "Seated Council" in text
    assert "Stranger" not in text
    text = text_of(office.get("/kent/about/organisations/?part=none"))
    assert "Seated Council" in text
    assert "Partner Police" not in text
    assert office.get("/kent/about/organisations/organisation-0/").status_code == 404


NEW = {"name": "Kent Fire", "short_name": "KFRS", "kind": "fire", "role": "partner", "version": "0"}


def test_a_new_organisation_takes_part_from_the_start(office, kent):
    text = text_of(follow(office, "/kent/about/organisations/add/", NEW))
    assert "Kent Fire takes part in the programme." in text
    assert Organisation.objects.get(name="Kent Fire").slug == "kfrs"
    verbs = list(AuditEntry.objects.of(kent).values_list("verb", flat=True))
    assert sorted(verbs) == ["organisation.added", "partnership.added"]


def test_an_organisation_of_another_programme_is_neither_told_nor_taken_over(office, kent):
    theirs = make_organisation(name="Kent Fire", short_name="Theirs", slug="kfrs")
    text = text_of(follow(office, "/kent/about/organisations/add/", NEW | {"name": "kent fire"}))
    assert "Theirs" not in text
    ours = Organisation.objects.of(kent).get(slug="kfrs")
    assert (ours.name, ours.short_name) == ("kent fire", "KFRS")
    answers = {"name": "Kent Fire and Rescue", "short_name": "", "kind": "fire", "version": "1"}
    answers["rename"] = "corrected"
    follow(office, "/kent/about/organisations/kfrs/edit/", answers)
    theirs.refresh_from_db()
    assert (theirs.name, theirs.short_name) == ("Kent Fire", "Theirs")
    assert problems(
        office, "/kent/about/organisations/add/", NEW | {"name": "KENT FIRE AND RESCUE"}
    ) == ["The programme has Kent Fire and Rescue already: change its part on its page."]


def test_a_part_in_the_programme_is_changed_and_told_in_the_history(office, kent):
    partner = make_organisation(programme=kent, name="Partner Police", slug="partner")
    Partnership.objects.create(programme=kent, organisation=partner)
    address = "/kent/about/organisations/partner/part/"
    answers = {"role": "associate", "version": "1"} | day("left_on", date(2026, 3, 31))
    text = text_of(follow(office, address, answers))
    assert "Part in the programme Associate" in text
    assert "Left 31 March 2026" in text
    assert "Partner → Associate" in text


# --- people ---------------------------------------------------------------------------------------


def invitation(**values) -> dict[str, str]:
    return {
        "email": "New.Person@example.org",
        "name": "New Person",
        "role": "auditor",
        "version": "0",
    } | values


def sign_in(email: str, password: str) -> Client:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    assert answer.status_code == 302
    return client


def test_somebody_invited_chooses_a_password_and_accepts(office, kent):
    text = text_of(follow(office, "/kent/about/people/invite/", invitation()))
    assert "New Person is invited. The role is in force once they accept." in text
    assert "The invitation has not been accepted yet." in text
    (letter,) = mail.outbox
    assert letter.to == ["new.person@example.org"]
    assert letter.subject == "Your account for the Collaboration Portal"
    assert "You are invited to work on Kent collaboration." in letter.body
    assert "The link works for 3 days." in letter.body
    (link,) = re.findall(r"http://testserver(\S+)", letter.body.split("Collaboration Portal\n")[0])
    theirs = Client()
    form = theirs.get(link, follow=True)
    chosen = {"password1": "seven green lorries", "password2": "seven green lorries"}
    assert theirs.post(form.redirect_chain[-1][0], chosen).status_code == 302
    theirs = sign_in("new.person@example.org", "seven green lorries")
    assert theirs.get("/kent/").status_code == 404
    page = theirs.get("/", follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_invitations")
    assert "Auditor" in text_of(page)
    person = Person.objects.get(user__email="new.person@example.org")
    answers = {"person": person.pk, "name": ""}
    assert "Enter your name" in text_of(theirs.post(reverse("account_invitations"), answers))
    theirs.post(reverse("account_invitations"), answers | {"name": "Ada Person"})
    assert theirs.get("/kent/about/record/").status_code == 200
    assert theirs.get("/kent/about/people/").status_code == 403
    text = text_of(office.get(f"/kent/about/people/{person.pk}/"))
    assert "has not been accepted" not in text
    assert "Ada Person" in text


def test_an_invitation_can_be_sent_again_until_it_is_accepted(office, kent):
    follow(office, "/kent/about/people/invite/", invitation())
    person = Person.objects.get(email="new.person@example.org")
    page = f"/kent/about/people/{person.pk}"
    assert "Send the invitation again" in text_of(office.get(f"{page}/"))
    text = text_of(follow(office, f"{page}/remind/", {}))
    assert "The invitation to New Person is sent." in text
    assert len(mail.outbox) == 2
    accept_invitation(person=person, name="New Person", by=person.user)
    assert "Send the invitation again" not in text_of(office.get(f"{page}/"))
    assert problems(office, f"{page}/remind/", {}) == ["New Person has accepted the invitation."]


def test_an_invitation_can_be_declined(office, kent):
    known = make_user(email="new.person@example.org", name="Known")
    follow(office, "/kent/about/people/invite/", invitation())
    theirs = sign_in(known.email, PASSWORD)
    person = known.known_as.get()
    page = theirs.post(reverse("account_invitations"), {"person": person.pk, "_decline": "1"})
    assert page.status_code == 302
    assert theirs.get("/kent/").status_code == 404
    text = text_of(office.get(f"/kent/about/people/{person.pk}/"))
    assert "The invitation was declined on" in text


def test_an_invitation_is_withdrawn_by_ending_its_role(office, kent):
    known = make_user(email="new.person@example.org", name="Known")
    follow(office, "/kent/about/people/invite/", invitation())
    theirs, person = sign_in(known.email, PASSWORD), known.known_as.get()
    page = text_of(theirs.get(reverse("account_invitations")))
    assert "Kent collaboration" in page
    assert "Auditor" in page
    ends = f"/kent/about/people/{person.pk}/roles/{known.role_assignments.get().pk}/end/"
    follow(office, ends, day("to_day", TODAY - timedelta(days=1)) | {"version": "1"})
    assert "Kent" not in text_of(theirs.get(reverse("account_invitations")))
    theirs.post(reverse("account_invitations"), {"person": person.pk})
    person.refresh_from_db()
    assert person.is_waiting


def test_nobody_answers_the_invitation_of_another(office, kent):
    follow(office, "/kent/about/people/invite/", invitation())
    person = Person.objects.get(email="new.person@example.org")
    office.post(reverse("account_invitations"), {"person": person.pk, "name": "Mallory"})
    person.refresh_from_db()
    assert person.is_waiting


HIDDEN = ("Zebedee", "Elsewhere")


@pytest.mark.parametrize("account", ["none", "known", "closed", "without a password"])
def test_inviting_somebody_tells_nothing_of_their_account(office, kent, account):
    """Page after page, what the office reads is the same whoever the address belongs to."""
    if account != "none":
        known = make_user(
            programme=make_programme(name="Elsewhere"),
            email="new.person@example.org",
            name="Zebedee",
            is_active=account != "closed",
            last_login=timezone.now(),
        )
        if account == "without a password":
            known.set_unusable_password()
            known.save()
    text = text_of(follow(office, "/kent/about/people/invite/", invitation()))
    person = Person.objects.of(kent).get(email="new.person@example.org")
    entry = AuditEntry.objects.of(kent).get(verb="person.invited")
    pages = [
        text,
        *(
            text_of(office.get(f"/kent/about/{address}"))
            for address in (
                "people/",
                "people/?state=invited",
                "people/?sort=signed_in",
                f"people/{person.pk}/",
                f"people/{person.pk}/edit/",
                f"people/{person.pk}/roles/add/",
                "record/",
                f"record/{entry.pk}/",
            )
        ),
        office.get("/kent/about/people/?format=csv").content.decode(),
        office.get("/kent/about/record/?format=csv").content.decode(),
        text_of(office.get("/kent/projects/add/")),
    ]
    for page in pages:
        assert not [word for word in HIDDEN if word in page]
    assert "New Person is invited. The role is in force once they accept." in text
    assert "Last signed in" not in pages[4]
    assert "New Person" not in text_of(office.get("/kent/about/people/?search=Zebedee"))
    assert entry.object_label == "New Person"
    assert entry.after == {
        "email": "new.person@example.org",
        "name": "New Person",
        "role": "Auditor",
    }


def test_an_invitation_stands_even_when_no_mail_can_be_sent(office, kent, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    text = text_of(follow(office, "/kent/about/people/invite/", invitation()))
    assert "The mail to new.person@example.org could not be sent. The invitation stands" in text
    person = Person.objects.get(email="new.person@example.org")
    text = text_of(follow(office, f"/kent/about/people/{person.pk}/remind/", {}))
    assert "The mail to new.person@example.org could not be sent. The invitation stands" in text
    assert "is sent." not in text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"role": ""}, "Select the role"),
        ({"email": "nowhere"}, "Enter an e-mail address in the form name@example.org"),
        (
            {"role": "finance"},
            "Select the organisation whose money this finance lead answers for",
        ),
        ({"role": "secretary"}, "Select the board that this secretary looks after"),
        ({"role": "member"}, "Select the board that this member sits on"),
    ],
)
def test_an_invitation_says_what_is_missing(office, values, said):
    assert problems(office, "/kent/about/people/invite/", invitation(**values)) == [said]
    assert mail.outbox == []
    assert not User.objects.filter(email="new.person@example.org").exists()


def test_a_role_for_the_whole_programme_takes_no_board(office, kent):
    board = make_board(programme=kent)
    answers = invitation(board=str(board.pk))
    assert problems(office, "/kent/about/people/invite/", answers) == [
        "Take the board out: the role of auditor is for everything"
    ]
    answers = invitation(role="finance", board=str(board.pk), organisation_of_role=kent.host_id)
    assert problems(office, "/kent/about/people/invite/", answers) == [
        "Take the board out: the role of finance lead is held for an organisation"
    ]


def test_a_role_is_given_changed_and_ended(office, kent):
    user = make_user(programme=kent, role="auditor", name="Somebody")
    page = f"/kent/about/people/{user.known_as.get().pk}"
    answers = {"role": "finance", "organisation": kent.host_id, "version": "0"}
    text = text_of(follow(office, f"{page}/roles/add/", answers))
    assert "Somebody is given the role of finance lead." in text
    role = user.role_assignments.get(role="finance")
    assert problems(office, f"{page}/roles/add/", answers) == ["Somebody holds this role already."]
    until = answers | {"version": "1"} | day("to_day", date(2099, 1, 1))
    assert "1 Jan 2099" in text_of(follow(office, f"{page}/roles/{role.pk}/edit/", until))
    yesterday = day("to_day", TODAY - timedelta(days=1)) | {"version": "2"}
    text = text_of(follow(office, f"{page}/roles/{role.pk}/end/", yesterday))
    assert "The role is ended." in text
    assert "Ended" in text
    assert text_of(office.get("/kent/about/people/?state=ended")).count("Finance lead") >= 1
    assert "Ended the role" in text


def test_the_last_administrator_stays(office, kent):
    admin = make_user(programme=kent, role="administrator")
    role = admin.role_assignments.get()
    address = f"/kent/about/people/{admin.known_as.get().pk}/roles/{role.pk}/end/"
    assert problems(office, address, day("to_day", TODAY) | {"version": "1"}) == [
        "This is the programme’s last administrator. Give the role to somebody else first, "
        "and have it confirmed."
    ]


def test_people_of_other_programmes_are_not_found(office, kent):
    stranger = make_user(programme=make_programme(), name="Stranger")
    person = stranger.known_as.get()
    assert office.get(f"/kent/about/people/{person.pk}/").status_code == 404
    assert "Stranger" not in text_of(office.get("/kent/about/people/"))


def test_what_the_programme_says_of_a_person_is_changed_and_not_their_name(office, kent):
    user = make_user(programme=kent, role="auditor", name="Somebody")
    elsewhere = make_role(user=user, programme=make_programme()).person
    answers = {"name": "Somebody Else", "post": "Clerk", "version": "1"}
    text = text_of(follow(office, f"/kent/about/people/{user.known_as.first().pk}/edit/", answers))
    assert "Clerk" in text
    assert "Changed the details of “Somebody”" in text
    user.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (user.name, elsewhere.post) == ("Somebody", "")


def test_everybody_changes_their_own_name(office, kent):
    user = make_user(programme=kent, role="auditor", name="Old Name")
    client = Client()
    client.force_login(user)
    follow(client, reverse("account_name"), {"name": "New Name"})
    assert "New Name" in text_of(office.get("/kent/about/people/"))
    assert "Changed the name of “New Name”" in text_of(office.get("/kent/about/record/"))


# --- the record -----------------------------------------------------------------------------------


@pytest.fixture
def recorded(office, kent) -> Client:
    """An auditor, after two boards were added and one was changed."""
    for name in ("First", "Second"):
        values = {"slug": name.lower(), "name": name, "kind": "panel"}
        save_board(board=Board(programme=kent), values=values, by=office.user)
    save_board(board=Board.objects.get(name="First"), values={"remit": "=1+1"}, by=None)
    make_board(name="Elsewhere")
    save_board(board=Board.objects.get(name="Elsewhere"), values={"name": "Gone"}, by=None)
    return signed_in(make_user(programme=kent, role="auditor"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("search=second", 1),
        ("person=0", 1),
        ("verb=added", 2),
        ("kind=programme.board", 3),
        ("kind=programme.user", 3),  # not on offer, so not a filter
        ("since_day=1&since_month=1&since_year=2099", 0),
        ("until_day=1&until_month=1&until_year=2099", 3),
    ],
)
def test_the_record_is_searched(recorded, query, count):
    text = text_of(recorded.get(f"/kent/about/record/?{query}"))
    assert f"{count} entr" in text or (count == 0 and "Nothing matches these filters" in text)
    assert "Gone" not in text


def test_the_day_of_a_filter_counts_from_midnight_to_midnight(recorded):
    today = "&".join(f"{key}={value}" for key, value in day("since", TODAY).items())
    today += "&" + "&".join(f"{key}={value}" for key, value in day("until", TODAY).items())
    assert "3 entries" in text_of(recorded.get(f"/kent/about/record/?{today}"))


def test_the_record_says_what_was_done_with_both_texts(recorded):
    text = text_of(recorded.get("/kent/about/record/?verb=edited"))
    assert "Changed the board “First”" in text
    assert "Remit nothing → =1+1" in text


def test_an_entry_leads_to_all_that_was_done_to_the_thing(recorded, kent):
    entry = AuditEntry.objects.of(kent).first()
    page = recorded.get(f"/kent/about/record/{entry.pk}/")
    assert "Changed the board “First”" in text_of(page)
    (address,) = re.findall(r'href="(/kent/about/record/\?thing=[^"]+)"', html_of(page))
    text = text_of(recorded.get(address))
    assert "2 entries" in text
    assert "Second" not in text


def test_the_record_is_downloaded_with_both_texts_and_no_formula(recorded):
    sent = recorded.get("/kent/about/record/?format=csv")
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert [row["What was done"] for row in rows] == ["changed", "added", "added"]
    assert rows[0]["Thing"] == "First"
    assert rows[0]["Who"] == "The system"
    assert rows[0]["After"] == "remit: =1+1"
    assert rows[1]["Before"] == ""


def test_an_entry_of_another_programme_is_not_found(recorded, kent):
    other = AuditEntry.objects.exclude(programme=kent).first()
    assert recorded.get(f"/kent/about/record/{other.pk}/").status_code == 404


# --- about ----------------------------------------------------------------------------------------


def test_about_shows_how_the_programme_rates(office, kent):
    dimension = make_dimension(programme=kent, name="Time", measure="slip")
    for code, limit in (("G", 10), ("A", 30), ("R", None)):
        dimension.tolerances.create(level=dimension.scale.levels.get(code=code), limit=limit)
    text = text_of(office.get("/kent/about/"))
    assert "G Green : up to 10 working days late" in text
    assert "R Red : more than 30 working days late" in text
    assert "Financial year begins 1 April" in text


def test_pages_about_the_programme_show_only_what_the_reader_may_open(kent):
    member = signed_in(make_user(programme=kent, role="member", board=make_board(programme=kent)))
    page = html_of(member.get("/kent/about/"))
    assert "/kent/about/organisations/" in page
    assert "/kent/about/people/" not in page
    assert "/kent/about/record/" not in page


def test_anybody_may_read_the_accessibility_statement(settings):
    text = text_of(Client().get("/accessibility/"))
    assert "Accessibility statement for the Collaboration Portal" in text
    assert "partially compliant" in text
    assert get_user_model().objects.count() == 0


# --- queries --------------------------------------------------------------------------------------


def costs(client: Client, address: str, count) -> int:
    """How many queries a page makes."""
    client.get(address)
    with count() as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_boards_cost_the_same_however_many_there_are(office, kent, capture_queries):
    def fill(boards: int) -> None:
        for _ in range(boards):
            board = make_board(programme=kent, reports_to=Board.objects.first())
            make_member(board=board, organisation=make_organisation(programme=kent))
            make_meeting(board=board)

    fill(3)
    few = costs(office, "/kent/boards/", capture_queries)
    fill(30)
    assert costs(office, "/kent/boards/", capture_queries) == few <= 15


@pytest.mark.parametrize("page", ["boards/panel", "about/organisations/partner"])
def test_a_page_costs_the_same_however_much_stands_on_it(office, kent, capture_queries, page):
    partner = make_organisation(programme=kent, slug="partner")
    Partnership.objects.create(programme=kent, organisation=partner)
    board = make_board(programme=kent, slug="panel")

    def fill(times: int) -> None:
        for _ in range(times):
            make_member(board=board, organisation=partner)
            make_meeting(
                board=board, held_on=date(2020, 1, 1) + timedelta(days=Meeting.objects.count())
            )
            make_board(programme=kent, reports_to=board)
            save_board(board=board, values={"remit": f"{Meeting.objects.count()}"}, by=None)

    fill(2)
    few = costs(office, f"/kent/{page}/", capture_queries)
    fill(20)
    assert costs(office, f"/kent/{page}/", capture_queries) == few <= 15


@pytest.fixture
def capture_queries():
    return lambda: CaptureQueriesContext(connection)
