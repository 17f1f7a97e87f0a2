"""Workstreams and projects from a workbook, as the programme office uploads it: what is read is
shown before it counts, counts all at once, and by the rules of the screens."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from programme import access
from programme.imports import rehearse
from programme.models import AuditEntry, Programme, SentForm, Upload
from programme.pages.imports import STALE
from programme.site import uploads
from projects import imports
from projects.actions import save_project
from projects.imports import applying
from projects.models import Project, Workstream
from tests import builders
from tests.filling import answers, errors

pytestmark = pytest.mark.django_db

ADD = "/kent/projects/add/workbook/"
TEMPLATE = f"{ADD}template/"
HEAD = ["Reference", "Name", "Workstream", "Stage"]


@pytest.fixture
def programme() -> Programme:
    programme = builders.make_programme(slug="kent")
    builders.make_workstream(programme=programme, name="Estates", slug="estates")
    builders.make_stage(programme=programme, name="Live", slug="live", kind="live")
    return programme


@pytest.fixture
def office(programme) -> Client:
    client = Client()
    client.force_login(builders.make_user(programme=programme, role="office"))
    return client


def book_of(projects: list[list[Any]], workstreams: list[list[Any]] | None = None) -> bytes:
    """A workbook whose sheets have these rows, the first of them the headings."""
    book = Workbook()
    book.active.title = "Projects"
    for row in projects:
        book.active.append(row)
    if workstreams:
        sheet = book.create_sheet("Workstreams")
        for row in workstreams:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: Client, content: bytes, **changes: Any) -> Any:
    sent = answers(client.get(ADD)) | {"file": SimpleUploadedFile("our.xlsx", content)}
    return client.post(ADD, sent | changes)


def look(client: Client, content: bytes) -> tuple[str, str]:
    """Uploads a workbook that is right; the address of its preview and what that says."""
    response = send(client, content)
    assert response.status_code == 302, cells(response) or errors(response)
    return response.url, client.get(response.url).content.decode()


def confirm(client: Client, address: str, **changes: Any) -> Any:
    return client.post(address, answers(client.get(address)) | changes, follow=True)


def cells(response: Any) -> list[str]:
    return [each.sentence for each in response.context["problems"]]


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- from the template and back -------------------------------------------------------------------


def downloaded(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return load_workbook(BytesIO(response.content))


def of_book(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("slug", ["essex", "northmere"])
def test_what_is_downloaded_and_uploaded_changes_nothing(request, slug):
    request.getfixturevalue(slug)
    programme = Programme.objects.get(slug=slug)
    client = Client()
    client.force_login(builders.make_user(programme=programme, role="office"))
    add = f"/{slug}/projects/add/workbook/"
    book = downloaded(client, f"{add}template/")
    withdrawn = programme.projects.filter(withdrawn_on__isnull=False).count()
    assert book["Projects"].max_row == 1 + programme.projects.count() - withdrawn
    sent = answers(client.get(add)) | {"file": SimpleUploadedFile("x.xlsx", of_book(book))}
    response = client.post(add, sent)
    assert response.status_code == 302, cells(response)
    page = client.get(response.url)
    assert page.context["added"] == page.context["changed"] == ""
    assert "there is nothing to save" in page.content.decode()


def test_the_template_is_marked_as_the_highest_that_it_holds(office, programme):
    builders.make_project(programme=programme, sensitivity="official_sensitive")
    response = office.get(TEMPLATE)
    assert "OFFICIAL-SENSITIVE-kent-projects.xlsx" in response["Content-Disposition"]
    assert load_workbook(BytesIO(response.content))["Read me"]["A2"].value == "OFFICIAL-SENSITIVE"


def test_a_change_made_in_the_template_is_shown_before_and_after(office, programme):
    project = builders.make_project(programme=programme, ref="t1", name="Old name")
    book = downloaded(office, TEMPLATE)
    row = {cell.value: cell.column for cell in book["Projects"][1]}
    book["Projects"].cell(2, row["Name *"]).value = "New name"
    book["Projects"].cell(2, row["End"]).value = datetime.fromisoformat("2031-05-01")
    address, html = look(office, of_book(book))
    page = office.get(address)
    changes = page.context["plan"].changed[0].changes
    assert [(each.label, each.before, each.after) for each in changes] == [
        ("Name", "Old name", "New name"),
        ("End", "nothing", "1 May 2031"),
    ]
    assert "Changed: 1 project" in html
    project.refresh_from_db()
    assert project.name == "Old name"

    assert told(confirm(office, address)) == ["From the workbook: 1 project changed."]
    project.refresh_from_db()
    assert (project.name, project.ends_on) == ("New name", date(2031, 5, 1))
    entry = AuditEntry.objects.filter(verb="project.edited").get()
    assert sorted(entry.after) == ["ends_on", "name"]


# --- what is added --------------------------------------------------------------------------------


def test_projects_of_new_workstreams_and_of_one_another_in_any_order(office, programme):
    lead = builders.make_organisation(programme=programme, name="Fire Service")
    other = builders.make_organisation(programme=programme, name="Police; East")
    holder = builders.make_user(programme=programme, role="lead", email="lead@example.org")
    content = book_of(
        [
            [
                *HEAD,
                "Component of",
                "Lead organisation",
                "Other partners",
                "Who writes its updates",
            ],
            ["P2", "Part", "Depots", "Live", "p1", None, "Police; East\nfire service"],
            ["p1", "Whole", "depots", "live", None, "fire service", None, "LEAD@example.org"],
        ],
        [["Key", "Name", "Stands below"], [None, "Depots", "Sites"], [None, "Sites", "Estates"]],
    )
    address, html = look(office, content)
    assert "Added: 2 workstreams and 2 projects" in html
    assert not Project.objects.exists()
    assert not Workstream.objects.filter(name="Depots").exists()

    before = AuditEntry.objects.count()
    confirm(office, address)
    part, whole = Project.objects.get(ref="p2"), Project.objects.get(ref="p1")
    assert (part.parent, whole.lead_organisation, whole.lead_user) == (whole, lead, holder)
    assert set(part.partners.all()) == {lead, other}
    assert str(whole.workstream.parent.parent) == "Estates"
    assert whole.stage_changes.get().changed_on == timezone.localdate()
    assert whole.sensitivity == programme.default_marking
    entries = AuditEntry.objects.order_by("pk")[before:]
    assert [entry.verb for entry in entries] == ["workstream.added"] * 2 + ["project.added"] * 2
    assert len({entry.correlation_id for entry in entries}) == 1

    # The same workbook again finds what it added, by reference and by name.
    again, html = look(office, content)
    assert "there is nothing to save" in html


def test_a_column_that_is_left_out_leaves_values_and_an_empty_cell_empties_them(office, programme):
    project = builders.make_project(
        programme=programme, ref="t1", summary="Kept.", lead_post="A chief"
    )
    address, _ = look(office, book_of([["Reference", "Lead’s post"], ["t1", None]]))
    confirm(office, address)
    project.refresh_from_db()
    assert (project.summary, project.lead_post) == ("Kept.", "")


def test_sent_twice_it_counts_once(office):
    address, _ = look(office, book_of([HEAD, ["p1", "One", "Estates", "Live"]]))
    sent = answers(office.get(address))
    first, again = office.post(address, sent), office.post(address, sent)
    assert first.url == again.url
    assert Project.objects.count() == 1
    assert AuditEntry.objects.filter(verb="project.added").count() == 1


def test_another_file_in_the_same_form_is_another_upload(office):
    """Whoever goes back to choose a corrected file is not led to the first one's preview."""
    one, other = (
        book_of([HEAD, ["p1", name, "Estates", "Live"]]) for name in ("One", "Another name")
    )
    key = answers(office.get(ADD))["form_key"]
    first = send(office, one, form_key=key)
    same, second = send(office, one, form_key=key), send(office, other, form_key=key)
    assert first.url == same.url != second.url
    assert "Another name" in office.get(second.url).content.decode()


