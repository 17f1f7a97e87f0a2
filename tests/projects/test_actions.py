"""Projects, their updates and milestones: the rules beside what the record's test covers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programme.choices import Measure
from programme.common.values import Certainty, PlainDate
from programme.facts import Level
from programme.models import AuditEntry, RatingLevel, Stage, Tolerance
from programme.writing import StaleVersion
from projects import measures
from projects.actions import (
    accept_update,
    add_milestone,
    change_stage,
    hand_in_update,
    mark_reached,
    move_forecast,
    pull_back_update,
    rebaseline_milestone,
    return_update,
    save_milestone,
    save_project,
    save_update,
    save_workstream,
    withdraw_milestone,
    withdraw_project,
)
from projects.measures import Measured
from projects.models import Milestone, Project, Rating, StatusUpdate
from projects.selectors.proposals import proposals
from tests.builders import (
    make_board,
    make_dimension,
    make_milestone,
    make_organisation,
    make_period,
    make_programme,
    make_project,
    make_role,
    make_scale,
    make_stage,
    make_update,
    make_user,
    make_workstream,
)

pytestmark = pytest.mark.django_db

BASELINE = date(2019, 6, 28)


def proposed_levels(project: Project, *, on: date) -> dict[str, Level]:
    return {slug: each.level for slug, each in proposals(project, on=on).items()}


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def project(programme):
    return make_project(programme=programme)


def problems(raised) -> dict[str, list[str]]:
    return raised.value.message_dict


def refused(action, /, *fields, **given) -> list[str]:
    """The messages with which an action refuses, all at the given fields."""
    with pytest.raises(ValidationError) as raised:
        action(**given, by=given.pop("by", None))
    assert sorted(problems(raised)) == sorted(fields)
    return [text for texts in problems(raised).values() for text in texts]


# --- workstreams and projects -------------------------------------------------------------------


def test_workstreams_stand_below_one_another_without_a_circle(programme):
    above = make_workstream(programme=programme)
    below = make_workstream(programme=programme, parent=above)
    refused(save_workstream, "parent", workstream=above, values={"parent": below})


def new_project(project, **values):
    given = {
        "ref": "new",
        "name": "New",
        "workstream": project.workstream,
        "stage": project.stage,
    }
    return {"project": Project(programme=project.programme), "values": given | values}


def test_a_new_project_begins_its_history_at_its_stage(project):
    new = save_project(**new_project(project), stage_since=date(2019, 1, 7), by=None)
    (change,) = new.stage_changes.all()
    assert (change.from_stage, change.to_stage) == (None, project.stage)
    assert change.changed_on == date(2019, 1, 7)
    assert new.order == project.order + 1


def test_a_new_project_stands_at_its_stage_from_today_unless_it_says_otherwise(project):
    new = save_project(**new_project(project), by=None)
    assert new.stage_changes.get().changed_on == timezone.localdate()
    refused(
        save_project,
        "stage_since",
        **new_project(project, ref="newer"),
        stage_since=date(2999, 1, 1),
    )


def test_every_missing_fact_of_a_new_project_is_said_at_its_field(programme):
    with pytest.raises(ValidationError) as raised:
        save_project(project=Project(programme=programme), values={}, by=None)
    assert sorted(problems(raised)) == ["name", "stage", "workstream"]


def test_the_stage_of_a_project_is_not_one_of_its_plain_facts(project):
    other = make_stage(programme=project.programme)
    refused(save_project, "stage", project=project, values={"stage": other})
    save_project(project=project, values={"stage": project.stage, "name": "New"}, by=None)


def test_a_project_is_led_by_somebody_of_the_programme(programme, project):
    lead = make_user(programme=programme, role="lead")
    assert save_project(project=project, values={"lead_user": lead}, by=None).lead_user == lead
    assert save_project(project=project, values={"lead_user": None}, by=None).lead_user is None
    refused(save_project, "lead_user", project=project, values={"lead_user": make_user()})


def test_a_component_does_not_become_the_parent(project):
    part = make_project(programme=project.programme, parent=project)
    refused(save_project, "parent", project=project, values={"parent": part})


def test_partners_and_themes_are_kept_with_the_project(project):
    fire = make_organisation(programme=project.programme)
    save_project(project=project, values={"partners": [fire]}, by=None)
    saved = save_project(project=project, values={"name": "New name"}, by=None)
    assert list(saved.partners.all()) == [fire]
    saved = save_project(project=project, values={"partners": []}, by=None)
    assert not saved.partners.exists()
    assert saved.version == 4


def test_a_withdrawn_project_stays_as_it_is(project):
    withdrawn = withdraw_project(project=project, reason="Entered twice.", by=None)
    assert withdrawn.withdrawn_on == timezone.localdate()
    for change in (
        lambda: save_project(project=project, values={"name": "New"}, by=None),
        lambda: withdraw_project(project=project, reason="Again.", by=None),
        lambda: change_stage(
            project=project, to_stage=make_stage(), changed_on=date(2019, 1, 1), by=None
        ),
    ):
        with pytest.raises(ValidationError, match="This project is withdrawn"):
            change()


def test_a_project_is_withdrawn_after_its_components(project):
    part = make_project(programme=project.programme, parent=project)
    with pytest.raises(ValidationError, match="components"):
        withdraw_project(project=project, reason="Entered twice.", by=None)
    withdraw_project(project=part, reason="Entered twice.", by=None)
    withdraw_project(project=project, reason="Entered twice.", by=None)


# --- stages -------------------------------------------------------------------------------------


def test_a_change_of_stage_is_kept_with_its_day_and_board(project):
    before, after = project.stage, make_stage(programme=project.programme)
    board = make_board(programme=project.programme)
    change_stage(project=project, to_stage=after, changed_on=date(2019, 2, 1), board=board, by=None)
    change = project.stage_changes.get()
    assert (change.from_stage, change.to_stage, change.board) == (before, after, board)
    project.refresh_from_db()
    assert project.stage == after


def test_changes_of_stage_follow_one_another(project):
    stages = [make_stage(programme=project.programme) for _ in range(2)]
    change_stage(project=project, to_stage=stages[0], changed_on=date(2019, 2, 1), by=None)
    given = {"project": project, "to_stage": stages[1]}
    refused(change_stage, "changed_on", **given, changed_on=date(2019, 1, 31))
    refused(change_stage, "changed_on", **given, changed_on=date(2999, 1, 1))
    refused(
        change_stage,
        "to_stage",
        project=project,
        to_stage=stages[0],
        changed_on=date(2019, 3, 1),
    )
    change_stage(**given, changed_on=date(2019, 2, 1), by=None)
    assert project.stage_changes.count() == 2


@pytest.mark.parametrize("kind", [Stage.Kind.PAUSED, Stage.Kind.CLOSED])
def test_what_stops_says_why(project, kind):
    given = {
        "project": project,
        "to_stage": make_stage(programme=project.programme, kind=kind),
        "changed_on": date(2019, 2, 1),
    }
    refused(change_stage, "reason", **given)
    change_stage(**given, reason="No lease to be had.", by=None)


def test_stage_and_board_are_of_the_programme(project):
    given = {"project": project, "changed_on": date(2019, 2, 1)}
    refused(change_stage, "to_stage", **given, to_stage=make_stage())
    own = make_stage(programme=project.programme)
    refused(change_stage, "board", **given, to_stage=own, board=make_board())


# --- updates ------------------------------------------------------------------------------------


@pytest.fixture
def period(programme):
    return make_period(programme=programme)


@pytest.fixture
def scale(programme):
    return make_scale(programme=programme, slug="rag")


@pytest.fixture
def time(scale):
    return make_dimension(scale=scale, slug="time", name="Time", measure="slip")


@pytest.fixture
def overall(scale):
    return make_dimension(scale=scale, slug="overall", name="Overall", is_overall=True)


@pytest.fixture
def level(scale):
    return {each.code: each for each in scale.levels.all()}


@pytest.fixture
def draft(project, period):
    return make_update(project=project, period=period, state="draft")


def rate(update, **given):
    return save_update(update=update, values={}, by=None, **given)


def test_texts_are_cleaned_on_their_way_in(project, period):
    dirty = '<p onclick="x">Good<script>alert(1)</script> <b>news</b></p>'
    values = {"narrative": dirty, "restricted_narrative": dirty, "status_line": "1 < 2"}
    update = save_update(
        update=StatusUpdate(project=project, period=period), values=values, by=None
    )
    assert update.narrative == update.restricted_narrative == "<p>Good <strong>news</strong></p>"
    assert update.status_line == "1 < 2"
    assert update.state == "draft"


def test_ratings_not_named_stay_and_those_taken_back_go(draft, time, overall, level):
    rate(draft, ratings={time: (level["A"], "Late."), overall: (level["G"], "")})
    saved = rate(draft, ratings={overall: None})
    assert [(each.dimension, each.level, each.reason) for each in saved.ratings.all()] == [
        (time, level["A"], "Late.")
    ]
    assert saved.version == 3
    entry = AuditEntry.objects.first()
    assert (entry.before, entry.after) == ({"ratings": {"Overall": "Green"}}, {"ratings": {}})


def test_a_changed_reason_is_a_change(draft, time, level):
    rate(draft, ratings={time: (level["A"], "Late.")})
    rate(draft, ratings={time: (level["A"], "Late by a month.")})
    rate(draft, ratings={time: (level["A"], " Late by a month. ")})
    assert Rating.objects.get().reason == "Late by a month."
    assert AuditEntry.objects.count() == 2


def test_the_level_is_of_the_dimension_s_scale(draft, time):
    other = make_scale(programme=time.programme).levels.first()
    refused(save_update, "level_time", update=draft, values={}, ratings={time: (other, "")})


def test_a_dimension_that_is_not_in_force_is_not_rated(draft, scale, level):
    late = make_dimension(scale=scale, slug="late", in_force_from=date(2019, 4, 1))
    theirs = make_dimension(slug="theirs")
    for dimension in (late, theirs):
        refused(
            save_update,
            f"level_{dimension.slug}",
            update=draft,
            values={},
            ratings={dimension: (level["G"], "")},
        )


def test_a_second_update_of_a_period_shows_the_first(draft):
    second = StatusUpdate(project=draft.project, period=draft.period)
    with pytest.raises(StaleVersion) as raised:
        save_update(update=second, values={"status_line": "Mine."}, by=None)
    assert raised.value.theirs == {"status_line": "Going well."}
    assert raised.value.yours == {"status_line": "Mine."}
    assert raised.value.row == draft


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_an_update_is_written_while_its_period_is_open(project, programme, state):
    period = make_period(programme=programme, state=state)
    update = make_update(project=project, period=period, state="draft")
    for action in (
        lambda: save_update(update=update, values={"status_line": "x"}, by=None),
        lambda: hand_in_update(update=update, by=None),
    ):
        said = {"planned": "is not open for updates yet", "closed": "is closed"}[state]
        with pytest.raises(ValidationError, match=said):
            action()


def test_an_update_is_of_the_project_s_programme(project):
    theirs = StatusUpdate(project=project, period=make_period())
    refused(save_update, "period", update=theirs, values={"status_line": "x"})


def test_a_withdrawn_project_is_not_reported_on(project, period):
    withdraw_project(project=project, reason="Entered twice.", by=None)
    project.refresh_from_db()
    with pytest.raises(ValidationError, match="withdrawn"):
        save_update(
            update=StatusUpdate(project=project, period=period),
            values={"status_line": "x"},
            by=None,
        )


def test_an_update_goes_in_comes_back_goes_in_again_and_is_accepted(draft):
    lead, office = make_user(), make_user()
    handed_in = hand_in_update(update=draft, by=lead)
    assert (handed_in.handed_in_by, handed_in.handed_in_at is None) == (lead, False)
    with pytest.raises(ValidationError, match="This update is handed in: it cannot be changed"):
        save_update(update=draft, values={"status_line": "x"}, by=lead)
    returned = return_update(update=draft, reason="Say more.", by=office)
    assert (returned.state, returned.return_reason) == ("returned", "Say more.")
    save_update(update=draft, values={"status_line": "More."}, by=lead)
    again = hand_in_update(update=draft, by=lead)
    assert (again.reviewed_by, again.return_reason) == (None, "")
    accepted = accept_update(update=draft, by=office)
    assert (accepted.state, accepted.reviewed_by) == ("accepted", office)
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "update.handed_in",
        "update.returned",
        "update.edited",
        "update.handed_in",
        "update.accepted",
    ]


def test_nobody_reviews_their_own_update(draft):
    lead = make_user()
    hand_in_update(update=draft, by=lead)
    for review in (
        lambda: accept_update(update=draft, by=lead),
        lambda: return_update(update=draft, reason="x", by=lead),
    ):
        with pytest.raises(ValidationError, match="Nobody reviews their own update"):
            review()


@pytest.mark.parametrize(
    ("state", "done"),
    [
        ("draft", accept_update),
        ("returned", accept_update),
        ("accepted", accept_update),
        ("handed_in", hand_in_update),
        ("accepted", hand_in_update),
    ],
)
def test_an_update_moves_as_its_states_allow(project, period, state, done):
    update = make_update(project=project, period=period, state=state)
    with pytest.raises(ValidationError, match=f"This update is {state.replace(chr(95), chr(32))}"):
        done(update=update, by=None)


def test_whoever_accepts_must_have_read_what_is_there(draft):
    hand_in_update(update=draft, by=make_user())
    with pytest.raises(StaleVersion):
        accept_update(update=draft, expected_version=1, by=make_user())


def test_a_closed_period_is_not_reviewed_any_more(project, programme):
    period = make_period(programme=programme, state="closed")
    update = make_update(project=project, period=period, state="handed_in")
    with pytest.raises(ValidationError, match="is closed"):
        accept_update(update=update, by=None)


# --- submitting: ratings and their reasons ------------------------------------------------------


def test_the_overall_rating_is_given(draft, overall, level):
    refused(hand_in_update, "level_overall", update=draft)
    rate(draft, ratings={overall: (level["N/A"], "")})
    assert hand_in_update(update=draft, by=None).state == "handed_in"


def test_a_level_that_asks_for_a_reason_gets_one(draft, time, level):
    rate(draft, ratings={time: (level["R"], "")})
    with pytest.raises(ValidationError) as raised:
        hand_in_update(update=draft, by=None)
    assert raised.value.message_dict["reason_time"] == ["Time is Red: give the reason."]


def test_all_that_is_missing_is_said_at_once(draft, time, overall, level):
    save_update(update=draft, values={"status_line": ""}, by=None)
    rate(draft, ratings={time: (level["A"], ""), overall: (level["R"], "")})
    with pytest.raises(ValidationError) as raised:
        hand_in_update(update=draft, by=None)
    assert set(raised.value.message_dict) == {
        *("status_line", "reason_time", "reason_overall"),
        *("path_to_green", "path_to_green_by", "path_to_green_owner"),
    }


def test_below_the_best_level_a_reason_is_needed_whatever_the_level_asks(draft, time, level):
    RatingLevel.objects.filter(pk=level["A"].pk).update(needs_reason=False)
    rate(draft, ratings={time: (level["A"], "")})
    with pytest.raises(ValidationError) as raised:
        hand_in_update(update=draft, by=None)
    assert raised.value.message_dict["reason_time"] == ["Time is Amber: give the reason."]


def test_what_is_below_the_best_level_says_how_it_gets_back(draft, time, overall, level):
    rate(draft, ratings={time: (level["G"], ""), overall: (level["A"], "The lease waits.")})
    back = {
        "path_to_green": "Sign the lease.",
        "path_to_green_by": date(2019, 6, 1),
        "path_to_green_owner": "Head of Property",
    }
    for name in back:
        save_update(update=draft, values=back | {name: None if name[-2:] == "by" else ""}, by=None)
        refused(hand_in_update, name, update=draft)
    save_update(update=draft, values=back, by=None)
    assert hand_in_update(update=draft, by=None).state == "handed_in"


def test_a_handed_in_update_is_pulled_back_until_it_is_accepted(draft):
    lead, office = make_user(), make_user()
    hand_in_update(update=draft, by=lead)
    pulled = pull_back_update(update=draft, by=lead)
    assert (pulled.state, pulled.handed_in_by, pulled.handed_in_at) == ("draft", None, None)
    save_update(update=draft, values={"status_line": "Better said."}, by=lead)
    hand_in_update(update=draft, by=lead)
    accept_update(update=draft, by=office)
    with pytest.raises(ValidationError, match="accepted: it cannot be pulled back"):
        pull_back_update(update=draft, by=lead)


def test_who_does_not_lead_hands_in_on_the_leads_behalf(draft):
    programme = draft.project.programme
    office, lead = make_user(programme=programme, role="office"), make_user()
    body = draft.project.lead_organisation
    make_role(user=lead, programme=programme, role="lead", organisation=body)
    assert hand_in_update(update=draft, by=office).on_behalf
    assert not pull_back_update(update=draft, by=office).on_behalf
    assert not hand_in_update(update=draft, by=lead).on_behalf


def test_an_overall_rating_better_than_the_worst_says_why(draft, time, overall, level):
    rate(draft, ratings={time: (level["A"], "Late."), overall: (level["G"], "")})
    refused(hand_in_update, "reason_overall", update=draft)
    rate(draft, ratings={overall: (level["G"], "The delay costs nothing.")})
    hand_in_update(update=draft, by=None)


def test_what_the_floors_above_measure_counts_and_is_kept(draft, scale, level, monkeypatch):
    costs = make_dimension(scale=scale, slug="costs", name="Costs", measure="cost")
    for code, limit in (("R", None), ("G", 0), ("A", 10)):
        Tolerance.objects.create(dimension=costs, level=level[code], limit=limit)
    over = Measured(Decimal(5), "5% over budget", "it costs more than it should: 5% over budget")
    monkeypatch.setitem(measures._registered, Measure.COST, lambda project, on: over)
    rate(draft, ratings={costs: (level["G"], "")})
    refused(hand_in_update, "reason_costs", update=draft)
    rate(draft, ratings={costs: (level["G"], "A refund is on its way.")})
    hand_in_update(update=draft, by=None)
    stored = draft.ratings.get()
    assert (stored.level, stored.proposed) == (level["G"], level["A"])
    assert stored.proposed_from == "5% over budget"


def test_the_overall_rating_keeps_the_worst_of_the_others(draft, time, overall, level):
    rate(draft, ratings={time: (level["R"], "Late."), overall: (level["G"], "All is well else.")})
    hand_in_update(update=draft, by=None)
    stored = draft.ratings.get(dimension=overall)
    assert (stored.proposed, stored.proposed_from) == (level["R"], "the worst of the other ratings")
    assert draft.ratings.get(dimension=time).proposed is None


@pytest.fixture
def tolerances(time, level):
    for code, limit in (("R", None), ("G", 10), ("A", 30)):
        Tolerance.objects.create(dimension=time, level=level[code], limit=limit)


def test_slip_of_the_latest_open_milestone_proposes_the_time_rating(
    project, draft, time, level, tolerances
):
    make_milestone(project=project, forecast_day=BASELINE + timedelta(days=28))
    make_milestone(project=project, actual_on=date(2020, 6, 28))
    make_milestone(project=project, forecast_day=date(2020, 6, 28), withdrawn_on=date(2019, 3, 1))
    assert proposed_levels(project, on=date(2019, 3, 15)) == {"time": Level("A", "Amber", 2, "rag")}
    rate(draft, ratings={time: (level["G"], "")})
    refused(hand_in_update, "reason_time", update=draft)


def test_without_a_known_slip_or_tolerances_nothing_is_proposed(project, time, level):
    assert proposed_levels(project, on=date(2019, 3, 15)) == {}
    make_milestone(project=project, forecast_day=None, forecast_certainty=Certainty.TBC.value)
    assert proposed_levels(project, on=date(2019, 3, 15)) == {}
    make_milestone(project=project, forecast_day=date(2019, 12, 2))
    assert proposed_levels(project, on=date(2019, 3, 15)) == {}
    Tolerance.objects.create(dimension=time, level=level["G"], limit=Decimal(10))
    assert proposed_levels(project, on=date(2019, 3, 15)) == {}


# --- milestones ---------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [1980, 2060])
def test_a_date_that_no_plan_reaches_is_refused(project, year):
    far, today = PlainDate(date(year, 1, 2)), {"stated_on": date(2019, 3, 1)}
    milestone = make_milestone(project=project)
    refused(
        add_milestone,
        "baseline",
        milestone=Milestone(project=project),
        values={"name": "Far"},
        baseline=far,
        **today,
    )
    refused(move_forecast, "forecast", milestone=milestone, forecast=far, reason="x", **today)


def kinds(milestone: Milestone) -> list[str]:
    return [change.kind for change in milestone.changes.all()]


def test_a_new_milestone_is_set_in_its_ledger(project):
    milestone = add_milestone(
        milestone=Milestone(project=project),
        values={"name": "Lease signed"},
        baseline=PlainDate(BASELINE),
        stated_on=date(2019, 1, 7),
        by=None,
    )
    assert milestone.baseline == milestone.forecast == PlainDate(BASELINE)
    (change,) = milestone.changes.all()
    assert (change.kind, change.stated_on, change.date) == (
        "set",
        date(2019, 1, 7),
        PlainDate(BASELINE),
    )


def test_two_milestones_of_a_project_have_two_names(project):
    first = make_milestone(project=project)
    refused(
        add_milestone,
        "name",
        milestone=Milestone(project=project),
        values={"name": first.name},
        baseline=PlainDate.tbc(),
    )


def test_a_moved_forecast_leaves_the_baseline_and_the_ledger_says_why():
    milestone = make_milestone()
    moved = move_forecast(
        milestone=milestone,
        forecast=PlainDate(date(2019, 9, 1), Certainty.CIRCA),
        reason="The survey is late.",
        stated_on=date(2019, 3, 1),
        by=None,
    )
    assert moved.baseline == PlainDate(BASELINE)
    assert moved.forecast == PlainDate(date(2019, 9, 1), Certainty.CIRCA)
    change = moved.changes.last()
    assert (change.kind, change.reason) == ("forecast", "The survey is late.")
    assert change.date == moved.forecast


def test_a_forecast_that_does_not_move_is_not_written():
    milestone = make_milestone()
    move_forecast(milestone=milestone, forecast=PlainDate(BASELINE), reason="None.", by=None)
    assert kinds(milestone) == ["set"]
    assert not AuditEntry.objects.exists()


def test_a_new_baseline_is_a_board_s_and_the_original_is_kept():
    milestone = make_milestone()
    board = make_board(programme=milestone.project.programme)
    new = PlainDate(date(2019, 9, 30))
    saved = rebaseline_milestone(
        milestone=milestone, baseline=new, board=board, reason="Agreed.", by=None
    )
    assert saved.baseline == saved.forecast == new
    first, last = saved.changes.all()
    assert (first.kind, first.date) == ("set", PlainDate(BASELINE))
    assert (last.kind, last.approved_by) == ("rebaseline", board)


def test_a_milestone_reached_is_not_moved_and_its_day_can_be_mended():
    milestone = make_milestone()
    reached = mark_reached(milestone=milestone, actual_on=date(2019, 7, 1), by=None)
    assert reached.actual_on == date(2019, 7, 1)
    assert reached.changes.last().stated_on == date(2019, 7, 1)
    with pytest.raises(ValidationError, match="This milestone is reached"):
        move_forecast(milestone=milestone, forecast=PlainDate.tbc(), reason="x", by=None)
    refused(mark_reached, "reason", milestone=milestone, actual_on=date(2019, 7, 2))
    corrected = mark_reached(
        milestone=milestone, actual_on=date(2019, 7, 2), reason="Keys came later.", by=None
    )
    assert corrected.actual_on == date(2019, 7, 2)
    assert kinds(milestone) == ["set", "reached", "reached"]


def test_a_day_reached_before_the_last_statement_counts_as_stated_with_it():
    milestone = make_milestone()
    given = {"milestone": milestone, "forecast": PlainDate.tbc(), "reason": "Unclear."}
    move_forecast(**given, stated_on=date(2019, 3, 1), by=None)
    reached = mark_reached(milestone=milestone, actual_on=date(2019, 2, 20), by=None)
    assert reached.changes.last().stated_on == date(2019, 3, 1)


def test_a_withdrawn_milestone_keeps_its_ledger_and_stays_as_it_is():
    milestone = make_milestone()
    withdrawn = withdraw_milestone(milestone=milestone, reason="Not needed.", by=None)
    assert withdrawn.withdrawn_on == timezone.localdate()
    assert kinds(milestone) == ["set", "withdrawn"]
    assert withdrawn.changes.last().reason == "Not needed."
    for change in (
        lambda: save_milestone(milestone=milestone, values={"name": "x"}, by=None),
        lambda: mark_reached(milestone=milestone, actual_on=date(2019, 7, 1), by=None),
        lambda: withdraw_milestone(milestone=milestone, reason="x", by=None),
    ):
        with pytest.raises(ValidationError, match="This milestone is withdrawn"):
            change()


def test_statements_follow_one_another_and_none_is_of_tomorrow():
    milestone = make_milestone()
    given = {"milestone": milestone, "forecast": PlainDate.tbc(), "reason": "Unclear."}
    refused(move_forecast, "stated_on", **given, stated_on=date(2019, 1, 1))
    refused(move_forecast, "stated_on", **given, stated_on=date(2999, 1, 1))
    assert kinds(milestone) == ["set"]
