"""An update as its lead writes it and the office accepts it or returns it."""

import re

import pytest

from programme.common.richfield import MARK
from programme.models import Programme, ReportingPeriod
from projects.models import Milestone, StatusUpdate
from tests.filling import answers, errors, submit

pytestmark = pytest.mark.django_db


def html(response):
    return response.content.decode()


# --- updates ------------------------------------------------------------------------------------

UPDATE = "/essex/projects/n2/updates/2019-03/"


@pytest.fixture
def returned(programme):
    """The update of Single Online Home, returned to its lead."""
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
    response = submit(client, f"{UPDATE}edit/words/", status_line="Expected in May.", hand_in="on")
    assert response.url == UPDATE
    update = StatusUpdate.objects.get(project__ref="n2", period__slug="2019-03")
    assert (update.state, update.handed_in_by.email) == ("handed_in", "lead@example.org")
    submit(as_("office"), f"{UPDATE}accept/")
    update.refresh_from_db()
    assert (update.state, update.reviewed_by.email) == ("accepted", "office@example.org")


def test_a_project_page_leads_whoever_writes_its_update_there(as_, returned):
    link = f'href="{UPDATE}edit/"'
    assert link in html(as_("lead").get("/essex/projects/n2/"))
    assert link not in html(as_("board").get("/essex/projects/n2/"))
    StatusUpdate.objects.filter(pk=returned.pk).update(state="accepted")
    assert link not in html(as_("lead").get("/essex/projects/n2/"))


def test_nobody_accepts_their_own_update(as_, returned):
    client = as_("office")
    submit(client, f"{UPDATE}edit/")
    assert "Accept update" not in html(client.get(UPDATE))
    assert errors(submit(client, f"{UPDATE}accept/")) == [
        "Nobody reviews their own update: ask a colleague."
    ]


def test_a_draft_may_have_gaps_but_what_is_handed_in_may_not(as_, returned):
    client = as_("lead")
    gaps = {"level_time": "R", "reason_time": ""}
    assert submit(client, f"{UPDATE}edit/ratings/", **gaps).status_code == 302
    response = submit(client, f"{UPDATE}edit/words/", hand_in="on", status_line="")
    assert response.url == f"{UPDATE}edit/"
    page = html(client.get(f"{UPDATE}edit/"))
    assert "It cannot be handed in yet" in page
    for question, said in (
        ("words/#id_status_line", "Say in one line how the project stands."),
        ("ratings/#id_reason_time", "Time is Red: give the reason."),
    ):
        assert re.search(rf'href="{UPDATE}edit/{question}"[^>]*>{said}</a>', page)
    assert set(errors(submit(client, f"{UPDATE}edit/"))) >= {
        "Say in one line how the project stands.",
        "Time is Red: give the reason.",
    }
    returned.refresh_from_db()
    assert (returned.state, returned.status_line) == ("returned", ""), "the draft is saved"


def test_a_rating_better_than_what_the_data_proposes_needs_its_reason(as_, returned):
    Milestone.objects.filter(project__ref="n2", name="Go-live, first phase").update(
        forecast_day="2019-12-01"
    )
    client = as_("lead")
    page = html(client.get(f"{UPDATE}edit/ratings/"))
    assert "The data proposes Red: “Go-live, first phase” is" in page
    better = {"level_time": "G", "reason_time": "", "hand_in": "on"}
    assert submit(client, f"{UPDATE}edit/ratings/", **better).url == f"{UPDATE}edit/"
    missing = "Time is better than the Red that the data proposes: give the reason."
    assert missing in html(client.get(f"{UPDATE}edit/"))
    better["reason_time"] = "The national team has promised the earlier date."
    assert submit(client, f"{UPDATE}edit/ratings/", **better).url == UPDATE


def test_each_level_is_offered_with_its_definition(as_, returned):
    page = html(as_("lead").get(f"{UPDATE}edit/ratings/"))
    assert page.count("Delivery on time, to cost and to quality is highly likely.") == 5
    assert page.count("Not rated yet") == 5


def test_text_typed_plainly_is_kept_as_paragraphs_and_lists(as_, returned):
    client = as_("lead")
    typed = "First <b>words</b>.\r\n\r\n- one\r\n- two"
    submit(client, f"{UPDATE}edit/words/", narrative=typed)
    returned.refresh_from_db()
    assert returned.narrative == (
        "<p>First &lt;b&gt;words&lt;/b&gt;.</p><ul><li>one</li><li>two</li></ul>"
    )
    assert answers(client.get(f"{UPDATE}edit/words/"))["narrative"] == typed.replace("\r", "")


