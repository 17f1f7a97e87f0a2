"""The programme's own facts, its periods and the words by which it is told, on pages and in
actions."""

import pytest
from django.test import Client
from django.urls import reverse

from programme.models import AuditEntry
from tests.builders import make_organisation, make_programme, make_user
from tests.filling import day, errors, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def office(programme) -> Client:
    client = Client()
    client.force_login(make_user(programme=programme), "django.contrib.auth.backends.ModelBackend")
    return client


def at(programme, name, **parts):
    return reverse(f"programme:{name}", kwargs={"programme": programme.slug, **parts})


# --- the programme itself -------------------------------------------------------------------------


def test_a_programme_says_what_it_is_on_one_page(programme, office):
    body = make_organisation(programme=programme, name="The County Council")
    page = at(programme, "edit")
    answer = submit(
        office,
        page,
        name="Growth deal",
        vision="More jobs.",
        host=body.pk,
        change_of_holder="corrected",
        financial_year_start_month=8,
        calendar="none",
        keeps_money=None,
    )
    assert answer.status_code == 302
    programme.refresh_from_db()
    assert (programme.name, programme.vision, programme.host) == ("Growth deal", "More jobs.", body)
    assert (programme.financial_year_start_month, programme.calendar) == (8, "none")
    assert not programme.keeps_money
    assert AuditEntry.objects.get(verb="programme.edited").after["host"] == "The County Council"
    about = office.get(at(programme, "about")).content.decode()
    assert "More jobs." in about
    assert "1 August" in about


def test_who_was_host_stays_on_record_until_a_day(programme, office):
    old = make_organisation(programme=programme, name="The Police")
    new = make_organisation(programme=programme, name="The Fire Service")
    programme.host = old
    programme.save()
    page = at(programme, "edit")
    assert len(errors(submit(office, page, host=new.pk))) == 1
    assert len(errors(submit(office, page, host=new.pk, change_of_holder="from_a_day"))) == 1
    since = day("held_since", 2019, 7, 1)
    answer = submit(office, page, host=new.pk, change_of_holder="from_a_day", **since)
    assert answer.status_code == 302
    about = office.get(at(programme, "about")).content.decode()
    assert "The Police until 30 June 2019" in about
    entry = AuditEntry.objects.get(verb="programme.edited")
    assert entry.after["earlier_hosts"] == ["The Police, until 30 June 2019"]
    # The same day again says that somebody was host already; a correction keeps nobody.
    again = submit(office, page, host=old.pk, change_of_holder="from_a_day", **since)
    assert errors(again) == ["The Police was the accountable body until 30 June 2019."]
    assert submit(office, page, host=old.pk, change_of_holder="corrected").status_code == 302
    assert [str(each) for each in programme.earlier_hosts.all()] == ["The Police"]


def test_a_programme_has_a_name_and_a_host_of_its_own(programme, office):
    stranger = make_organisation(programme=make_programme())
    answer = submit(office, at(programme, "edit"), name="", host=stranger.pk)
    assert len(errors(answer)) == 2
    assert errors(answer)[0] == "Enter the name"
