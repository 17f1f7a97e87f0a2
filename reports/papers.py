"""A paper in any of its outputs, from the database to bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from programme.models import ReportingPeriod
from reports.build import build_document
from reports.document import Document
from reports.models import PaperTemplate
from reports.paper_data import PaperData
from reports.render.html import file_name, render_html
from reports.render.jsonform import encode
from reports.render.pdf import AttachedFile, render_pdf
from reports.selectors import load_paper_data


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A paper as a file: its name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


def paper_json(data: PaperData, document: Document) -> str:
    """A paper's data and its document as JSON: what a PDF carries and an issue freezes."""
    return json.dumps(
        {"data": encode(data), "document": encode(document)},
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    )


def render_paper(template: PaperTemplate, period: ReportingPeriod, form: str) -> RenderedPaper:
    """A paper as it stands now in one of ``FORMATS``. ``KeyError`` for another format."""
    media_type, render = FORMATS[form]
    data = load_paper_data(template, period)
    document = build_document(data)
    return RenderedPaper(file_name(document, form), media_type, render(data, document))


def _html(data: PaperData, document: Document) -> bytes:
    return render_html(document, mode="file").encode()


def _json(data: PaperData, document: Document) -> bytes:
    return paper_json(data, document).encode()


def _pdf(data: PaperData, document: Document) -> bytes:
    attached = AttachedFile(
        name=file_name(document, "json"),
        content=paper_json(data, document).encode(),
        description="The data and the document of this paper",
    )
    return render_pdf(document, attachments=[attached])


FORMATS: dict[str, tuple[str, Callable[[PaperData, Document], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "html": ("text/html; charset=utf-8", _html),
    "json": ("application/json", _json),
}
"""Each output's media type and how it is made."""
