"""What several pages of the ground floor share."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch

from programme import access
from programme.common.export import FORMATS
from programme.pages import ProgrammePage
from programme.pages.base import Link
from programme.site.navigation import Item

HOME = ("Home", "reports:home")
# Pages about the programme itself: words, URL name, the permission that shows them.
SECTION = (
    ("About", "programme:about", "programme.view"),
    ("Set-up", "reports:set_up", "programme.edit"),
    ("Organisations", "programme:organisations:list", "programme.view"),
    ("People", "programme:people:list", "people.manage"),
    ("Record", "programme:record:list", "audit.view"),
)


class FullDownload:
    """Mixin of a list whose page folds into one column what a download gives a column each."""

    only_on_page: tuple[str, ...] = ()
    only_in_downloads: tuple[str, ...] = ()

    def table_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().table_options()
        is_download = self.request.GET.get("format") in FORMATS
        left_out = self.only_on_page if is_download else self.only_in_downloads
        return options | {"exclude": left_out}


class SectionPage(ProgrammePage):
    """One of the pages about the programme itself, with the way to the others above it.
    ``section`` is the URL name of the page that is open."""

    section: str
    above = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = [
            Item(words, self.url(name), "page" if name == self.section else "")
            for words, name, permission in SECTION
            if access.allows(self.request.user, permission, self.programme)
        ]
        return super().get_context_data(section_items=items, **kwargs)


def link_up(page: ProgrammePage, words: str, name: str, **query: str) -> list[Link]:
    """A link to a page of an app above this one, with what its list is filtered by; no link while
    the portal has no such page."""
    try:
        return [(words, page.url(name, query=query))]
    except NoReverseMatch:
        return []
