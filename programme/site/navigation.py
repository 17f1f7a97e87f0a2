"""The frame of the pages: the programme's menu, the way to other programmes, the footer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from programme import access
from programme.common.words import say
from programme.models import Programme, RoleAssignment


class MenuEntry(NamedTuple):
    """A place in the menu: its words, the URL name it leads to, the permission that shows it."""

    label: str
    url_name: str
    permission: str

    @property
    def namespace(self) -> str:
        """What the names of all its pages begin with: "projects:"."""
        return self.url_name.rpartition(":")[0] + ":"


MENU = (
    MenuEntry("Home", "reports:home", "programme.view"),
    MenuEntry("Projects", "projects:list", "projects.view"),
    MenuEntry("Finance", "finance:home", "finance.view"),
    MenuEntry("Boards", "programme:boards:list", "boards.view"),
    MenuEntry("Papers", "reports:papers:list", "papers.view"),
    MenuEntry("About", "programme:about", "programme.view"),
)
# Pages that stand outside any programme: words and URL name.
FOOTER = (("Accessibility statement", "programme:accessibility"),)
# Where a user chooses among several programmes.
SWITCH = "reports:start"
SEARCH = "reports:search"
# The guide within a programme and outside of any: its first page, and one of its pages.
HELP = "reports:help"
PORTAL_HELP = "reports:portal_help"
# The page of the guide that is about a place, by the beginning of the place's URL name.
GUIDES_OF_PLACES = (
    ("projects:imports:", "bring-your-data"),
    ("reports:programme_file:", "bring-your-data"),
    ("reports:programmes:", "set-up"),
    ("programme:administrators:", "administrator"),
)
# Where a programme is set up, by what stands in the address.
SET_UP = "/set-up/"
# The page of the guide that is about a role.
GUIDES_OF_ROLES = {
    RoleAssignment.Role.OFFICE: "office",
    RoleAssignment.Role.LEAD: "lead",
    RoleAssignment.Role.FINANCE: "finance",
    RoleAssignment.Role.SECRETARY: "secretary",
    RoleAssignment.Role.MEMBER: "member",
    RoleAssignment.Role.AUDITOR: "auditor",
    RoleAssignment.Role.ADMINISTRATOR: "administrator",
}


@dataclass(frozen=True)
class Item:
    """A menu entry as one user sees it; ``current`` is the value of its aria-current, if any."""

    label: str
    url: str
    current: str = ""


def _url(name: str, **kwargs: str) -> str:
    """The address of a page, or nothing while the portal has no such page."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


class Shell:
    """What ``base.html`` shows around a page. Worked out only when a template asks for it."""

    version = settings.VERSION

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def programme(self) -> Programme | None:
        """The programme that the page belongs to, as :class:`ProgrammeMiddleware` found it."""
        return getattr(self._request, "programme", None)

    @cached_property
    def home_url(self) -> str:
        return _url(MENU[0].url_name, programme=self.programme.slug) if self.programme else "/"

    @cached_property
    def search_url(self) -> str:
        """Where the programme is searched; empty outside of one and for whoever may not read it."""
        if self.programme is None:
            return ""
        if not access.allows(self._request.user, MENU[0].permission, self.programme):
            return ""
        return _url(SEARCH, programme=self.programme.slug)

    @cached_property
    def help_url(self) -> str:
        """The guide's page for where the reader is: about the place, else about their role; its
        first page where neither says more."""
        guide = self._guide()
        name = f"{HELP if self.programme else PORTAL_HELP}:{'page' if guide else 'front'}"
        kwargs = {"guide": guide} if guide else {}
        if self.programme:
            kwargs["programme"] = self.programme.slug
        return _url(name, **kwargs)

    def _guide(self) -> str:
        match = self._request.resolver_match
        place = match.view_name if match else ""
        for beginning, guide in GUIDES_OF_PLACES:
            if place.startswith(beginning):
                return guide
        if place.startswith((HELP, PORTAL_HELP)) or self.programme is None:
            return ""
        if SET_UP in self._request.path:
            return "set-up"
        held = access.assignments(self._request.user, self.programme)
        return next((GUIDES_OF_ROLES[each.role] for each in held), "")

    @property
    def looked_for(self) -> str:
        """What the search is about, on its own page."""
        return self._request.GET.get("q", "") if self._request.path == self.search_url else ""

    @cached_property
    def items(self) -> list[Item]:
        """The menu, without what the user may not open."""
        if self.programme is None:
            return []
        found = []
        for entry in MENU:
            url = _url(entry.url_name, programme=self.programme.slug)
            if url and access.allows(self._request.user, entry.permission, self.programme):
                found.append(Item(say(entry.label), url, self._current(entry)))
        return found

    def _current(self, entry: MenuEntry) -> str:
        """Where the reader is: on the entry's own page, or on one of its part of the portal. A page
        belongs to the entry that it says (``in_menu``), else to the one whose namespace is the
        longest that its name begins with."""
        match = self._request.resolver_match
        if match is None:
            return ""
        if match.view_name == entry.url_name:
            return "page"
        page = getattr(match.func, "view_class", None)
        name = getattr(page, "in_menu", "") or match.view_name
        nearest = max(
            (each for each in MENU if name.startswith(each.namespace)),
            key=lambda each: len(each.namespace),
            default=None,
        )
        return "true" if nearest is entry and entry is not MENU[0] else ""

    @cached_property
    def switch_url(self) -> str:
        """Where to choose another programme; empty for whoever has just one."""
        several = getattr(self._request, "programmes", None)
        if several is None:  # a page outside any programme
            several = Programme.objects.visible_to(self._request.user)[:2]
        return _url(SWITCH) if len(several) > 1 else ""

    @cached_property
    def footer(self) -> list[Item]:
        pairs = ((label, _url(name)) for label, name in FOOTER)
        return [Item(label, url) for label, url in pairs if url]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell`` in every template rendered for a request."""
    return {"shell": Shell(request)}
