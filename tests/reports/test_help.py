"""The guide in the portal: every page of it, with links that stay within, and the one for where one
is."""

from re import findall

import pytest
from django.contrib.auth import get_user_model

from programme.models import RoleAssignment
from programme.site.navigation import GUIDES_OF_PLACES, GUIDES_OF_ROLES
from reports.guide import GUIDE, guide_page, guide_pages

User = get_user_model()

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def sign_in(essex, client):
    def signed_in(account):
        client.force_login(User.objects.get(email=f"{account}@example.org"))
        return client

    return signed_in


def main_of(answer) -> str:
    return answer.content.decode().partition('id="main-content"')[2].partition("</main>")[0]


def help_link(client, address: str) -> str:
    html = client.get(address).content.decode()
    (url,) = findall(r'<a class="app-header__link" href="([^"]*)">Help</a>', html)
    return url


def test_every_page_of_the_guide_is_shown_with_links_that_open(sign_in):
    client = sign_in("board")
    for start in ("/essex/help/", "/portal/help/"):
        front = main_of(client.get(start))
        links = set(findall(rf'href="({start}[^"]+)"', front))
        assert links == {f"{start}{name}/" for name in guide_pages()}
        for link in links:
            answer = client.get(link)
            assert answer.status_code == 200
            below = set(findall(r'href="([^"#]+)"', main_of(answer)))
            assert {each: client.get(each).status_code for each in below} == dict.fromkeys(
                below, 200
            )


def test_a_page_is_made_of_its_text():
    page = guide_page("set-up", lambda name: f"/to/{name}/")
    assert page.title == "Set up a programme"
    assert '<h2 class="govuk-heading-m" id="begin">Begin</h2>' in page.html
    assert '<ol class="govuk-list govuk-list--number app-text">' in page.html
    assert 'href="/to/bring-your-data/"' in page.html
    assert "<strong>" in page.html
    assert "**" not in page.html
    front = guide_page("", lambda name: f"/to/{name}/")
    assert '<th scope="col" class="govuk-table__header">You are</th>' in front.html


def test_what_leads_out_of_the_guide_is_text(tmp_path, monkeypatch):
    from reports import guide

    (tmp_path / "odd.md").write_text(
        "# Odd\n\nSee [the code](../../README.md), [a site](https://example.org) "
        "and <script>alert(1)</script>.\n"
    )
    monkeypatch.setattr(guide, "GUIDE", tmp_path)
    html = guide.guide_page("odd", str).html
    assert "See the code, a site and &lt;script&gt;" in html


def test_a_page_that_the_guide_does_not_have_is_not_there(sign_in):
    client = sign_in("office")
    for name in ("nothing", "README", "readme"):
        assert client.get(f"/essex/help/{name}/").status_code == 404


@pytest.mark.parametrize(
    ("account", "address", "guide"),
    [
        ("office", "/essex/", "office"),
        ("office", "/essex/projects/t01/", "office"),
        ("office", "/essex/set-up/stages/", "set-up"),
        ("office", "/essex/set-up/file/", "bring-your-data"),
        ("office", "/essex/projects/add/workbook/", "bring-your-data"),
        ("lead", "/essex/risks/", "lead"),
        ("finance.police", "/essex/finance/", "finance"),
        ("secretary", "/essex/boards/", "secretary"),
        ("board", "/essex/papers/", "member"),
        ("auditor", "/essex/about/record/", "auditor"),
        ("admin", "/essex/about/people/", "administrator"),
        ("office", "/essex/help/lead/", ""),
    ],
)
def test_help_opens_the_page_for_where_one_is(sign_in, account, address, guide):
    leads_to = f"/essex/help/{guide}/" if guide else "/essex/help/"
    assert help_link(sign_in(account), address) == leads_to


def test_help_outside_of_a_programme(sign_in):
    client = sign_in("admin")
    assert help_link(client, "/") == "/portal/help/"
    assert help_link(client, "/portal/programmes/add/") == "/portal/help/set-up/"


def test_every_role_and_place_has_its_page():
    assert set(GUIDES_OF_ROLES) == set(RoleAssignment.Role)
    assert {*GUIDES_OF_ROLES.values(), *dict(GUIDES_OF_PLACES).values(), "set-up"} == set(
        guide_pages()
    )
    assert all((GUIDE / f"{name}.md").is_file() for name in guide_pages())
