"""What moved between two days: what papers say, nothing that moved back, and each with why."""

from datetime import date
from html import unescape
from re import sub

import pytest
from django.contrib.auth import get_user_model

from programme.common.blocks import Movement
from programme.common.values import Certainty
from programme.models import Programme, ReportingPeriod
from projects.choices import ChangeKind
from projects.models import MilestoneChange, Project, RiskAssessment, StageChange
from projects.selectors import milestone_positions, risk_register
from projects.selectors.moved import what_moved
from reports.views import moved as page
from tests.builders import (
    make_dimension,
    make_milestone,
    make_period,
    make_programme,
    make_project,
    make_risk,
    make_risk_level,
    make_stage,
    make_update,
    make_user,
)

User = get_user_model()
SINCE, UNTIL = date(2018, 12, 31), date(2019, 3, 15)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def programme(essex, db):
    return Programme.objects.get(slug="essex")


def said(milestone, kind, on, day=None, reason=""):
    date_of = {"date_day": day} if day else {"date_certainty": Certainty.NOT_APPLICABLE}
    return MilestoneChange.objects.create(
        milestone=milestone, kind=kind, stated_on=on, reason=reason, **date_of
    )


def test_milestones_moved_as_the_papers_say(programme):
    found = {
        (each.ref, each.name): each.deed
        for each in what_moved(programme, since=SINCE, until=UNTIL).milestones
    }
    for each in milestone_positions(programme, as_at=UNTIL, since=SINCE):
        deed = found.get((each.project, each.name))
        if each.previous_forecast is None:
            assert deed in ("Added", "Reached")
        elif each.previous_forecast != each.forecast and each.actual_on is None:
            assert deed in ("Moved", "Re-baselined")


def test_risks_moved_as_the_papers_say(programme):
    moved = {each.ref: each.deed for each in what_moved(programme, since=SINCE, until=UNTIL).risks}
    words = {Movement.WORSE: "Rose", Movement.BETTER: "Fell", Movement.NEW: "New"}
    register = risk_register(programme, as_at=UNTIL, since=SINCE)
    expected = {each.ref: words[each.movement] for each in register if each.movement in words}
    assert {ref: deed for ref, deed in moved.items() if deed != "Closed"} == expected
    assert len(expected) > 5


def test_ratings_moved_as_their_cells_say(programme):
    found = what_moved(programme, since=SINCE, until=UNTIL).ratings
    assert [(each.project, each.dimension) for each in found[:4]] == [
        ("Digital portfolio", "Overall"),
        ("Digital portfolio", "Time"),
        ("BT Hothouse", "Time"),
        ("Public engagement study", "Overall"),
    ]
    assert all(each.rating.reason for each in found[:4])
    assert [each.rating.movement for each in found][3:5] == [Movement.WORSE, Movement.BETTER]


def test_a_rating_that_nobody_accepted_has_not_moved():
    programme = make_programme()
    dimension = make_dimension(programme=programme)
    project = make_project(programme=programme)
    first, second = (make_period(programme=programme, as_at=date(2019, n, 28)) for n in (1, 2))
    make_update(project=project, period=first, ratings={dimension: "G"})
    update = make_update(
        project=project, period=second, ratings={dimension: "R"}, state="handed_in"
    )
    days = {"since": first.as_at, "until": second.as_at}
    assert what_moved(programme, **days).ratings == ()
    type(update).objects.filter(pk=update.pk).update(state="accepted")
    (moved,) = what_moved(programme, **days).ratings
    assert (moved.rating.previous.code, moved.rating.level.code) == ("G", "R")
    assert moved.rating.reason == "Because of the weather."


def test_what_moved_and_moved_back_has_not_moved():
    milestone = make_milestone(day=date(2019, 6, 28))
    said(milestone, ChangeKind.FORECAST, date(2019, 2, 1), date(2019, 8, 30), "Late")
    said(milestone, ChangeKind.FORECAST, date(2019, 3, 1), date(2019, 6, 28), "Early again")
    programme = milestone.project.programme
    days = {"since": date(2019, 1, 31), "until": date(2019, 3, 31)}
    assert what_moved(programme, **days).milestones == ()
    (moved,) = what_moved(programme, since=days["since"], until=date(2019, 2, 28)).milestones
    assert (moved.deed, moved.reason) == ("Moved", "Late")
    assert moved.words == "28 June 2019 to 30 August 2019, 44 working days later"


def test_a_milestone_is_added_reached_and_removed():
    programme = make_programme()
    project = make_project(programme=programme)
    reached, removed, brief = (make_milestone(project=project) for _ in range(3))
    said(reached, ChangeKind.REACHED, date(2019, 2, 4), date(2019, 2, 4))
    said(removed, ChangeKind.WITHDRAWN, date(2019, 2, 5), reason="Merged")
    said(brief, ChangeKind.WITHDRAWN, date(2019, 1, 5), reason="A mistake")

    def deeds(since):
        found = what_moved(programme, since=since, until=date(2019, 3, 31)).milestones
        return [(each.name, each.deed) for each in found]

    assert deeds(date(2019, 1, 31)) == [(reached.name, "Reached"), (removed.name, "Removed")]
    assert deeds(date(2019, 1, 1)) == [(reached.name, "Reached")]


