"""The list of projects, and a project's own pages."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch

from programme.common.states import possible
from programme.common.words import say
from programme.pages import ANYTHING, DetailPage, ListPage
from programme.pages.base import Link
from programme.reference_day import ReferenceDay, reference_day
from programme.selectors import extremes
from projects.filters import ProjectFilterSet
from projects.models import Action, Project, StatusUpdate
from projects.selectors.listing import listed_projects, rated_dimensions
from projects.selectors.project_page import milestone_rows, project_standing
from projects.selectors.registers import (
    action_standing,
    present_score,
    risk_cells,
    risk_movement,
    scored_risks,
)
from projects.selectors.update_page import to_write
from projects.states import PROJECT, project_state
from projects.tables import ProjectTable
from projects.views.base import HOME, OfProject, RegisterPage


class ProjectList(RegisterPage, ListPage):
    permission = "projects.view"
    title = "Projects"
    above = (HOME,)
    table_class = ProjectTable
    filterset_class = ProjectFilterSet
    things = ("project", "projects")
    empty_text = (
        "There is no project yet. The programme office sets up a workstream and adds its projects."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.dimensions = request.rated_dimensions = rated_dimensions(request.programme)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Project]:
        return listed_projects(self.programme)

    def table_options(self) -> dict[str, Any]:
        return {"dimensions": self.dimensions, "download": "format" in self.request.GET}

    def get_buttons(self) -> list[Link]:
        links: list[Link] = []
        if self.allows("projects.edit"):
            links.append((say("Add a project"), self.url("projects:add")))
            workbook = self.url("projects:imports:upload")
            links.append((say("Add projects from a workbook"), workbook))
        if self.allows("progress.view"):
            links.append((say("How updates come in"), self.url("projects:periods:newest")))
        return links


class ProjectPage(OfProject, DetailPage):
    """One of the pages of a project that its sub-navigation leads to; ``here`` is its URL name."""

    permission = "projects.view"
    row = "project"
    here = ""

    def get_title(self) -> str:
        return self.project.name

    def get_breadcrumbs(self) -> list[Link]:
        """Without the project itself, whose pages lead to one another."""
        own = self.url("projects:detail", **self.parts)
        return [link for link in super().get_breadcrumbs() if link[1] != own]

    @cached_property
    def updates(self) -> list[StatusUpdate]:
        """The project's updates, drafts too, the newest period first."""
        return list(self.project.updates.select_related("period").order_by("-period__as_at"))

    @property
    def last(self) -> StatusUpdate | None:
        """What the project says of itself: its last update that was accepted."""
        return next((each for each in self.updates if each.is_accepted), None)

    @property
    def pending(self) -> StatusUpdate | None:
        """The newest update while nobody has accepted it, for those who write it or review it."""
        newest = next(iter(self.updates), None)
        if newest is None or newest.is_accepted or not self.allows("updates.draft", self.project):
            return None
        return newest

    def update_links(self) -> list[Link]:
        """Where the reader still has an update to write."""
        if self.project.withdrawn_on or not self.allows("updates.edit", self.project):
            return []
        return [
            (
                f"{'Write' if update is None else 'Go on with'} {say('the update')}: {period}",
                self.url("projects:updates:edit", period=period.slug, **self.parts),
            )
            for period, update in to_write(self.project, self.updates)
        ]

    def get_buttons(self) -> list[Link]:
        if not self.allows("projects.edit", self.project):
            return []
        can = possible(PROJECT, project_state(self.project.withdrawn_on))
        offered = [
            ("changed", "Edit", "projects:edit"),
            ("changed", "Move to another stage", "projects:stage"),
            ("withdrawn", "Withdraw", "projects:withdraw"),
            ("reopened", "Reopen", "projects:reopen"),
        ]
        return [
            (words, self.url(name, **self.parts)) for done, words, name in offered if done in can
        ]

    @cached_property
    def reference_day(self) -> ReferenceDay:
        return reference_day(self.programme)

    def tabs(self) -> list[dict[str, Any]]:
        """The pages of the project; money and benefits are the next floor's, if it has a page."""
        pages = [
            ("Overview", "projects:detail"),
            (say("Updates"), "projects:updates:of_project"),
            (say("Milestones"), "projects:milestones:of_project"),
            (say("Risks, decisions, actions"), "projects:registers"),
            (say("Money and benefits"), "finance:project"),
            ("History", "projects:history"),
        ]
        found = []
        for words, name in pages:
            try:
                url = self.url(name, project=self.project.ref)
            except NoReverseMatch:
                continue
            if name.startswith("finance") and not self.allows("finance.view"):
                continue
            found.append({"words": words, "url": url, "here": name == self.here})
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=self.tabs(), **kwargs)


class ProjectDetail(ProjectPage):
    """A project at a glance: facts, how it stands, ratings over the periods, what comes next."""

    template_name = "projects/project_detail.html"
    here = "projects:detail"

    def get_buttons(self) -> list[Link]:
        return [*self.update_links(), *super().get_buttons()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        prefetch_related_objects([self.project], "partners", "themes", "priorities")
        return super().get_context_data(
            last=self.last,
            pending=self.pending,
            standing=project_standing(self.project, last=self.last),
            milestones=milestone_rows(
                self.project.milestones.with_first_date(),
                today=self.reference_day.day,
                calendar=self.programme.calendar,
            ),
            reference_day=self.reference_day,
            way_back=extremes(self.programme, on=self.reference_day.day).way_back,
            **kwargs,
        )


class ProjectRegisters(ProjectPage):
    """The risks, decisions and actions of a project."""

    template_name = "projects/project_registers.html"
    here = "projects:registers"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cells = risk_cells(self.programme)
        risks = scored_risks(self.programme).filter(project=self.project)
        risks = risks.order_by("closed_on", "-level_rank", "ref")
        actions = Action.objects.filter(project=self.project).order_by("due_on", "ref")
        new, about = {}, {"project": self.project.ref}
        if self.allows("risks.edit", self.project):
            new["risk"] = self.url("projects:risks:add", query=about)
        if self.allows("decisions.edit", ANYTHING):
            new["decision"] = self.url("projects:decisions:add", query=about)
        if self.allows("actions.edit", ANYTHING):
            new["action"] = self.url("projects:actions:add", query=about)
        return super().get_context_data(
            risks=[
                (risk, present_score(risk, cells), risk_movement(risk, cells)) for risk in risks
            ],
            decisions=self.project.decisions.select_related("board"),
            project_actions=[
                (action, action_standing(action, today=self.reference_day.day))
                for action in actions.select_related("board")
            ],
            new=new,
            **kwargs,
        )


class ProjectHistory(ProjectPage):
    """What was done to a project, its milestones and its updates."""

    template_name = "projects/project_history.html"
    here = "projects:history"

    def get_buttons(self) -> list[Link]:
        links = super().get_buttons()
        if self.project.withdrawn_on or not self.allows("projects.edit", self.project):
            return links
        first = self.url("projects:first_stage", **self.parts)
        return [*links, (say("Correct the first stage"), first)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            stages=self.project.stage_changes.select_related("to_stage", "from_stage", "board"),
            history=self.history_of(
                self.project,
                self.project.milestones.all(),
                self.project.updates.all(),
                newest=100,
            ),
            **kwargs,
        )
