"""Who gives roles to whom: nobody to themselves, the powerful ones by two people, and a programme
keeps an administrator. Accounts are closed and opened again by a programme for itself."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from programme import access
from programme.actions import (
    assign_role,
    change_address,
    change_role,
    close_account,
    confirm_role,
    decline_invitation,
    end_role,
    invite_user,
    reopen_account,
)
from programme.filters import PersonFilterSet
from programme.models import AuditEntry, Person, RoleAssignment, Session, User
from programme.selectors import invitations_for, roles_of, roles_to_confirm
from tests.builders import make_board, make_organisation, make_programme, make_role, make_user

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def people() -> SimpleNamespace:
    """An office, two administrators and a finance lead, of one programme."""
    programme = make_programme()
    found = SimpleNamespace(programme=programme, fire=make_organisation(programme=programme))
    found.office = make_user(programme=programme, role="office", name="Olive Office")
    found.admin = make_user(programme=programme, role="administrator", name="Ada Admin")
    found.other = make_user(programme=programme, role="administrator", name="Otto Other")
    found.finance = make_user(name="Fiona Fire")
    make_role(user=found.finance, programme=programme, role="finance", organisation=found.fire)
    return found


def give(people, to, by, role="administrator", **values) -> RoleAssignment:
    values = {"role": role, **values}
    return assign_role(user=to, programme=people.programme, values=values, by=by)


def may(user: User, permission: str, programme) -> bool:
    return access.allows(User.objects.get(pk=user.pk), permission, programme)


def refused(match: str):
    return pytest.raises(ValidationError, match=match)


# --- one's own role -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", RoleAssignment.Role.values)
def test_nobody_gives_themselves_a_role(people, role):
    board = make_board(programme=people.programme)
    held_for = {"organisation": people.fire, "board": board}
    programme, office = people.programme, people.office
    with refused("Nobody gives themselves a role"):
        give(people, office, office, role, from_day=TODAY + 30 * DAY, **held_for)
    with refused("Nobody gives themselves a role"):
        invite_user(
            programme=programme,
            email=office.email.upper(),
            person={},
            role={"role": role, "from_day": TODAY + 30 * DAY, **held_for},
            by=office,
        )
    assert office.role_assignments.count() == 1


@pytest.mark.parametrize(
    ("stored", "values", "is_wider"),
    [
        ({}, {"role": "administrator"}, True),
        ({}, {"role": "auditor"}, True),
        ({"to_day": TODAY}, {"to_day": TODAY + DAY}, True),
        ({"to_day": TODAY}, {"to_day": None}, True),
        ({"from_day": TODAY - DAY}, {"from_day": None}, True),
        ({"from_day": TODAY - DAY}, {"from_day": TODAY - 2 * DAY}, True),
        ({"to_day": TODAY - DAY}, {"to_day": TODAY}, True),
        ({"to_day": None}, {"to_day": TODAY + DAY}, False),
        ({"from_day": None}, {"from_day": TODAY}, False),
    ],
)
def test_nobody_widens_or_prolongs_their_own_role(people, stored, values, is_wider):
    RoleAssignment.objects.filter(user=people.office).update(**stored)
    own = people.office.role_assignments.get()
    if is_wider:
        with refused("widens or prolongs their own. Ask somebody else"):
            change_role(assignment=own, values=values, by=people.office)
        own.refresh_from_db()
        assert own.version == 1
        change_role(assignment=own, values=values, by=people.admin)
    else:
        assert change_role(assignment=own, values=values, by=people.office).confirmed_at


def test_ending_a_role_never_prolongs_it(people):
    own = people.office.role_assignments.get()
    end_role(assignment=own, to_day=TODAY, by=people.office)
    with refused("This role ends on"):
        end_role(assignment=own, to_day=TODAY + DAY, by=people.office)


# --- a second person ----------------------------------------------------------------------------


def test_an_administrator_is_one_once_a_second_person_says_so(people):
    to = make_user(programme=people.programme, role="auditor")
    role = give(people, to, people.office)
    assert not may(to, "people.manage", people.programme)
    assert list(roles_to_confirm(people.programme)) == [role]
    with refused("You gave this role"):
        confirm_role(assignment=role, by=people.office)
    with pytest.raises(PermissionDenied):
        confirm_role(assignment=role, by=people.finance)
    confirm_role(assignment=role, by=people.admin)
    assert may(to, "people.manage", people.programme)
    assert not roles_to_confirm(people.programme)
    with refused("confirmed already"):
        confirm_role(assignment=role, by=people.other)


def test_nobody_confirms_a_role_of_their_own(people):
    role = give(people, people.office, people.admin, "finance", organisation=people.fire)
    with refused("This role is yours"):
        confirm_role(assignment=role, by=people.office)
    assert not may(people.office, "benefits.validate", people.programme)


def test_a_finance_lead_waits_too_and_others_do_not(people):
    to = make_user(programme=people.programme, role="auditor")
    assert give(people, to, people.office, "finance", organisation=people.fire).confirmed_at is None
    assert give(people, to, people.office, "lead").confirmed_at is not None


def test_a_role_that_is_over_is_not_confirmed(people):
    to = make_user(programme=people.programme, role="auditor")
    role = give(people, to, people.office)
    end_role(assignment=role, to_day=TODAY - DAY, by=people.admin)
    with refused("This role is over"):
        confirm_role(assignment=role, by=people.other)
    assert not roles_to_confirm(people.programme)


@pytest.mark.parametrize(
    "values", [{"to_day": None}, {"role": "administrator", "organisation": None}]
)
def test_a_role_that_reaches_further_is_confirmed_anew(people, values):
    RoleAssignment.objects.filter(user=people.finance).update(to_day=TODAY + DAY)
    role = people.finance.role_assignments.get()
    changed = change_role(assignment=role, values=values, by=people.office)
    assert (changed.confirmed_at, changed.granted_by) == (None, people.office)
    shorter = {"to_day": TODAY}
    assert change_role(assignment=role, values=shorter, by=people.admin).granted_by == people.office
    confirm_role(assignment=role, by=people.admin)
    assert change_role(assignment=role, values={"from_day": TODAY}, by=people.office).confirmed_at


def test_an_invited_finance_lead_waits_for_both(people):
    person = invite_user(
        programme=people.programme,
        email="new@example.org",
        person={"name": "New"},
        role={"role": "finance", "organisation": people.fire},
        by=people.office,
    )
    person.__class__.objects.filter(pk=person.pk).update(accepted_at=timezone.now())
    assert not person.user.role_assignments.current().exists()
    confirm_role(assignment=person.user.role_assignments.get(), by=people.admin)
    assert person.user.role_assignments.current().exists()


def test_the_first_administrator_comes_by_command():
    programme = make_programme()
    arguments = ["first@example.org", "--programme", programme.slug, "--role", "administrator"]
    call_command("invite", *arguments, verbosity=0)
    first = User.objects.get(email="first@example.org")
    first.known_as.update(accepted_at=timezone.now())
    assert may(first, "people.manage", programme)


@pytest.fixture
def invited(people) -> Person:
    """Somebody who has not answered the invitation to be a finance lead."""
    return invite_user(
        programme=people.programme,
        email="new@example.org",
        person={"name": "Nora New"},
        role={"role": "finance", "organisation": people.fire},
        by=people.office,
    )


def test_who_declined_gets_no_role_until_they_are_asked_again(people, invited):
    role = invited.user.role_assignments.get()
    assert list(roles_to_confirm(people.programme)) == [role]
    decline_invitation(person=invited, by=invited.user)
    assert not roles_to_confirm(people.programme)
    role = RoleAssignment.objects.get(pk=role.pk)
    for problem in (
        lambda: confirm_role(assignment=role, by=people.admin),
        lambda: give(people, invited.user, people.admin, "auditor"),
        lambda: change_role(assignment=role, values={"role": "administrator"}, by=people.admin),
    ):
        with refused("Nora New declined the invitation"):
            problem()
    assert not invitations_for(invited.user)
    invite_user(
        programme=people.programme,
        email=invited.email,
        person={},
        role={"role": "auditor"},
        by=people.office,
    )
    assert list(invitations_for(invited.user)) == [invited]
    assert confirm_role(assignment=role, by=people.admin).confirmed_at


# --- the last administrator ---------------------------------------------------------------------


def last_administrator(people) -> RoleAssignment:
    end_role(assignment=people.other.role_assignments.get(), to_day=TODAY - DAY, by=None)
    return people.admin.role_assignments.get()


NOT_ONE_NOW = {
    "nobody": {"to_day": TODAY - DAY},
    "one who has not begun": {"from_day": TODAY + DAY},
    "one who is not confirmed": {"confirmed_at": None},
    "one whose last day is today": {"to_day": TODAY},
}
LEAVING = {
    "ended": lambda role, by: end_role(assignment=role, to_day=TODAY, by=by),
    "dated": lambda role, by: end_role(assignment=role, to_day=TODAY + 400 * DAY, by=by),
    "begun later": lambda role, by: change_role(
        assignment=role, values={"from_day": TODAY + DAY}, by=by
    ),
    "made an auditor": lambda role, by: change_role(
        assignment=role, values={"role": "auditor"}, by=by
    ),
    "closed": lambda role, by: close_account(person=role.person, reason="Left.", by=by),
}


@pytest.mark.parametrize("how", LEAVING)
@pytest.mark.parametrize("other", NOT_ONE_NOW)
def test_the_last_administrator_stays(people, how, other):
    RoleAssignment.objects.filter(user=people.other).update(**NOT_ONE_NOW[other])
    role = people.admin.role_assignments.get()
    with refused("last administrator"):
        LEAVING[how](role, people.office)
    role.refresh_from_db()
    assert role.version == 1


@pytest.mark.parametrize("how", LEAVING)
def test_an_administrator_may_leave_where_there_is_another(people, how):
    LEAVING[how](people.admin.role_assignments.get(), people.office)


@pytest.mark.parametrize("state", ["invited", "closed account", "closed by the programme"])
def test_an_administrator_who_cannot_act_does_not_count(people, state):
    if state == "closed account":
        User.objects.filter(pk=people.other.pk).update(is_active=False)
    elif state == "invited":
        people.other.known_as.update(accepted_at=None)
    else:
        people.other.known_as.update(closed_at=timezone.now())
    with refused("last administrator"):
        LEAVING["ended"](people.admin.role_assignments.get(), people.office)


def test_a_role_that_never_was_in_force_is_ended_freely(people):
    last_administrator(people)
    to = make_user(programme=people.programme, role="auditor")
    role = give(people, to, people.office)
    assert end_role(assignment=role, to_day=TODAY - DAY, by=people.admin).to_day


# --- accounts -----------------------------------------------------------------------------------


def session_of(user) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store.create()
    return store.session_key


def test_a_closed_account_is_out_at_once_and_its_roles_are_over(people, client):
    person = people.finance.known_as.get()
    client.force_login(people.finance)
    session_of(people.finance)
    close_account(person=person, reason="Left the service.", by=people.office)
    assert not people.finance.role_assignments.current().exists()
    assert not User.objects.get(pk=people.finance.pk).is_active
    assert not Session.objects.filter(user=people.finance).exists()
    answer = client.get(f"/{people.programme.slug}/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.url
    entry = AuditEntry.objects.first()
    assert entry.after["reason"] == "Left the service."
    assert entry.before["roles"] == [f"Finance lead, {people.fire}"]
    for problem in (
        lambda: give(people, people.finance, people.office, "auditor"),
        lambda: close_account(person=person, reason="Again", by=people.office),
    ):
        with refused("is closed"):
            problem()


def test_an_account_that_is_opened_again_holds_no_role(people):
    person = people.finance.known_as.get()
    with refused("is not closed"):
        reopen_account(person=person, by=people.office)
    close_account(person=person, reason="Left.", by=people.office)
    reopen_account(person=person, by=people.office)
    assert User.objects.get(pk=people.finance.pk).is_active
    assert not people.finance.role_assignments.current().exists()
    assert give(people, people.finance, people.office, "auditor").confirmed_at


def test_a_programme_closes_an_account_for_itself_alone(people):
    """Nothing changes for another programme, and nothing of it is told."""
    elsewhere = make_programme()
    make_role(user=people.finance, programme=elsewhere, role="auditor")
    first = people.finance.known_as.get(programme=people.programme)
    second = people.finance.known_as.get(programme=elsewhere)
    close_account(person=first, reason="Left.", by=people.office)
    user = User.objects.get(pk=people.finance.pk)
    assert (user.is_active, may(user, "programme.view", elsewhere)) == (True, True)
    assert not may(user, "programme.view", people.programme)
    close_account(person=second, reason="Left.", by=None)
    assert not User.objects.get(pk=user.pk).is_active
    reopen_account(person=second, by=None)
    assert User.objects.get(pk=user.pk).is_active
    assert not may(user, "programme.view", people.programme)


def test_whoever_runs_the_portal_is_not_locked_out_by_a_programme(people):
    User.objects.filter(pk=people.finance.pk).update(is_superuser=True)
    close_account(person=people.finance.known_as.get(), reason="Left.", by=people.office)
    assert User.objects.get(pk=people.finance.pk).is_active


def test_nobody_closes_their_own_account_or_one_that_did_not_accept(people):
    with refused("Nobody closes their own account"):
        close_account(person=people.office.known_as.get(), reason="Bye", by=people.office)
    people.finance.known_as.update(accepted_at=None)
    with refused("end the role instead"):
        close_account(person=people.finance.known_as.get(), reason="Bye", by=people.office)


# --- letters ------------------------------------------------------------------------------------


@pytest.fixture
def letters(django_capture_on_commit_callbacks, mailoutbox):
    """What an action sends: addresses, subject and text of each letter."""

    def sent(action) -> list[tuple[str, str, str]]:
        del mailoutbox[:]
        with django_capture_on_commit_callbacks(execute=True):
            action()
        return [(*each.to, each.subject, each.body) for each in mailoutbox]

    return sent


def test_whoever_gets_a_role_is_told_and_so_are_those_who_hold_it(people, letters):
    to = make_user(programme=people.programme, role="auditor", name="Nora New")
    sent = letters(lambda: give(people, to, people.office))
    told = {address: body for address, _, body in sent}
    assert set(told) == {to.email, people.admin.email, people.other.email}
    assert "Nora New is given the role of Administrator" in told[people.admin.email]
    assert "Given by: Olive Office" in told[people.admin.email]
    assert all("takes effect once a second person" in each for each in told.values())
    role = to.role_assignments.get(role="administrator")
    sent = letters(lambda: confirm_role(assignment=role, by=people.admin))
    assert {each[0] for each in sent} == {to.email, people.admin.email, people.other.email}
    assert "Confirmed by: Ada Admin" in sent[1][2]


def test_finance_leads_of_the_same_body_are_told(people, letters):
    to = make_user(programme=people.programme, role="auditor")
    police = make_organisation(programme=people.programme)
    fire = letters(lambda: give(people, to, people.office, "finance", organisation=people.fire))
    assert {each[0] for each in fire} == {to.email, people.finance.email}
    other = letters(lambda: give(people, to, people.office, "finance", organisation=police))
    assert {each[0] for each in other} == {to.email}


def test_a_role_that_changes_or_ends_is_told_to_whose_it_is(people, letters):
    to = make_user(programme=people.programme, role="lead")
    role = to.role_assignments.get()
    values = {"role": "auditor", "to_day": TODAY + DAY}
    ((address, subject, body),) = letters(
        lambda: change_role(assignment=role, values=values, by=people.office)
    )
    assert (address, subject) == (to.email, f"Your role in {people.programme.name}")
    assert f"It was: Project lead. It is: Auditor, until {TODAY + DAY:%-d %B %Y}." in body
    ((_, _, body),) = letters(lambda: end_role(assignment=role, to_day=TODAY, by=people.office))
    assert f"Your role of Auditor ends. Its last day: {TODAY:%-d %B %Y}." in body
    assert letters(lambda: end_role(assignment=role, to_day=TODAY, by=people.office)) == []


def test_who_has_not_accepted_gets_the_invitation_and_no_other_letter(people, letters):
    people.finance.known_as.update(accepted_at=None)
    role = people.finance.role_assignments.get()
    assert letters(lambda: end_role(assignment=role, to_day=TODAY, by=people.office)) == []


def test_both_addresses_are_told_of_a_change_and_a_closed_account_is(people, letters):
    before = people.finance.email
    session_of(people.finance)
    sent = letters(lambda: change_address(user=people.finance, email="New@example.org", by=None))
    assert {each[0] for each in sent} == {before, "new@example.org"}
    assert f"It was: {before}" in sent[0][2]
    assert not Session.objects.filter(user=people.finance).exists()
    person = people.finance.known_as.get()
    sent = letters(lambda: close_account(person=person, reason="Left.", by=people.office))
    assert [each[0] for each in sent] == ["new@example.org"]


def test_a_letter_that_cannot_be_sent_stops_nothing(people, letters, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OSError("no mail server")

    monkeypatch.setattr("programme.letters.send_mail", fail)
    assert letters(lambda: give(people, people.finance, people.office, "auditor")) == []
    assert "No letter" in caplog.text
    assert people.finance.role_assignments.count() == 2


# --- pages --------------------------------------------------------------------------------------


def text(answer) -> str:
    assert answer.status_code == 200, answer
    return " ".join(re.sub("<[^>]+>", " ", unescape(answer.content.decode())).split())


def test_who_can_confirm_finds_the_role_on_home_and_in_the_list(people, client):
    to = make_user(programme=people.programme, role="auditor", name="Nora New")
    role = give(people, to, people.office)
    home, listed = f"/{people.programme.slug}/", f"/{people.programme.slug}/about/people/"
    address = f"{listed}{role.person.pk}/roles/{role.pk}/confirm/"
    client.force_login(people.office)
    assert "Nora New as Administrator" not in text(client.get(home))
    assert "You gave this role" in text(client.get(listed))
    assert address not in client.get(listed).content.decode()
    answer = client.post(address, {"version": "1"})
    assert "You gave this role" in text(answer)
    client.force_login(people.admin)
    assert "Nora New as Administrator" in text(client.get(home))
    assert address in client.get(listed).content.decode()
    assert address in client.get(f"{listed}{role.person.pk}/").content.decode()
    assert "Olive Office gave this role" in text(client.get(address))
    assert "The role is confirmed." in text(client.post(address, {"version": "1"}, follow=True))
    assert "Roles waiting for confirmation" not in text(client.get(listed))
    assert may(to, "people.manage", people.programme)


STATES = {
    "In force": {},
    "Ended": {"to_day": TODAY - DAY},
    "Declined": {"accepted_at": None, "declined_at": timezone.now()},
    "Not confirmed yet": {"confirmed_at": None},
    "Not accepted yet": {"accepted_at": None},
    "Not begun": {"from_day": TODAY + DAY},
}


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_each_state_of_a_role_is_said_and_only_one_that_waits_is_confirmed(
    people, client, state, confirmed
):
    """Whether it has been confirmed or not: who declined is not asked for."""
    role, person = people.finance.role_assignments.get(), people.finance.known_as.get()
    values = STATES[state] if confirmed else STATES[state] | {"confirmed_at": None}
    of_person = {name: values[name] for name in values if name in ("accepted_at", "declined_at")}
    Person.objects.filter(pk=person.pk).update(**of_person)
    of_role = {name: values[name] for name in values if name not in of_person}
    RoleAssignment.objects.filter(pk=role.pk).update(**of_role)
    people_page = f"/{people.programme.slug}/about/people/"
    client.force_login(people.admin)
    waits = "confirmed_at" in values and state not in ("Ended", "Declined")
    page = client.get(f"{people_page}{person.pk}/")
    assert ("Not confirmed yet" if waits else state) in text(page)
    address = f"{people_page}{person.pk}/roles/{role.pk}/confirm/"
    assert (address in page.content.decode()) is waits
    assert (address in client.get(people_page).content.decode()) is waits
    home = text(client.get(f"/{people.programme.slug}/"))
    assert ("as Finance lead" in home) is waits
    for chosen, shown in (("unconfirmed", waits), ("declined", state == "Declined")):
        listed = PersonFilterSet({"state": chosen}, queryset=roles_of(people.programme)).qs
        assert (role in listed) is shown
    sent = client.post(address, {"version": str(role.version)}, follow=True)
    assert ("The role is confirmed." in text(sent)) is waits


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"confirmed_at": None}, "waits for a second person’s confirmation."),
        ({"from_day": TODAY + DAY}, f"begins on {(TODAY + DAY):%-d %B %Y}."),
        (
            {"confirmed_at": None, "from_day": TODAY + DAY},
            f"waits for a second person’s confirmation and begins on {(TODAY + DAY):%-d %B %Y}.",
        ),
    ],
)
def test_whose_role_is_not_in_force_yet_is_told_what_it_waits_for(people, client, values, words):
    RoleAssignment.objects.filter(user=people.finance).update(**values)
    Person.objects.filter(user=people.finance).update(accepted_at=None)
    client.force_login(people.finance)
    person = people.finance.known_as.get()
    accepted = text(client.post("/accounts/invitations/", {"person": person.pk}, follow=True))
    said = f"{people.programme}: your role of finance lead for {people.fire} {words}"
    assert accepted.count(said) == 2  # as the answer, and on the page as long as it is so
    assert said in text(client.get("/"))
    assert "You have no role" not in accepted
    make_role(user=people.finance, programme=make_programme(name="Elsewhere"), role="auditor")
    make_role(user=people.finance, programme=make_programme(name="Beyond"), role="auditor")
    both = text(client.get("/"))
    assert said in both
    assert "Elsewhere" in both


def test_an_account_is_closed_and_opened_on_its_page(people, client):
    page = f"/{people.programme.slug}/about/people/{people.finance.known_as.get().pk}/"
    client.force_login(people.office)
    assert "Close the account" in text(client.get(page))
    closing = {"version": "1", "reason": "Left."}
    closed = text(client.post(f"{page}close/", closing, follow=True))
    assert "The account is closed." in closed
    assert "Closed on" in closed
    assert "Give another role" not in closed
    opened = text(client.post(f"{page}reopen/", {"version": "2"}, follow=True))
    assert "The account is open again." in opened
    own = text(
        client.get(f"/{people.programme.slug}/about/people/{people.office.known_as.get().pk}/")
    )
    assert "Give another role" not in own
    assert "Close the account" not in own
