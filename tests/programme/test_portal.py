"""The portal as a whole: its first account, who administers it, and the programmes they set up."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from programme import access, actions
from programme.common.slugs import FIRST_WORDS
from programme.models import AuditEntry, Person, Programme, RoleAssignment, User
from tests.builders import PASSWORD, make_programme, make_user
from tests.filling import answers, errors, submit

pytestmark = pytest.mark.django_db

ADD = "/portal/programmes/add/nothing/"
CHOOSE = "/portal/programmes/add/"
ADMINISTRATORS = "/portal/administrators/"
GOOD = "a harbour wall of nine stones"


@pytest.fixture
def keeper() -> User:
    return make_user(administers_portal=True, name="Keeper")


@pytest.fixture
def browser(keeper, client) -> Client:
    client.force_login(keeper)
    return client


def link_in(text: str) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", text)[1]


# --- the first account ----------------------------------------------------------------------------


def test_from_an_empty_database_to_a_programme_in_the_browser(client, capsys):
    call_command("create_administrator", "First@Example.org")
    said = capsys.readouterr().out
    page = client.get(link_in(said), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": GOOD, "password2": GOOD})
    signed_in = client.post(
        "/accounts/login/", {"login": "first@example.org", "password": GOOD}, follow=True
    )
    text = signed_in.content.decode()
    assert "Set up your first programme" in text
    assert CHOOSE in text

    led_to = submit(client, ADD, name="Harbour partners", short_name="Harbour", your_name="Fi Rst")

    assert led_to.status_code == 302, errors(led_to)
    assert led_to.url == "/harbour/set-up/"
    assert client.get(led_to.url).status_code == 200
    assert client.get("/harbour/").status_code == 200
    assert User.objects.get().name == "Fi Rst"


def test_the_command_can_be_run_again(capsys):
    for _ in range(2):
        call_command("create_administrator", "first@example.org")
    assert User.objects.get().administers_portal
    assert AuditEntry.objects.filter(verb="account.portal_given").count() == 1
    assert capsys.readouterr().out.count("choose a password with this link") == 2


def test_whoever_has_an_account_keeps_their_password(capsys):
    user = make_user()
    call_command("create_administrator", user.email)
    user.refresh_from_db()
    assert user.administers_portal
    assert user.check_password(PASSWORD)
    assert "sign in with the password that they have" in capsys.readouterr().out


def test_the_link_works_once(client, capsys):
    call_command("create_administrator", "first@example.org")
    link = link_in(capsys.readouterr().out)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": GOOD, "password2": GOOD})
    assert "This link cannot be used" in Client().get(link, follow=True).content.decode()


def test_the_link_leads_to_where_the_portal_is_reached(capsys, settings):
    settings.PRODUCTION, settings.ALLOWED_HOSTS = True, ["portal.example"]
    call_command("create_administrator", "first@example.org")
    assert "https://portal.example/accounts/password/reset/key/" in capsys.readouterr().out
    call_command("create_administrator", "first@example.org", at="https://here.example:8443/")
    assert "https://here.example:8443/accounts/password/reset/key/" in capsys.readouterr().out


def test_what_is_no_address_makes_no_account():
    with pytest.raises(CommandError, match="Enter an e-mail address"):
        call_command("create_administrator", "nowhere")
    assert not User.objects.exists()


# --- a new programme ------------------------------------------------------------------------------


def test_whoever_sets_a_programme_up_is_its_administrator_and_office_at_once(keeper):
    programme = actions.create_programme(
        values={"name": "Harbour partners", "short_name": "Harbour"}, by=keeper
    )
    held = RoleAssignment.objects.current().filter(user=keeper, programme=programme)
    assert {each.role for each in held} == {"administrator", "office"}
    assert access.allows(keeper, "programme.edit", programme)
    assert Person.objects.get(programme=programme).accepted_at is not None
    assert str(keeper) in str(AuditEntry.objects.get(programme=programme).actor)


def test_nobody_else_sets_a_programme_up():
    programme = make_programme()
    for role in ("administrator", "office"):
        user = make_user(programme=programme, role=role)
        with pytest.raises(PermissionDenied):
            actions.create_programme(values={"name": "A", "short_name": "A"}, by=user)


def test_a_programme_of_others_is_none_of_the_portal_administrators_business(browser):
    programme = make_programme(slug="theirs")
    assert browser.get("/theirs/").status_code == 404
    start = browser.get("/").content.decode()
    assert programme.name not in start
    assert CHOOSE in start


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(browser):
    make_programme(slug="harbour")
    page = submit(browser, ADD, name="", short_name="Harbour", slug="harbour")
    assert "Enter the name" in errors(page)
    assert answers(page)["short_name"] == "Harbour"
    page = submit(browser, ADD, name="Harbour partners", short_name="Harbour", slug="harbour")
    assert page.status_code == 200
    assert errors(page) == ["Another programme has this word."]
    page = submit(browser, ADD, name="Harbour partners", short_name="Harbour", slug="accounts")
    assert errors(page) == ["The portal needs this word for pages of its own."]
    assert Programme.objects.count() == 1


def test_a_form_that_is_sent_twice_sets_one_programme_up(browser):
    sent = answers(browser.get(ADD)) | {"name": "Harbour partners", "short_name": "Harbour"}
    first, again = browser.post(ADD, sent), browser.post(ADD, sent)
    assert first.url == again.url == "/harbour/set-up/"
    changed = browser.post(ADD, sent | {"name": "Another"})
    assert "changed it since" in errors(changed)[0]
    assert Programme.objects.count() == 1
    other = browser.post(ADD, answers(changed))
    assert other.url == "/harbour-2/set-up/"


def first_words(patterns) -> set[str]:
    """The words with which addresses begin that no programme's page has."""
    found = set()
    for each in patterns:
        if isinstance(each, URLResolver | URLPattern) and str(each.pattern):
            found.add(re.split(r"[/<(]", str(each.pattern).lstrip("^"))[0])
        elif isinstance(each, URLResolver):
            found |= first_words(each.url_patterns)
    return found - {""}


