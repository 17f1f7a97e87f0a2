"""Every page in a real browser, wide and narrow, as each account that may open it: accessible,
quiet, within the window's width, and to be used by keyboard. The pages are those of tests/routes.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from programme.models import Programme, User
from tests.routes import ACCOUNTS, ADMINISTERS_PORTAL, EVERYBODY, ROUTES, SIGNED_IN, Route, roles
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = Axe()
WIDE, NARROW = 1280, 390
# A page that the table lists for several rows looks alike for all of them.
_FIRST = {route.name: route for route in reversed(ROUTES)}.values()
ONE_STANDS_FOR_ALL = (":withdraw", ":restore", ":reopen", ":remove")
"""What the pages end in that ask before something goes or comes back: they are one page with
another name on it, so that the first of each kind is looked at for all."""


def looked_at(routes: list[Route]) -> list[Route]:
    """The routes without those for which another one stands."""
    found: list[Route] = []
    for route in routes:
        end = f":{route.name.rpartition(':')[2]}"
        alike = end in ONE_STANDS_FOR_ALL
        if not (alike and any(each.name.endswith(end) for each in found)):
            found.append(route)
    return found


PAGES = looked_at([route for route in reversed(_FIRST) if route.in_programme and not route.file])
OUTSIDE = [route for route in ROUTES if not route.in_programme and route.name != "reports:start"]
FORMS = [route for route in PAGES if route.post]

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What can take the focus and shows no sign of it: neither outline, shadow, colour nor underline.
UNSEEN_FOCUS = """() => {
  const look = (element) => {
    const style = getComputedStyle(element);
    const label = element.labels && element.labels.length ? element.labels[0] : element;
    const before = getComputedStyle(label, "::before");
    const inner = getComputedStyle(element.firstElementChild || element);
    return [inner.stroke, inner.strokeWidth, inner.fill, style.outlineStyle, style.outlineColor,
            style.boxShadow, style.backgroundColor, style.color, style.borderColor,
            style.textDecorationThickness, before.outlineStyle, before.boxShadow,
            before.borderWidth].join("|");
  };
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary,"
    + " [tabindex='0']";
  const found = [];
  for (const element of document.querySelectorAll(wanted)) {
    if (!element.checkVisibility({visibilityProperty: true}) || element.disabled) continue;
    document.activeElement.blur();
    const before = look(element);
    element.focus({focusVisible: true, preventScroll: true});
    const taken = document.activeElement === element;
    if (!taken) found.push("takes no focus: " + element.outerHTML);
    else if (look(element) === before) found.push("shows no focus: " + element.outerHTML);
  }
  document.activeElement.blur();
  return found.slice(0, 5).map((text) => text.slice(0, 200));
}"""


EXPECTED = (
    # Pages that are refused or not found are opened on purpose.
    "the server responded with",
    # On a busy machine the typeface may arrive after the page was drawn.
    "was preloaded using link preload but not used within a few seconds",
)
"""What Chromium itself reports and no page is to blame for."""


@dataclass
class Look:
    """Looks at pages through one window and keeps what it finds wrong."""

    page: Any
    base: str
    said: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", lambda message: self.said.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"script: {error}"))

    def at(self, address: str, *, width: int = WIDE, gives: int = 200) -> None:
        """Opens a page, which must answer as expected and say nothing."""
        self.said.clear()
        self.page.set_viewport_size({"width": width, "height": 900})
        response = self.page.goto(f"{self.base}{address}")
        assert response.status == gives, (address, response.status)

    def note(self, *problems: str) -> None:
        size = self.page.viewport_size["width"]
        where = self.page.url.removeprefix(self.base)
        self.found += [f"{where} at {size}: {problem}" for problem in problems]

    def quiet_and_fitting(self) -> None:
        self.note(*(words for words in self.said if not any(each in words for each in EXPECTED)))
        self.said.clear()
        if over := self.page.evaluate(WIDER):
            self.note(f"{over} pixels wider than the window")

    def accessible(self) -> None:
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE.axe_script)
        # Nobody asks where else in the page an element stands, nor whether a sound plays.
        quick = {"selectors": False, "elementRef": False, "preload": False}
        # Colours are the same at every width, and half of the work.
        rules = {"color-contrast": {"enabled": self.page.viewport_size["width"] == WIDE}}
        options = json.dumps({"resultTypes": ["violations"], "rules": rules, **quick})
        for each in self.page.evaluate(f"axe.run({options})")["violations"]:
            self.note(f"axe {each['id']}: {each['nodes'][0]['html'][:200]}")

    def by_keyboard(self) -> None:
        """The first key leads past the header, and whatever takes the focus shows it."""
        self.page.keyboard.press("Tab")
        if self.page.evaluate("document.activeElement.className") != "govuk-skip-link":
            self.note("the first key does not lead to the skip link")
        self.page.keyboard.press("Enter")
        if self.page.evaluate("document.activeElement.id") != "main-content":
            self.note("the skip link does not lead to the content")
        self.note(*self.page.evaluate(UNSEEN_FOCUS))

    def thoroughly(self, address: str, *, gives: int = 200, comes_back: bool = False) -> None:
        """All of it, at both widths. A form that ``comes_back`` is looked at by axe when it does,
        narrow as it then is."""
        self.at(address, gives=gives)
        self.quiet_and_fitting()
        self.accessible()
        self.by_keyboard()
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        self.quiet_and_fitting()
        if not comes_back:
            self.accessible()


@pytest.fixture(scope="module")
def site(essex):
    """The portal with the Essex programme, in a browser's reach."""
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def windows(chromium, site):
    """One window for each account, signed in, and one of nobody's."""
    found = {}
    for account in [*ACCOUNTS, "nobody"]:
        context = chromium.new_context()
        if account != "nobody":
            client = Client()
            user = User.objects.get(email=ACCOUNTS[account])
            client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key}
            context.add_cookies([{**cookie, "url": site}])
        found[account] = Look(context.new_page(), site)
    yield found
    for look in found.values():
        look.page.context.close()


