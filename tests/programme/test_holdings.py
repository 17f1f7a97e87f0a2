"""What people answer for: what the end of a role leaves to nobody, and how it is handed over."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client

from programme import holdings
from programme.actions import accept_invitation, decline_invitation, hand_over_person
from programme.models import AuditEntry, Person, Programme, User
from tests import builders
from tests.filling import errors, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return builders.make_programme()


def somebody(programme, role="lead", **values):
    """A person in the programme with a role."""
    user = builders.make_user(programme=programme, role=role, **values)
    return Person.objects.get(programme=programme, user=user)


@pytest.fixture
def office(programme):
    return somebody(programme, "office", name="Olive Office")


@pytest.fixture
def lead(programme):
    return somebody(programme, name="Lena Lead")


def signed_in(person):
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def theirs(programme, lead):
    """One row of each kind in the lead's name, by the key of the kind."""
    elsewhere = builders.make_project(programme=programme)
    board = builders.make_board(programme=programme)
    return {
        "projects": builders.make_project(programme=programme, lead_user=lead.user),
        "sponsored": builders.make_project(programme=programme, sponsor_user=lead.user),
        "milestones": builders.make_milestone(project=elsewhere, owner_user=lead.user),
        "risks": builders.make_risk(programme=programme, owner_user=lead.user),
        "actions": builders.make_action(board=board, owner_user=lead.user),
    }


def keys(held):
    return {each.key: [row.pk for row in each.rows] for each in held}


def at(person, page):
    return f"/{person.programme.slug}/about/people/{person.pk}/{page}"


def test_every_account_that_answers_for_a_row_is_registered(theirs):
    """A new field that names an account is either a holding, or says who did something."""
    registered = {
        (
            each.going_on(
                row.programme if hasattr(row, "programme") else row.project.programme
            ).model
        )._meta.get_field(each.field)
        for each in holdings.holdings()
        for row in [theirs[each.key]]
    }
    named = {
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model is User
        and field.name.endswith(("lead_user", "sponsor_user", "owner_user"))
    }
    assert named == registered
    assert set(theirs) == {each.key for each in holdings.holdings()}


def test_what_somebody_answers_for_is_what_goes_on(programme, lead, theirs):
    builders.make_risk(programme=programme, owner_user=lead.user, closed_on=date(2019, 3, 1))
    builders.make_action(
        board=theirs["actions"].board, owner_user=lead.user, completed_on=date(2019, 3, 1)
    )
    closed = builders.make_stage(programme=programme, kind="closed")
    builders.make_project(programme=programme, lead_user=lead.user, stage=closed)
    assert keys(holdings.held_by(lead)) == {key: [row.pk] for key, row in theirs.items()}


def test_the_end_of_a_role_leaves_what_no_other_role_reaches(programme, lead, theirs):
    role = lead.roles.get()
    assert keys(holdings.left_by(lead, [role])) == {key: [row.pk] for key, row in theirs.items()}
    assert holdings.left_by(lead, ()) == ()
    second = builders.make_role(user=lead.user, programme=programme, role="auditor")
    left = keys(holdings.left_by(lead, [role]))
    assert set(left) == set(theirs) - {"sponsored"}
    second.role = "office"
    second.save()
    assert holdings.left_by(lead, [role]) == ()


def test_a_role_for_an_organisation_leaves_its_projects_when_nobody_else_has_it(programme):
    body = builders.make_organisation(programme=programme)
    project = builders.make_project(programme=programme, lead_organisation=body)
    first, second = somebody(programme, "auditor"), somebody(programme)
    role = builders.make_role(user=first.user, programme=programme, role="lead", organisation=body)
    assert keys(holdings.left_by(first, [role])) == {"projects": [project.pk]}
    builders.make_role(user=second.user, programme=programme, role="lead", organisation=body)
    assert holdings.left_by(first, [role]) == ()


