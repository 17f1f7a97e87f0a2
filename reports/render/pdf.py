"""A document as PDF: archivable (PDF/A-3a), readable by everybody (PDF/UA-1), its data inside.

The same document gives the same bytes wherever and whenever it is rendered, so that the hash of an
issued paper means something: nothing is taken from the clock, from the machine's typefaces or from
anywhere outside ``static/``.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from programme.common.blocks import Chart, Row, Table
from programme.common.cells import Resolve, printed
from reports.document import (
    Block,
    Bullets,
    Document,
    Paragraph,
    RagBox,
    RagGrid,
    RatingKey,
    Section,
)
from reports.render import typefaces
from reports.render.finish import Finisher
from reports.render.html import STATIC, STYLES, render_html
from reports.render.jsonform import printed_json
from reports.render.margins import ends_in_a_few_lines, overruns
from reports.render.printable import printable

if TYPE_CHECKING:
    from weasyprint import CSS, Attachment
    from weasyprint import Document as Layout
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

SHEETS = ("paper.css", "paper-print.css")
VARIANT = "pdf/a-3a"

# Papers of more pages than this begin with a list of contents.
CONTENTS_OVER_PAGES = 6

# Messages of the renderer that mean a paper with something lost from it.
_FATAL = re.compile(
    r"notdef|cannot be loaded|Failed to load|Unable to|no required alt|Missing required"
)


class CannotPrint(Exception):
    """The paper cannot be printed as it should be; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file inside the PDF. ``relationship`` is PDF/A-3's: Data, Source, Supplement ..."""

    name: str
    content: bytes
    description: str
    relationship: str = "Data"


def render_pdf(
    document: Document,
    *,
    attachments: Iterable[AttachedFile] | None = None,
    resolve: Resolve | None = None,
) -> bytes:
    """The paper as PDF bytes.

    ``attachments`` are the files it carries; by default one, the document itself as JSON.
    ``resolve`` turns a figure's ``Ref`` into an address; only absolute ones become links.
    Raises ``CannotPrint`` when a typeface is missing, the renderer reports something lost, or
    something would be printed past its margin.
    """
    files = [document_file(document)] if attachments is None else list(attachments)
    styles = _styles()
    with _careful():
        layout = _lay_out(document, resolve, styles)
        if outside := overruns(layout):
            raise CannotPrint("; ".join(map(str, outside)) + ".")
        return layout.write_pdf(
            finisher=Finisher(_long_descriptions(document)),
            attachments=[_attachment(file, document) for file in files],
            pdf_variant=VARIANT,
        )


def document_file(document: Document, name: str = "paper.json") -> AttachedFile:
    """What the document prints as a JSON file to attach."""
    return AttachedFile(
        name,
        printed_json(document).encode(),
        "The content of this paper as data: every section, table, figure and rating",
    )


def print_html(
    document: Document, *, with_contents: bool, close: bool = False, resolve: Resolve | None = None
) -> str:
    """The HTML that becomes the PDF, holding only characters that the typeface has."""
    html = render_html(
        document, mode="print", resolve=resolve, with_contents=with_contents, close=close
    )
    return printable(html)


def layout_options() -> dict[str, Any]:
    """What WeasyPrint is told besides the HTML; a benchmark tells it the same."""
    styles = _styles()
    return {
        "font_config": styles.font_config,
        "counter_style": styles.counter_style,
        "stylesheets": list(styles.sheets),
        "pdf_variant": VARIANT,
    }


# --- layout -----------------------------------------------------------------------------------


def _lay_out(document: Document, resolve: Resolve | None, styles: _Styles) -> Layout:
    """Pages as they are set, or set a little closer where that spares a page of a few lines."""
    expected = estimated_pages(document)
    layout = _with_contents_if_long(document, resolve, styles, expected, close=False)
    if not ends_in_a_few_lines(layout):
        return layout
    closer = _with_contents_if_long(document, resolve, styles, len(layout.pages), close=True)
    return closer if len(closer.pages) < len(layout.pages) else layout


def _with_contents_if_long(
    document: Document, resolve: Resolve | None, styles: _Styles, expected: float, *, close: bool
) -> Layout:
    """Pages with a list of contents when there are more than six of them.

    Their number is only known afterwards, so it is guessed first, and a paper is laid out a second
    time where the guess was wrong.
    """

    def laid_out(*, with_contents: bool) -> Layout:
        html = print_html(document, with_contents=with_contents, close=close, resolve=resolve)
        return _once(html, styles)

    guess = expected > CONTENTS_OVER_PAGES
    layout = laid_out(with_contents=guess)
    if (len(layout.pages) > CONTENTS_OVER_PAGES) is guess:
        return layout
    return laid_out(with_contents=not guess)


def _once(html: str, styles: _Styles) -> Layout:
    from weasyprint import HTML

    source = HTML(string=html, url_fetcher=_fetcher())
    return source.render(
        font_config=styles.font_config,
        counter_style=styles.counter_style,
        stylesheets=list(styles.sheets),
        pdf_variant=VARIANT,
    )


# Sizes in lines of text, as the paper is set, for guessing a paper's length.
_LINES_A_PAGE = 48
_CHARACTERS_A_LINE = 92
_CHARACTERS_A_TABLE = 100


