"""What ended is opened again, and days before it stay as they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.common.values import PlainDate
from programme.selectors import names_on
from projects.actions import (
    close_risk,
    complete_action,
    mark_reached,
    reopen_action,
    reopen_milestone,
    reopen_project,
    reopen_risk,
    withdraw_action,
)
from projects.choices import ChangeKind
from projects.milestone_history import HistoryError, StatedChange, replay
from projects.models import Risk
from projects.selectors.delivery import delivery_position
from projects.selectors.risks import risk_register
from tests import builders

pytestmark = pytest.mark.django_db

ENDED = date(2019, 3, 1)


def _open_refs(programme, on):
    return set(Risk.objects.of(programme).open(on).values_list("ref", flat=True))


def test_a_risk_is_closed_on_the_days_between_and_open_since():
    risk = builders.make_risk()
    close_risk(risk=risk, closed_on=ENDED, closing_note="Signed.", by=None)
    reopen_risk(risk=risk, reason="It is back.", by=None)
    yesterday = timezone.localdate() - timedelta(days=1)
    days = [ENDED - timedelta(days=1), ENDED, yesterday, timezone.localdate()]
    assert [_open_refs(risk.programme, day) == {risk.ref} for day in days] == [
        True,
        False,
        False,
        True,
    ]
    (end,) = risk.earlier_ends.all()
    assert (end.note, end.reason) == ("Signed.", "It is back.")


def test_the_register_of_a_past_day_leaves_out_what_was_closed_then():
    risk = builders.make_risk(programme=builders.make_risk_scheme().programme)
    close_risk(risk=risk, closed_on=ENDED, closing_note="Signed.", by=None)
    reopen_risk(risk=risk, reason="It is back.", by=None)
    assert risk_register(risk.programme, as_at=date(2019, 6, 30), since=None) == ()
    assert risk_register(risk.programme, as_at=timezone.localdate(), since=None)


def test_nothing_ends_again_before_it_was_reopened():
    risk = builders.make_risk(closed_on=ENDED, closing_note="Signed.")
    task = builders.make_action(completed_on=ENDED, outcome="Done.")
    reopen_risk(risk=risk, reason="It is back.", by=None)
    reopen_action(task=task, reason="It was not all.", by=None)
    with pytest.raises(ValidationError, match="reopened on"):
        close_risk(risk=risk, closed_on=ENDED, closing_note="Again.", by=None)
    with pytest.raises(ValidationError, match="reopened on"):
        complete_action(task=task, completed_on=ENDED, outcome="Again.", by=None)


def test_an_action_is_reopened_as_often_as_it_ends():
    task = builders.make_action(completed_on=ENDED, outcome="Done.")
    task = reopen_action(task=task, reason="It was not all.", by=None)
    task = withdraw_action(task=task, reason="Not needed.", by=None)
    task = reopen_action(task=task, reason="Needed.", by=None)
    assert (task.completed_on, task.withdrawn_on, task.outcome) == (None, None, "")
    assert [end.note for end in task.earlier_ends.all()] == ["Done.", "Not needed."]


@pytest.mark.parametrize("end", ["reached", "withdrawn"])
def test_a_milestone_is_open_again_and_was_not_before(end):
    milestone = builders.make_milestone()
    stated = milestone.changes.create
    if end == "reached":
        stated(kind=end, stated_on=ENDED, date_day=ENDED)
        type(milestone).objects.update(actual_on=ENDED)
    else:
        stated(kind=end, stated_on=ENDED, date_certainty="not_applicable")
        type(milestone).objects.update(withdrawn_on=ENDED)
    milestone = reopen_milestone(milestone=milestone, reason="The lease fell through.", by=None)
    assert (milestone.actual_on, milestone.withdrawn_on) == (None, None)
    history = [_stated(each) for each in milestone.changes.all()]
    before = replay(history, as_at=timezone.localdate() - timedelta(days=1))
    assert ENDED in (before.actual_on, before.withdrawn_on)
    assert replay(history).forecast == milestone.forecast
    assert mark_reached(milestone=milestone, actual_on=ENDED, by=None).actual_on == ENDED


def _stated(change):
    return StatedChange(ChangeKind(change.kind), change.stated_on, change.date)


def test_what_is_open_is_not_reopened():
    milestone = builders.make_milestone()
    with pytest.raises(ValidationError, match="cannot be reopened"):
        reopen_milestone(milestone=milestone, reason="Why not.", by=None)
    history = [_stated(each) for each in milestone.changes.all()]
    again = [*history, StatedChange(ChangeKind.REOPENED, ENDED, PlainDate.not_applicable())]
    with pytest.raises(HistoryError):
        replay(again)


def test_papers_of_the_days_between_leave_a_reopened_project_out():
    project = builders.make_project(withdrawn_on=ENDED, withdrawn_reason="Entered twice.")
    programme = project.programme
    project = reopen_project(project=project, reason="It goes on.", by=None)
    assert not project.withdrawn_on
    for as_at, listed, left in (
        (date(2018, 12, 31), True, False),
        (date(2019, 3, 31), False, True),
        (timezone.localdate(), True, False),
    ):
        period = builders.make_period(programme=programme, as_at=as_at)
        found = delivery_position(
            programme, period=period, previous=None, names=names_on(programme, as_at)
        )
        assert (bool(found.projects), bool(found.left)) == (listed, left)


def test_a_component_comes_back_after_what_it_is_part_of():
    parent = builders.make_project(withdrawn_on=ENDED, withdrawn_reason="Entered twice.")
    part = builders.make_project(
        programme=parent.programme, parent=parent, withdrawn_on=ENDED, withdrawn_reason="So too."
    )
    with pytest.raises(ValidationError, match="component"):
        reopen_project(project=part, reason="It goes on.", by=None)
    reopen_project(project=parent, reason="It goes on.", by=None)
    part.refresh_from_db()
    reopen_project(project=part, reason="It goes on.", by=None)


@pytest.mark.parametrize("kind", ["risk", "task", "milestone", "project"])
def test_each_page_leads_to_reopening(client, kind):
    programme = builders.make_programme()
    client.force_login(builders.make_user(programme=programme, role="office"))
    project = builders.make_project(programme=programme)
    board = builders.make_board(programme=programme)
    milestone = builders.make_milestone(project=project, withdrawn_on=ENDED)
    milestone.changes.create(
        kind="withdrawn", stated_on=ENDED, date_certainty="not_applicable", reason="Gone."
    )
    risk = builders.make_risk(programme=programme, closed_on=ENDED, closing_note="Over.")
    task = builders.make_action(board=board, withdrawn_on=ENDED, outcome="Gone.")
    gone = builders.make_project(
        programme=programme, withdrawn_on=ENDED, withdrawn_reason="Entered twice."
    )
    slug = programme.slug
    page = {
        "risk": f"/{slug}/risks/{risk.ref}/",
        "task": f"/{slug}/actions/{task.ref}/",
        "milestone": f"/{slug}/projects/{project.ref}/milestones/{milestone.pk}/",
        "project": f"/{slug}/projects/{gone.ref}/",
    }[kind]
    assert f'href="{page}reopen/"' in client.get(page).content.decode()
    sent = client.get(f"{page}reopen/").context["form"].hidden_fields()
    answers = {field.html_name: field.value() or "" for field in sent} | {"reason": "It goes on."}
    assert client.post(f"{page}reopen/", answers).status_code == 302
    assert "reopen/" not in client.get(page).content.decode()
    if kind == "project":
        assert f"/projects/{gone.ref}/withdraw/" in client.get(page).content.decode()
