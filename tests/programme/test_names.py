"""Organisations and boards keep what they were called: papers print the names of their time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.actions import save_board, save_organisation
from programme.models import AuditEntry
from programme.selectors import names_on
from projects.selectors import delivery_position
from reports.models import PaperTemplate
from reports.selectors import load_paper_data
from tests.builders import (
    make_board,
    make_organisation,
    make_period,
    make_programme,
    make_project,
    make_user,
)
from tests.filling import day, errors, submit

pytestmark = pytest.mark.django_db

FROM = date(2019, 7, 1)


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def office(programme) -> Client:
    client = Client()
    client.force_login(make_user(programme=programme), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def council(programme):
    return make_organisation(programme=programme, name="The Shire Council", short_name="Shire")


def at(programme, name, **parts):
    return reverse(f"programme:{name}", kwargs={"programme": programme.slug, **parts})


def test_a_name_holds_up_to_the_day_before_the_next(programme, council):
    for name, since in (("The Borough", date(2018, 1, 1)), ("The City", FROM)):
        save_organisation(
            organisation=council,
            values={"name": name, "short_name": name},
            renamed_from=since,
            by=None,
        )
    council.refresh_from_db()
    called = {
        on: names_on(programme, on).organisation(council).name
        for on in (date(2017, 12, 31), date(2018, 1, 1), date(2019, 6, 30), FROM)
    }
    assert list(called.values()) == ["The Shire Council", "The Borough", "The Borough", "The City"]


def test_papers_print_the_names_of_their_day(programme, council):
    board = make_board(programme=programme, name="The Old Board")
    make_project(programme=programme, lead_organisation=council)
    before = make_period(programme=programme, as_at=FROM - timedelta(days=1))
    after = make_period(programme=programme, as_at=FROM)
    template = PaperTemplate.objects.create(
        programme=programme, board=board, slug="update", name="Update", title="Update"
    )
    save_board(board=board, values={"name": "The New Board"}, renamed_from=FROM, by=None)
    save_organisation(
        organisation=council, values={"short_name": "City"}, renamed_from=FROM, by=None
    )
    template = PaperTemplate.objects.get(pk=template.pk)
    printed = []
    for period in (before, after):
        delivery = delivery_position(
            programme, period=period, previous=None, names=names_on(programme, period.as_at)
        )
        lead = [each.lead_organisation for each in delivery.projects]
        printed.append((load_paper_data(template, period).board, lead))
    assert printed == [("The Old Board", ["Shire"]), ("The New Board", ["City"])]


def test_a_form_asks_from_which_day_a_changed_name_holds(programme, office, council):
    page = at(programme, "organisations:edit", organisation=council.slug)
    assert submit(office, page, kind="council").status_code == 302
    assert len(errors(submit(office, page, name="The City"))) == 1
    assert len(errors(submit(office, page, name="The City", rename="from_a_day"))) == 1
    since = day("renamed_from", 2019, 7, 1)
    assert submit(office, page, name="The City", rename="from_a_day", **since).status_code == 302
    shown = office.get(at(programme, "organisations:detail", organisation=council.slug))
    assert "The Shire Council (Shire), until 30 June 2019" in shown.content.decode()
    entry = AuditEntry.objects.filter(verb="organisation.edited").first()
    assert entry.after["earlier_names"] == ["The Shire Council, until 30 June 2019"]


def test_a_wrong_name_is_corrected_and_goes(programme, office):
    board = make_board(programme=programme, name="The Baord")
    page = at(programme, "boards:edit", board=board.slug)
    assert submit(office, page, name="The Board", rename="corrected").status_code == 302
    board.refresh_from_db()
    assert board.name == "The Board"
    assert not board.earlier_names.exists()
    assert "earlier_names" not in AuditEntry.objects.get(verb="board.edited").after


@pytest.mark.parametrize(
    ("since", "says"),
    [
        (FROM, "until 30 June 2019"),
        (timezone.localdate() + timedelta(days=2), "today or a day in the past"),
    ],
)
def test_a_name_begins_after_the_one_before_and_not_in_the_future(council, since, says):
    save_organisation(organisation=council, values={"name": "The City"}, renamed_from=FROM, by=None)
    with pytest.raises(ValidationError) as raised:
        save_organisation(
            organisation=council, values={"name": "The Town"}, renamed_from=since, by=None
        )
    assert says in " ".join(raised.value.message_dict["renamed_from"])
