"""Rows have an owner's account beside a post: who is offered, what it lets them write, what is
theirs in the lists, and actions that no board asked for."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from programme.common.values import PlainDate
from projects.actions import (
    add_milestone,
    complete_action,
    save_action,
    save_milestone,
    save_project,
    save_risk,
)
from projects.models import Action, Milestone, Risk
from tests import builders
from tests.filling import errors, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return builders.make_programme()


def somebody(programme, role, **values):
    board = builders.make_board(programme=programme) if role in ("secretary", "member") else None
    return builders.make_user(programme=programme, role=role, board=board, **values)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def offered(response, field):
    return {words for _, words in response.context["form"].fields[field].choices}


@pytest.fixture
def elsewhere(programme):
    """A project that another body leads, so that no lead's role reaches it by itself."""
    body = builders.make_organisation(programme=programme)
    return builders.make_project(programme=programme, lead_organisation=body)


def test_only_who_may_write_a_row_is_offered_as_its_owner(programme, elsewhere):
    people = {
        role: somebody(programme, role, name=f"The {role}")
        for role in ("office", "lead", "secretary", "member", "auditor", "finance")
    }
    client, at = signed_in(people["office"]), f"/{programme.slug}"
    project = f"{at}/projects/{elsewhere.ref}"
    writers = {
        (f"{project}/edit/", "lead_user"): {"office", "lead"},
        (f"{project}/edit/", "sponsor_user"): set(people),
        (f"{project}/milestones/add/", "owner_user"): {"office", "lead"},
        (f"{at}/risks/add/", "owner_user"): {"office", "lead"},
        (f"{at}/actions/add/", "owner_user"): {"office", "lead", "secretary"},
    }
    for (url, field), roles in writers.items():
        found = offered(client.get(url), field)
        assert {role for role in people if f"The {role}" in found} == roles, (url, field)


def test_actions_refuse_an_owner_who_may_not_write(programme, elsewhere):
    member = somebody(programme, "member")
    milestone = builders.make_milestone(project=elsewhere)
    for call, field in (
        (lambda: save_project(project=elsewhere, values={"lead_user": member}, by=None), "lead"),
        (lambda: save_milestone(milestone=milestone, values=owner(member), by=None), "owner"),
        (
            lambda: save_risk(
                risk=builders.make_risk(programme=programme), values=owner(member), by=None
            ),
            "owner",
        ),
        (
            lambda: save_action(
                task=builders.make_action(board=builders.make_board(programme=programme)),
                values=owner(member),
                by=None,
            ),
            "owner",
        ),
    ):
        with pytest.raises(ValidationError) as refused:
            call()
        assert list(refused.value.error_dict) == [f"{field}_user"]
    save_project(project=elsewhere, values={"sponsor_user": member}, by=None)


def owner(user):
    return {"owner_user": user}


def test_an_owner_writes_what_is_theirs_and_not_the_rest_of_its_project(programme, elsewhere):
    lead = somebody(programme, "lead")
    board = builders.make_board(programme=programme)
    make = {
        "risks": lambda **own: builders.make_risk(programme=programme, project=elsewhere, **own),
        "actions": lambda **own: builders.make_action(board=board, project=elsewhere, **own),
    }
    client = signed_in(lead)
    for kind, build in make.items():
        mine, other = build(owner_user=lead), build()
        at = f"/{programme.slug}/{kind}"
        saved = submit(client, f"{at}/{mine.ref}/edit/", owner_post="Head of Fleet")
        assert saved.status_code == 302, errors(saved)
        mine.refresh_from_db()
        assert (mine.owner_post, mine.project) == ("Head of Fleet", elsewhere)
        assert client.get(f"{at}/{other.ref}/edit/").status_code == 403
    at = f"/{programme.slug}/projects/{elsewhere.ref}/milestones"
    mine = builders.make_milestone(project=elsewhere, owner_user=lead)
    other = builders.make_milestone(project=elsewhere)
    assert submit(client, f"{at}/{mine.pk}/edit/", owner_post="Head of Fleet").status_code == 302
    assert client.get(f"{at}/{other.pk}/edit/").status_code == 403
    assert client.get(f"{at}/add/").status_code == 403


def test_an_owner_moves_a_risk_to_no_project_but_their_own(programme, elsewhere):
    lead = somebody(programme, "lead")
    own = builders.make_project(programme=programme, lead_user=lead)
    third = builders.make_project(
        programme=programme, lead_organisation=elsewhere.lead_organisation
    )
    post = {"owner_user": lead, "owner_post": "Head of Fleet"}
    risk = builders.make_risk(programme=programme, project=elsewhere, **post)
    url, client = f"/{programme.slug}/risks/{risk.ref}/edit/", signed_in(lead)
    form = client.get(url).context["form"]
    assert set(form.fields["project"].queryset) == {elsewhere, own}
    refused = submit(client, url, project=str(third.pk))
    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == {"project"}
    assert submit(client, url, project=str(own.pk)).status_code == 302


def test_a_sponsor_writes_nothing(programme, elsewhere):
    lead = somebody(programme, "lead")
    save_project(project=elsewhere, values={"sponsor_user": lead}, by=None)
    url = f"/{programme.slug}/projects/{elsewhere.ref}/milestones/add/"
    assert signed_in(lead).get(url).status_code == 403