def test_the_same_file_may_be_uploaded_again(office):
    content = book_of([HEAD, ["p1", "One", "Estates", "Live"]])
    assert look(office, content)[0] != look(office, content)[0]


def test_a_new_project_needs_no_reference_and_is_not_added_twice(office, programme):
    """It is made from the name, and is none that another row, or a stored project, has."""
    builders.make_project(programme=programme, ref="shared-hub", name="Another")
    rows = [
        [None, "Shared hub", "Estates", "Live", "Fleet"],
        [None, "Fleet", "Estates", "Live", None],
        ["shared-hub-2", "Third", "Estates", "Live", None],
    ]
    content = book_of([[*HEAD, "Component of"], *rows])
    for _ in range(2):
        assert confirm(office, look(office, content)[0]).status_code == 200
    made = Project.objects.exclude(name="Another")
    assert {each.name: each.ref for each in made} == {
        "Shared hub": "shared-hub-3",
        "Fleet": "fleet",
        "Third": "shared-hub-2",
    }
    assert Project.objects.get(name="Shared hub").parent.name == "Fleet"


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "Same", "Estates", "Live"], "Several projects are called “Same”."),
        (["p 1", "One", "Estates", "Live"], "Projects, A2, Reference: A reference has letters"),
        (["add", "One", "Estates", "Live"], "Projects, A2, Reference: A reference has letters"),
        (["p1", "One", "Estate", "Live"], "C2, Workstream: The programme has no workstream"),
        (["p1", "One", "Estate", "Live"], "Did you mean “Estates”?"),
        (["p1", "One", "Estates", "Lively"], "D2, Stage: The programme has no stage “Lively”."),
        (["p1", "One", "Estates", None], "D2, Stage: Stage must not be empty."),
        (["p1", "One", "Gone", "Live"], "“Gone” is withdrawn and cannot be chosen."),
        (["old", "One", "Estates", "Live"], "This project was withdrawn on 4 January 2019."),
        (["t1", "One", "Estates", "Live"], "The project stands at “Idea”. Its stage changes on"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_kept(office, programme, row, words):
    builders.make_workstream(programme=programme, name="Gone", withdrawn_on=date(2019, 1, 4))
    idea = builders.make_stage(programme=programme, name="Idea")
    builders.make_project(programme=programme, ref="t1", stage=idea)
    builders.make_project(programme=programme, ref="s1", name="Same")
    builders.make_project(programme=programme, ref="s2", name="Same")
    builders.make_project(
        programme=programme, ref="old", withdrawn_on=date(2019, 1, 4), withdrawn_reason="Done."
    )
    response = send(office, book_of([HEAD, row, ["p9", "Right", "Estates", "Live"]]))
    assert errors(response) == ["The workbook has 1 problem, listed below. Nothing is saved."]
    assert len(cells(response)) == 1
    assert words in cells(response)[0]
    assert "Correct" not in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("End", "1/1/2020", "E2, End:"),  # before its start: a rule of the row as a whole
        ("Component of", "p1", "It cannot stand below itself."),
        ("Component of", "p7", "There is no project with the reference or the name “p7”."),
        ("Component of", "part", "is a component itself"),
        ("Component of", "shut", "is closed or withdrawn"),
        (
            "Who writes its updates",
            "stranger@example.org",
            "The programme has no account with a role",
        ),
        ("Lead organisation", "Nobody", "The programme has no organisation “Nobody”."),
        ("Marking", "SECRET", "Enter OFFICIAL or OFFICIAL-SENSITIVE."),
        ("Themes", "Nothing", "The programme has no theme “Nothing”."),
        ("At this stage since", "1/1/2099", "Enter today or a day in the past."),
    ],
)
def test_the_rules_of_the_screens_hold(office, programme, column, value, words):
    builders.make_user(email="stranger@example.org")
    whole = builders.make_project(programme=programme, ref="whole")
    builders.make_project(programme=programme, ref="part", parent=whole)
    closed = builders.make_stage(programme=programme, name="Done", kind="closed")
    builders.make_project(programme=programme, ref="shut", stage=closed)
    head = [*HEAD, column, "Start"]
    response = send(office, book_of([head, ["p1", "One", "Estates", "Live", value, "1/1/2021"]]))
    (problem,) = cells(response)
    assert words in problem
    assert "E2" in problem
    assert not Project.objects.filter(ref="p1").exists()
    assert not AuditEntry.objects.filter(verb="project.added").exists()


