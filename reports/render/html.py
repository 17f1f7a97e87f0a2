"""A document as HTML: part of a page of the portal, a file of its own, or what becomes the PDF.

All three come from the same templates and the same style sheet.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from programme.common import cells, formats
from programme.common.blocks import Ref
from programme.common.words import say
from reports.document import Document, Meta
from reports.render.blocks import Views, contents, turn_headings
from reports.render.isolation import isolated

Mode = Literal["page", "file", "print"]

STATIC = Path(settings.BASE_DIR) / "static"
STYLES = STATIC / "css"
FONTS = STATIC / "build" / "fonts"

# On the page a paper of so many entries begins with its contents.
CONTENTS_FROM_ENTRIES = 5


def render_html(
    document: Document,
    *,
    mode: Mode = "page",
    resolve: cells.Resolve | None = None,
    with_contents: bool | None = None,
    close: bool = False,
) -> str:
    """The paper as HTML.

    - "page": the paper's body, to be put inside a page of the portal. It brings the page's only
      ``h1``, needs ``static/css/paper.css`` and holds no inline style or script.
    - "file": a whole document with its style and typeface inside, to be saved and sent.
    - "print": a whole document for ``reports.render.pdf``, which adds style and page rules.

    ``resolve`` says where a figure's ``Ref`` leads to, or ``None``. In a file and in print only
    absolute addresses become links. ``with_contents`` forces a list of contents or its absence;
    by default a page and a file have one when the paper has at least five headings, print none.
    ``close`` sets a printed paper a little closer.
    """
    views = Views(_resolver(resolve, mode), scrolling=mode != "print")
    sections = [views.section(section) for section in document.sections]
    turn_headings(sections)
    listed = contents(sections)
    if with_contents is None:
        count = sum(1 + len(entry["entries"]) for entry in listed["entries"])
        with_contents = mode != "print" and count >= CONTENTS_FROM_ENTRIES
    context: dict[str, Any] = {
        "meta": document.meta,
        "header": _header(document.meta),
        "foot": _foot(document.meta),
        "contents": listed if with_contents else None,
        "sections": sections,
        "mode": mode,
        "close": close,
        "numbered": any(not section["plain"] for section in sections),
        "styles": _inline_styles() if mode == "file" else "",
        "title": page_title(document.meta),
    }
    name = "body" if mode == "page" else "document"
    drawn = isolated(get_template(f"reports/paper/{name}.html").render(context))
    return mark_safe(drawn)  # noqa: S308 - the template escaped its texts before


def page_title(meta: Meta) -> str:
    """The title of the paper as a document: "Collaboration update – Scrutiny Board, 28 March"."""
    title = f"{meta.title} – {meta.board}, {formats.plain_date(meta.meeting_date)}"
    return f"{title} ({meta.edition.lower()})" if meta.edition else title


def file_name(document: Document, extension: str) -> str:
    """A file name that carries the marking: "OFFICIAL quarterly-scrutiny 2019-03-28.pdf", or
    "OFFICIAL NOT FOR PUBLICATION quarterly-scrutiny 2019-03-28.pdf"."""
    meta = document.meta
    day = meta.meeting_date.day or meta.as_at
    parts = (meta.marking, meta.edition.upper(), meta.template, day.isoformat())
    safe = "".join(c if c.isalnum() or c in " -_" else "-" for c in " ".join(filter(None, parts)))
    return f"{safe}.{extension}"


def _header(meta: Meta) -> list[tuple[str, str]]:
    """The rows of the block above the paper; a status is only printed while there is one."""
    rows = [
        (say("Board"), meta.board),
        ("Meeting", formats.plain_date(meta.meeting_date)),
        ("Purpose", meta.purpose),
        ("Author", meta.author_post),
        ("Period", meta.period),
        ("Figures as at", formats.day(meta.as_at)),
    ]
    return [*rows, ("Status", meta.status)] if meta.status else rows


def _foot(meta: Meta) -> str:
    """What stands at the foot of every sheet beside its number."""
    foot = f"{meta.board}, {formats.plain_date(meta.meeting_date)}"
    return " – ".join(filter(None, (foot, meta.status, meta.edition)))


def _resolver(resolve: cells.Resolve | None, mode: Mode) -> cells.Resolve:
    if resolve is None:
        return cells.no_links
    if mode == "page":
        return resolve

    def absolute(ref: Ref) -> str | None:
        url = resolve(ref)
        return url if url and url.startswith(("http://", "https://")) else None

    return absolute


@cache
def _inline_styles() -> SafeString:
    """The paper's style with its typeface inside, for a file that is read without the portal."""
    faces = "".join(
        f"@font-face{{font-family:'Source Sans 3';font-weight:{weight};font-style:{style};"
        f"src:url(data:font/woff2;base64,{b64encode(path.read_bytes()).decode()})"
        " format('woff2')}\n"
        for weight, style, path in (
            (400, "normal", FONTS / "source-sans-3-400.woff2"),
            (400, "italic", FONTS / "source-sans-3-400-italic.woff2"),
            (600, "normal", FONTS / "source-sans-3-600.woff2"),
        )
        if path.exists()
    )
    sheet = (STYLES / "paper.css").read_text(encoding="utf-8")
    return mark_safe(faces + sheet)  # noqa: S308 - the portal's own files, nothing that is stored
