"""Projects and their registers as a reader and a writer meet them, over the example programme."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from openpyxl import load_workbook

from programme.models import AuditEntry, Board, Programme, Stage
from projects.models import Action, Decision, Milestone, Project, Risk, StatusUpdate, Workstream
from tests.filling import answers, day, errors, submit

pytestmark = pytest.mark.django_db

User = get_user_model()


@pytest.fixture
def programme(essex, db):
    return Programme.objects.get(slug="essex")


@pytest.fixture
def as_(client, programme):
    """Signs in as one of the example's accounts: ``as_("lead")``."""

    def sign_in(account):
        client.force_login(User.objects.get(email=f"{account}@example.org"))
        return client

    return sign_in


@pytest.fixture
def office(as_):
    return as_("office")


def html(response):
    return response.content.decode()


def listed(response):
    """References of the rows of a list, in their order."""
    return [str(row.get_cell("ref")).lower() for row in response.context["table"].paginated_rows]


def project(ref):
    return Project.objects.get(ref=ref)


def rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# --- the list of projects -----------------------------------------------------------------------


def test_projects_stand_in_the_order_of_their_workstreams(office):
    response = office.get("/essex/projects/")
    assert listed(response)[:3] == ["t01", "t02", "t03"]
    assert "54 projects" in html(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=rural", {"t03"}),
        ("search=RURAL+police", {"t03"}),
        ("stage=on-hold", {"s04"}),
        ("lead=kent-police", {"s06", "ek2"}),
        ("rating=time:A&workstream=national", {"n1", "n2"}),
        ("rating=overall:R", set()),
    ],
)
def test_filters_narrow_the_list(office, query, found):
    response = office.get(f"/essex/projects/?{query}")
    assert set(listed(response)) == found
    if not found:
        assert "Nothing matches these filters" in html(response)


def test_a_workstream_finds_the_projects_of_those_below_it_too(office):
    parent = Workstream.objects.filter(children__isnull=False).first()
    below = Project.objects.filter(workstream__parent=parent).values_list("ref", flat=True)
    assert set(below) <= set(listed(office.get(f"/essex/projects/?workstream={parent.slug}")))


def test_only_the_last_report_counts_in_the_filter_of_ratings(office):
    # Green at the end of 2018, amber in March 2019.
    assert "n1" not in listed(office.get("/essex/projects/?rating=overall:G"))
    assert "n1" in listed(office.get("/essex/projects/?rating=overall:A"))


def test_sorting_by_a_rating_puts_the_worst_first_and_the_unrated_last(office):
    found = listed(office.get("/essex/projects/?sort=-rating_overall"))
    assert set(found[:4]) == {"n1", "n2", "l1", "x3c"}
    assert found[-1] not in {"r1a", "r1b"}


def test_sorting_by_the_next_milestone_puts_the_soonest_first(office):
    response = office.get("/essex/projects/?sort=coming")
    first = response.context["table"].paginated_rows[0].record
    days = [
        each.coming[0].forecast_day
        for row in response.context["table"].paginated_rows
        for each in [row.record]
        if each.coming
    ]
    assert days == sorted(days)
    assert first.coming


def test_a_withdrawn_project_leaves_the_list_and_keeps_its_page(office):
    Project.objects.filter(ref="t03").update(
        withdrawn_on="2019-01-01", withdrawn_reason="Merged with another."
    )
    assert "t03" not in listed(office.get("/essex/projects/"))
    page = html(office.get("/essex/projects/t03/"))
    assert "This project was withdrawn on 1 January 2019: Merged with another." in page
    assert "Edit facts" not in page


def test_the_download_has_every_row_that_matches_and_no_formula(office):
    Project.objects.filter(ref="n2").update(name='=HYPERLINK("http://example.org")')
    found = rows(office.get("/essex/projects/?rating=time:A&format=csv"))
    by_ref = {row["Ref"]: row for row in found}
    assert set(by_ref) == {"EK1", "EK3", "N1", "N2", "L1", "X2"}
    assert by_ref["N2"]["Project"] == '\'=HYPERLINK("http://example.org")'
    assert by_ref["N1"]["Overall"] == "Amber"
    assert by_ref["N1"]["Overall (movement)"] == "↓ was Green"
    assert by_ref["N1"]["Workstream"] == project("n1").workstream.name

    book = load_workbook(io.BytesIO(office.get("/essex/projects/?format=xlsx").content))
    sheet = book.active
    assert sheet.max_row == 55
    cell = next(row[1] for row in sheet.iter_rows(min_row=2) if row[0].value == "N2")
    assert cell.data_type == "s"