def test_text_left_alone_keeps_what_plain_text_cannot_show(as_, returned):
    rich = "<p>The date is <strong>fixed</strong>.</p>"
    StatusUpdate.objects.filter(pk=returned.pk).update(narrative=rich)
    client = as_("lead")
    submit(client, f"{UPDATE}edit/words/", status_line="Another line.")
    returned.refresh_from_db()
    assert (returned.narrative, returned.status_line) == (rich, "Another line.")


def test_rich_text_that_comes_after_a_programmes_end_is_shown_plainly(as_, programme, returned):
    client = as_("lead")
    sent = answers(client.get(f"{UPDATE}edit/words/"))
    sent["narrative"] = f"{MARK}<p>Late <strong>words</strong>.</p>"
    Programme.objects.filter(pk=programme.pk).update(ended_on="2019-03-15", end_reason="Done.")
    page = client.post(f"{UPDATE}edit/words/", sent)
    assert page.status_code == 409
    assert "Late words." in html(page)
    assert "strong&gt;" not in html(page)


def test_an_update_is_started_where_a_project_has_none(as_):
    client = as_("office")
    address = "/essex/projects/r2/updates/2019-03/edit/"
    listed_there = html(client.get("/essex/projects/r2/updates/"))
    assert "Write the update: Quarter to March 2019" in listed_there
    assert "Nothing is saved yet" in html(client.get(address))
    assert submit(client, f"{address}words/", status_line="Begun.").url == address
    assert submit(client, f"{address}ratings/", level_overall="G").url == address
    update = StatusUpdate.objects.get(project__ref="r2")
    assert (update.state, update.ratings.get().level.code) == ("draft", "G")


def test_a_rating_is_taken_back(as_, returned):
    submit(as_("lead"), f"{UPDATE}edit/ratings/", level_costs="")
    assert not returned.ratings.filter(dimension__slug="costs").exists()


def test_a_period_that_is_closed_takes_no_update(as_):
    client = as_("office")
    address = "/essex/projects/r2/updates/2018-12/edit/"
    said = "Quarter to December 2018 is closed: its updates stay as they are."
    page = client.get(address)
    assert said in html(page)
    assert 'name="status_line"' not in html(page)


def test_what_is_sent_after_a_period_closed_is_refused_and_can_still_be_copied(as_, returned):
    client = as_("lead")
    sent = answers(client.get(f"{UPDATE}edit/words/")) | {"status_line": "Late."}
    ReportingPeriod.objects.filter(slug="2019-03").update(state="closed")
    page = client.post(f"{UPDATE}edit/words/", sent)
    assert errors(page) == ["Quarter to March 2019 is closed: its updates stay as they are."]
    assert "Late." in html(page)


def test_a_period_that_nobody_has_opened_takes_no_update(as_):
    ReportingPeriod.objects.filter(slug="2019-03").update(state="planned")
    page = as_("lead").get(f"{UPDATE}edit/words/")
    assert "is not open for updates yet: the programme office opens it." in html(page)
    assert 'name="status_line"' not in html(page)


def test_what_was_submitted_is_not_asked_again(as_, returned):
    StatusUpdate.objects.filter(pk=returned.pk).update(state="handed_in")
    page = as_("lead").get(f"{UPDATE}edit/words/")
    assert "This update is handed in. Before it can be changed" in html(page)
    assert 'name="status_line"' not in html(page)


def test_text_that_was_kept_before_a_period_closed_can_still_be_read(as_, returned):
    client = as_("lead")
    client.post(f"{UPDATE}edit/words/", {"_draft": "1", "status_line": "Kept in time."})
    ReportingPeriod.objects.filter(slug="2019-03").update(state="closed")
    assert "?draft=1" in html(client.get(f"{UPDATE}edit/words/"))
    assert "Kept in time." in html(client.get(f"{UPDATE}edit/words/?draft=1"))


def test_an_update_that_nobody_wrote_is_not_found(office):
    assert office.get("/essex/projects/r2/updates/2019-03/").status_code == 404
    assert office.get("/essex/projects/n2/updates/1999-01/").status_code == 404
