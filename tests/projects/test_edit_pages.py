"""Changing projects, workstreams and milestones by the forms of their pages."""

import pytest

from programme.models import AuditEntry, Board, Programme, Stage
from projects.models import Action, Decision, Milestone, Project, Risk, Workstream
from tests.filling import answers, day, errors, submit

pytestmark = pytest.mark.django_db


def html(response):
    return response.content.decode()


def project(ref):
    return Project.objects.get(ref=ref)


# --- changing a project -------------------------------------------------------------------------


def test_the_facts_of_a_project_are_changed_and_recorded(office):
    response = submit(
        office,
        "/essex/projects/t03/edit/",
        lead_post="Head of Rural Crime",
        **day("ends_on", 2027, 4, 1),
    )
    assert response.url == "/essex/projects/t03/"
    changed = project("t03")
    assert (changed.lead_post, changed.ends_on.isoformat()) == ("Head of Rural Crime", "2027-04-01")
    entry = AuditEntry.objects.first()
    assert (entry.verb, entry.actor.email) == ("project.edited", "office@example.org")
    assert set(entry.after) == {"lead_post", "ends_on"}


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("/essex/projects/{}/edit/", Project),
        ("/essex/risks/{}/edit/", Risk),
        ("/essex/decisions/{}/edit/", Decision),
        ("/essex/actions/{}/edit/", Action),
    ],
)
def test_a_form_sent_back_as_it_was_changes_nothing(office, address, model):
    before = AuditEntry.objects.count()
    for ref in model.objects.values_list("ref", flat=True):
        if model is Risk and Risk.objects.get(ref=ref).closed_on:
            continue
        if model is Action and Action.objects.get(ref=ref).completed_on:
            continue
        response = submit(office, address.format(ref))
        assert response.status_code == 302, (ref, errors(response))
    assert AuditEntry.objects.count() == before


def test_a_change_that_met_another_shows_both_texts(office):
    sent = answers(office.get("/essex/projects/t03/edit/"))
    submit(office, "/essex/projects/t03/edit/", summary="What a colleague wrote.")
    response = office.post("/essex/projects/t03/edit/", sent | {"summary": "What I wrote."})
    assert response.status_code == 409
    assert "What a colleague wrote." in html(response)
    assert "What I wrote." in html(response)
    assert project("t03").summary == "What a colleague wrote."


def test_a_project_is_added_with_its_first_stage(office, programme):
    response = submit(
        office,
        "/essex/projects/add/?workstream=tactical",
        name="Joint drone unit",
        ref="T11",
        stage=programme.stages.get(slug="scoping").pk,
        **day("stage_since", 2019, 2, 1),
    )
    assert response.url == "/essex/projects/t11/"
    added = project("t11")
    assert added.workstream.slug == "tactical"
    assert added.stage_changes.get().changed_on.isoformat() == "2019-02-01"


def test_a_reference_is_made_from_the_name(office, programme):
    response = submit(
        office,
        "/essex/projects/add/?workstream=tactical",
        name="Joint drone unit",
        ref="",
        stage=programme.stages.first().pk,
    )
    assert response.url == "/essex/projects/joint-drone-unit/"


def test_a_new_project_takes_one_short_page_and_the_rest_comes_later(office, programme):
    programme.default_marking = "official_sensitive"
    programme.save()
    form = office.get("/essex/projects/add/").context["form"]
    assert len(form.visible_fields()) <= 8
    assert [name for name, field in form.fields.items() if field.required] == [
        "name",
        "workstream",
        "stage",
    ]
    response = submit(
        office,
        "/essex/projects/add/?workstream=tactical",
        name="Joint drone unit",
        stage=programme.stages.first().pk,
    )
    added = project("joint-drone-unit")
    assert added.sensitivity == "official_sensitive"
    assert added.in_papers_as_component
    assert "given with Edit" in html(office.get(response.url))
    later = office.get(f"{response.url}edit/").context["form"]
    assert {"summary", "partners", "starts_on", "sensitivity"} <= set(later.fields)


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("add", "Choose another word: “add” is one of the portal’s addresses."),
        ("t03", "There is already a project with the same ref."),
    ],
)
def test_a_reference_that_cannot_be_is_said_beside_its_field(office, programme, ref, message):
    response = submit(
        office,
        "/essex/projects/add/?workstream=tactical",
        name="Joint drone unit",
        ref=ref,
        stage=programme.stages.first().pk,
    )
    assert response.status_code == 200
    assert message in errors(response)
    assert response.context["form"].errors["ref"] == [message]


def test_a_stage_at_which_a_project_halts_needs_its_reason(office, programme):
    halt = programme.stages.filter(kind=Stage.Kind.PAUSED).first()
    sent = {"to_stage": halt.pk, **day("changed_on", 2026, 1, 5)}
    response = submit(office, "/essex/projects/t03/stage/", **sent)
    assert errors(response) == [f"Say why the project goes to “{halt}”."]
    response = submit(office, "/essex/projects/t03/stage/", reason="No officer is free.", **sent)
    assert response.status_code == 302
    assert project("t03").stage == halt
    assert "No officer is free." in html(office.get("/essex/projects/t03/history/"))


def test_a_project_is_withdrawn_after_a_question_and_with_a_reason(office):
    assert "Withdraw this project?" in html(office.get("/essex/projects/t03/withdraw/"))
    assert errors(office.post("/essex/projects/t03/withdraw/", {"version": 1})) == [
        "Enter the reason"
    ]
    submit(office, "/essex/projects/t03/withdraw/", reason="Merged with another.")
    assert project("t03").withdrawn_reason == "Merged with another."


