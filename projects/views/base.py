"""What the pages of the first floor share."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from programme import access
from programme.common.words import say
from programme.forms.base import CHOOSE
from programme.models import ReportingPeriod
from programme.pages import EditPage, InAddress, ProgrammePage
from projects.models import Project
from projects.steps import UpdateStep

HOME = ("Home", "reports:home")
PROJECTS = ("Projects", "projects:list")


class OfProject(ProgrammePage):
    """Mixin of the pages about one project or what belongs to it."""

    above = (HOME,)
    project = InAddress(
        lambda page: Project.objects.of(page.programme).select_related(
            "programme",
            "workstream",
            "stage",
            "lead_organisation",
            "parent",
            "lead_user",
            "sponsor_user",
        ),
        detail="projects:detail",
        among=PROJECTS,
        words=lambda project: project.label,
    )


class StatedInPeriod(EditPage):
    """Mixin of forms that may be opened from within an update (``?in=2019-03``): what they state is
    stated as at that period, however late somebody tidies up, and they lead back there.

    ``stated`` names the field for the day, ``step`` the page of the update to go back to, and
    ``stated_last`` the day of what was said before, which nothing may be said ahead of."""

    stated = ""
    step: UpdateStep

    @cached_property
    def stated_in(self) -> ReportingPeriod | None:
        """The open period of the update that led here."""
        period = self.named(ReportingPeriod.objects.all(), "in")
        return period if period is not None and period.state == period.State.OPEN else None

    def project_of_update(self) -> Project | None:
        """Of which project the update is."""
        return getattr(self, "project", None)

    def stated_last(self) -> date | None:
        return None

    def get_initial(self) -> dict[str, Any]:
        found = super().get_initial()
        if self.stated and self.stated_in is not None:
            day = min(self.stated_in.as_at, timezone.localdate())
            found[self.stated] = max(day, self.stated_last() or day)
        return found

    def get_success_url(self, obj: Any) -> str:
        return self._update() or super().get_success_url(obj)

    def get_cancel_url(self) -> str:
        return self._update() or super().get_cancel_url()

    def _update(self) -> str:
        project = self.project_of_update()
        if self.stated_in is None or project is None:
            return ""
        return self.url(
            f"projects:updates:{self.step.value}",
            project=project.ref,
            period=self.stated_in.slug,
        )


def offer_own_projects(page: EditPage, form: Any) -> None:
    """Leaves a lead the projects of which they may write, one of which they must choose; and what
    they may write because its account is theirs, where it is."""
    field, row = form.fields["project"], page.object
    mine = [each.pk for each in field.queryset if page.allows(page.permission, each)]
    if row is not None and row.project_id is not None:
        mine.append(row.project_id)
    field.queryset = field.queryset.filter(pk__in=mine)
    if row is None or row.project_id is not None:
        field.required, field.empty_label = True, say("Choose one of your projects")


def offer_own_boards(page: EditPage, form: Any) -> None:
    """Leaves a secretary the boards that they look after, with their meetings, one of which they
    must choose; and what they may write because its account is theirs, where it is."""
    row = page.object
    own = set(access.own_boards(page.request.user, page.permission, page.programme))
    if row is not None and row.board_id is not None:
        own.add(row.board_id)
    for name, path in (("board", "pk"), ("meeting", "board")):
        field = form.fields[name]
        field.queryset = field.queryset.filter(**{f"{path}__in": own})
    if row is None or row.board_id is not None:
        form.fields["board"].required = True
        form.fields["board"].empty_label = CHOOSE


def stays(page: EditPage, form: Any, *names: str) -> bool:
    """Whether the answers leave a row where it belongs, so that who may write it may save it."""
    row = page.object
    return row is not None and all(form.cleaned_data[name] == getattr(row, name) for name in names)


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