def test_an_empty_programme_is_told_what_to_do(office, programme):
    Project.objects.of(programme).update(withdrawn_on="2019-01-01", withdrawn_reason="Ended.")
    assert "There is no project yet." in html(office.get("/essex/projects/"))


# --- a project's pages --------------------------------------------------------------------------


def test_a_project_shows_its_last_report_and_not_a_draft(as_):
    board = as_("board")
    last = StatusUpdate.objects.get(project__ref="n1", period__slug="2019-03")
    assert last.status_line in html(board.get("/essex/projects/n1/"))
    StatusUpdate.objects.filter(pk=last.pk).update(state="draft", reviewed_by=None)
    page = html(board.get("/essex/projects/n1/"))
    assert last.status_line not in page
    assert "Quarter to December 2018" in page


def test_a_project_shows_ratings_over_periods_with_movement_and_reasons(as_):
    page = as_("board").get("/essex/projects/n1/")
    strip = page.context["standing"].strip
    assert [period.slug for period in strip.periods] == ["2018-12", "2019-03"]
    overall = next(row for row in strip.rows if row.dimension == "Overall")
    assert [cell.level.code for cell in overall.cells] == ["G", "A"]
    assert (overall.age, next(row for row in strip.rows if row.dimension == "Costs").age) == (1, 2)
    assert "↓ was Green" in html(page)
    reasons = {reason.dimension for reason in page.context["standing"].reasons}
    assert reasons == {"Overall", "Time", "Savings"}


def test_a_project_shows_its_milestones_with_their_slip(office):
    milestone = Milestone.objects.filter(project__ref="n2").last()
    Milestone.objects.filter(pk=milestone.pk).update(
        baseline_day="2019-08-01",
        baseline_certainty="exact",
        forecast_day="2019-08-08",
        forecast_certainty="exact",
    )
    page = html(office.get("/essex/projects/n2/"))
    assert "5 working days late" in page
    assert "8 August 2019" in page


def test_a_project_without_reports_says_who_writes_them(office):
    StatusUpdate.objects.filter(project__ref="r2").delete()
    page = html(office.get("/essex/projects/r2/"))
    assert "No update has been handed in yet." in page
    assert "There is no milestone yet." in page


def test_components_are_listed_with_what_they_last_reported(office):
    page = office.get("/essex/projects/r1/")
    found = {each.ref: each.overall for each in page.context["standing"].components}
    assert set(found) == {"r1a", "r1b", "r1c", "r1d"}
    assert (found["r1b"].level.code, found["r1b"].previous.code) == ("G", "A")


def test_only_what_the_reader_may_do_is_offered(as_):
    assert "Edit facts" in html(as_("office").get("/essex/projects/n2/"))
    assert "Edit facts" not in html(as_("lead").get("/essex/projects/n2/"))
    assert "Add a milestone" in html(as_("lead").get("/essex/projects/n2/milestones/"))
    assert "Add a milestone" not in html(as_("lead").get("/essex/projects/t03/milestones/"))


def test_the_registers_of_a_project_lead_to_each_of_their_rows(office):
    page = html(office.get("/essex/projects/n2/registers/"))
    for address in ("risks/r02", "decisions/d12", "actions/a11"):
        assert f'href="/essex/{address}/"' in page


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


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("add", "Choose another word: “add” is one of the portal’s addresses."),
        ("t03", "There is already a project with the same ref."),
        ("", "Enter the reference"),
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
    other = Programme.objects.create(
        slug="kent", name="Kent", short_name="Kent", host=programme.host
    )
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
    assert errors(response) == ["Enter a date, or say that it is to be confirmed or not applicable"]
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
    assert "working days late" in page


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
    submit(client, address_of(milestone, "reached/"), **day("actual_on", 2019, 7, 5))
    page = html(client.get(address_of(milestone)))
    assert "Mend the day" in page
    assert "Move forecast" not in page
    response = submit(client, address_of(milestone, "reached/"), **day("actual_on", 2019, 7, 4))
    assert errors(response) == ["Say why the day is corrected."]


def test_a_milestone_is_withdrawn_and_what_was_said_of_it_stays(as_, milestone):
    client = as_("lead")
    submit(client, address_of(milestone, "withdraw/"), reason="No longer planned.")
    assert milestone.name not in html(client.get("/essex/projects/n2/"))
    assert milestone.name in html(client.get("/essex/projects/n2/milestones/"))
    assert "No longer planned." in html(client.get(address_of(milestone)))


def test_a_milestone_is_found_below_its_own_project_only(office, milestone):
    assert office.get(f"/essex/projects/n1/milestones/{milestone.pk}/").status_code == 404


