"""A form that is sent twice counts once, on every page that writes: two clicks without scripts, or
the way back and the button once more, lead to what was saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.models import Board, Draft, Programme, SentForm, User
from programme.pages import EditPage
from programme.pages.edits import SENT_ALIKE, SENT_BEFORE, SENT_TWICE
from programme.site import sending
from reports import programme_file
from tests import builders
from tests.filling import answers, completed, controls, errors
from tests.routes import ACCOUNTS, Route, roles
from tests.test_texts import FITTING, FORMS

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

APPS = ("programme", "projects", "finance", "reports")
ADD = "/essex/boards/add/"


@pytest.fixture(scope="module")
def programme(essex) -> Programme:
    return Programme.objects.get(slug="essex")


@pytest.fixture
def office(programme) -> Client:
    return signed_in("office")


MORE_FITTING = {
    "starts_at": "10:30",
    "email": "somebody.new@example.org",
    "years": "",
    "share_ptf": "100",
    "share_police": "0",
    "share_fire": "0",
    "target_certainty": "exact",
    "forecast_certainty": "exact",
    "realised_certainty": "exact",
    # The day that the example speaks of, as of which it lists what is open.
    "last_day_day": "31",
    "last_day_month": "3",
}
OF_A_ROLE = {
    "role": "lead",
    "organisation": "",
    "organisation_of_role": "",
    "board": "",
    "to_day_year": "2099",
}
"""A role that lasts and comes with rows to answer for, which are all ticked."""


def signed_in(account: str) -> Client:
    client = Client()
    user = User.objects.get(email=ACCOUNTS[account])
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def stored() -> dict[str, int]:
    """How many rows of each model there are."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model.objects.count() for model in models} | {
        "letters": len(mail.outbox)
    }


def filled(page: Any) -> dict[str, Any]:
    """The page's form as somebody fills it in whose answers are right."""
    sent = completed(page)
    fitting = FITTING | MORE_FITTING | (OF_A_ROLE if {"role", "board"} <= set(sent) else {})
    if "to_stage" in sent:
        fitting |= {"to_stage": next(e for e in controls(page) if e.name == "to_stage").options[-1]}
    if "as_at_year" in sent:  # where the example has no period
        fitting |= {"starts_on_year": "2031", "as_at_year": "2031"}
    if {"number", "in_force_from_year"} <= set(sent):
        fitting |= {"number": "77"}
    limits = [name for name in sent if name.startswith("limit_")]
    fitting |= {name: str(5 * at) for at, name in enumerate(limits, 1)}
    fitting |= dict.fromkeys(limits[-1:], "")  # the worst level takes what is left
    return sent | {name: value for name, value in fitting.items() if name in sent}


