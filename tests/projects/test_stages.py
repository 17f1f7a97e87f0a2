"""Where a project began and since when: what nobody says, what is put right, what papers make of
it, and what is said before a period is opened that lies before it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.models import ReportingPeriod, Stage
from programme.selectors import names_on
from projects.actions import correct_first_stage, save_project
from projects.models import Project, StatusUpdate
from projects.selectors import delivery_position
from tests.builders import (
    make_period,
    make_programme,
    make_project,
    make_stage,
    make_update,
    make_user,
    make_workstream,
)
from tests.filling import day, submit

pytestmark = pytest.mark.django_db

BEGAN, QUARTER_ENDS = date(2019, 5, 7), date(2019, 3, 31)
OPEN, PLANNED = ReportingPeriod.State.OPEN, ReportingPeriod.State.PLANNED


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def office(programme) -> Client:
    client = Client()
    client.force_login(make_user(programme=programme), "django.contrib.auth.backends.ModelBackend")
    return client


def at(name, programme, **parts) -> str:
    return reverse(name, kwargs={"programme": programme.slug, **parts})


def begun(programme, since=BEGAN, **values) -> Project:
    project = make_project(programme=programme, **values)
    project.stage_changes.create(to_stage=project.stage, changed_on=since)
    return project


def quarter(programme, **values):
    return make_period(
        programme=programme,
        **{"starts_on": date(2019, 1, 1), "as_at": QUARTER_ENDS, "state": OPEN} | values,
    )


def refs_in(programme, period) -> list[str]:
    names = names_on(programme, period.as_at)
    position = delivery_position(programme, period=period, previous=None, names=names)
    return [each.ref for each in position.projects]


# --- since when, where nobody says ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "start", "since"),
    [
        (OPEN, date(2018, 6, 1), date(2018, 6, 1)),
        (OPEN, None, date(2019, 1, 1)),
        (PLANNED, None, date(2019, 1, 1)),
        (OPEN, date(2999, 1, 1), None),
        (ReportingPeriod.State.CLOSED, None, None),
    ],
    ids=["its start", "the open period", "the next period", "a start to come", "nothing known"],
)
def test_a_new_project_begins_where_the_next_papers_have_it(programme, state, start, since):
    quarter(programme, state=state)
    values = {
        "ref": "t77",
        "name": "Hub",
        "workstream": make_workstream(programme=programme),
        "stage": make_stage(programme=programme),
        "starts_on": start,
    }
    project = save_project(project=Project(programme=programme), values=values, by=None)
    assert project.stage_changes.get().changed_on == (since or timezone.localdate())


# --- put right ------------------------------------------------------------------------------------


def test_a_project_that_was_entered_late_is_brought_into_the_papers_of_its_time(programme, office):
    project, period = begun(programme), quarter(programme)
    make_update(project=project, period=period)
    assert refs_in(programme, period) == []
    page = at("projects:first_stage", programme, project=project.ref)
    assert page in office.get(at("projects:history", programme, project=project.ref)).text
    reply = submit(office, page, **day("changed_on", 2019, 1, 1), reason="It was typed in May.")
    assert reply.status_code == 302
    assert refs_in(programme, period) == [project.ref]
    record = office.get(at("projects:history", programme, project=project.ref)).text
    assert "It was typed in May." in record


def test_what_came_after_the_first_stage_stays_in_order(programme):
    project = begun(programme, since=date(2018, 1, 1))
    idea, live = make_stage(programme=programme, name="Idea"), project.stage
    paused = make_stage(programme=programme, name="On hold", kind=Stage.Kind.PAUSED)
    project.stage_changes.create(
        from_stage=live, to_stage=paused, changed_on=date(2018, 6, 1), reason="Waits."
    )
    Project.objects.filter(pk=project.pk).update(stage=paused)
    given = {"project": project, "changed_on": date(2017, 1, 1), "reason": "Wrong.", "by": None}
    correct_first_stage(**given | {"to_stage": idea})
    assert [
        (each.from_stage, each.to_stage, each.changed_on) for each in project.stage_changes.all()
    ] == [(None, idea, date(2017, 1, 1)), (idea, paused, date(2018, 6, 1))]
    assert Project.objects.get(pk=project.pk).stage == paused
    for wrong, field in (
        ({"to_stage": paused}, "to_stage"),
        ({"to_stage": live, "changed_on": date(2018, 6, 2)}, "changed_on"),
        ({"to_stage": live, "changed_on": timezone.localdate() + timedelta(1)}, "changed_on"),
        ({"to_stage": idea}, "changed_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            correct_first_stage(**given | wrong)
        assert [*refused.value.message_dict] == [field], wrong


def test_a_project_does_not_begin_after_what_was_accepted_of_it(programme):
    project, period = begun(programme, since=date(2019, 1, 1)), quarter(programme)
    make_update(project=project, period=period, state=StatusUpdate.State.ACCEPTED)
    with pytest.raises(ValidationError, match="begin it by 31 March 2019"):
        correct_first_stage(
            project=project, to_stage=project.stage, changed_on=BEGAN, reason="So.", by=None
        )


def test_a_project_without_a_history_is_given_its_beginning(programme):
    project = make_project(programme=programme)
    correct_first_stage(
        project=project, to_stage=project.stage, changed_on=BEGAN, reason="Unknown.", by=None
    )
    assert project.stage_changes.get().changed_on == BEGAN


# --- said in time ---------------------------------------------------------------------------------


def test_opening_a_period_says_which_projects_began_after_it(programme, office):
    period = quarter(programme, state=PLANNED)
    page = at("projects:periods:open", programme, period=period.slug)
    assert "began after" not in office.get(page).text
    for number in range(5):
        begun(programme, name=f"Depot {number}")
    begun(programme, since=QUARTER_ENDS, name="In time")
    said = office.get(page).context["warning"]
    assert "5 projects began after this period" in said
    assert "Depot 0, Depot 1, Depot 2 and 2 more" in said
    assert "In time" not in said
