"""A paper in any of its outputs, from the database to bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from programme.common import words
from programme.models import ReportingPeriod
from reports.build import build_document
from reports.document import Document
from reports.models import PaperTemplate
from reports.render.html import file_name, render_html
from reports.render.jsonform import printed_json
from reports.render.pdf import document_file, render_pdf
from reports.selectors import load_paper_data


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A paper as a file: its name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


def paper_document(
    template: PaperTemplate, period: ReportingPeriod, *, with_restricted: bool = False
) -> Document:
    """A paper as it stands now, as a document."""
    with words.speaking(template.programme.spoken):
        data = load_paper_data(template, period, with_restricted=with_restricted)
        return build_document(data)


def render_paper(
    template: PaperTemplate, period: ReportingPeriod, form: str, *, with_restricted: bool = False
) -> RenderedPaper:
    """A paper as it stands now in one of ``FORMATS``. ``KeyError`` for another format."""
    media_type, render = FORMATS[form]
    document = paper_document(template, period, with_restricted=with_restricted)
    with words.speaking(template.programme.spoken):
        content = render(document)
    return RenderedPaper(file_name(document, form), media_type, content)


def _html(document: Document) -> bytes:
    return render_html(document, mode="file").encode()


def _json(document: Document) -> bytes:
    return printed_json(document).encode()


def _pdf(document: Document) -> bytes:
    return render_pdf(document, attachments=[document_file(document, file_name(document, "json"))])


FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "html": ("text/html; charset=utf-8", _html),
    "json": ("application/json", _json),
}
"""Each output's media type and how it is made."""
