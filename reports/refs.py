"""Where a figure leads to: the addresses of other apps' pages, by their URL names.

A document's ``Ref`` names a kind of row and its key; a page of a lower app is reached by its URL
name, never imported. What has no page leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from programme.common.blocks import Ref
from programme.models import Programme


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its URL name, what its address is made from, what its list is filtered by, and
    the place on it."""

    name: str
    kwargs: Mapping[str, str]
    query: Mapping[str, str]
    place: str = ""


def _page(
    name: str, query: Mapping[str, str] | None = None, *, place: str = "", **kwargs: str
) -> Page:
    return Page(name, kwargs, query or {}, place)


def _funding(key: str) -> Page:
    year, source = key.split("/")
    return _page("finance:lines:list", {"source": source} if source else {}, year=year)


def _awards(key: str) -> Page:
    year, source = key.split("/")
    return _page("finance:grants:list", {"year": year, "source": source})


def _contribution(key: str) -> Page:
    year, source = key.split("/")
    return _page("finance:years:detail", year=year, place=f"contribution-{source}")


def _outturn(key: str) -> Page:
    year, category, source = key.split("/")
    chosen = {"category": category, "source": source}
    query = {name: value for name, value in chosen.items() if value}
    return _page("finance:actuals:list", query, year=year)


PAGES: dict[str, Callable[[str], Page]] = {
    "project": lambda key: _page("projects:detail", project=key),
    "project-costs": lambda key: _page("finance:project", project=key),
    "benefit": lambda key: _page("finance:benefits:detail", benefit=key),
    "grant": lambda key: _page("finance:grants:detail", grant=key),
    "awards": _awards,
    "contribution": _contribution,
    "funding": _funding,
    "outturn": _outturn,
}
"""The page behind each kind of reference that sections use."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one programme's pages."""

    programme: str

    @classmethod
    def within(cls, programme: Programme) -> Addresses:
        return cls(programme.slug)

    def page(self, name: str, query: Mapping[str, str] | None = None, **kwargs: str) -> str:
        """The address of a page, its list filtered by ``query``; empty where there is no such
        page."""
        try:
            url = reverse(name, kwargs={"programme": self.programme, **kwargs})
        except NoReverseMatch:
            return ""
        return f"{url}?{urlencode(query)}" if query else url

    def of(self, ref: Ref) -> str:
        """The address of what a reference names; empty where it leads nowhere."""
        if ref.kind not in PAGES:
            return ""
        page = PAGES[ref.kind](ref.key)
        url = self.page(page.name, page.query, **page.kwargs)
        return f"{url}#{page.place}" if url and page.place else url

    def resolve(self, ref: Ref) -> str | None:
        """As ``of``, for the renderers: None where a figure stays without a link."""
        return self.of(ref) or None
