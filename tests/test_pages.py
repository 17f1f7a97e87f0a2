"""Every page in a real browser, wide and narrow: accessible, quiet, within the window's width."""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (1280, 390)
OPEN_PAGES = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-nonsense/",
    "/accounts/password/reset/key/done/",
)
PAGES = (
    "/essex/",
    "/essex/papers/",
    "/essex/papers/strategic-board/2018-05/",
    "/essex/papers/quarterly-scrutiny/2019-03/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/nowhere/",
)


@dataclass
class Look:
    """Looks at pages through one browser window and keeps what it finds wrong."""

    page: object
    base: str
    found: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.said = []
        self.page.on("console", lambda message: self.said.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"script: {error}"))

    def at(self, address: str) -> None:
        self.said.clear()
        response = self.page.goto(f"{self.base}{address}")
        assert response.status == (404 if address == "/nowhere/" else 200), address
        self.check(address)

    def check(self, address: str) -> None:
        violations = Axe().run(self.page).response["violations"]
        problems = [f"axe {each['id']}: {each['nodes'][0]['html'][:200]}" for each in violations]
        # Chromium itself reports a page that was not found; that page is looked at on purpose.
        problems += [words for words in self.said if "404 (Not Found)" not in words]
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if over := self.page.evaluate(width):
            problems.append(f"{over} pixels wider than the window")
        size = self.page.viewport_size["width"]
        self.found += [f"{address} at {size}: {problem}" for problem in problems]


@pytest.fixture(scope="module")
def site(essex):
    """The portal with the Essex programme, served from this process.

    pytest-django's own live_server empties every table after each test, which the record of what
    was done refuses. In SQLite's memory the server shares the test's connection instead, and with
    it the test's transaction.
    """
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(params=WIDTHS)
def look(request, chromium, site):
    context = chromium.new_context(viewport={"width": request.param, "height": 900})
    yield Look(context.new_page(), site)
    context.close()


def sign_in(look: Look, email: str) -> None:
    look.page.goto(f"{look.base}/accounts/login/")
    look.page.fill("#id_login", email)
    look.page.fill("#id_password", settings.EXAMPLE_PASSWORD)
    look.page.keyboard.press("Enter")
    look.page.wait_for_url(f"{look.base}/essex/")


def test_pages_that_anybody_may_open(look):
    for address in OPEN_PAGES:
        look.at(address)
    assert look.found == []


def test_pages_of_a_programme(look):
    sign_in(look, "board@example.org")
    for address in PAGES:
        look.at(address)
    assert look.found == []


def test_a_form_with_mistakes_leads_to_each_of_them(look):
    look.page.goto(f"{look.base}/accounts/login/")
    look.page.click("main button[type=submit]")
    look.check("a form with mistakes")
    # The summary takes the focus, and its links put it into the box that is wrong.
    assert look.page.evaluate("document.activeElement.className") == "govuk-error-summary"
    look.page.click("text=Enter your password >> nth=0")
    assert look.page.evaluate("document.activeElement.id") == "id_password"
    assert look.found == []


def test_the_first_key_leads_past_the_header(look):
    look.page.goto(f"{look.base}/accounts/login/")
    look.page.keyboard.press("Tab")
    assert look.page.evaluate("document.activeElement.className") == "govuk-skip-link"
    look.page.keyboard.press("Enter")
    assert look.page.evaluate("document.activeElement.id") == "main-content"


def test_a_page_works_without_script(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("#id_login", "office@example.org")
    page.fill("#id_password", settings.EXAMPLE_PASSWORD)
    page.click("main button[type=submit]")
    page.click("nav >> text=Papers")
    page.click("text=Collaboration: quarterly update")
    assert page.locator("h1").inner_text() == "Collaboration: quarterly update"
    page.click("text=Sign out")
    assert page.url == f"{site}/accounts/login/"
    context.close()
