"""The guide of ``docs/guide`` as pages of the portal: Markdown read once and made into HTML, its
links kept within the guide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import mistune
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

GUIDE = Path(settings.BASE_DIR, "docs/guide")
FRONT = "README"
"""The page that leads to the others; addresses leave its name out."""

Address = Callable[[str], str]
"""The address of a page of the guide by its name, empty for the first one."""


@dataclass(frozen=True, slots=True)
class GuidePage:
    title: str
    html: SafeString


@cache
def guide_pages() -> tuple[str, ...]:
    """The names of the guide's pages besides the first one."""
    return tuple(sorted(path.stem for path in GUIDE.glob("*.md") if path.stem != FRONT))


def guide_title(name: str) -> str:
    """What a page of the guide is called, the first one for no name."""
    return _parts(name or FRONT)[0]


def guide_page(name: str, address: Address) -> GuidePage:
    """A page of the guide by its name, empty for the first one, with the addresses of the pages
    that it names."""
    title, body = _parts(name or FRONT)
    render = mistune.create_markdown(
        escape=True, renderer=_Portal(address), plugins=["table", _tables]
    )
    return GuidePage(title, mark_safe(render(body)))  # noqa: S308 - our own text, escaped


@cache
def _parts(name: str) -> tuple[str, str]:
    """The title of a page and what stands below it."""
    first, _, rest = (GUIDE / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").strip(), rest


class _Portal(mistune.HTMLRenderer):
    """HTML in the portal's style; what leads out of the guide is text."""

    def __init__(self, address: Address) -> None:
        super().__init__(escape=True)
        self.address = address

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        plain = re.sub(r"<[^>]+>", "", text)
        size = "m" if level == 2 else "s"
        return f'<h{level} class="govuk-heading-{size}" id="{slugify(plain)}">{text}</h{level}>\n'

    def paragraph(self, text: str) -> str:
        return f'<p class="govuk-body app-text">{text}</p>\n'

    def list(self, text: str, ordered: bool, **attrs: Any) -> str:
        tag, kind = ("ol", "number") if ordered else ("ul", "bullet")
        return f'<{tag} class="govuk-list govuk-list--{kind} app-text">\n{text}</{tag}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        name, _, place = url.partition("#")
        name = name.removesuffix(".md")
        if name not in ("", FRONT, *guide_pages()):
            return text
        leads_to = self.address("" if name == FRONT else name) if name else ""
        return format_html(
            '<a class="govuk-link govuk-link--no-visited-state" href="{}">{}</a>',
            f"{leads_to}#{place}" if place else leads_to,
            mark_safe(text),  # noqa: S308 - rendered, and so escaped
        )


def _tables(markdown: mistune.Markdown) -> None:
    """Tables in the portal's style."""
    cells = {True: "header", False: "cell"}

    def cell(_: Any, text: str, align: str | None = None, head: bool = False) -> str:
        tag, scope = ("th", ' scope="col"') if head else ("td", "")
        return f'<{tag}{scope} class="govuk-table__{cells[head]}">{text}</{tag}>\n'

    def row(_: Any, text: str) -> str:
        return f'<tr class="govuk-table__row">\n{text}</tr>\n'

    def table(_: Any, text: str) -> str:
        return f'<table class="govuk-table">\n{text}</table>\n'

    renderer = markdown.renderer
    assert renderer is not None
    renderer.register("table", table)
    renderer.register("table_row", row)
    renderer.register("table_cell", cell)