def test_a_project_with_components_is_not_withdrawn_before_them(office):
    response = submit(office, "/essex/projects/r1/withdraw/", reason="It ended.")
    assert errors(response) == ["Withdraw the components of this project first, or move them."]


def test_choices_are_those_of_the_programme(office, programme):
    other = Programme.objects.create(slug="kent", name="Kent", short_name="Kent")
    foreign = Workstream.objects.create(programme=other, slug="foreign", name="Foreign")
    response = submit(office, "/essex/projects/t03/edit/", workstream=foreign.pk)
    assert response.status_code == 200
    assert project("t03").workstream.programme == programme
    assert foreign.name not in html(response)


# --- workstreams --------------------------------------------------------------------------------


def test_a_workstream_is_added_and_changed(office):
    assert (
        submit(office, "/essex/workstreams/add/", name="Estates", slug="estates").status_code == 302
    )
    assert submit(office, "/essex/workstreams/estates/edit/", number="9").status_code == 302
    assert Workstream.objects.get(slug="estates").number == "9"
    assert "Estates" in html(office.get("/essex/workstreams/"))
    empty = html(office.get("/essex/workstreams/estates/"))
    assert "No project belongs to this workstream yet." in empty


def test_workstreams_do_not_stand_below_one_another_in_a_circle(office):
    parent = Workstream.objects.filter(children__isnull=False).first()
    child = parent.children.first()
    response = submit(office, f"/essex/workstreams/{parent.slug}/edit/", parent=child.pk)
    assert errors(response) == ["This would make a circle: it stands above that one."]


# --- milestones ---------------------------------------------------------------------------------


@pytest.fixture
def milestone(programme):
    return Milestone.objects.get(project__ref="n2", name="Go-live, second phase")


def address_of(milestone, page=""):
    return f"/essex/projects/{milestone.project.ref}/milestones/{milestone.pk}/{page}"


def test_a_lead_adds_a_milestone_with_the_date_that_was_agreed(as_):
    response = submit(
        as_("lead"),
        "/essex/projects/n2/milestones/add/",
        name="Privacy assessment signed",
        **day("baseline_value", 2027, 3, 31),
        baseline_certainty="exact",
    )
    assert response.status_code == 302
    added = Milestone.objects.get(name="Privacy assessment signed")
    assert added.baseline == added.forecast
    assert added.changes.get().kind == "set"


def test_a_milestone_without_a_date_says_that_there_is_none_yet(as_):
    client = as_("lead")
    address = "/essex/projects/n2/milestones/add/"
    response = submit(client, address, name="Review")
    assert errors(response) == [
        "Baseline: enter a date, or say that it is to be confirmed or not applicable"
    ]
    submit(client, address, name="Review", baseline_certainty="tbc")
    assert "TBC" in html(client.get("/essex/projects/n2/milestones/"))


def test_a_forecast_moves_with_its_reason_and_the_baseline_stays(as_, milestone):
    client = as_("lead")
    sent = {**day("forecast_value", 2019, 9, 30), "forecast_certainty": "exact"}
    assert errors(submit(client, address_of(milestone, "move/"), **sent)) == [
        "Say why the date moves"
    ]
    submit(client, address_of(milestone, "move/"), reason="The line is late.", **sent)
    milestone.refresh_from_db()
    assert milestone.forecast_day.isoformat() == "2019-09-30"
    assert milestone.baseline_day.isoformat() == "2019-07-01"
    page = html(client.get(address_of(milestone)))
    assert "The line is late." in page
    assert "about 2 months late" in page


def test_a_new_baseline_names_the_board_that_approved_it(as_, milestone):
    client = as_("lead")
    board = Board.objects.get(programme__slug="essex", short_name="Strategic Board")
    sent = {
        **day("baseline_value", 2019, 9, 30),
        "baseline_certainty": "exact",
        "reason": "Replanned.",
    }
    assert errors(submit(client, address_of(milestone, "rebaseline/"), **sent)) == [
        "Select the board that approved it"
    ]
    submit(client, address_of(milestone, "rebaseline/"), board=board.pk, **sent)
    milestone.refresh_from_db()
    assert milestone.baseline_day == milestone.forecast_day
    assert f"Approved by {board}" in html(client.get(address_of(milestone)))


def test_a_milestone_is_reached_and_then_only_its_day_can_be_mended(as_, milestone):
    client = as_("lead")
    submit(client, address_of(milestone, "reach/"), **day("actual_on", 2019, 7, 5))
    page = html(client.get(address_of(milestone)))
    assert "Correct the day" in page
    assert "Move forecast" not in page
    response = submit(client, address_of(milestone, "reach/"), **day("actual_on", 2019, 7, 4))
    assert errors(response) == ["Say why the day is corrected."]


def test_a_milestone_is_withdrawn_and_what_was_said_of_it_stays(as_, milestone):
    client = as_("lead")
    submit(client, address_of(milestone, "withdraw/"), reason="No longer planned.")
    assert milestone.name not in html(client.get("/essex/projects/n2/"))
    assert milestone.name in html(client.get("/essex/projects/n2/milestones/"))
    assert "No longer planned." in html(client.get(address_of(milestone)))


def test_a_milestone_is_found_below_its_own_project_only(office, milestone):
    assert office.get(f"/essex/projects/n1/milestones/{milestone.pk}/").status_code == 404
