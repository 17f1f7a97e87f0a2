"""A programme that ends is read, and no longer written."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from programme.actions import end_programme
from programme.models import AuditEntry, Organisation
from programme.pages import EditPage
from programme.reference_day import reference_day
from programme.roles import AFTER_THE_END
from tests.builders import (
    make_board,
    make_meeting,
    make_period,
    make_programme,
    make_project,
    make_risk_scheme,
    make_update,
    make_user,
)
from tests.filling import day, errors, submit

pytestmark = pytest.mark.django_db

ENDED = date(2019, 3, 1)


def of_a_programme(patterns, space=(), route=""):
    """Names of the pages whose address names nothing but a programme, with their classes."""
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = (*space, each.namespace) if each.namespace else space
            yield from of_a_programme(each.url_patterns, inner, here)
        elif isinstance(each, URLPattern) and here.count("<") == 1 and "<slug:programme>" in here:
            yield ":".join((*space, each.name or "")), getattr(each.callback, "view_class", None)


PAGES = dict(of_a_programme(get_resolver().url_patterns))
WRITING = sorted(
    name
    for name, page in PAGES.items()
    if page and issubclass(page, EditPage) and page.permission not in AFTER_THE_END
)
LISTS = sorted(name for name, page in PAGES.items() if page and not getattr(page, "writes", True))


@pytest.fixture
def programme():
    programme = make_programme()
    make_risk_scheme(programme=programme)
    programme.ended_on, programme.end_reason = ENDED, "All is done."
    programme.save()
    return programme


def client_of(programme, role="office") -> Client:
    client = Client()
    user = make_user(programme=programme, role=role)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def at(programme, name, **parts):
    return reverse(name, kwargs={"programme": programme.slug, **parts})


@pytest.mark.one_engine
@pytest.mark.parametrize("name", WRITING)
def test_a_page_that_writes_says_so_and_has_no_form(programme, name):
    answer = client_of(programme).get(at(programme, name))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "ended on 1 March 2019" in page
    assert "All is done." in page
    assert at(programme, "programme:reopen") in page
    assert 'class="app-form"' not in page


@pytest.mark.one_engine
@pytest.mark.parametrize("name", LISTS)
def test_no_button_leads_to_a_page_that_writes(programme, name):
    answer = client_of(programme).get(at(programme, name))
    if not getattr(answer, "context", None):
        return
    leads_to = {url.partition("?")[0] for _, url in answer.context.get("buttons") or ()}
    assert not leads_to & {at(programme, each) for each in WRITING}


def test_what_was_typed_while_it_ended_is_shown(programme):
    address = at(programme, "programme:organisations:add")
    answer = client_of(programme).post(address, {"name": "The <County> Council", "kind": "council"})
    assert answer.status_code == 409
    assert "The &lt;County&gt; Council" in answer.content.decode()
    assert not Organisation.objects.filter(name__contains="County").exists()


def test_home_says_so_and_nothing_waits(programme):
    make_project(programme=programme)
    make_period(programme=programme, state="open", as_at=date(2019, 2, 28))
    home = client_of(programme).get(at(programme, "reports:home"))
    page = home.content.decode()
    assert "ended on 1 March 2019" in page
    assert home.context["home"].waiting == ()


def test_nothing_becomes_later_after_the_end(programme):
    make_period(programme=programme, state="open", as_at=timezone.localdate())
    assert reference_day(programme).day == ENDED


def test_the_office_ends_it_and_takes_it_up_again():
    programme = make_programme()
    office = client_of(programme)
    end, board = at(programme, "programme:end"), make_board(programme=programme)
    assert end in office.get(at(programme, "programme:edit")).content.decode()
    assert len(errors(submit(office, end, end_reason=""))) == 2
    last = day("ended_on", 2019, 3, 1)
    assert submit(office, end, end_reason="All is done.", **last).status_code == 302
    programme.refresh_from_db()
    assert (programme.ended_on, programme.end_reason) == (ENDED, "All is done.")
    edit = at(programme, "programme:boards:edit", board=board.slug)
    assert office.get(edit).status_code == 409

    answer = submit(office, at(programme, "programme:reopen"), reason="A phase is left.")
    assert answer.status_code == 302
    assert office.get(edit).status_code == 200
    entry = AuditEntry.objects.get(verb="programme.reopened")
    assert entry.before["ended_on"] == "2019-03-01"
    assert entry.after["reason"] == "A phase is left."


def test_until_its_last_day_is_over_all_can_be_written():
    programme = make_programme(ended_on=timezone.localdate() + timedelta(days=1))
    office = client_of(programme)
    assert office.get(at(programme, "programme:words")).status_code == 200
    assert "After that day nothing" in office.get(at(programme, "reports:home")).content.decode()


def test_a_lead_reads_that_it_ended_and_cannot_take_it_up(programme):
    lead = client_of(programme, role="lead")
    page = lead.get(at(programme, "reports:home")).content.decode()
    assert "ended on 1 March 2019" in page
    assert at(programme, "programme:reopen") not in page
    assert lead.get(at(programme, "programme:reopen")).status_code == 403


@pytest.mark.parametrize(
    ("happened", "last", "says"),
    [
        (lambda p: make_period(programme=p, name="Spring", state="closed"), None, "Spring ended"),
        (lambda p: make_period(programme=p, name="Spring", state="open"), None, "which is open, b"),
        (
            lambda p: make_meeting(
                board=make_board(programme=p, name="The Board"),
                held_on=date(2019, 5, 2),
                state="held",
            ),
            date(2019, 5, 2),
            "The Board met",
        ),
        (
            lambda p: make_update(
                project=make_project(programme=p, name="Hub"),
                period=make_period(programme=p, name="Spring", state="open"),
                state="accepted",
            ),
            None,
            "Hub stood as its accepted update says",
        ),
    ],
    ids=["a closed period", "an open period", "a meeting", "an accepted update"],
)
def test_a_programme_does_not_end_before_what_happened_in_it(happened, last, says):
    programme = make_programme()
    happened(programme)
    given = {"programme": programme, "end_reason": "All is done.", "by": None}
    period = programme.periods.first()
    if period is not None:
        last = period.starts_on if "open, b" in says else period.as_at
    with pytest.raises(ValidationError, match=says) as refused:
        end_programme(ended_on=last - timedelta(days=1), **given)
    assert [*refused.value.message_dict] == ["ended_on"]
    assert end_programme(ended_on=last, **given).ended_on == last