# --- updates ------------------------------------------------------------------------------------

UPDATE = "/essex/projects/n2/updates/2019-03/"


@pytest.fixture
def returned(programme):
    """The update of Single Online Home, given back to its lead."""
    update = StatusUpdate.objects.get(project__ref="n2", period__slug="2019-03")
    StatusUpdate.objects.filter(pk=update.pk).update(
        state="returned", return_reason="Say when.", reviewed_by=None
    )
    return update


def test_the_office_gives_an_update_back_and_the_lead_hands_it_in_again(as_):
    client = as_("office")
    assert errors(submit(client, f"{UPDATE}return/")) == ["Enter the reason"]
    submit(client, f"{UPDATE}return/", reason="Say when the agreement is expected.")
    client = as_("lead")
    assert "Say when the agreement is expected." in html(client.get(UPDATE))
    response = submit(client, f"{UPDATE}edit/", status_line="Expected in May.", hand_in="on")
    assert response.url == UPDATE
    update = StatusUpdate.objects.get(project__ref="n2", period__slug="2019-03")
    assert (update.state, update.submitted_by.email) == ("submitted", "lead@example.org")
    submit(as_("office"), f"{UPDATE}accept/")
    update.refresh_from_db()
    assert (update.state, update.reviewed_by.email) == ("accepted", "office@example.org")


def test_nobody_accepts_their_own_update(as_, returned):
    client = as_("office")
    submit(client, f"{UPDATE}edit/", hand_in="on")
    assert "Accept update" not in html(client.get(UPDATE))
    assert errors(submit(client, f"{UPDATE}accept/")) == [
        "Nobody reviews their own update: ask a colleague."
    ]


def test_a_draft_may_have_gaps_but_what_is_handed_in_may_not(as_, returned):
    client = as_("lead")
    gaps = {"level_time": "R", "reason_time": ""}
    assert submit(client, f"{UPDATE}edit/", **gaps).status_code == 302
    response = submit(client, f"{UPDATE}edit/", hand_in="on", status_line="Late.")
    assert errors(response) == ["Time is Red: give the reason."]
    assert response.context["form"].errors == {"reason_time": ["Time is Red: give the reason."]}
    returned.refresh_from_db()
    assert returned.state == "returned"
    assert returned.status_line != "Late.", "what cannot be handed in is not saved by halves"


def test_a_rating_better_than_what_the_data_proposes_needs_its_reason(as_, returned):
    Milestone.objects.filter(project__ref="n2", name="Go-live, first phase").update(
        forecast_day="2019-12-01"
    )
    client = as_("lead")
    page = html(client.get(f"{UPDATE}edit/"))
    assert "The data proposes Red: “Go-live, first phase” is" in page
    better = {"level_time": "G", "reason_time": "", "hand_in": "on"}
    assert errors(submit(client, f"{UPDATE}edit/", **better)) == [
        "Time is better than the Red that the data proposes: give the reason."
    ]
    better["reason_time"] = "The national team has promised the earlier date."
    assert submit(client, f"{UPDATE}edit/", **better).status_code == 302


def test_each_level_is_offered_with_its_definition(as_, returned):
    page = html(as_("lead").get(f"{UPDATE}edit/"))
    assert page.count("Delivery on time, to cost and to quality is highly likely.") == 5
    assert page.count("Not rated yet") == 5


def test_text_typed_plainly_is_kept_as_paragraphs_and_lists(as_, returned):
    client = as_("lead")
    typed = "First <b>words</b>.\r\n\r\n- one\r\n- two"
    submit(client, f"{UPDATE}edit/", narrative=typed)
    returned.refresh_from_db()
    assert returned.narrative == (
        "<p>First &lt;b&gt;words&lt;/b&gt;.</p><ul><li>one</li><li>two</li></ul>"
    )
    assert answers(client.get(f"{UPDATE}edit/"))["narrative"] == typed.replace("\r", "")


def test_text_left_alone_keeps_what_plain_text_cannot_show(as_, returned):
    rich = "<p>The date is <strong>fixed</strong>.</p>"
    StatusUpdate.objects.filter(pk=returned.pk).update(narrative=rich)
    client = as_("lead")
    submit(client, f"{UPDATE}edit/", status_line="Another line.")
    returned.refresh_from_db()
    assert (returned.narrative, returned.status_line) == (rich, "Another line.")


def test_an_update_is_started_where_a_project_has_none(as_):
    client = as_("office")
    address = "/essex/projects/r2/updates/2019-03/edit/"
    listed_there = html(client.get("/essex/projects/r2/updates/"))
    assert "Write the update: Quarter to March 2019" in listed_there
    assert submit(client, address, status_line="Begun.", level_overall="G").status_code == 302
    update = StatusUpdate.objects.get(project__ref="r2")
    assert (update.state, update.ratings.get().level.code) == ("draft", "G")