@pytest.fixture(autouse=True)
def _nothing_found_yet(windows):
    for look in windows.values():
        look.found.clear()


@pytest.fixture
def nobody(windows) -> Look:
    return windows["nobody"]


# --- every page -----------------------------------------------------------------------------------


# What differs in a page between two accounts that see the same: their name, and proofs of origin.
_OWN = re.compile(
    r'Signed in as </span>[^<]*|name="(?:csrfmiddlewaretoken|draft_token|form_key)" value="[^"]*"'
)


_PIECE = re.compile(r"<[^>]+>|[^<>]+")


def as_seen_by(look: Look, address: str) -> frozenset[str]:
    """Every tag and text of the page for one account, without what is nobody else's anyway. Whoever
    sees less of a page sees nothing new in it."""
    client = Client()
    for cookie in look.page.context.cookies():
        client.cookies[cookie["name"]] = cookie["value"]
    return frozenset(_PIECE.findall(_OWN.sub("", client.get(address).content.decode())))


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_page_of_a_programme(windows, route: Route):
    """Thoroughly as the account that is named first, which sees most. Of the others, whoever sees
    what nobody before has seen looks at it, too."""
    address = route.url("essex", route.parts(Programme.objects.get(slug="essex")))
    first, *others = roles(route.get)
    windows[first].thoroughly(address, comes_back=bool(route.post))
    seen = set(as_seen_by(windows[first], address))
    for account in others:
        if not (pieces := as_seen_by(windows[account], address)) <= seen:
            windows[account].at(address, width=NARROW)
            windows[account].quiet_and_fitting()
            seen |= pieces
    assert [problem for look in windows.values() for problem in look.found] == []


@pytest.mark.parametrize("route", OUTSIDE, ids=str)
def test_a_page_outside_programmes(windows, route: Route):
    account = "board" if route.get == SIGNED_IN or route.name == "account_logout" else "nobody"
    if route.get == ADMINISTERS_PORTAL:
        account = "admin"
    address = route.url("", route.parts(None))
    windows[account].thoroughly(address)
    assert windows[account].found == []
    assert route.get in (ADMINISTERS_PORTAL, EVERYBODY, SIGNED_IN)


