"""Filling in a page's form as a browser does: everything that the page shows is sent back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


def answers(response: HttpResponse) -> dict[str, Any]:
    """What the page's form would send if nothing were changed, by the names of its controls."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return {name: given if len(given) > 1 else given[0] for name, given in reader.given.items()}


def submit(client: Client, address: str, **changes: Any) -> HttpResponse:
    """Opens a form, changes some of its answers and sends it. None leaves a question out."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    sent = answers(page) | changes
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def day(name: str, year: int, month: int, day_of_month: int) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {
        f"{name}_day": str(day_of_month),
        f"{name}_month": str(month),
        f"{name}_year": str(year),
    }


def errors(response: HttpResponse) -> list[str]:
    """The sentences of the error summary, in their order."""
    html = response.content.decode()
    start = html.find("govuk-error-summary__list")
    if start < 0:
        return []
    reader = _Items()
    reader.feed(html[start : html.index("</ul>", start)])
    return [text.strip() for text in reader.found]


class _Reader(HTMLParser):
    """Collects the controls of the one form inside <main> that is sent with post."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, list[str]] = {}
        self._inside = False
        self._name = ""
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._inside = True
        if not self._inside or "disabled" in has:
            return
        if tag == "input" and has.get("name"):
            ticked = has.get("type") not in ("radio", "checkbox") or "checked" in has
            if ticked:
                self._add(has["name"], has.get("value", "on" if "checked" in has else ""))
        elif tag in ("select", "textarea"):
            self._name = has.get("name", "")
            self._text = [] if tag == "textarea" else None
        elif tag == "option" and "selected" in has:
            self._add(self._name, has.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            # The first line end after the tag is no part of the text.
            self._add(self._name, "".join(self._text).removeprefix("\n"))
            self._text = None
        elif tag == "main":
            self._inside = False

    def _add(self, name: str, value: str) -> None:
        self.given.setdefault(name, []).append(value)


class _Items(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "li":
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1] += data
