"""The frame of the pages: who is let in, what a refusal says, what a browser is told."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory, override_settings
from django.urls import NoReverseMatch, include, path, resolve, reverse

from programme import access
from programme.models import RoleAssignment, User
from programme.roles import PERMISSIONS, RIGHTS, Scope
from programme.site.navigation import MENU, Shell
from tests.builders import make_programme, make_role

PASSWORD = "three words unrelated"

ACCOUNT_PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-nonsense/",
    "/accounts/password/reset/key/done/",
]


def _page(request: HttpRequest, programme: str) -> HttpResponse:
    text = '{% extends "base.html" %}{% block heading %}Inside{% endblock %}'
    return HttpResponse(engines["django"].from_string(text).render({}, request))


def _denied(request: HttpRequest, programme: str) -> HttpResponse:
    access.require(request.user, "papers.view", request.programme)
    raise PermissionDenied("You need a right that nobody has.")


def _broken(request: HttpRequest, programme: str) -> HttpResponse:
    raise RuntimeError("secret workings")


urlpatterns = [
    path("<slug:programme>/inside/", _page),
    path("<slug:programme>/denied/", _denied),
    path("<slug:programme>/broken/", _broken),
    path("", include("programme.site.urls")),
]
pages = pytest.mark.urls(__name__)


@pytest.fixture
def essex(db):
    return make_programme(slug="essex", name="Essex Collaboration", short_name="Essex")


@pytest.fixture
def user(essex):
    person = User.objects.create_user("office@example.org", PASSWORD)
    make_role(user=person, programme=essex, role="office")
    return person


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


def text_of(response) -> str:
    return response.content.decode()


def is_whole_page(response) -> bool:
    html = text_of(response)
    return all(
        part in html
        for part in ('<html lang="en-GB"', 'class="govuk-skip-link"', 'id="main-content"', "<h1")
    )


# --- sign-in ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("address", ACCOUNT_PAGES)
def test_a_page_of_sign_in_is_in_the_portals_style_for_anybody(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert is_whole_page(response)


@pytest.mark.parametrize("address", ["/accounts/password/change/", "/accounts/logout/"])
def test_a_page_about_ones_account_is_in_the_portals_style(signed_in, address):
    response = signed_in.get(address)
    assert response.status_code == 200
    assert is_whole_page(response)
    assert "office@example.org" in text_of(response)


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_confirm_email", "account_reauthenticate", "socialaccount_login"],
)
def test_pages_that_the_portal_does_not_want_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.django_db
def test_nobody_can_make_an_account_and_is_told_who_can(client):
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    for response in (client.get("/accounts/signup/"), client.post("/accounts/signup/", form)):
        assert "The office of your programme makes one for you" in text_of(response)
    assert not User.objects.filter(email="new@example.org").exists()


def test_signing_in_takes_an_address_in_any_capitals(client, user):
    form = {"login": "Office@Example.org", "password": PASSWORD}
    response = client.post("/accounts/login/", form)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_does_not_say_which_of_the_two_is_wrong(client, user):
    known = client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    unknown = client.post("/accounts/login/", {"login": "no@example.org", "password": "wrong"})
    words = "The e-mail address or the password is not right"
    for response in (known, unknown):
        assert words in text_of(response)
        assert "<title>Error: Sign in" in text_of(response)


@pytest.mark.django_db
def test_empty_boxes_are_named_beside_them_and_in_the_summary(client):
    html = text_of(client.post("/accounts/login/", {}))
    assert html.count("Enter your e-mail address") == 2
    assert '<a href="#id_login">Enter your e-mail address</a>' in html
    assert '<a href="#id_password">Enter your password</a>' in html


def test_too_many_wrong_passwords_are_stopped(client, user):
    for _ in range(5):
        client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    response = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "Too many wrong passwords" in text_of(response)


@pytest.mark.django_db
def test_too_many_requests_get_a_page_that_says_when_to_try_again(client):
    responses = [
        client.post("/accounts/password/reset/", {"email": "a@example.org"}) for _ in range(6)
    ]
    assert responses[-1].status_code == 429
    assert is_whole_page(responses[-1])
    assert "Wait five minutes" in text_of(responses[-1])


def test_a_forgotten_password_is_replaced_by_e_mail(client, user):
    client.post("/accounts/password/reset/", {"email": user.email})
    [message] = mail.outbox
    assert message.subject == "Choose a new password for the Collaboration Portal"
    link = re.search(r"https?://[^/]+(/\S+)", message.body)[1]
    page = client.get(link, follow=True)
    assert "At least 12 characters" in text_of(page)
    new = "another three words"
    response = client.post(
        page.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True
    )
    assert "Your password is changed" in text_of(response)
    user.refresh_from_db()
    assert user.check_password(new)
    assert "This link cannot be used" in text_of(client.get(link, follow=True))


@pytest.mark.django_db
def test_asking_for_a_password_does_not_tell_who_has_an_account(client, user):
    known = client.post("/accounts/password/reset/", {"email": user.email})
    unknown = client.post("/accounts/password/reset/", {"email": "no@example.org"})
    assert known.url == unknown.url
    assert len(mail.outbox) == 1


def test_a_closed_account_cannot_sign_in(client, user):
    user.is_active = False
    user.save()
    response = client.post(
        "/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True
    )
    assert "_auth_user_id" not in client.session
    assert is_whole_page(response)


def test_signing_out_leads_back_to_sign_in(signed_in):
    response = signed_in.post("/accounts/logout/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/"
    assert "You have signed out." in text_of(response)
    assert "_auth_user_id" not in signed_in.session


# --- programmes and rights --------------------------------------------------------------------


@pages
@pytest.mark.django_db
def test_nobody_sees_a_programme_without_signing_in(client, essex):
    response = client.get("/essex/inside/")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/essex/inside/"


@pages
def test_a_programme_stands_in_header_and_title(signed_in):
    html = text_of(signed_in.get("/essex/inside/"))
    assert "– Essex – Collaboration Portal</title>" in re.sub(r"\s+", " ", html)
    assert 'aria-label="Programme"' in html


@pages
def test_another_programme_is_not_found_like_one_that_is_not_there(signed_in):
    make_programme(slug="kent")
    other, none = signed_in.get("/kent/inside/"), signed_in.get("/surrey/inside/")
    assert other.status_code == none.status_code == 404
    assert is_whole_page(other)
    without_token = [re.sub(r'value="\w{64}"', "", text_of(page)) for page in (other, none)]
    assert without_token[0] == without_token[1]


@pages
@pytest.mark.parametrize("days", [{"to_day": "2020-01-01"}, {"from_day": "2999-01-01"}])
def test_a_role_counts_from_its_first_day_to_its_last(signed_in, user, days):
    RoleAssignment.objects.filter(user=user).update(**days)
    assert signed_in.get("/essex/inside/").status_code == 404


@pages
def test_a_missing_right_is_named_with_whom_to_ask(signed_in, monkeypatch):
    monkeypatch.setitem(PERMISSIONS, "office", {})
    response = signed_in.get("/essex/denied/")
    assert response.status_code == 403
    html = text_of(response)
    assert "To read the programme’s papers you need a right" in html
    assert "Ask the programme office of Essex Collaboration." in html


def test_every_role_has_its_rights_and_every_right_its_words():
    assert set(PERMISSIONS) == set(RoleAssignment.Role.values)
    assert set().union(*PERMISSIONS.values()) <= set(RIGHTS)
    assert {entry.permission for entry in MENU} <= set(RIGHTS)


def test_a_right_that_does_not_exist_is_a_mistake_not_a_refusal(user, essex):
    with pytest.raises(KeyError):
        access.allows(user, "papers.veiw", essex)


def test_the_menu_shows_what_its_reader_may_open(user, essex, monkeypatch):
    request = RequestFactory().get("/essex/papers/")
    request.user, request.programme = user, essex
    monkeypatch.setattr("programme.site.navigation._url", lambda name, **kwargs: f"/{name}/")
    assert [item.label for item in Shell(request).items] == [entry.label for entry in MENU]
    monkeypatch.setitem(PERMISSIONS, "office", {"papers.view": Scope.ALL})
    again = User.objects.get(pk=user.pk)
    request.user = again
    assert [item.label for item in Shell(request).items] == ["Papers"]


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/essex/", {"Home": "page"}),
        ("/essex/papers/", {"Papers": "page"}),
        ("/essex/papers/quarterly/2019-03/", {"Papers": "true"}),
        ("/essex/projects/t01/edit/", {"Projects": "true"}),
        ("/essex/risks/", {"Projects": "true"}),
        ("/essex/finance/projects/t01/", {"Projects": "true"}),
        ("/essex/finance/projects/t01/costs/add/", {"Projects": "true"}),
        ("/essex/boards/sgb/members/add/", {"Boards": "true"}),
        ("/essex/about/record/", {"About": "true"}),
    ],
)
def test_the_menu_marks_where_its_reader_is(user, essex, address, marked):
    request = RequestFactory().get(address)
    request.user, request.programme = user, essex
    request.resolver_match = resolve(address)
    assert {item.label: item.current for item in Shell(request).items if item.current} == marked


@pages
def test_whoever_has_two_programmes_can_switch(signed_in, user, monkeypatch):
    monkeypatch.setattr("programme.site.navigation._url", lambda name, **kwargs: f"/{name}/")
    words = "to another programme"
    assert words not in text_of(signed_in.get("/essex/inside/"))
    make_role(user=user, programme=make_programme(slug="kent"), role="auditor")
    assert words in text_of(signed_in.get("/essex/inside/"))


# --- when something is wrong ------------------------------------------------------------------


@pages
def test_a_fault_of_the_portal_shows_a_page_without_its_workings(signed_in):
    signed_in.raise_request_exception = False
    response = signed_in.get("/essex/broken/")
    assert response.status_code == 500
    assert is_whole_page(response)
    assert "secret workings" not in text_of(response)


@pytest.mark.django_db
def test_an_address_that_is_not_there_says_so_in_our_style(client):
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert is_whole_page(response)


@pytest.mark.django_db
def test_a_form_without_proof_of_origin_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    assert response.status_code == 403
    assert is_whole_page(response)
    assert "Load the page again" in text_of(response)


# --- what a browser is told -------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*ACCOUNT_PAGES, "/nowhere/at/all/"])
def test_pages_keep_the_policy_that_they_send(client, address):
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    html = text_of(response)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)


@override_settings(DEBUG=False)
@pytest.mark.django_db
def test_every_file_that_a_page_asks_for_is_one_that_set_up_makes(client):
    from django.contrib.staticfiles import finders

    html = text_of(client.get("/accounts/login/"))
    files = re.findall(r'"/static/([^"]+)"', html)
    assert "build/portal.css" in files
    assert [name for name in files if finders.find(name) is None] == []
