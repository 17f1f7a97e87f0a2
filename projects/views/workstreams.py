"""Workstreams with their projects."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from programme.common.words import say
from programme.pages import (
    EditPage,
    InAddress,
    ListPage,
    PartRestore,
    PartWithdraw,
    ProgrammePage,
)
from programme.pages.base import Link
from programme.pages.set_up import way_out
from projects.actions import save_workstream
from projects.forms import WorkstreamForm
from projects.models import Project, Workstream
from projects.selectors.dimension_scope import dimension_scope
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
            return [(say("Add a workstream"), self.url("projects:workstreams:add"))]
        return []


ADD_PROJECT = "Add a project"


class OfWorkstream(ProgrammePage):
    """Mixin of the pages about one workstream."""

    above = (HOME, PROJECTS)
    workstream = InAddress(
        lambda page: Workstream.objects.of(page.programme).select_related("programme", "parent"),
        detail="projects:workstreams:detail",
        among=WORKSTREAMS,
    )


class WorkstreamDetail(OfWorkstream, ListPage):
    """A workstream: what it is, and its projects with those of the workstreams below it."""

    template_name = "projects/workstream_detail.html"
    permission = "projects.view"
    row = "workstream"
    table_class = WorkstreamProjectTable
    things = ("project", "projects")
    empty_text = "No project belongs to this workstream yet. The programme office adds them."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.dimensions = rated_dimensions(request.programme)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def own(self) -> set[int]:
        """The workstream and all below it."""
        return below(self.workstream, Workstream.objects.of(self.programme))

    def get_queryset(self) -> QuerySet[Project]:
        return listed_projects(self.programme).filter(workstream__in=self.own)

    def table_options(self) -> dict[str, Any]:
        scope = dimension_scope(self.programme)
        asked = tuple(
            each for each in self.dimensions if any(scope.rates(each.pk, one) for one in self.own)
        )
        return {"dimensions": asked, "download": "format" in self.request.GET}

    def get_title(self) -> str:
        return self.workstream.name

    def get_buttons(self) -> list[Link]:
        links = []
        if self.allows("workstreams.edit"):
            links += [("Edit", self.beside("edit")), way_out(self, self.workstream)]
        if self.allows("projects.edit"):
            address = self.url("projects:add", query={"workstream": self.workstream.slug})
            links.append((say(ADD_PROJECT), address))
        return links

    def get_way_on(self) -> Link | None:
        return next((each for each in self.get_buttons() if each[0] == say(ADD_PROJECT)), None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(children=self.workstream.children.all(), **kwargs)


class _WorkstreamForm(EditPage):
    """What adding and editing a workstream share."""

    permission = "workstreams.edit"
    row = "workstream"
    form_class = WorkstreamForm
    action = save_workstream
    detail = "projects:workstreams:detail"


class WorkstreamAdd(_WorkstreamForm):
    title = "Add a workstream"
    above = (HOME, PROJECTS, WORKSTREAMS)


class WorkstreamEdit(OfWorkstream, _WorkstreamForm):
    pass


class WorkstreamWithdraw(OfWorkstream, PartWithdraw):
    permission = "workstreams.edit"
    row = "workstream"


class WorkstreamRestore(OfWorkstream, PartRestore):
    permission = "workstreams.edit"
    row = "workstream"
