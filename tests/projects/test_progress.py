"""How the updates of a period come in: whom it asks, what is late, what is missing at its close."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programme.models import AuditEntry
from projects.actions import admit_late, close_period
from projects.models import StageChange
from projects.selectors.progress import (
    asked_of_period,
    days_late,
    missing_of,
    progress,
    progress_rows,
)
from tests.builders import (
    make_period,
    make_programme,
    make_project,
    make_stage,
    make_update,
    make_user,
    make_workstream,
)

pytestmark = pytest.mark.django_db

DUE, DAY = date(2019, 3, 13), date(2019, 3, 15)


@pytest.fixture
def programme():
    return make_programme(slug="hub")


@pytest.fixture
def period(programme):
    return make_period(programme=programme, as_at=DAY, due_on=DUE, slug="q4")


@pytest.fixture
def office(programme, client):
    user = make_user(programme=programme, role="office")
    client.force_login(user)
    return client


def page(name: str, period, **query) -> str:
    return reverse(
        f"projects:periods:{name}", args=[period.programme.slug, period.slug], query=query or None
    )


def test_a_period_asks_live_projects_and_knows_who_wrote_all_the_same(programme, period):
    live = make_project(programme=programme)
    paused = make_project(programme=programme, stage=make_stage(programme=programme, kind="paused"))
    wrote = make_project(programme=programme, stage=paused.stage)
    make_update(project=wrote, period=period, state="draft")
    make_project(programme=programme, parent=live)
    make_project(programme=programme, withdrawn_on=DAY, withdrawn_reason="Dropped.")
    assert set(asked_of_period(period)) == {live, wrote}


def test_a_closed_period_asked_those_that_were_live_then(programme, period):
    """A project that closed since was asked; one that began since was not."""
    live, over = (make_stage(programme=programme, kind=kind) for kind in ("live", "closed"))

    def moved(*changes) -> object:
        project = make_project(programme=programme, stage=changes[-1][1])
        before = None
        for day, stage in changes:
            StageChange.objects.create(
                project=project, from_stage=before, to_stage=stage, changed_on=day
            )
            before = stage
        return project

    ended = moved((date(2018, 1, 1), live), (date(2019, 6, 1), over))
    moved((date(2019, 6, 1), live))
    never_moved = make_project(programme=programme, stage=live)
    period.state = "closed"
    period.save()
    assert set(asked_of_period(period)) == {ended, never_moved}


def test_the_bar_counts_each_once_and_says_what_is_late(programme, period):
    for state in ("draft", "handed_in", "handed_in", "returned", "accepted"):
        make_update(project=make_project(programme=programme), period=period, state=state)
    admitted = make_project(programme=programme)
    admit_late(period=period, projects=[admitted], until=date(2019, 3, 20), reason="Ill.", by=None)
    far = progress(period, DAY)
    assert {step.state: step.count for step in far.steps} == {
        "accepted": 1,
        "handed_in": 2,
        "returned": 1,
        "draft": 1,
        "not_started": 1,
    }
    assert (far.asked, far.given, far.late) == (6, 3, 2)
    assert far.steps[-1].start + far.steps[-1].width == pytest.approx(100, abs=0.1)
    assert progress(period, date(2019, 3, 21)).late == 3


@pytest.mark.parametrize(
    ("standing", "came", "days"),
    [
        ("draft", None, 2),
        ("not_started", None, 2),
        ("returned", datetime(2019, 3, 10, tzinfo=UTC), 2),
        ("accepted", datetime(2019, 3, 14, 9, tzinfo=UTC), 1),
        ("handed_in", datetime(2019, 3, 13, 23, tzinfo=UTC), 0),
        ("handed_in", None, 0),
    ],
)
def test_days_late(standing, came, days):
    assert days_late(standing, came, DUE, DAY) == days
    assert days_late(standing, came, None, DAY) == 0


def test_who_is_admitted_late_has_a_later_day_which_can_be_moved(programme, period):
    project = make_project(programme=programme)
    for until in (date(2019, 3, 20), date(2019, 3, 25)):
        admit_late(period=period, projects=[project], until=until, reason="Ill.", by=None)
    assert progress_rows(period).get().due == date(2019, 3, 25)
    entry = AuditEntry.objects.latest("pk")
    assert entry.before == {"admitted_until": {project.label: "20 March 2019"}}


def test_who_handed_in_is_not_admitted_late(programme, period):
    update = make_update(project=make_project(programme=programme), period=period)
    with pytest.raises(ValidationError, match="Handed in"):
        admit_late(
            period=period,
            projects=[update.project],
            until=date(2019, 3, 20),
            reason="Ill.",
            by=None,
        )


def test_a_period_closes_with_what_is_missing_on_record(programme, period, office):
    make_update(project=make_project(programme=programme), period=period)
    make_update(
        project=make_project(programme=programme, name="Fleet"), period=period, state="handed_in"
    )
    make_project(programme=programme, name="Estate")
    found = office.get(page("close", period)).content.decode()
    assert "Fleet" in found
    assert "Estate" in found
    assert [state for state, _ in missing_of(period)] == ["handed_in", "not_started"]

    refused = office.post(page("close", period), {"version": period.version})
    assert refused.context["form"].errors["reason"]
    office.post(page("close", period), {"version": period.version, "reason": "The board meets."})
    period.refresh_from_db()
    assert period.state == "closed"
    assert AuditEntry.objects.latest("pk").after["missing"] == ["Fleet", "Estate"]


def test_a_period_with_all_accepted_closes_without_a_word(programme, period):
    make_update(project=make_project(programme=programme), period=period)
    close_period(period=period, by=None)
    period.refresh_from_db()
    assert period.state == "closed"


def test_those_who_are_ticked_are_admitted_together(programme, period, office):
    first, second, _ = (make_project(programme=programme) for _ in range(3))
    listed = office.get(page("progress", period)).content.decode()
    assert f'value="{first.ref}"' in listed
    address = page("admit", period, project=[first.ref, second.ref])
    form = office.get(address).context["form"]
    assert form["projects"].initial == [first.pk, second.pk]
    sent = {
        "version": period.version,
        "projects": form["projects"].initial,
        "reason": "Ill.",
        "until_day": "20",
        "until_month": "3",
        "until_year": "2019",
    }
    assert office.post(address, sent).status_code == 302
    assert set(period.late_admissions.values_list("project", flat=True)) == {first.pk, second.pk}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state": "owed"}, {"Draft", "None"}),
        ({"state": "late"}, {"Draft", "None"}),
        ({"state": "accepted"}, {"Given"}),
        ({"state": "not_started"}, {"None"}),
        ({"workstream": "estates"}, {"Given"}),
    ],
)
def test_the_table_can_be_narrowed(programme, period, office, query, names):
    estates = make_workstream(programme=programme, slug="estates")
    given = make_project(programme=programme, name="Given", workstream=estates)
    make_update(project=given, period=period)
    other = make_workstream(programme=programme, slug="other")
    draft = make_project(programme=programme, name="Draft", workstream=other)
    make_update(project=draft, period=period, state="draft")
    make_project(programme=programme, name="None", workstream=other)
    shown = office.get(page("progress", period, **query)).context["table"].rows
    assert {row.record.name for row in shown} == names


def test_one_lead_s_projects_are_found_by_who_they_are(programme, period, office):
    lead = make_user(programme=programme, role="lead")
    mine = make_project(programme=programme, lead_user=lead)
    make_project(programme=programme)
    person = lead.known_as.get()
    shown = office.get(page("progress", period, lead=person.pk)).context["table"].rows
    assert [row.record for row in shown] == [mine]