@pytest.mark.parametrize("page", ["end", "close"])
def test_whoever_ends_it_sees_what_it_leaves_and_is_led_to_hand_it_over(office, lead, theirs, page):
    role = lead.roles.get()
    url = at(lead, f"roles/{role.pk}/end/" if page == "end" else "close/")
    client = signed_in(office)
    shown = client.get(url).content.decode()
    assert "What this leaves without an owner" in shown
    assert str(theirs["risks"]) in shown
    answers = {"reason": "She left."} if page == "close" else {}
    assert submit(client, url, **answers).url == at(lead, "hand-over/")


def test_chosen_rows_pass_to_another_person_each_with_its_own_history(office, lead, theirs):
    successor = somebody(lead.programme, name="Sam Successor")
    chosen = {"projects", "risks"}
    answers = {key: [str(row.pk)] if key in chosen else [] for key, row in theirs.items()}
    saved = submit(signed_in(office), at(lead, "hand-over/"), successor=successor.pk, **answers)
    assert saved.url == at(lead, "")
    for key, row in theirs.items():
        row.refresh_from_db()
        field = next(each.field for each in holdings.holdings() if each.key == key)
        whose = successor if key in chosen else lead
        assert getattr(row, field) == whose.user, key
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"project.handed_over", "risk.handed_over"} <= verbs
    assert not {"action.handed_over", "milestone.handed_over"} & verbs


def test_all_is_ticked_to_begin_with(office, lead, theirs):
    form = signed_in(office).get(at(lead, "hand-over/")).context["form"]
    for key, row in theirs.items():
        assert form.fields[key].initial == [str(row.pk)]


def test_nobody_takes_over_what_their_role_does_not_let_them_write(office, lead, theirs):
    secretary = builders.make_user(
        programme=lead.programme,
        role="secretary",
        board=theirs["actions"].board,
        name="Sue Secretary",
    )
    successor = Person.objects.get(user=secretary)
    answers = {key: [str(row.pk)] for key, row in theirs.items()}
    refused = submit(signed_in(office), at(lead, "hand-over/"), successor=successor.pk, **answers)
    assert errors(refused) == [
        "Sue Secretary cannot take over 1 project to lead: that needs the role of programme "
        "office or project lead."
    ]
    theirs["projects"].refresh_from_db()
    assert theirs["projects"].lead_user == lead.user
    kept = {"successor": successor, "what": {"actions": [theirs["actions"].pk]}}
    hand_over_person(person=lead, **kept, by=office.user)


def test_what_is_no_longer_theirs_stays_where_it_is(office, lead, theirs):
    other, successor = somebody(lead.programme), somebody(lead.programme)
    theirs["risks"].owner_user = other.user
    theirs["risks"].save()
    what = {"risks": [theirs["risks"].pk], "actions": [theirs["actions"].pk]}
    hand_over_person(person=lead, successor=successor, what=what, by=office.user)
    theirs["risks"].refresh_from_db()
    assert theirs["risks"].owner_user == other.user


def test_an_administrator_hands_over_nothing_that_they_may_not_change(lead, theirs):
    administrator = somebody(lead.programme, "administrator")
    page = signed_in(administrator).get(at(lead, "hand-over/"))
    assert set(page.context["form"].fields) == {"successor", "version"}
    ended = signed_in(administrator).get(at(lead, f"roles/{lead.roles.get().pk}/end/"))
    assert "The programme office hands it over" in ended.content.decode()


def test_the_list_of_people_names_what_nobody_looks_after(office, lead, theirs):
    client = signed_in(office)
    assert (
        "Left without an owner"
        not in client.get(f"/{lead.programme.slug}/about/people/").content.decode()
    )
    lead.roles.update(to_day=date(2019, 3, 31), from_day=date(2019, 1, 1))
    page = client.get(f"/{lead.programme.slug}/about/people/")
    assert page.context["adrift"] == [
        (
            lead,
            "1 project to lead, 1 project to sponsor, 1 open milestone, 1 open risk or issue and "
            "1 open action",
        )
    ]
    assert "nobody looks after them" in client.get(at(lead, "")).content.decode()


def test_nothing_is_handed_over_to_oneself_nor_by_an_empty_choice(office, lead, theirs):
    what = {"risks": [theirs["risks"].pk]}
    for values in ({"successor": lead, "what": what}, {"successor": office, "what": {"risks": []}}):
        with pytest.raises(ValidationError):
            hand_over_person(person=lead, **values, by=office.user)


