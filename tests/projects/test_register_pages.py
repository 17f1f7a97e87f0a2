"""The registers of risks, decisions and actions as readers and writers meet them."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model

from programme.models import Board
from projects.models import Action, Decision, Project, Risk
from tests.builders import make_programme, make_user
from tests.filling import answers, day, errors, submit

User = get_user_model()

pytestmark = pytest.mark.django_db


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


# --- risks --------------------------------------------------------------------------------------

RISK = {
    "title": "The supplier fails",
    "owner_post": "Head of Procurement",
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
    assert "r01" not in listed(office.get("/essex/risks/?state=open"))
    detail = html(office.get("/essex/risks/r01/"))
    assert "The line was delivered." in detail
    assert "Assess" not in detail


def test_risks_stand_with_the_highest_level_first_and_download_with_their_scores(office):
    found = rows(office.get("/essex/risks/?state=open&format=csv"))
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
    assert "a05" in listed(office.get("/essex/actions/?state=completed"))
    assert "a05" not in listed(office.get("/essex/actions/?state=open"))


def test_an_action_is_withdrawn_with_its_reason(office):
    submit(office, "/essex/actions/a05/withdraw/", reason="Nobody needs it.")
    assert "Nobody needs it." in html(office.get("/essex/actions/a05/"))
    assert "a05" in listed(office.get("/essex/actions/?state=withdrawn"))


def test_overdue_is_what_is_open_past_its_day_when_the_programme_last_reported(office):
    # The example came to rest in March 2019; measured against today all would be years late.
    assert listed(office.get("/essex/actions/?state=overdue")) == ["a01", "a02"]


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
    empty = make_programme()
    client.force_login(make_user(programme=empty, role="auditor"))
    assert text in html(client.get(address.replace("essex", empty.slug)))
