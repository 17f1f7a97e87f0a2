"""A risk in one form: cause, event and effect apart, its owner, its three scores."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from projects.actions import reopen_risk, save_risk
from projects.models import Risk
from projects.selectors.moved import _ended
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

FACTS = {
    "title": "The lease falls through",
    "kind": "risk",
    "cause": "The owner wavers.",
    "event": "They sell to somebody else.",
    "effect": "No shared station.",
    "owner_post": "Head of Estates",
    "raised_on_day": "7",
    "raised_on_month": "1",
    "raised_on_year": "2019",
    "inherent_likelihood": "4",
    "inherent_impact": "3",
    "response": "reduce",
    "proximity": "soon",
    "sensitivity": "official",
}


@pytest.fixture
def programme(client):
    programme = builders.make_risk_scheme().programme
    client.force_login(builders.make_user(programme=programme, role="office"))
    return programme


def _send(client, address, **answers):
    form = client.get(address).context["form"]
    hidden = {field.html_name: field.value() or "" for field in form.hidden_fields()}
    return client.post(address, hidden | FACTS | answers)


def test_a_new_risk_stands_at_the_score_given_for_now(client, programme):
    address = f"/{programme.slug}/risks/add/"
    assert _send(client, address, likelihood="2", impact="3").status_code == 302
    risk = Risk.objects.get(programme=programme)
    assert (risk.cause, risk.event, risk.effect) == tuple(
        FACTS[name] for name in ("cause", "event", "effect")
    )
    (assessed,) = risk.assessments.all()
    assert (assessed.likelihood, assessed.impact) == (2, 3)
    assert assessed.assessed_on == timezone.localdate()
    page = client.get(f"/{programme.slug}/risks/{risk.ref}/").content.decode()
    assert "They sell to somebody else." in page
    assert "Within 3 months" in page


def test_left_as_it_was_nothing_is_assessed(client, programme):
    assert _send(client, f"/{programme.slug}/risks/add/").status_code == 302
    risk = Risk.objects.get(programme=programme)
    assert not risk.assessments.exists()
    edit = f"/{programme.slug}/risks/{risk.ref}/edit/"
    assert client.get(edit).context["form"]["likelihood"].value() == 4
    assert _send(client, edit, likelihood="4", impact="3").status_code == 302
    assert not risk.assessments.exists()
    assert _send(client, edit, likelihood="3", impact="3").status_code == 302
    assert risk.assessments.get().likelihood == 3


def test_half_a_score_and_nobody_are_named_beside_their_fields(client, programme):
    address = f"/{programme.slug}/risks/add/"
    errors = _send(client, address, likelihood="2", owner_post="").context["form"].errors
    assert set(errors) == {"impact", "owner_post"}
    with pytest.raises(ValidationError, match="whose post"):
        save_risk(risk=builders.make_risk(), values={"title": "Other"}, by=None)


def test_what_is_due_for_review_is_found(client, programme):
    builders.make_period(programme=programme, as_at=date(2019, 3, 31))
    builders.make_risk(programme=programme, ref="due", review_on=date(2019, 3, 31))
    builders.make_risk(programme=programme, ref="later", review_on=date(2019, 4, 1))
    builders.make_risk(programme=programme, ref="never")
    rows = client.get(f"/{programme.slug}/risks/?state=review").context["table"].rows
    assert [row.record.ref for row in rows] == ["due"]


def test_what_moved_knows_when_a_reopened_risk_was_closed():
    risk = builders.make_risk(closed_on=date(2019, 3, 1), closing_note="Signed.")
    risk = reopen_risk(risk=risk, reason="It is back.", by=None)
    days = [date(2019, 2, 28), date(2019, 3, 1), timezone.localdate()]
    assert [_ended(risk, day)[0] for day in days] == [None, date(2019, 3, 1), None]