def test_a_rating_is_taken_back(as_, returned):
    submit(as_("lead"), f"{UPDATE}edit/", level_costs="")
    assert not returned.ratings.filter(dimension__slug="costs").exists()


def test_a_period_that_is_closed_takes_no_update(as_):
    client = as_("office")
    address = "/essex/projects/r2/updates/2018-12/edit/"
    assert "This period is closed" in html(client.get(address))
    assert errors(submit(client, address, status_line="Late.")) == [
        "The period Quarter to December 2018 is closed."
    ]


def test_an_update_that_nobody_wrote_is_not_found(office):
    assert office.get("/essex/projects/r2/updates/2019-03/").status_code == 404
    assert office.get("/essex/projects/n2/updates/1999-01/").status_code == 404


# --- risks --------------------------------------------------------------------------------------

RISK = {
    "title": "The supplier fails",
    "inherent_likelihood": "4",
    "inherent_impact": "5",
    **day("raised_on", 2019, 3, 1),
}


def test_a_lead_adds_a_risk_to_their_project(as_):
    response = submit(as_("lead"), "/essex/risks/add/?project=n2", **RISK)
    added = Risk.objects.get(title="The supplier fails")
    assert response.url == f"/essex/risks/{added.ref}/"
    assert (added.project.ref, added.ref) == ("n2", "r11")


def test_a_lead_is_offered_only_their_own_projects(as_):
    client = as_("lead")
    form = client.get("/essex/risks/add/").context["form"]
    offered = {each.ref for each in form.fields["project"].queryset}
    assert "n2" in offered
    assert "t03" not in offered
    assert errors(submit(client, "/essex/risks/add/", **RISK)) == ["Select the project"]
    others = submit(client, "/essex/risks/add/", project=project("t03").pk, **RISK)
    assert others.status_code == 200
    assert not Risk.objects.filter(title="The supplier fails").exists()


def test_a_target_has_likelihood_and_impact(office):
    response = submit(office, "/essex/risks/r01/edit/", target_impact="")
    assert errors(response) == ["A target has both a likelihood and an impact."]
    assert "target_impact" in response.context["form"].errors


def test_a_risk_is_assessed_and_moves_on_the_matrix(office):
    def cell(likelihood, impact):
        page = office.get("/essex/risks/")
        return next(
            [risk.ref for risk in each.risks]
            for row in page.context["matrix"]
            for each in row.cells
            if (each.likelihood, each.impact) == (likelihood, impact)
        )

    assert "r01" in cell(4, 3)
    submit(
        office,
        "/essex/risks/r01/assess/",
        likelihood="1",
        impact="2",
        note="The line works.",
        **day("assessed_on", 2019, 4, 1),
    )
    assert "r01" not in cell(4, 3)
    assert "r01" in cell(1, 2)
    assert "The line works." in html(office.get("/essex/risks/r01/"))


def test_a_risk_is_not_assessed_before_it_was_raised(office):
    response = submit(office, "/essex/risks/r01/assess/", **day("assessed_on", 2018, 1, 1))
    assert errors(response) == ["The risk was raised on 15 October 2018."]


def test_a_closed_risk_leaves_the_matrix_and_stays_on_the_register(office):
    assert errors(submit(office, "/essex/risks/r01/close/")) == ["Say how it ended"]
    submit(office, "/essex/risks/r01/close/", closing_note="The line was delivered.")
    page = office.get("/essex/risks/")
    standing = {risk.ref for row in page.context["matrix"] for c in row.cells for risk in c.risks}
    assert "r01" not in standing
    assert "r01" in listed(page)
    assert "r01" not in listed(office.get("/essex/risks/?standing=open"))
    detail = html(office.get("/essex/risks/r01/"))
    assert "The line was delivered." in detail
    assert "Assess" not in detail


def test_risks_stand_with_the_highest_level_first_and_download_with_their_scores(office):
    found = rows(office.get("/essex/risks/?standing=open&format=csv"))
    assert [row["Now (level)"] for row in found] == ["High"] * 4 + ["Medium"] * 5
    assert found[0]["Risk or issue"] == Risk.objects.get(ref=found[0]["Ref"].lower()).title


def test_a_programme_without_a_matrix_lists_its_risks_by_their_scores(office, programme):
    programme.risk_cells.all().delete()
    page = office.get("/essex/risks/")
    assert page.context["matrix"] == ()
    assert "4 × 3" in html(page)


