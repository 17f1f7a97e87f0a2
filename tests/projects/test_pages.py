"""The list of projects and a project’s pages, over the example programme."""

import csv
import io

import pytest
from openpyxl import load_workbook

from projects.models import Milestone, Project, StatusUpdate, Workstream

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
    assert ">Edit<" not in page


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
    assert "No update has been accepted yet." in page
    assert "There is no milestone yet." in page


def test_components_are_listed_with_what_they_last_reported(office):
    page = office.get("/essex/projects/r1/")
    found = {each.ref: each.overall for each in page.context["standing"].components}
    assert set(found) == {"r1a", "r1b", "r1c", "r1d"}
    assert (found["r1b"].level.code, found["r1b"].previous.code) == ("G", "A")


def test_only_what_the_reader_may_do_is_offered(as_):
    assert ">Edit<" in html(as_("office").get("/essex/projects/n2/"))
    assert ">Edit<" not in html(as_("lead").get("/essex/projects/n2/"))
    assert "Add a milestone" in html(as_("lead").get("/essex/projects/n2/milestones/"))
    assert "Add a milestone" not in html(as_("lead").get("/essex/projects/t03/milestones/"))


def test_the_registers_of_a_project_lead_to_each_of_their_rows(office):
    page = html(office.get("/essex/projects/n2/registers/"))
    for address in ("risks/r02", "decisions/d12", "actions/a11"):
        assert f'href="/essex/{address}/"' in page