def test_a_milestone_that_is_reopened_says_so():
    programme = make_programme()
    project = make_project(programme=programme)
    reached, removed = (make_milestone(project=project) for _ in range(2))
    day = date(2019, 1, 20)
    said(reached, ChangeKind.REACHED, day, day)
    said(removed, ChangeKind.WITHDRAWN, day, reason="Merged")
    for milestone in (reached, removed):
        said(milestone, ChangeKind.REOPENED, date(2019, 2, 4), date(2019, 6, 28), "A mistake")
    found = what_moved(programme, since=date(2019, 1, 31), until=date(2019, 3, 31)).milestones
    assert [(each.deed, each.reason) for each in found] == [("Reopened", "A mistake")] * 2


def test_a_risk_is_new_rises_and_is_closed():
    programme = make_programme()
    make_risk_level(programme=programme)
    days = {"since": date(2019, 1, 31), "until": date(2019, 3, 31)}
    new = make_risk(programme=programme, raised_on=date(2019, 2, 2))
    closed = make_risk(
        programme=programme, closed_on=date(2019, 3, 1), closing_note="It did not happen."
    )
    make_risk(programme=programme, raised_on=date(2019, 2, 2), closed_on=date(2019, 2, 3))
    still = make_risk(programme=programme)
    RiskAssessment.objects.create(
        risk=still, assessed_on=date(2019, 2, 1), likelihood=3, impact=4, note="As before"
    )
    found = what_moved(programme, **days).risks
    assert [(each.ref, each.deed) for each in found] == [(new.ref, "New"), (closed.ref, "Closed")]
    assert found[1].reason == "It did not happen."
    assert found[1].now is None


def test_projects_come_move_on_and_go():
    programme = make_programme()
    live = make_stage(programme=programme, name="Live")
    over = make_stage(programme=programme, kind="closed", name="Over")
    new, ended, gone = (make_project(programme=programme, stage=live) for _ in range(3))
    StageChange.objects.all().delete()
    days = [date(2019, 2, n) for n in (1, 2, 3)]
    StageChange.objects.create(project=new, to_stage=live, changed_on=days[0])
    StageChange.objects.create(
        project=ended, from_stage=live, to_stage=over, changed_on=days[1], reason="It is done."
    )
    Project.objects.filter(pk=gone.pk).update(withdrawn_on=days[2], withdrawn_reason="Merged")
    found = what_moved(programme, since=date(2019, 1, 31), until=date(2019, 3, 31)).projects
    assert [(each.ref, each.deed, each.reason) for each in found] == [
        (new.ref, "New", ""),
        (ended.ref, "Closed", "It is done."),
        (gone.ref, "Withdrawn", "Merged"),
    ]


# --- the page ---------------------------------------------------------------------------------


def text_of(answer) -> str:
    return " ".join(unescape(sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def reader(client, programme):
    client.force_login(User.objects.get(email="board@example.org"))
    return client


def test_the_page_is_since_the_last_period_unless_another_is_chosen(reader, programme):
    shown = text_of(reader.get("/essex/moved/"))
    assert "From 31 December 2018 (Quarter to December 2018) to 15 March 2019" in shown
    earlier = ReportingPeriod.objects.of(programme).up_to(date(2018, 12, 30)).first()
    answer = reader.get("/essex/moved/", {"since": earlier.slug})
    assert answer.context["since"] == earlier.as_at
    assert reader.get("/essex/moved/?since=nonsense").context["since"] == SINCE


def test_a_paper_can_be_chosen_too(reader):
    form = reader.get("/essex/moved/").context["form"]
    papers = dict(form.fields["since"].choices)["Papers"]
    asked = papers[0][0]
    answer = reader.get("/essex/moved/", {"since": asked})
    assert answer.context["since_words"] == papers[0][1]
    assert answer.context["since"] < SINCE


def test_many_rows_are_cut_and_shown_when_asked_for(reader, monkeypatch):
    monkeypatch.setattr(page, "MOST", 2)
    cut = reader.get("/essex/moved/")
    assert [len(part.rows) for part in cut.context["parts"]] == [2, 2, 2, 2]
    assert "Show all 11 rows" in text_of(cut)
    whole = reader.get("/essex/moved/?all=yes")
    assert len(whole.context["parts"][0].rows) == 11


def test_without_an_earlier_period_it_says_so(client):
    programme = make_programme(slug="kent")
    make_period(programme=programme)
    client.force_login(make_user(programme=programme, role="office"))
    assert "Nothing can have moved yet" in text_of(client.get("/kent/moved/"))
