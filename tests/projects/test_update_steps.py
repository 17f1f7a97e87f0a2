"""An update as it is written: from what was said the last time to what the office is told."""

import re
from datetime import date

import pytest
from django.urls import reverse

from programme.models import AuditEntry
from projects.actions import accept_update
from projects.last_time import Unchanged, unchanged
from projects.models import StatusUpdate
from tests import builders
from tests.filling import answers, day, errors, submit


@pytest.mark.parametrize(
    ("now", "earlier", "found"),
    [
        ("Same.", ["Same.", "Same.", "Other."], Unchanged("period 1", 2)),
        ("Same.", ["Same.", "Other.", "Same."], Unchanged("period 0", 1)),
        ("Same.", ["Other.", "Same."], None),
        ("Same.", [], None),
        ("", ["", ""], None),
    ],
)
def test_a_text_is_unchanged_since_it_was_first_said_without_a_break(now, earlier, found):
    said = [(f"period {number}", {"line": text}) for number, text in enumerate(earlier)]
    assert unchanged({"line": now}, said).get("line") == found


@pytest.fixture
def reported(db):
    """A project that was accepted twice in the same words and is asked again."""
    programme = builders.make_programme(slug="hub")
    time = builders.make_dimension(programme=programme, name="Time", slug="time")
    project = builders.make_project(programme=programme, ref="p1")
    for name, as_at in (("June", date(2018, 6, 30)), ("September", date(2018, 9, 30))):
        period = builders.make_period(programme=programme, as_at=as_at, name=name, state="closed")
        builders.make_update(
            project=project,
            period=period,
            ratings={time: "A"},
            status_line="Still waiting.",
            narrative=f"<p>As of <strong>{name}</strong>.</p>",
        )
    builders.make_period(programme=programme, as_at=date(2018, 12, 31), slug="now", name="December")
    return project


def address(name: str = "edit") -> str:
    at = {"programme": "hub", "project": "p1", "period": "now"}
    return reverse(f"projects:updates:{name}", kwargs=at)


def sign_in(client, project, role):
    body = project.lead_organisation
    user = builders.make_user()
    builders.make_role(user=user, programme=project.programme, role=role, organisation=body)
    client.force_login(user)
    return client


def test_an_update_starts_from_the_last_accepted_one_text_by_text(client, reported):
    sign_in(client, reported, "lead")
    words, ratings = client.get(address("words")), client.get(address("ratings"))
    begun = answers(words) | answers(ratings)
    assert begun["status_line"] == "Still waiting."
    assert begun["reason_time"] == "Because of the weather."
    assert begun["level_time"] == "", "a level is judged anew"
    text = words.content.decode() + ratings.content.decode()
    assert "This text is unchanged since June." in text
    assert "This text is unchanged since September." in text
    assert "Last time it was Amber." in text

    assert "Begins with the words of September" in client.get(address()).content.decode()
    submit(client, address("ratings"), level_time="A")
    stored = StatusUpdate.objects.get(period__slug="now")
    assert stored.status_line == "Still waiting.", "whichever step is saved first"
    submit(client, address("words"), status_line="The lease is signed.")
    stored = StatusUpdate.objects.get(period__slug="now")
    assert stored.narrative == "<p>As of <strong>September</strong>.</p>"
    assert "This text is unchanged since June." not in page_of(client, "status_line")
    assert "This text is unchanged since September." in page_of(client, "narrative")


def page_of(client, name: str) -> str:
    """What the form says of a question."""
    return str(client.get(address("words")).context["form"][name].help_text)


def test_the_office_is_told_of_what_stays_as_it_was_for_two_periods(client, reported):
    sign_in(client, reported, "lead")
    submit(client, address("ratings"), level_time="A")
    assert "stand as they did" not in client.get(address("detail")).content.decode()
    sign_in(client, reported, "office")
    page = client.get(address("detail")).content.decode()
    assert "<li>The project in one line, unchanged since June</li>" in page
    assert "<li>Reason for Time, unchanged since June</li>" in page
    assert "How it stands, unchanged" not in page


def test_two_buttons_save_a_draft_or_hand_it_in_with_every_gap_named(client, reported):
    sign_in(client, reported, "lead")
    page = client.get(address("words")).content.decode()
    assert "Save draft</button>" in page
    assert "Hand in</button>" in page
    submit(client, address("words"), status_line="")
    given = {"level_time": "R", "reason_time": "", "hand_in": "on"}
    assert submit(client, address("ratings"), **given).url == address()
    assert sorted(errors(submit(client, address()))) == [
        "Say in one line how the project stands.",
        "Time is Red: give the reason.",
        "Time is Red: say by when it is back on track.",
        "Time is Red: say what gets it back on track.",
        "Time is Red: say who sees to it.",
    ]