def estimated_pages(document: Document) -> float:
    """About how many pages a paper fills, contents left out."""
    pages = 0.0
    lines = 14.0  # the block above the paper
    for section in document.sections:
        if section.new_page:
            pages, lines = pages + lines / _LINES_A_PAGE + 0.5, 0.0
        lines += _section_lines(section)
    return pages + lines / _LINES_A_PAGE


def _section_lines(section: Section) -> float:
    own = 3 + sum(_block_lines(block) for block in section.blocks)
    return own + sum(_section_lines(child) for child in section.sections)


def _block_lines(block: Block) -> float:
    match block:
        case Paragraph():
            return 0.7 + _text_lines(str(block.text))
        case Bullets():
            return 0.5 + sum(
                _block_lines(item) if isinstance(item, Bullets) else 0.2 + _text_lines(str(item))
                for item in block.items
            )
        case Table():
            shares = _shares(block)
            rows = [row for group in block.groups for row in group.rows]
            headings = sum(1.8 for group in block.groups if group.heading)
            return 4 + headings + len(block.notes) + sum(_row_lines(row, shares) for row in rows)
        case RagGrid():
            return 4 + sum(1.5 + 2.3 * len(group.rows) for group in block.groups)
        case RagBox():
            most = max((len(cell.figures) for cell in block.cells), default=0)
            notes = sum(_text_lines(str(note)) for note in block.notes)
            return (5 + most if block.cells else 3.5) + notes
        case Chart():
            bars = sum(1 for series in block.series if series.role != "target")
            return 6 + len(block.categories) * (bars + 0.8) + _block_lines(block.table)
        case RatingKey():
            return 3 + 1.6 * len(block.levels)
        case _:
            return 2.5


def _shares(table: Table) -> list[float]:
    """Each column's share of the width, as far as it was given one."""
    whole = sum(column.weight or 1 for column in table.columns)
    return [(column.weight or 1) / whole for column in table.columns]


def _row_lines(row: Row, shares: list[float]) -> float:
    lines = (
        len(printed(cell)) / (_CHARACTERS_A_TABLE * share)
        for cell, share in zip(row.cells, shares, strict=True)
    )
    return 0.5 + ceil(max(lines, default=1) or 1)


def _text_lines(text: str) -> int:
    return 1 + len(text) // _CHARACTERS_A_LINE


# --- what the renderer is given ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Styles:
    sheets: tuple[CSS, ...]
    font_config: FontConfiguration
    counter_style: CounterStyle


_local = threading.local()  # a font map belongs to the thread that made it
# While modules are being taken down it could no longer clear its folder away.
atexit.register(lambda: _local.__dict__.clear())


def _styles() -> _Styles:
    """The parsed style sheets with the typeface, read once per thread and again when changed."""
    paths = [*(STYLES / name for name in SHEETS), *typefaces.files()]
    lacking = [path.name for path in paths if not path.exists()]
    if lacking:
        raise CannotPrint(f"Run bin/setup first; these files are not there: {', '.join(lacking)}.")
    state = tuple(path.stat().st_mtime_ns for path in paths)
    cached: tuple[tuple[int, ...], _Styles] | None = getattr(_local, "styles", None)
    if cached is None or cached[0] != state:
        cached = _local.styles = (state, _read_styles())
    return cached[1]


def _read_styles() -> _Styles:
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle

    font_config, counter_style = typefaces.own_configuration(), CounterStyle()
    texts = [*((STYLES / name).read_text(encoding="utf-8") for name in SHEETS)]
    with _careful():
        sheets = tuple(
            CSS(
                string=text,
                base_url=(STYLES / SHEETS[0]).as_uri(),
                url_fetcher=_fetcher(),
                font_config=font_config,
                counter_style=counter_style,
            )
            for text in (*texts, typefaces.style_sheet())
        )
    return _Styles(sheets, font_config, counter_style)


@cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFiles(URLFetcher):
        """Serves the portal's own static files and nothing else: no network, no other file."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            inside = path.is_relative_to(STATIC.resolve())
            if parts.scheme != "file" or parts.netloc or not inside or not path.is_file():
                raise ValueError("Papers are printed from the portal's own files only.")
            return URLFetcherResponse(url, path.read_bytes())

    return StaticFiles(allowed_protocols=("file",), allow_redirects=False)


def _attachment(file: AttachedFile, document: Document) -> Attachment:
    from weasyprint import Attachment

    day = datetime.combine(document.meta.as_at, time())
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        relationship=file.relationship,
        created=day,
        modified=day,
        url_fetcher=_fetcher(),
    )


def _long_descriptions(document: Document) -> dict[str, str]:
    """What each drawing shows, by its title."""

    def charts(section: Section) -> Iterator[Chart]:
        yield from (block for block in section.blocks if isinstance(block, Chart))
        for child in section.sections:
            yield from charts(child)

    return {
        chart.title: f"{chart.title}. {chart.description}"
        for section in document.sections
        for chart in charts(section)
    }


# --- what must not go wrong unseen ------------------------------------------------------------


class _Listener(logging.Handler):
    """Keeps the renderer's messages of its own thread that mean something was lost."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and _FATAL.search(record.getMessage()):
            self.messages.append(record.getMessage())


@contextmanager
def _careful() -> Iterator[None]:
    """Turn messages about missing glyphs, typefaces and files into ``CannotPrint``."""
    logger = logging.getLogger("weasyprint")
    listener = _Listener()
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if listener.messages:
        raise CannotPrint("; ".join(dict.fromkeys(listener.messages)))
