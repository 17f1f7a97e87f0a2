"""What the pages of the first floor share."""

from __future__ import annotations

from typing import Any

from programme import access
from programme.common.words import say
from programme.pages import EditPage, InAddress, ProgrammePage
from projects.models import Project

HOME = ("Home", "reports:home")
PROJECTS = ("Projects", "projects:list")


class OfProject(ProgrammePage):
    """Mixin of the pages about one project or what belongs to it."""

    above = (HOME,)
    project = InAddress(
        lambda page: Project.objects.of(page.programme).select_related(
            "programme", "workstream", "stage", "lead_organisation", "parent", "lead_user"
        ),
        detail="projects:detail",
        among=PROJECTS,
        words=lambda project: project.label,
    )


def offer_own_projects(page: EditPage, form: Any) -> None:
    """Leaves a lead the projects of which they may write, one of which they must choose."""
    field = form.fields["project"]
    mine = [each.pk for each in field.queryset if page.allows(page.permission, each)]
    field.queryset = field.queryset.filter(pk__in=mine)
    field.required, field.empty_label = True, say("Choose one of your projects")


def offer_own_boards(page: EditPage, form: Any) -> None:
    """Leaves a secretary the boards that they look after, with their meetings."""
    own = access.own_boards(page.request.user, page.permission, page.programme)
    for name, path in (("board", "pk"), ("meeting", "board")):
        field = form.fields[name]
        field.queryset = field.queryset.filter(**{f"{path}__in": own})


class RegisterPage(ProgrammePage):
    """Mixin of the lists that stand beside the list of projects: they lead to one another."""

    template_name = "projects/list_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        beside = [
            (say("Projects"), "projects:list"),
            (say("Workstreams"), "projects:workstreams:list"),
            (say("Milestones"), "projects:milestones:list"),
            (say("Risks and issues"), "projects:risks:list"),
            ("Decisions", "projects:decisions:list"),
            ("Actions", "projects:actions:list"),
        ]
        tabs = [
            {"words": words, "url": url, "here": url == self.request.path}
            for words, name in beside
            for url in [self.url(name)]
        ]
        return super().get_context_data(tabs=tabs, **kwargs)
