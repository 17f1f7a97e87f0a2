"""Workstreams with their projects."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from programme.pages import EditPage, ListPage, ProgrammePage
from programme.pages.base import Link
from projects.actions import save_workstream
from projects.forms import WorkstreamForm
from projects.models import Project, Workstream
from projects.selectors.listing import listed_projects, rated_dimensions
from projects.selectors.workstreams import below, listed_workstreams
from projects.tables import WorkstreamProjectTable, WorkstreamTable
from projects.views.base import HOME, PROJECTS, RegisterPage

WORKSTREAMS = ("Workstreams", "projects:workstreams:list")


class WorkstreamList(RegisterPage, ListPage):
    permission = "projects.view"
    title = "Workstreams"
    above = (HOME, PROJECTS)
    table_class = WorkstreamTable
    things = ("workstream", "workstreams")
    empty_text = (
        "There is no workstream yet. The programme office adds the groups in which papers show "
        "the programme’s projects."
    )

    def get_queryset(self) -> QuerySet[Workstream]:
        return listed_workstreams(self.programme)

    def get_buttons(self) -> list[Link]:
        if self.allows("workstreams.edit"):
            return [("Add a workstream", self.url("projects:workstreams:add"))]
        return []


class _OneWorkstream(ProgrammePage):
    @cached_property
    def workstream(self) -> Workstream:
        """The workstream that the address names."""
        return get_object_or_404(
            Workstream.objects.of(self.programme).select_related("programme", "parent"),
            slug=self.kwargs["slug"],
        )

    def workstream_url(self, name: str) -> str:
        return self.url(name, slug=self.workstream.slug)


class WorkstreamDetail(_OneWorkstream, ListPage):
    """A workstream: what it is, and its projects with those of the workstreams below it."""

    template_name = "projects/workstream_detail.html"
    permission = "projects.view"
    above = (HOME, PROJECTS, WORKSTREAMS)
    table_class = WorkstreamProjectTable
    things = ("project", "projects")
    empty_text = "No project belongs to this workstream yet. The programme office adds them."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.dimensions = rated_dimensions(request.programme)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Project]:
        own = below(self.workstream, Workstream.objects.of(self.programme))
        return listed_projects(self.programme).filter(workstream__in=own)

    def table_options(self) -> dict[str, Any]:
        return {"dimensions": self.dimensions, "download": "format" in self.request.GET}

    def get_title(self) -> str:
        return self.workstream.name

    def get_buttons(self) -> list[Link]:
        links = []
        if self.allows("workstreams.edit"):
            links.append(("Edit workstream", self.workstream_url("projects:workstreams:edit")))
        if self.allows("projects.edit"):
            address = f"{self.url('projects:add')}?workstream={self.workstream.slug}"
            links.append(("Add a project", address))
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            workstream=self.workstream, children=self.workstream.children.all(), **kwargs
        )


class WorkstreamAdd(EditPage):
    permission = "workstreams.edit"
    title = "Add a workstream"
    above = (HOME, PROJECTS, WORKSTREAMS)
    form_class = WorkstreamForm
    action = save_workstream
    row = "workstream"
    button = "Add workstream"
    success_text = "The workstream {obj} is added."

    def get_new_row(self, form: Any) -> Workstream:
        return Workstream(programme=self.programme)

    def get_success_url(self, obj: Workstream) -> str:
        return self.url("projects:workstreams:detail", slug=obj.slug)


class WorkstreamEdit(_OneWorkstream, EditPage):
    permission = "workstreams.edit"
    title = "Edit workstream"
    form_class = WorkstreamForm
    action = save_workstream
    row = "workstream"
    success_text = "The workstream {obj} is saved."

    def get_object(self) -> Workstream:
        return self.workstream

    def get_permission_object(self) -> None:
        # Nobody has a workstream of their own: the right reaches all of them or none.
        return None

    def get_breadcrumbs(self) -> list[Link]:
        links = [(words, self.url(name)) for words, name in (HOME, PROJECTS, WORKSTREAMS)]
        here = self.workstream_url("projects:workstreams:detail")
        return [*links, (self.workstream.name, here)]

    def get_success_url(self, obj: Workstream) -> str:
        return self.url("projects:workstreams:detail", slug=obj.slug)
