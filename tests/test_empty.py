"""Where there is nothing yet, a page says what to do and leads there: home, every list, and every
form that has nothing to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import NoReverseMatch, reverse

from programme.models import Programme, RatingScale, Stage
from programme.pages import EditPage
from reports.starts import begin_with_preset, presets
from tests import builders
from tests.test_access import every_pattern
from tests.test_queries import every_list

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

NEVER_EMPTY_FOR_LONG = {
    "finance:actuals:list": "spend comes with the finance teams’ returns",
    "programme:people:list": "whoever looks at it is on it",
    "programme:record:list": "whatever anybody changes stands there by itself",
}
ENTERED = {
    "name": "Harbour partners",
    "short_name": "Harbour",
    "financial_year_start_month": 4,
    "calendar": "scotland",
    "default_marking": "official",
}
NOT_THERE_YET = {"projects:risk_scheme:edit", "projects:risk_scheme:matrix"}
"""Forms of a risk scheme, whose page begins one where there is none."""
AT: dict[str, Callable[[Programme], dict[str, Any]]] = {
    "projects:periods:progress": lambda made: {"period": builders.make_period(programme=made).slug},
    "finance:lines:list": lambda p: {"year": builders.make_year(programme=p).slug},
    "programme:scales:levels:list": lambda p: {
        "scale": RatingScale.objects.create(programme=p, slug="own", name="Own").slug
    },
    "projects:workstreams:detail": lambda p: {
        "workstream": builders.make_workstream(programme=p).slug
    },
}
"""The parts of an address for a list that is below a row."""


@pytest.fixture
def programme() -> Programme:
    """With nothing in it."""
    return Programme.objects.create(slug="new", name="New programme", short_name="New")


@pytest.fixture
def browser(programme, client) -> Client:
    """Of somebody who may do all there is to do."""
    user = builders.make_user(programme=programme, role="office")
    for role in ("administrator", "secretary", "lead"):
        builders.make_role(user=user, programme=programme, role=role)
    client.force_login(user)
    return client


def links_in(html: str) -> Iterator[str]:
    for part in html.split('href="')[1:]:
        yield part.partition('"')[0]


@pytest.mark.parametrize("name", sorted(set(every_list()) - set(NEVER_EMPTY_FOR_LONG)))
def test_an_empty_list_leads_to_the_page_that_fills_it(programme, browser, name):
    parts = AT[name](programme) if name in AT else {}
    page = browser.get(reverse(name, kwargs={"programme": "new", **parts}))
    empty = page.content.decode().partition('class="app-empty"')[2].partition("</div>")[0]
    (address,) = links_in(empty)
    assert browser.get(address).status_code == 200


def test_who_may_not_fill_a_list_is_led_nowhere(programme, client):
    client.force_login(builders.make_user(programme=programme, role="auditor"))
    page = client.get("/new/projects/").content.decode()
    assert "There is no project yet" in page
    assert "/new/projects/add/" not in page


def adding_pages() -> Iterator[str]:
    """The forms of what belongs to the programme itself and to no row of it."""
    for name, pattern in every_pattern():
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and issubclass(view, EditPage) and name.endswith(":add"):
            with suppress(NoReverseMatch):
                yield reverse(name, kwargs={"programme": "new"})


def required_choices(form: Any) -> list[Any]:
    return [
        field.queryset
        for field in form.fields.values()
        if isinstance(field, forms.ModelChoiceField) and field.required
    ]


def test_a_form_with_nothing_to_choose_from_says_what_comes_first(programme, browser):
    led = {}
    for address in adding_pages():
        page = browser.get(address)
        assert page.status_code == 200, address
        form, needed = page.context["form"], page.context["needed"]
        wanting = {each.model for each in required_choices(form) if not each.exists()}
        wanting |= set(getattr(form, "lacks", ()))
        assert len(needed) == len(wanting), address
        for words, url in needed:
            assert f'href="{url}">{words}</a>' in page.content.decode()
            assert browser.get(url).status_code == 200
        led[address] = {words for words, _ in needed}
    assert led["/new/projects/add/"] == {"a stage", "a workstream"}
    assert led["/new/decisions/add/"] == {"a board"}
    assert led["/new/actions/add/"] == set()  # no board need have asked for it


def test_what_is_there_is_not_asked_for(programme, browser):
    builders.make_stage(programme=programme)
    needed = browser.get("/new/projects/add/").context["needed"]
    assert [words for words, _ in needed] == ["a workstream"]


def test_who_cannot_set_up_is_told_who_does(programme, client):
    client.force_login(
        builders.make_user(
            programme=programme, role="secretary", board=builders.make_board(programme=programme)
        )
    )
    text = client.get("/new/papers/add/").content.decode()
    assert "a paper template, which the programme office sets up" in text


# --- home -----------------------------------------------------------------------------------------


def test_home_of_a_new_programme_leads_to_what_is_missing(programme, browser):
    text = browser.get("/new/").content.decode()
    for address in ("/new/set-up/stages/", "/new/boards/", "/new/projects/", "/new/set-up/"):
        assert f'href="{address}"' in text
    assert "Needs attention" not in text
    builders.make_stage(programme=programme)
    main = browser.get("/new/").content.decode().partition('id="main-content"')[2]
    assert "/new/set-up/stages/" not in main


def test_home_of_a_new_programme_tells_others_that_it_is_being_set_up(programme, client):
    client.force_login(builders.make_user(programme=programme, role="auditor"))
    text = client.get("/new/").content.decode()
    assert "is setting the programme up" in text
    assert "/new/set-up/" not in text


def test_home_with_a_project_is_a_programme_at_a_glance(programme, browser):
    builders.make_project(programme=programme)
    text = browser.get("/new/").content.decode()
    assert "Needs attention" in text
    assert "Set the programme up" not in text


def test_the_list_of_tasks_says_how_far_it_is(programme, browser):
    before = browser.get("/new/set-up/").context["standing"]
    builders.make_stage(programme=programme)
    after = browser.get("/new/set-up/").context["standing"]
    assert int(before.split()[0]) - int(after.split()[0]) == 1
    assert Stage.objects.of(programme).exists()


def test_about_leads_whoever_may_to_what_is_not_set_up(programme, browser, client):
    text = browser.get("/new/about/").content.decode()
    assert "/new/set-up/stages/" in text
    assert "Whoever runs the portal" not in text


def test_every_page_of_a_programme_with_nothing_in_it_opens(programme, browser):
    """Whatever is not set up yet, nothing breaks, and nobody is told that a page is not there."""
    opened = {}
    for name, pattern in every_pattern():
        if "add" in name.rpartition(":")[2] or not hasattr(pattern.callback, "view_class"):
            continue  # forms that add are opened above
        with suppress(NoReverseMatch):
            address = reverse(name, kwargs={"programme": "new"})
            opened[name] = browser.get(address, follow=True).status_code
    assert len(opened) > 25
    shut = {name for name, status in opened.items() if status != 200}
    assert shut == NOT_THERE_YET
    assert {opened[name] for name in shut} == {404}


def boxes_on_home(browser: Client, slug: str) -> list[str]:
    page = browser.get(f"/{slug}/").content.decode()
    return [each.partition("</div>")[0] for each in page.split('class="app-empty"')[1:]]


@pytest.mark.parametrize("name", presets())
def test_every_empty_box_on_home_leads_to_the_page_that_fills_it(client, name):
    keeper = builders.make_user(administers_portal=True)
    made = begin_with_preset(preset=presets()[name], values=ENTERED, by=keeper)
    builders.make_project(programme=made, stage=Stage.objects.of(made).first())
    for role in ("office", "secretary", "lead"):
        builders.make_role(user=keeper, programme=made, role=role)
    client.force_login(keeper)
    boxes = boxes_on_home(client, made.slug)
    assert len(boxes) >= 3
    for box in boxes:
        (address,) = links_in(box)
        assert client.get(address).status_code == 200
    assert "of the set-up left" in client.get(f"/{made.slug}/").content.decode()

    client.force_login(builders.make_user(programme=made, role="auditor"))
    looked_at = boxes_on_home(client, made.slug)
    assert looked_at
    assert [list(links_in(box)) for box in looked_at] == [[] for _ in looked_at]
    assert "of the set-up left" not in client.get(f"/{made.slug}/").content.decode()


# --- a period that nobody has opened --------------------------------------------------------------


def test_home_leads_the_office_to_the_period_to_open(programme, browser):
    builders.make_project(programme=programme)
    assert "/new/set-up/periods/plan/" in waiting_on(browser)
    first = builders.make_period(programme=programme, as_at=date(2030, 3, 31), state="planned")
    builders.make_period(programme=programme, as_at=date(2030, 6, 30), state="planned")
    address = f"/new/periods/{first.slug}/open/"
    assert address in waiting_on(browser)
    assert browser.get(address).status_code == 200
    assert "No period is open for updates" in browser.get("/new/").content.decode()
    first.state = "open"
    first.save()
    assert address not in waiting_on(browser)
    assert "/new/set-up/periods/" not in waiting_on(browser)


def test_the_set_up_is_not_complete_before_a_period_is_open(programme, browser):
    period = builders.make_period(programme=programme, state="planned")
    before = browser.get("/new/set-up/").context["standing"]
    period.state = "open"
    period.save()
    after = browser.get("/new/set-up/").context["standing"]
    assert int(before.split()[0]) - int(after.split()[0]) == 1


def waiting_on(browser: Client) -> str:
    page = browser.get("/new/").content.decode()
    return page.partition('id="waiting"')[2].partition("</section>")[0]
