"""A text is redacted: gone from where it stands, hidden in the record, and the record is whole."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from programme.actions import redact_texts, save_board
from programme.common.values import PlainDate
from programme.models import AuditEntry, Board
from programme.record_chain import digest
from programme.record_reading import Reader, without_addresses
from projects.actions import assess_risk, move_forecast, save_update
from projects.models import MilestoneChange, RiskAssessment, StatusUpdate
from tests.builders import (
    make_board,
    make_dimension,
    make_milestone,
    make_period,
    make_programme,
    make_project,
    make_risk,
    make_user,
)

pytestmark = pytest.mark.django_db
VICTIM = "A victim is named."


@pytest.fixture
def programme():
    return make_programme(slug="kent")


@pytest.fixture
def office(programme):
    return make_user(programme=programme, role="office")


def last() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def redact(office, *texts: str) -> AuditEntry:
    return redact_texts(entry=last(), texts=texts, reason="It names a victim.", by=office)


def everything_stored() -> str:
    """All rows but those of the record."""
    return " ".join(
        str(list(model._default_manager.values()))
        for label in ("programme", "projects")
        for model in apps.get_app_config(label).get_models()
        if model is not AuditEntry
    )


def everything_read(office, programme) -> str:
    reader = Reader(office, programme)
    shown = [reader.clear(entry) for entry in AuditEntry.objects.of(programme)]
    return " ".join(f"{each.object_label} {each.before} {each.after}" for each in shown)


def _remit(programme, office):
    board = make_board(programme=programme)
    save_board(board=board, values={"remit": VICTIM}, by=office)
    return ["remit"]


def _name(programme, office):
    """The name of a thing stands in each of its entries, too."""
    board = Board(programme=programme)
    save_board(board=board, values={"slug": "b", "name": VICTIM, "kind": "panel"}, by=office)
    return ["name", "short_name"]


def _reason_of_a_rating(programme, office):
    dimension = make_dimension(programme=programme)
    update = StatusUpdate(
        project=make_project(programme=programme), period=make_period(programme=programme)
    )
    chosen = (dimension.scale.levels.get(code="A"), VICTIM)
    save_update(update=update, values={}, ratings={dimension: chosen}, by=office)
    return ["ratings"]


def _note_of_an_assessment(programme, office):
    risk = make_risk(programme=programme)
    assess_risk(risk=risk, assessed_on=date(2019, 2, 1), score=(3, 3), note=VICTIM, by=office)
    assert RiskAssessment.objects.filter(note=VICTIM).exists()
    return ["assessment"]


def _reason_of_a_moved_milestone(programme, office):
    milestone = make_milestone(project=make_project(programme=programme))
    move_forecast(
        milestone=milestone, forecast=PlainDate(date(2019, 12, 1)), reason=VICTIM, by=office
    )
    assert MilestoneChange.objects.filter(reason=VICTIM).exists()
    return ["reason"]


@pytest.mark.parametrize(
    "written",
    [
        _remit,
        _name,
        _reason_of_a_rating,
        _note_of_an_assessment,
        _reason_of_a_moved_milestone,
    ],
)
def test_a_redacted_text_is_nowhere_but_in_entries_that_nobody_reads(programme, office, written):
    texts = written(programme, office)
    assert VICTIM in everything_stored()
    assert VICTIM in everything_read(office, programme)
    redact(office, *texts)
    assert VICTIM not in everything_stored()
    assert VICTIM not in everything_read(office, programme)
    assert any(VICTIM in f"{one.before}{one.after}" for one in AuditEntry.objects.all())
    assert all(one.digest == digest(one) for one in AuditEntry.objects.all())


def test_what_is_written_afterwards_is_read(programme, office):
    _remit(programme, office)
    redact(office, "remit")
    board = Board.objects.get()
    assert board.version == 3
    save_board(board=board, values={"remit": "Fit to print."}, by=office)
    assert "Fit to print." in everything_read(office, programme)


def test_the_same_field_of_another_thing_stays(programme, office):
    other = make_board(programme=programme)
    save_board(board=other, values={"remit": "Of another board."}, by=office)
    _remit(programme, office)
    redact(office, "remit")
    other.refresh_from_db()
    assert other.remit == "Of another board."
    assert "Of another board." in everything_read(office, programme)


@pytest.mark.parametrize("texts", [[], ["slug"], ["version"], ["nothing"]])
def test_only_texts_of_the_entry_are_redacted(programme, office, texts):
    _name(programme, office)
    with pytest.raises(ValidationError) as raised:
        redact(office, *texts)
    assert list(raised.value.message_dict) == ["texts"]


def test_a_redaction_is_not_itself_redacted(programme, office):
    _remit(programme, office)
    redact(office, "remit")
    with pytest.raises(ValidationError):
        redact(office, "reason")


def test_it_is_asked_for_on_the_page_of_the_entry(programme, office):
    _remit(programme, office)
    client, entry = Client(), last()
    client.force_login(office)
    page = reverse("programme:record:detail", args=["kent", entry.pk])
    redacts = reverse("programme:record:redact", args=["kent", entry.pk])
    assert redacts in client.get(page).content.decode()
    said = client.post(redacts, {"texts": ["remit"], "version": "0"}).content.decode()
    assert "There is a problem" in said
    assert VICTIM in client.get(page).content.decode()
    answer = client.post(redacts, {"texts": ["remit"], "reason": "Names.", "version": "0"})
    assert answer.status_code == 302
    assert VICTIM not in client.get(page).content.decode()
    assert "Names." in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Olu Other (olu@example.org)", "Olu Other"),
        ("olu@example.org", ""),
        ("Olu Other (a-very-long-address-that-was-cut", "Olu Other"),
        ("The system", "The system"),
    ],
)
def test_a_label_loses_its_address(label, shown):
    assert without_addresses(label) == shown