def test_each_step_has_its_own_version(client, reported):
    """Two people who fill different steps wait for nobody; of one step the second is shown both
    texts."""
    sign_in(client, reported, "lead")
    mine, theirs, rating = (
        answers(client.get(address(name))) for name in ("words", "words", "ratings")
    )
    assert client.post(address("words"), mine | {"status_line": "Mine."}).status_code == 302
    assert client.post(address("ratings"), rating | {"level_time": "A"}).status_code == 302
    conflict = client.post(address("words"), theirs | {"status_line": "Theirs."})
    assert conflict.status_code == 409
    assert "Mine." in conflict.content.decode()
    update = StatusUpdate.objects.get(period__slug="now")
    assert (update.status_line, update.ratings.get().level.code) == ("Mine.", "A")
    assert (update.words_version, update.ratings_version, update.risks_version) == (1, 1, 0)
    again = answers(client.get(address("words")))
    assert client.post(address("words"), again | {"status_line": "Both."}).status_code == 302


def test_a_step_that_was_looked_through_is_done_though_nothing_changes(client, reported):
    sign_in(client, reported, "lead")
    for name in ("words", "milestones", "risks"):
        submit(client, address(name))
    tasks = [each.state for each, _ in client.get(address()).context["tasks"]]
    assert tasks == ["Done", "Not started", "Done", "Done"]
    entry = AuditEntry.objects.filter(verb="update.edited").first()
    assert entry.after == {"looked_through": "Risks and issues"}


def test_what_is_stated_inside_an_update_is_stated_in_its_period(client, reported):
    """However late somebody tidies up, the papers of the period have it."""
    milestone = builders.make_milestone(project=reported)
    milestone.changes.update(stated_on=date(2018, 10, 1))
    programme = reported.programme
    risk = builders.make_risk(programme=programme, project=reported, raised_on=date(2018, 10, 1))
    sign_in(client, reported, "lead")
    page = client.get(address("milestones")).content.decode()
    (move,) = re.findall(r'href="([^"]*/move/[^"]*)"', page)
    answered = answers(client.get(move))
    assert [answered[f"stated_on_{part}"] for part in ("day", "month", "year")] == [
        *("31", "12", "2018")
    ]
    new = {"forecast_value_day": "1", "forecast_value_month": "9", "forecast_value_year": "2019"}
    assert submit(client, move, reason="The lease.", **new).url == address("milestones")
    assert milestone.changes.last().stated_on == date(2018, 12, 31)
    page = client.get(address("risks")).content.decode()
    (assess,) = re.findall(r'href="([^"]*/assess/[^"]*)"', page)
    assert submit(client, assess).url == address("risks")
    assert risk.assessments.get(assessed_on=date(2018, 12, 31))
    outside = answers(client.get(move.partition("?")[0]))
    assert outside["stated_on_day"] == ""


def test_what_was_handed_in_is_pulled_back_on_its_page(client, reported):
    sign_in(client, reported, "office")
    submit(client, address("ratings"), level_time="G", reason_time="", hand_in="on")
    page = client.get(address("detail")).content.decode()
    assert "on the lead’s behalf" in page
    assert f'href="{address("pull_back")}"' in page
    assert submit(client, address("pull_back")).url == address()
    assert StatusUpdate.objects.get(period__slug="now").state == "draft"
    assert f'href="{address("pull_back")}"' not in client.get(address("detail")).content.decode()


def test_what_was_proposed_stands_beside_what_its_owner_says(client, reported):
    programme = reported.programme
    overall = builders.make_dimension(
        programme=programme,
        name="Overall",
        slug="overall",
        is_overall=True,
        scale=programme.dimensions.get(slug="time").scale,
    )
    sign_in(client, reported, "lead")
    back = {"path_to_green": "Sign.", "path_to_green_owner": "Head of Property"}
    given = {"level_time": "R", "level_overall": "A", "reason_overall": "The rest is well."}
    response = submit(
        client,
        address("ratings"),
        **given,
        **back,
        **day("path_to_green_by", 2019, 6, 1),
        hand_in="on",
    )
    assert response.url == address("detail")
    update = StatusUpdate.objects.get(period__slug="now")
    assert update.ratings.get(dimension=overall).proposed.code == "R"
    said = "The data proposed Red (the worst of the other ratings)."
    assert said in client.get(address("detail")).content.decode()
    page = reverse("projects:updates:of_project", kwargs={"programme": "hub", "project": "p1"})
    assert said not in client.get(page).content.decode(), "nobody has accepted it"
    accept_update(update=update, by=builders.make_user())
    assert said in client.get(page).content.decode()