def test_one_row_twice_and_circles(office, programme):
    rows = [["a", "A", "Estates", "Live"], ["A", "B", "Estates", "Live"]]
    assert cells(send(office, book_of([HEAD, *rows]))) == [
        "Projects, A3, Reference: Row 2 is about this project already."
    ]
    circle = [["Name", "Key", "Stands below"], ["One", None, "Two"], ["Two", None, "One"]]
    project = [["Reference"], [None]]
    (problem,) = cells(send(office, book_of(project, circle)))
    assert problem.startswith("Workstreams, C")
    assert "circle" in problem


def test_a_stored_workstream_is_not_put_below_what_stands_below_it(office, programme):
    top = Workstream.objects.get()
    builders.make_workstream(programme=programme, name="Lower", slug="lower", parent=top)
    rows = [["Key", "Name", "Stands below"], ["estates", "Estates", "Lower"]]
    (problem,) = cells(send(office, book_of([["Reference"]], rows)))
    assert problem.startswith("Workstreams, C2, Stands below: This would make a circle")


def test_a_new_row_needs_its_columns(office):
    response = send(office, book_of([["Reference", "Name"], ["p1", "One"]]))
    assert cells(response) == [
        "Projects, row 2, Workstream: This project is new. Add the column “Workstream” and fill it "
        "in.",
        "Projects, row 2, Stage: This project is new. Add the column “Stage” and fill it in.",
    ]