@pytest.mark.parametrize("route", FORMS, ids=str)
def test_a_form_as_it_comes_back(windows, route: Route):
    """Sent as it was opened: with its mistakes, or with the page that it leads to."""
    look = windows[roles(route.post)[0]]
    look.at(route.url("essex", route.parts(Programme.objects.get(slug="essex"))), width=NARROW)
    with look.page.expect_navigation():
        look.page.click("main form button.govuk-button[type=submit]:not([name]) >> nth=-1")
    look.quiet_and_fitting()
    look.accessible()
    if look.page.locator(".govuk-error-summary").count():
        # The summary takes the focus, and each of its links leads to a control.
        assert look.page.evaluate("document.activeElement.className") == "govuk-error-summary"
        targets = "[...document.querySelectorAll('.govuk-error-summary a')].map((a) => a.hash)"
        missing = [
            each
            for each in look.page.evaluate(targets)
            if not look.page.locator(f"[id='{each[1:]}']").count()
        ]
        look.note(*(f"the error summary leads nowhere: {each}" for each in missing))
    assert look.found == []


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "address", "gives"),
    [("board", "/essex/projects/add/", 403), ("board", "/nowhere/", 404)],
)
def test_a_page_that_refuses(windows, account, address, gives):
    windows[account].thoroughly(address, gives=gives)
    assert windows[account].found == []


def test_text_saved_over_is_shown_beside_ones_own(windows):
    """The page that says so, and the way back to one's own text."""
    look = windows["office"]
    address = "/essex/boards/cog/edit/"
    look.at(address)
    Programme.objects.get(slug="essex").boards.filter(slug="cog").update(version=7)
    look.page.fill("main textarea >> nth=0", "A remit that nobody else wrote.")
    with look.page.expect_navigation():
        look.page.click("main button.govuk-button[type=submit]:not([name])")
    look.quiet_and_fitting()
    look.accessible()
    with look.page.expect_navigation():
        look.page.click("text=Go on with my text")
    assert "A remit that nobody else wrote." in look.page.input_value("main textarea >> nth=0")
    look.accessible()
    assert look.found == []


def test_text_is_kept_while_it_is_typed(windows):
    look = windows["office"]
    look.at("/essex/boards/cog/edit/")
    look.page.fill("main textarea >> nth=0", "Half a sentence")
    look.page.wait_for_selector("text=Draft kept at")
    look.at("/essex/boards/cog/edit/")
    look.accessible()
    look.page.click("text=Go on with that text")
    look.page.wait_for_url("**/?draft=1")
    assert look.page.input_value("main textarea >> nth=0") == "Half a sentence"
    look.quiet_and_fitting()
    assert look.found == []


def test_a_form_with_mistakes_leads_to_each_of_them(nobody):
    nobody.at("/accounts/login/")
    nobody.page.click("main button[type=submit]")
    nobody.accessible()
    assert nobody.page.evaluate("document.activeElement.className") == "govuk-error-summary"
    nobody.page.click("text=Enter your password >> nth=0")
    assert nobody.page.evaluate("document.activeElement.id") == "id_password"
    nobody.quiet_and_fitting()
    assert nobody.found == []


# --- without script -------------------------------------------------------------------------------


def test_the_portal_works_without_script(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("#id_login", "office@example.org")
    page.fill("#id_password", settings.EXAMPLE_PASSWORD)
    page.click("main button[type=submit]")
    page.click("nav >> text=Papers")
    page.click("text=Collaboration: quarterly update")
    assert page.locator("h1").inner_text() == "Collaboration: quarterly update"
    page.goto(f"{site}/essex/boards/cog/edit/")
    page.fill("main textarea >> nth=0", "A remit without a script.")
    page.click("main form button.govuk-button[type=submit]:not([name]) >> nth=-1")
    assert "A remit without a script." in page.locator("main").inner_text()
    page.click("text=Sign out")
    assert page.url == f"{site}/accounts/login/"
    context.close()
