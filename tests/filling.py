"""Filling in a page's form as a browser does: everything that the page shows is sent back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook


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


def controls(response: HttpResponse) -> list[Control]:
    """The controls of the page's form, in their order."""
    reader = _Controls()
    reader.feed(response.content.decode())
    return reader.found


def completed(response: HttpResponse, text: str = "Words") -> dict[str, Any]:
    """The page's form as somebody might fill it in who leaves no question open that has to be
    answered: what is there stays, empty boxes get a text, a day or an amount, and of each group of
    choices the first is taken."""
    sent = answers(response)
    for control in controls(response):
        if sent.get(control.name):
            continue
        if control.name.endswith(("_day", "_month")):
            sent[control.name] = "1"
        elif control.name.endswith("_year"):
            sent[control.name] = "2019"
        elif control.kind == "decimal":
            sent[control.name] = "5"
        elif control.kind == "numeric":
            sent[control.name] = "1"
        elif control.kind == "letters":
            sent[control.name] = f"Z{len(sent)}"
        elif control.kind in ("text", "email", "textarea"):
            sent[control.name] = f"{text} {len(sent)}"
        elif control.kind == "file":
            sent[control.name] = SampleFile(control.options[0])
        elif control.options and control.kind in ("radio", "select"):
            sent[control.name] = next(filter(None, control.options), "")
        elif control.kind == "checkbox" and control.options[0] != "on":
            sent[control.name] = control.options[0]
    return sent


class SampleFile(SimpleUploadedFile):
    """A file of the kind that a control accepts, which can be sent more than once."""

    def __init__(self, accept: str) -> None:
        super().__init__(f"sample{accept.partition(',')[0]}", SAMPLES[accept]())

    def read(self, *given: Any) -> bytes:
        self.seek(0)
        return super().read(*given)


def _workbook() -> bytes:
    """A workbook that adds a workstream."""
    book = Workbook()
    book.active.title = "Projects"
    book.active.append(["Reference"])
    sheet = book.create_sheet("Workstreams")
    sheet.append(["Key", "Name"])
    sheet.append([None, "A workstream of a workbook"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _programme_file() -> bytes:
    """A programme file with a programme and nothing else."""
    return b"programme: {slug: sample, name: A sample, short_name: Sample}\n"


SAMPLES: dict[str, Callable[[], bytes]] = {".xlsx": _workbook, ".yaml,.yml": _programme_file}
"""How a file is made, by what its control accepts."""


@dataclass
class Control:
    """A control of a form: its name, its kind, and what may be chosen."""

    name: str
    kind: str
    options: list[str]


_SHORT = re.compile(r"govuk-input--width-[2-5]\b")
"""The class of a box for a few letters."""


class _Controls(HTMLParser):
    """Collects the controls inside <main> that a reader fills in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Control] = []
        self._named: dict[str, Control] = {}
        self._inside = False
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self._inside = self._inside or tag == "main"
        if not self._inside or "disabled" in has or has.get("type") == "hidden":
            return
        if tag in ("input", "select", "textarea") and has.get("name"):
            kind = tag if tag != "input" else has.get("type", "text")
            if has.get("inputmode") in ("decimal", "numeric"):
                kind = has["inputmode"]
            if kind == "text" and _SHORT.search(has.get("class", "")):
                kind = "letters"
            self._name = has["name"]
            if self._name not in self._named:
                self._named[self._name] = Control(self._name, kind, [])
                self.found.append(self._named[self._name])
            if kind == "file":
                self._named[self._name].options.append(has.get("accept", ""))
            if kind in ("radio", "checkbox"):
                self._named[self._name].options.append(has.get("value", "on"))
        elif tag == "option" and self._name:
            self._named[self._name].options.append(has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._inside = False