# --- given with a role ----------------------------------------------------------------------------


INVITED = {"email": "new@example.org", "name": "Nina New", "role": "lead"}


def invite(office, **answers):
    url = f"/{office.programme.slug}/about/people/invite/"
    return submit(signed_in(office), url, **(INVITED | answers))


def test_an_invited_lead_leads_what_they_were_given_once_they_accept(programme, office, lead):
    free = builders.make_project(programme=programme)
    led = builders.make_project(programme=programme, lead_user=lead.user)
    invited = invite(office, projects=[str(free.pk), str(led.pk)])
    nina = Person.objects.get(email="new@example.org")
    assert invited.url == at(nina, "")
    for project, whose in ((free, None), (led, lead.user)):
        project.refresh_from_db()
        assert project.lead_user == whose
    assert free.label in signed_in(office).get(at(nina, "")).content.decode()
    assert free.label in signed_in(nina).get("/accounts/invitations/").content.decode()
    accept_invitation(person=nina, name="Nina", by=nina.user)
    for project in (free, led):
        project.refresh_from_db()
        assert project.lead_user == nina.user
    nina.refresh_from_db()
    assert nina.promised == []


def test_what_changed_hands_meanwhile_is_not_taken_away_again(programme, office, lead):
    project = builders.make_project(programme=programme)
    invite(office, projects=[str(project.pk)])
    project.lead_user = lead.user
    project.save()
    nina = Person.objects.get(email="new@example.org")
    accept_invitation(person=nina, name="Nina", by=nina.user)
    project.refresh_from_db()
    assert project.lead_user == lead.user


def test_a_programme_that_has_ended_keeps_its_leads(programme, office):
    project = builders.make_project(programme=programme)
    invite(office, projects=[str(project.pk)])
    nina = Person.objects.get(email="new@example.org")
    Programme.objects.update(ended_on=date(2019, 3, 1))
    accept_invitation(person=Person.objects.get(pk=nina.pk), name="Nina", by=nina.user)
    project.refresh_from_db()
    assert project.lead_user is None


def test_a_declined_invitation_promises_nothing(programme, office):
    project = builders.make_project(programme=programme)
    invite(office, projects=[str(project.pk)])
    nina = Person.objects.get(email="new@example.org")
    decline_invitation(person=nina, by=nina.user)
    nina.refresh_from_db()
    assert nina.promised == []


def test_another_role_gives_its_projects_at_once(programme, office):
    auditor = somebody(programme, "auditor")
    project = builders.make_project(programme=programme)
    url = at(auditor, "roles/add/")
    saved = submit(signed_in(office), url, role="lead", projects=[str(project.pk)])
    assert saved.status_code == 302, errors(saved)
    project.refresh_from_db()
    assert project.lead_user == auditor.user


def test_a_role_that_writes_no_project_is_given_none(programme, office):
    project = builders.make_project(programme=programme)
    refused = invite(office, role="auditor", projects=[str(project.pk)])
    assert errors(refused) == ["Take these out: the role of auditor has no projects to lead"]
    assert not Person.objects.filter(email="new@example.org").exists()


def test_whoever_may_not_change_projects_gives_none(programme):
    administrator = somebody(programme, "administrator")
    builders.make_project(programme=programme)
    url = f"/{programme.slug}/about/people/invite/"
    assert "projects" not in signed_in(administrator).get(url).context["form"].fields


def test_a_lead_without_a_project_is_told_so_and_so_is_the_office(programme, office, lead):
    words = "No project is yours yet"
    home = f"/{programme.slug}/"
    assert words in signed_in(lead).get(home).content.decode()
    page = signed_in(office).get(at(lead, "")).content.decode()
    assert "Lena Lead has no projects to lead yet." in page
    builders.make_project(programme=programme, lead_user=lead.user)
    assert words not in signed_in(lead).get(home).content.decode()
    assert "has no projects to lead yet" not in signed_in(office).get(at(lead, "")).content.decode()