def test_names_of_other_programmes_lead_nowhere(office, programme):
    other = builders.make_programme(slug="elsewhere")
    builders.make_workstream(programme=other, name="Theirs")
    builders.make_project(programme=other, ref="p1", name="Theirs")
    response = send(office, book_of([HEAD, ["p1", "One", "Theirs", "Live"]]))
    assert cells(response) == [
        "Projects, C2, Workstream: The programme has no workstream “Theirs”."
    ]


def test_what_is_no_workbook_is_said_beside_the_file(office):
    (problem,) = errors(send(office, b"ref,name"))
    assert problem.startswith("This is not an Excel workbook.")
    assert errors(send(office, b"")) == [
        "This file is empty. Select the workbook that you filled in."
    ]
    sent = answers(office.get(ADD)) | {"file": ""}
    assert errors(office.post(ADD, sent)) == ["Select a file for the workbook"]


# --- what came in between -------------------------------------------------------------------------


def test_what_changed_since_it_was_looked_at_is_shown_anew(office, programme):
    project = builders.make_project(programme=programme, ref="t1", name="Old")
    address, _ = look(office, book_of([["Reference", "Name"], ["t1", "New"]]))
    sent = answers(office.get(address))
    save_project(project=project, values={"name": "Meanwhile"}, by=None)

    response = office.post(address, sent)
    assert errors(response) == [STALE]
    project.refresh_from_db()
    assert project.name == "Meanwhile"
    change = response.context["plan"].changed[0].changes[0]
    assert (change.before, change.after) == ("Meanwhile", "New")

    office.post(address, answers(response))
    project.refresh_from_db()
    assert project.name == "New"


def test_what_cannot_be_any_more_is_said_and_nothing_is_saved(office, programme):
    address, _ = look(
        office,
        book_of([HEAD, ["p1", "One", "Estates", "Live"], ["p2", "Two", "Estates", "Live"]]),
    )
    sent = answers(office.get(address))
    Workstream.objects.update(withdrawn_on=date(2019, 1, 4))
    assert "“Estates” is withdrawn" in office.get(address).content.decode()
    assert errors(office.post(address, sent))
    assert not Project.objects.exists()


def test_a_refusal_at_the_last_row_takes_all_back(office, monkeypatch):
    address, _ = look(
        office,
        book_of([HEAD, ["p1", "One", "Estates", "Live"], ["p2", "Two", "Estates", "Live"]]),
    )
    before = AuditEntry.objects.count()

    def refuse_second(**given: Any) -> Project:
        if given["values"]["ref"] == "p2":
            return save_project(**given | {"stage_since": timezone.localdate() + timedelta(9)})
        return save_project(**given)

    monkeypatch.setattr(applying, "save_project", refuse_second)
    response = confirm(office, address)
    assert errors(response) == [
        "Projects, row 3, At this stage since: Enter today or a day in the past.",
    ]
    assert not Project.objects.exists()
    assert AuditEntry.objects.count() == before


# --- whose it is ----------------------------------------------------------------------------------


