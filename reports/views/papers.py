"""A programme's papers: their list, a paper to read, a paper to keep."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from programme import access
from programme.access import ANYTHING, Anything
from programme.pages import DetailPage, EditPage, ListPage, ProgrammePage
from programme.pages.base import Link
from reports import paper_files
from reports.actions import save_paper
from reports.filters import PaperFilterSet
from reports.forms import NewPaperForm, PaperForm
from reports.models import Paper, PaperTemplate, RenderedFile
from reports.papers import paper_document, render_paper
from reports.refs import Addresses
from reports.render.html import page_title, render_html
from reports.selectors import withholds
from reports.tables import PaperTable

HOME = ("Home", "reports:home")
PAPERS = ("Papers", "reports:papers:list")
State = RenderedFile.State

LOOK_AGAIN = 3
"""Seconds after which the page that waits for a file looks again."""
RESTRICTED = "restricted"
"""In an address: the paper with what it withholds from the public."""


class PaperList(ListPage):
    permission = "papers.view"
    title = "Papers"
    above = (HOME,)
    table_class = PaperTable
    filterset_class = PaperFilterSet
    things = ("paper", "papers")
    empty_text = (
        "There is no paper yet. The programme office opens one for a board and a reporting period."
    )

    def get_queryset(self) -> QuerySet[Paper]:
        return Paper.objects.of(self.programme).select_related(
            "template", "board", "period", "meeting"
        )

    def get_buttons(self) -> list[Link]:
        if self.allows("papers.edit", ANYTHING):
            return [("Add a paper", self.beside("add"))]
        return []


class OfPaper(ProgrammePage):
    """Mixin of the pages about one paper: its template and its period stand in the address."""

    above = (HOME, PAPERS)

    @cached_property
    def paper(self) -> Paper:
        """The paper that the address names."""
        return get_object_or_404(
            Paper.objects.of(self.programme).select_related(
                "template__programme", "template__board", "board", "period"
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

    def get_breadcrumbs(self) -> list[Link]:
        links = [*super().get_breadcrumbs(), (str(self.paper), self.paper_url("detail"))]
        return [link for link in links if link[1] != self.request.path]

    def paper_url(self, name: str, *, with_restricted: bool = False, **more: str) -> str:
        paper = {part: self.kwargs[part] for part in ("template", "period")}
        query = {RESTRICTED: "yes"} if with_restricted else None
        return self.url(f"reports:papers:{name}", query=query, **paper, **more)


class PaperDetail(OfPaper, DetailPage):
    """A paper to read, made from what is stored now."""

    permission = "papers.view"
    row = "paper"
    template_name = "reports/paper_page.html"

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
            edit_url=self.paper_url("edit") if self._is_open() else "",
            **kwargs,
        )

    def _is_open(self) -> bool:
        """Whether the reader may change it as it stands."""
        still = self.paper.state in (Paper.State.DRAFT, Paper.State.IN_REVIEW)
        return still and self.allows("papers.edit", self.paper)

    def _restricted_url(self) -> str:
        """Where the paper stands with what it withholds, or again without it; nothing where
        nothing is withheld or the reader may not see it."""
        if not self.allows("papers.restricted") or not withholds(self.paper):
            return ""
        return self.paper_url("detail", with_restricted=not self.with_restricted)


class PaperAdd(EditPage):
    permission = "papers.edit"
    row = "paper"
    title = "Add a paper"
    above = (HOME, PAPERS)
    form_class = NewPaperForm
    action = save_paper

    def get_permission_object(self) -> Anything:
        return ANYTHING

    def owner_of(self, form: NewPaperForm) -> PaperTemplate:
        template: PaperTemplate = form.cleaned_data["template"]
        return template

    def get_form(self, form_class: Any = None) -> Any:
        """Offers the templates of the boards that the reader may prepare papers for."""
        form = super().get_form(form_class)
        if not self.allows("papers.edit"):
            own = access.own_boards(self.request.user, "papers.edit", self.programme)
            templates = form.fields["template"]
            templates.queryset = templates.queryset.filter(board__in=own)
        return form

    def get_new_row(self, form: Any) -> Paper:
        return Paper(template=form.cleaned_data["template"], period=form.cleaned_data["period"])

    def perform(self, form: Any) -> Paper:
        values = {"meeting": form.cleaned_data["meeting"]}
        return self.action(paper=self.get_new_row(form), values=values, by=self.request.user)

    def get_success_url(self, obj: Paper) -> str:
        return self.url("reports:papers:detail", template=obj.template.slug, period=obj.period.slug)


class PaperEdit(OfPaper, EditPage):
    permission = "papers.edit"
    row = "paper"
    form_class = PaperForm
    action = save_paper

    def get_permission_object(self) -> Paper:
        return self.paper

    def get_title(self) -> str:
        return f"Edit {self.paper}"

    def get_success_url(self, obj: Paper) -> str:
        return self.paper_url("detail")


class PaperAsData(OfPaper, View):
    """What a paper prints, as data."""

    permission = "papers.view"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        file = render_paper(
            self.paper.template,
            self.paper.period,
            "json",
            with_restricted=self.with_restricted,
        )
        return attachment(file.name, file.media_type, file.content)


class PaperPdf(OfPaper, View):
    """A paper to keep: at once where it is made already, or else by way of ``PaperMaking``."""

    permission = "papers.view"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        document = paper_document(
            self.paper.template, self.paper.period, with_restricted=self.with_restricted
        )
        try:
            file = paper_files.requested(
                self.paper, document, with_restricted=self.with_restricted, by=request.user
            )
        except paper_files.TooMany as refusal:
            messages.error(request, str(refusal))
            return redirect(self.paper_url("detail", with_restricted=self.with_restricted))
        file = paper_files.advance(file)
        if file.state == State.DONE:
            return attachment(file.name, "application/pdf", paper_files.content_of(file))
        return redirect(self.paper_url("making", file=file.key))


class PaperMaking(OfPaper, TemplateView):
    """A page to wait on, which looks again by itself and then brings the file."""

    permission = "papers.view"
    template_name = "reports/paper_making.html"
    title = "Your PDF is being made"

    @cached_property
    def file(self) -> RenderedFile:
        files = RenderedFile.objects.filter(paper=self.paper).defer("content", "document")
        file = get_object_or_404(files, key=self.kwargs["file"])
        if file.with_restricted:
            access.require(self.request.user, "papers.restricted", self.programme)
        return paper_files.advance(file)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.file.state == State.FAILED:
            messages.error(request, f"The file could not be made. {self.file.problem}")
            paper_files.forget(self.file)
            return redirect(self.paper_url("detail", with_restricted=self.file.with_restricted))
        response = super().get(request, *args, **kwargs)
        # Not a script, nor an element that some readers of pages stumble over.
        ready = self.file.state == State.DONE
        response["Refresh"] = f"0; url={self.pdf_url}" if ready else str(LOOK_AGAIN)
        return response

    @property
    def pdf_url(self) -> str:
        return self.paper_url("pdf", with_restricted=self.file.with_restricted)

    def get_title(self) -> str:
        return "Your PDF is ready" if self.file.state == State.DONE else self.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            ready=self.file.state == State.DONE,
            being_made=self.file.state == State.RENDERING,
            before=paper_files.before(self.file),
            seconds=LOOK_AGAIN,
            pdf_url=self.pdf_url,
            **kwargs,
        )


def attachment(name: str, media_type: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