def test_a_lead_raises_an_action_without_a_board_and_its_owner_records_it_as_done(programme):
    lead, doer = somebody(programme, "lead"), somebody(programme, "lead", name="Somebody Else")
    project = builders.make_project(programme=programme, lead_user=lead)
    answers = {
        "text": "Sign the lease",
        "owner_post": "Head of Estates",
        "owner_user": str(doer.pk),
        "project": str(project.pk),
    }
    url = f"/{programme.slug}/actions/"
    added = submit(signed_in(lead), f"{url}add/", **answers)
    task = Action.objects.get(text="Sign the lease")
    assert added.url == f"{url}{task.ref}/"
    assert (task.board, task.owner_user) == (None, doer)
    page = signed_in(doer).get(f"{url}{task.ref}/").content.decode()
    assert project.label in page
    assert "Somebody Else" in page
    assert "None" not in page
    complete_action(task=task, completed_on=timezone.localdate(), outcome="Signed.", by=doer)


def test_whoever_writes_for_a_board_or_a_project_chooses_one(programme):
    both = somebody(programme, "secretary")
    builders.make_role(user=both, programme=programme, role="lead")
    url = f"/{programme.slug}/actions/add/"
    answers = {"text": "Sign the lease", "owner_post": "Head of Estates"}
    assert errors(submit(signed_in(both), url, **answers)) == [
        "Choose your project, or your board above"
    ]
    secretary = somebody(programme, "secretary")
    assert errors(submit(signed_in(secretary), url, **answers)) == [
        "Select the board that asked for it"
    ]


def test_an_action_of_a_meeting_takes_its_board(programme):
    meeting = builders.make_meeting(board=builders.make_board(programme=programme))
    values = {"text": "Sign", "owner_post": "Head", "meeting": meeting}
    assert save_action(task=Action(programme=programme), values=values, by=None).board == (
        meeting.board
    )


def test_the_lists_show_what_is_mine_by_name_and_what_of_mine(programme, elsewhere):
    lead, other = somebody(programme, "lead"), somebody(programme, "lead")
    own = builders.make_project(programme=programme, lead_user=lead)
    board, client = builders.make_board(programme=programme), signed_in(lead)
    kinds = {
        "risks": lambda **row: builders.make_risk(programme=programme, **row),
        "actions": lambda **row: builders.make_action(board=board, **row),
        "milestones": lambda **row: builders.make_milestone(**row),
    }
    for kind, build in kinds.items():
        mine = build(project=elsewhere, owner_user=lead)
        of_mine = build(project=own)
        given_away = build(project=own, owner_user=other)
        nobodys = build(project=elsewhere)
        url = f"/{programme.slug}/{kind}/?whose="
        assert found(client, f"{url}mine") == {mine.pk, of_mine.pk, given_away.pk}
        assert found(client, f"{url}named") == {mine.pk}
        assert found(client, f"{url}nobody") == {of_mine.pk, nobodys.pk}
        assert found(client, url) == {mine.pk, of_mine.pk, given_away.pk, nobodys.pk}


def test_projects_are_mine_to_lead_or_to_sponsor(programme, elsewhere):
    lead = somebody(programme, "lead")
    led = builders.make_project(programme=programme, lead_user=lead)
    sponsored = builders.make_project(programme=programme, sponsor_user=lead)
    url, client = f"/{programme.slug}/projects/?whose=", signed_in(lead)
    assert found(client, f"{url}mine") == {led.pk}
    assert found(client, f"{url}sponsored") == {sponsored.pk}
    builders.make_role(
        user=lead, programme=programme, role="lead", organisation=elsewhere.lead_organisation
    )
    assert found(client, f"{url}mine") == {led.pk, elsewhere.pk}


def found(client, url):
    return {row.record.pk for row in client.get(url).context["table"].rows}


def test_a_milestone_and_a_risk_are_added_with_their_owner(programme, elsewhere):
    lead = somebody(programme, "lead")
    milestone = add_milestone(
        milestone=Milestone(project=elsewhere),
        values={"name": "Go live", "owner_post": "Head of Fleet", "owner_user": lead},
        baseline=PlainDate(date(2030, 1, 4)),
        by=None,
    )
    values = {
        "title": "The supplier fails",
        "owner_post": "Head of Procurement",
        "owner_user": lead,
        "inherent_likelihood": 3,
        "inherent_impact": 4,
        "raised_on": date(2019, 1, 7),
    }
    risk = save_risk(risk=Risk(programme=programme), values=values, by=None)
    assert (milestone.owner_post, milestone.owner_user, risk.owner_user) == (
        "Head of Fleet",
        lead,
        lead,
    )


def test_home_asks_for_what_is_somebodys_own_by_name_and_leads_to_exactly_that(
    programme, elsewhere
):
    lead, board = somebody(programme, "lead"), builders.make_board(programme=programme)
    late = {"board": board, "due_on": date(2019, 2, 1), "project": elsewhere}
    for _ in range(2):
        builders.make_action(owner_user=lead, **late)
        builders.make_milestone(project=elsewhere, owner_user=lead, day=date(2019, 1, 31))
    builders.make_action(**late)
    builders.make_milestone(project=elsewhere, day=date(2019, 1, 31))
    client = signed_in(lead)
    tasks = client.get(f"/{programme.slug}/").context["home"].waiting
    counted = {each.text: each for each in tasks if each.count}
    assert set(counted) == {"2 actions", "2 milestones past their date"}
    for task in counted.values():
        assert len(found(client, task.url)) == task.count
