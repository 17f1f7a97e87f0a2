"""The way in, and a programme's home."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from programme import access, granting
from programme.common import formats
from programme.common.words import say
from programme.models import Programme
from programme.pages import ANYTHING, ProgrammePage
from programme.pages.base import Link
from programme.selectors import invitations_for, roles_not_yet
from reports.overview import programme_overview
from reports.set_up import SetUpTask, missing


def _administers() -> list[Link]:
    """What whoever administers the portal does beside."""
    return [
        ("Set up a programme", reverse("reports:programmes:choose")),
        ("Who administers the portal", reverse("programme:administrators:list")),
    ]


class Start(TemplateView):
    """The address without a programme: straight on for whoever has one, else a choice. Who
    administers the portal sets programmes up from here."""

    template_name = "reports/start.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        programmes = list(Programme.objects.visible_to(request.user))
        invited = invitations_for(request.user).count()
        if invited and not programmes:
            return redirect("account_invitations")
        administers = request.user.administers_portal
        if len(programmes) == 1 and not invited and not administers:
            return redirect("reports:home", programme=programmes[0].slug)
        is_empty = administers and not Programme.objects.exists()
        context = self.get_context_data(
            programmes=programmes,
            invited=formats.count(invited, "invitation waits", "invitations wait"),
            is_invited=invited > 0,
            administers=administers,
            is_empty=is_empty,
            buttons=_administers() if administers and not is_empty else (),
            waiting=[granting.why_not_yet(role) for role in roles_not_yet(request.user)],
        )
        return self.render_to_response(context)


class Home(ProgrammePage, TemplateView):
    template_name = "reports/home.html"
    permission = "programme.view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = access.assignments(self.request.user, self.programme)
        home = programme_overview(self.programme, held=held)
        left = [] if home.papers else self.missing()
        ways = self.ways()
        shown = {name for row in home.parts for name in row}
        # What is empty is shown to whoever may fill it, whatever their role looks at.
        to_fill = [(name,) for name in home.empty if name in ways and name not in shown]
        return super().get_context_data(
            home=home,
            parts=[
                [f"reports/home/parts/{name}.html" for name in row]
                for row in (*home.parts, *to_fill)
            ],
            missing=left if home.is_new else [],
            still_missing=left and say(f"{formats.count(len(left), 'step')} of the set-up left"),
            ways=ways,
            **kwargs,
        )

    def ways(self) -> dict[str, Link]:
        """From what is empty to the page that fills it, where the reader may."""
        offered = {
            "projects": ("projects.edit", "Add a project", "projects:add"),
            "ratings": ("updates.edit", "Open a project to write its update", "projects:list"),
            "money": ("programme.edit", "Financial years", "finance:years:list"),
            "meetings": (
                "meetings.edit",
                "Open a board to plan it",
                "programme:boards:list",
            ),
            "milestones": ("milestones.edit", "Open a project to add milestones", "projects:list"),
            "papers": ("papers.edit", "Add a paper", "reports:papers:add"),
        }
        return {
            name: (say(words), self.url(page))
            for name, (permission, words, page) in offered.items()
            if self.allows(permission, ANYTHING)
        }

    def missing(self) -> list[tuple[SetUpTask, str]]:
        """What is still to be set up before there is anything to see, with its page; nothing for
        whoever sets nothing up."""
        if not self.allows("programme.edit"):
            return []
        return [(task, self.url(task.step.page)) for task in missing(self.programme)]