# --- decisions and actions ----------------------------------------------------------------------


def test_what_was_not_pursued_is_recorded_with_its_reasons(office):
    board = Board.objects.get(programme__slug="essex", short_name="Strategic Board")
    sent = {
        "text": "A joint dog unit was considered.",
        "kind": "not_pursued",
        "board": board.pk,
        **day("taken_on", 2019, 3, 1),
    }
    response = submit(office, "/essex/decisions/add/", **sent)
    assert errors(response) == ["Give the reasons why it was not pursued."]
    submit(office, "/essex/decisions/add/", reasons="It saves nothing.", **sent)
    assert Decision.objects.get(text=sent["text"]).ref == "d13"


def test_a_decision_takes_the_day_of_its_meeting(office):
    meeting = Board.objects.get(programme__slug="essex", short_name="Strategic Board").meetings
    meeting = meeting.filter(state="held").first()
    sent = {"text": "Noted.", "kind": "noted", "board": meeting.board_id}
    assert errors(submit(office, "/essex/decisions/add/", **sent)) == [
        "Enter the day, or choose the meeting"
    ]
    submit(office, "/essex/decisions/add/", meeting=meeting.pk, **sent)
    assert Decision.objects.get(text="Noted.").taken_on == meeting.held_on


def test_a_secretary_writes_for_their_own_boards_only(as_, programme):
    client = as_("secretary")
    form = client.get("/essex/decisions/add/").context["form"]
    own = set(
        User.objects.get(email="secretary@example.org")
        .role_assignments.filter(programme=programme)
        .values_list("board_id", flat=True)
    )
    assert {board.pk for board in form.fields["board"].queryset} == own
    assert {meeting.board_id for meeting in form.fields["meeting"].queryset} <= own
    other = Board.objects.of(programme).exclude(pk__in=own).first()
    response = submit(
        client,
        "/essex/decisions/add/",
        text="Not mine.",
        kind="noted",
        board=other.pk,
        **day("taken_on", 2019, 3, 1),
    )
    assert response.status_code == 200
    assert not Decision.objects.filter(text="Not mine.").exists()


def test_an_action_follows_from_a_decision(office):
    decision = Decision.objects.get(ref="d12")
    page = office.get("/essex/actions/add/?decision=d12")
    assert answers(page)["board"] == str(decision.board_id)
    submit(
        office,
        "/essex/actions/add/?decision=d12",
        text="Sign the agreement.",
        owner_post="Chief Executive",
        **day("due_on", 2027, 5, 31),
    )
    added = Action.objects.get(text="Sign the agreement.")
    assert (added.decision, added.raised_on) == (decision, decision.meeting.held_on)
    assert "Sign the agreement." in html(office.get("/essex/decisions/d12/"))


def test_an_action_is_done_with_what_came_of_it(office):
    response = submit(office, "/essex/actions/a05/complete/", outcome="")
    assert errors(response) == ["Say what came of it"]
    submit(office, "/essex/actions/a05/complete/", outcome="The method is agreed.")
    page = html(office.get("/essex/actions/a05/"))
    assert "The method is agreed." in page
    assert "Record as done" not in page
    assert "a05" in listed(office.get("/essex/actions/?standing=completed"))
    assert "a05" not in listed(office.get("/essex/actions/?standing=open"))


def test_an_action_is_withdrawn_with_its_reason(office):
    submit(office, "/essex/actions/a05/withdraw/", reason="Nobody needs it.")
    assert "Nobody needs it." in html(office.get("/essex/actions/a05/"))
    assert "a05" in listed(office.get("/essex/actions/?standing=withdrawn"))


def test_overdue_is_what_is_open_past_its_day_when_the_programme_last_reported(office):
    # The example came to rest in March 2019; measured against today all would be years late.
    assert listed(office.get("/essex/actions/?standing=overdue")) == ["a01", "a02"]


def test_an_action_due_before_it_was_asked_for_is_refused(office):
    response = submit(office, "/essex/actions/a05/edit/", **day("due_on", 2001, 1, 1))
    assert errors(response) == ["The end cannot be before the start."]


@pytest.mark.parametrize(
    ("address", "model", "text"),
    [
        ("/essex/risks/", Risk, "No risk or issue is on the register yet."),
        ("/essex/decisions/", Decision, "No decision is on record yet."),
        ("/essex/actions/", Action, "No action is on record yet."),
    ],
)
def test_an_empty_register_says_who_fills_it(client, programme, address, model, text):
    from tests.builders import make_programme, make_user

    empty = make_programme()
    client.force_login(make_user(programme=empty, role="auditor"))
    assert text in html(client.get(address.replace("essex", empty.slug)))
