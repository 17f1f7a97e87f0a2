"""A programme's papers: their list, a paper to read, a paper to keep."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from programme import access
from programme.pages import ListPage, ProgrammePage
from reports.filters import PaperFilters
from reports.models import Paper
from reports.papers import paper_document, render_paper
from reports.refs import Addresses
from reports.render.html import page_title, render_html
from reports.render.pdf import CannotPrint
from reports.selectors import withholds
from reports.tables import PaperTable

logger = logging.getLogger(__name__)

RESTRICTED = "restricted"
"""In an address: the paper with what it withholds from the public."""


class PaperList(ListPage):
    permission = "papers.view"
    title = "Papers"
    above = (("Home", "reports:home"),)
    table_class = PaperTable
    filterset_class = PaperFilters
    things = ("paper", "papers")
    empty_text = (
        "There is no paper yet. The programme office opens one for a board and a reporting period."
    )

    def get_queryset(self) -> QuerySet[Paper]:
        return Paper.objects.of(self.programme).select_related(
            "template__board", "period", "meeting"
        )


class _OnePaper(ProgrammePage):
    permission = "papers.view"

    @cached_property
    def paper(self) -> Paper:
        """The paper that the address names."""
        return get_object_or_404(
            Paper.objects.of(self.programme).select_related(
                "template__programme", "template__board", "period"
            ),
            template__slug=self.kwargs["template"],
            period__slug=self.kwargs["period"],
        )

    @cached_property
    def with_restricted(self) -> bool:
        """Whether what the paper withholds is asked for, which takes a right of its own."""
        asked = RESTRICTED in self.request.GET
        if asked:
            access.require(self.request.user, "papers.restricted", self.programme)
        return asked

    def paper_url(self, name: str, *, with_restricted: bool = False) -> str:
        url = self.url(
            f"reports:papers:{name}",
            template=self.kwargs["template"],
            period=self.kwargs["period"],
        )
        return f"{url}?{RESTRICTED}=yes" if with_restricted else url


class PaperPage(_OnePaper, TemplateView):
    """A paper to read, made from what is stored now."""

    template_name = "reports/paper_page.html"
    above = (("Home", "reports:home"), ("Papers", "reports:papers:list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = paper_document(
            self.paper.template, self.paper.period, with_restricted=self.with_restricted
        )
        asked = self.with_restricted
        return super().get_context_data(
            title=page_title(document.meta),
            paper=render_html(
                document, mode="page", resolve=Addresses.within(self.programme).resolve
            ),
            pdf_url=self.paper_url("pdf", with_restricted=asked),
            data_url=self.paper_url("data", with_restricted=asked),
            restricted_url=self._restricted_url(),
            restricted_shown=asked,
            **kwargs,
        )

    def _restricted_url(self) -> str:
        """Where the paper stands with what it withholds, or again without it; nothing where
        nothing is withheld or the reader may not see it."""
        if not self.allows("papers.restricted") or not withholds(self.paper):
            return ""
        return self.paper_url("read", with_restricted=not self.with_restricted)


class PaperFile(_OnePaper, View):
    """A paper to keep, with its marking in the file's name. ``form`` is one of papers.FORMATS."""

    form = "pdf"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            file = render_paper(
                self.paper.template,
                self.paper.period,
                self.form,
                with_restricted=self.with_restricted,
            )
        except CannotPrint as problem:
            logger.error("%s: %s", request.path, problem)
            messages.error(request, f"The file could not be made. {problem}")
            return redirect(self.paper_url("read"))
        return HttpResponse(
            file.content,
            content_type=file.media_type,
            headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
        )