def test_no_programme_takes_the_address_of_a_page_of_the_portal():
    words = first_words(get_resolver().url_patterns)
    assert {"accounts", "portal", "accessibility"} <= words
    assert words <= FIRST_WORDS


# --- who administers the portal -------------------------------------------------------------------


def test_somebody_new_gets_a_letter_with_a_link(
    keeper, browser, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = submit(browser, f"{ADMINISTRATORS}add/", email="second@example.org")
    assert page.url == ADMINISTRATORS
    assert User.objects.get(email="second@example.org").administers_portal
    to_second = [each for each in mailoutbox if each.to == ["second@example.org"]]
    assert any("/accounts/password/reset/key/" in each.body for each in to_second)
    listed = browser.get(ADMINISTRATORS).content.decode()
    assert f"{keeper.name} ({keeper.email}) made second@example.org an administrator" in listed


def test_the_portal_keeps_an_administrator(keeper, browser):
    with pytest.raises(ValidationError, match="last administrator"):
        actions.dismiss_portal_administrator(user=keeper, by=keeper)
    page = submit(browser, f"{ADMINISTRATORS}{keeper.pk}/end/")
    assert "last administrator" in errors(page)[0]
    second = make_user(administers_portal=True)
    actions.dismiss_portal_administrator(user=keeper, by=second)
    assert browser.get(ADMINISTRATORS).status_code == 403


def test_whoever_gives_it_up_is_led_to_what_they_may_see(keeper, browser):
    make_user(administers_portal=True)
    page = submit(browser, f"{ADMINISTRATORS}{keeper.pk}/end/")
    assert browser.get(page.url).status_code == 200


def test_a_programme_locks_no_administrator_of_the_portal_out():
    programme = make_programme()
    user = make_user(programme=programme, role="auditor", administers_portal=True)
    actions.close_account(person=user.known_as.get(), reason="Left.", by=None)
    user.refresh_from_db()
    assert user.is_active


def test_an_account_that_was_closed_administers_nothing(keeper, browser):
    """Whoever a programme put out comes in again by that programme alone."""
    user = make_user(is_active=False)
    page = submit(browser, f"{ADMINISTRATORS}add/", email=user.email)
    assert "is closed" in errors(page)[0]
    with pytest.raises(CommandError, match="is closed"):
        call_command("create_administrator", user.email)
    user.refresh_from_db()
    assert (user.is_active, user.administers_portal) == (False, False)