def follow(client: Client, address: str, sent: dict[str, Any]) -> str:
    answer = client.post(address, sent, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain, errors(answer)
    return answer.content.decode()


NOT_IN_THE_EXAMPLE = {
    "reports:programme_file:load": "loads the programme's own file, which it shows first",
    "reports:templates:add": "every built-in paper has its board there",
    "projects:risk_scheme:begin": "there is a risk scheme",
    "projects:updates:edit": "no update there is complete, so none can be handed in",
}
"""Forms that the example leaves nothing to send with; they are sent below."""


@pytest.mark.parametrize(
    "route", [each for each in FORMS if each.name not in NOT_IN_THE_EXAMPLE], ids=str
)
def test_what_is_sent_twice_is_saved_once(programme, route: Route):
    client = signed_in(roles(route.post)[0])
    address = route.url("essex", route.parts(programme))
    page = client.get(address)
    sent = filled(page)
    first = client.post(address, sent)
    assert first.status_code == 302, errors(first)
    once = stored()
    again = client.post(address, sent)
    if again.status_code == 302:
        assert again.url == first.url
        assert SENT_TWICE in client.get(again.url).content.decode()
    else:
        assert sent["version"] != "0"
        assert again.status_code in (403, 404)  # what was withdrawn has no such page any more
    assert stored() == once
    assert all(len(each.leads_to) < 300 for each in SentForm.objects.all())


@pytest.mark.parametrize("name", ["reports:templates:add", "projects:risk_scheme:begin"])
def test_what_the_example_has_already_counts_once_elsewhere(client, name):
    board = builders.make_board()
    client.force_login(builders.make_user(programme=board.programme, role="office"))
    address = reverse(name, args=[board.programme.slug])
    sent = filled(client.get(address))
    first = client.post(address, sent)
    assert first.status_code == 302, errors(first)
    once = stored()
    again = client.post(address, sent)
    assert (again.status_code, again.url) == (302, first.url)
    assert stored() == once


def test_an_update_is_handed_in_once(client):
    programme = builders.make_programme()
    overall = builders.make_dimension(programme=programme, is_overall=True)
    project = builders.make_project(programme=programme)
    period = builders.make_period(programme=programme)
    update = builders.make_update(
        project=project, period=period, ratings={overall: "G"}, state="draft"
    )
    client.force_login(builders.make_user(programme=programme, role="office"))
    address = reverse("projects:updates:edit", args=[programme.slug, project.ref, period.slug])
    sent = filled(client.get(address))
    first = client.post(address, sent)
    assert first.status_code == 302, errors(first)
    update.refresh_from_db()
    assert update.state == "handed_in"
    once = stored()
    again = client.post(address, sent)
    assert (again.status_code, again.url) == (302, first.url)
    assert SENT_TWICE in client.get(again.url).content.decode()
    assert stored() == once


def test_a_file_that_was_shown_is_loaded_once(office, programme):
    address = reverse("reports:programme_file:load", args=["essex"])
    name = programme.themes.first().name
    text = programme_file.export(programme).replace(f"name: {name}", "name: Once more", 1)
    file = SimpleUploadedFile("essex.yaml", text.encode())
    shown = office.post(address, answers(office.get(address)) | {"file": file})
    sent = answers(shown)
    assert sent["packed"], errors(shown)
    first = office.post(address, sent)
    assert first.status_code == 302, errors(first)
    once = stored()
    again = office.post(address, sent)
    assert (again.status_code, again.url) == (302, first.url)
    assert SENT_TWICE in office.get(again.url).content.decode()
    assert stored() == once


def test_two_sendings_at_one_moment_count_once(office, monkeypatch):
    """The second came before the first was saved, and so found nothing when it began."""
    sent = filled(office.get(ADD))
    first = office.post(ADD, sent)
    once = stored()
    known = iterate_none_then(sending.sent_before)
    monkeypatch.setattr(sending, "sent_before", lambda *given: next(known)(*given))
    again = office.post(ADD, sent)
    assert (again.status_code, again.url) == (302, first.url)
    assert stored() == once


def iterate_none_then(later: Any) -> Iterator[Any]:
    yield lambda *given: None
    while True:
        yield later


def test_what_was_changed_since_is_not_lost_and_not_added_unasked(office):
    sent = filled(office.get(ADD))
    office.post(ADD, sent)
    once = Board.objects.count()
    changed = sent | {"name": "Quite another board", "slug": "another"}
    asked = office.post(ADD, changed)
    assert errors(asked) == [SENT_BEFORE]
    assert Board.objects.count() == once
    kept = answers(asked)
    assert kept["name"] == "Quite another board"
    assert kept["form_key"] != sent["form_key"]
    assert "Quite another board" in follow(office, ADD, kept)
    assert Board.objects.count() == once + 1


def test_what_is_wrong_does_not_count_and_keeps_its_key(office):
    sent = filled(office.get(ADD))
    refused = office.post(ADD, sent | {"name": ""})
    assert errors(refused)
    assert not SentForm.objects.filter(key=sent["form_key"]).exists()
    assert answers(refused)["form_key"] == sent["form_key"]
    assert office.post(ADD, sent).status_code == 302


def test_the_same_answers_in_a_form_that_was_fetched_anew_are_asked_about_once(office):
    """As a browser does that goes back to a page of which it keeps no copy."""
    one = filled(office.get(ADD))
    follow(office, ADD, one)
    anew = one | {"form_key": answers(office.get(ADD))["form_key"]}
    assert anew["form_key"] != one["form_key"]
    once = Board.objects.count()
    asked = office.post(ADD, anew)
    assert errors(asked) == [SENT_ALIKE]
    assert Board.objects.count() == once
    meant = answers(asked)
    assert SENT_TWICE not in follow(office, ADD, meant)
    assert Board.objects.count() == once + 1
    assert SENT_TWICE in follow(office, ADD, meant)
    assert Board.objects.count() == once + 1


def test_another_form_with_other_answers_counts(office):
    one, other = (filled(office.get(ADD)) for _ in range(2))
    other["name"] = "Another"
    for sent in (one, other):
        assert SENT_TWICE not in follow(office, ADD, sent)


def test_the_key_of_one_user_says_nothing_to_another(office):
    sent = filled(office.get(ADD))
    office.post(ADD, sent)
    with pytest.raises(SentForm.DoesNotExist):
        SentForm.objects.get(user__email=ACCOUNTS["lead"])
    assert signed_in("lead").post(ADD, sent).status_code == 403


def test_a_stored_row_that_is_edited_twice_from_one_page_is_a_conflict_with_oneself(office):
    board = Board.objects.filter(programme__slug="essex").first()
    address = f"/essex/boards/{board.slug}/edit/"
    sent = answers(office.get(address)) | {"remit": "First."}
    office.post(address, sent)
    assert office.post(address, sent | {"remit": "Second."}).status_code == 409
    assert SENT_TWICE in follow(office, address, sent)


@pytest.mark.parametrize("key", ["", "é", "x" * 33, "\x00"])
def test_a_key_that_no_form_has_is_no_key(office, key):
    assert not sending.key_of(QueryDict(mutable=True) | {"form_key": key})


def test_what_is_known_of_sent_forms_is_bounded(office, monkeypatch):
    monkeypatch.setattr(sending, "MOST", 2)
    user = User.objects.get(email=ACCOUNTS["office"])
    old = SentForm.objects.create(user=user, key="old", digest="", leads_to="/")
    SentForm.objects.update(sent_at=timezone.now() - timedelta(days=31))
    for name in ("one", "two", "three"):
        given = QueryDict(f"form_key={name}")
        sent, is_first = sending.take(user, ADD, given)
        assert is_first
        sending.note(sent, ADD, given, "/essex/")
    assert not SentForm.objects.filter(pk=old.pk).exists()
    assert {each.key for each in SentForm.objects.filter(user=user)} == {"two", "three"}


def test_the_key_is_no_part_of_a_draft(office):
    sent = filled(office.get(ADD))
    office.post(ADD, sent | {"_draft": "1"})
    assert "form_key" not in Draft.objects.get(path=ADD).data


def test_every_page_that_writes_answers_in_one_place():
    """A page with a way of its own to answer what is valid would let a form count twice."""
    pages, found = [EditPage], set()
    while pages:
        page = pages.pop()
        found.add(page)
        pages += page.__subclasses__()
    assert len(found) > 60
    own = [page for page in found if {"form_valid", "form_invalid"} & set(vars(page))]
    # What a file would do is shown before it is sent again to be loaded, as any other form.
    assert {page.__name__ for page in own} == {"EditPage", "FileLoad"}
