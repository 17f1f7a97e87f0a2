"""What the pages of the first floor share."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from programme.pages import ProgrammePage
from programme.pages.base import Link
from projects.models import Project

HOME = ("Home", "reports:home")
PROJECTS = ("Projects", "projects:list")


class OfProject(ProgrammePage):
    """Mixin of the pages about one project, which the address names by its reference."""

    @cached_property
    def project(self) -> Project:
        return get_object_or_404(
            Project.objects.of(self.programme).select_related(
                "programme", "workstream", "stage", "lead_organisation", "parent", "lead_user"
            ),
            ref=self.kwargs["ref"],
        )

    def get_permission_object(self) -> Project:
        return self.project

    def get_breadcrumbs(self) -> list[Link]:
        links = [(words, self.url(name)) for words, name in (HOME, PROJECTS)]
        return [*links, (self.project.label, self.project_url("projects:detail"))]

    def project_url(self, name: str, **kwargs: Any) -> str:
        return self.url(name, ref=self.project.ref, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("project", self.project)
        return super().get_context_data(**kwargs)


class RegisterPage(ProgrammePage):
    """Mixin of the lists that stand beside the list of projects: they lead to one another."""

    template_name = "projects/list_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        beside = [
            ("Projects", "projects:list"),
            ("Workstreams", "projects:workstreams:list"),
            ("Milestones", "projects:all_milestones"),
            ("Risks and issues", "projects:risks:list"),
            ("Decisions", "projects:decisions:list"),
            ("Actions", "projects:actions:list"),
        ]
        tabs = [
            {"words": words, "url": url, "here": url == self.request.path}
            for words, name in beside
            for url in [self.url(name)]
        ]
        return super().get_context_data(tabs=tabs, **kwargs)