def test_an_upload_is_its_owners_alone_for_a_day(office, programme):
    address, _ = look(office, book_of([HEAD, ["p1", "One", "Estates", "Live"]]))
    another = Client()
    another.force_login(builders.make_user(programme=programme, role="office"))
    assert another.get(address).status_code == 404
    Upload.objects.update(uploaded_at=timezone.now() - uploads.KEPT_FOR - timedelta(hours=1))
    assert office.get(address).status_code == 404
    look(office, book_of([HEAD, ["p1", "One", "Estates", "Live"]]))
    assert Upload.objects.count() == 1


def test_uploads_are_bounded(office, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 2)
    content = book_of([HEAD, ["p1", "One", "Estates", "Live"]])
    kept = [look(office, content)[0] for _ in range(3)]
    assert [office.get(each).status_code for each in kept] == [404, 200, 200]
    monkeypatch.setattr(uploads, "LARGEST", 10)
    assert "more text than is read" in errors(send(office, content))[0]


def test_workstreams_ask_for_their_own_right(office, monkeypatch):
    held = access.allows
    monkeypatch.setattr(
        access,
        "allows",
        lambda user, name, *given: name != "workstreams.edit" and held(user, name, *given),
    )
    workstreams = [["Key", "Name"], [None, "New"]]
    assert send(office, book_of([["Reference"]], workstreams)).status_code == 403
    address, _ = look(office, book_of([HEAD, ["p1", "One", "Estates", "Live"]]))
    assert confirm(office, address).status_code == 200


def test_a_rehearsal_leaves_nothing(programme):
    from programme.imports import read

    user = builders.make_user(programme=programme, role="office")
    reading = read(book_of([HEAD, ["p1", "One", "Estates", "Live"]]), imports.SHEETS)
    plan, before = imports.plan(programme, reading), AuditEntry.objects.count()
    assert rehearse(plan, imports.save_by(programme, user)) == []
    assert not Project.objects.exists()
    assert AuditEntry.objects.count() == before
    assert not SentForm.objects.exists()


def test_a_workbook_is_in_the_words_of_the_programme_and_read_in_the_usual_ones_too(
    office, programme
):
    programme.words = {"project": {"one": "scheme", "many": "schemes"}}
    programme.save()
    builders.make_project(programme=programme, ref="t1", name="One")
    book = downloaded(office, TEMPLATE)
    assert book.sheetnames == ["Read me", "Workstreams", "Schemes", "Lists"]
    assert "there is nothing to save" in look(office, of_book(book))[1]
    assert "there is nothing to save" in look(office, book_of([HEAD[:2], ["t1", "One"]]))[1]
    assert cells(send(office, book_of([HEAD[:3], ["t1", "One", "{x}"]]))) == [
        "Schemes, C2, Workstream: The programme has no workstream “{x}”."
    ]


def test_everything_that_is_wrong_is_said_at_once(office, programme):
    """What cannot be read, what is not known and what the action refuses, in one go."""
    work = builders.make_workstream(programme=programme, name="Estates")
    stage = builders.make_stage(programme=programme, name="Pilot")
    headings = ["Reference", "Name", "Workstream", "Stage", "Start", "End"]
    good = ["t1", "One", work.name, stage.name]
    content = book_of(
        [
            headings,
            [*good[:2], "Estatse", stage.name, None, None],
            ["t2", "Two", work.name, stage.name, "the day after", None],
            ["t3", "Three", work.name, stage.name, date(2026, 5, 1), date(2026, 4, 1)],
        ]
    )
    found = cells(send(office, content))
    assert len(found) == 3, found
    assert [each.split(",")[1].strip()[1:] for each in found[:2]] == ["2", "3"]
    assert "Estatse" in found[0]
    assert not programme.projects.exists()


def test_a_workbook_without_markings_can_be_uploaded_again(office, programme):
    work = builders.make_workstream(programme=programme, name="Estates")
    stage = builders.make_stage(programme=programme, name="Pilot")
    headings = ["Reference", "Name", "Workstream", "Stage", "Marking"]
    content = book_of([headings, ["t1", "One", work.name, stage.name, None]])
    address, _ = look(office, content)
    confirm(office, address)
    assert programme.projects.get().sensitivity == programme.default_marking
    _, said = look(office, content)
    assert "there is nothing to save" in said
