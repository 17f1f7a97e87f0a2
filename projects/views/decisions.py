"""The register of boards' decisions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programme.access import Anything, Owned
from programme.models import Board
from programme.pages import ANYTHING, DetailPage, EditPage, InAddress, ListPage, ProgrammePage
from programme.pages.base import Link
from programme.reference_day import reference_day
from projects.actions import save_decision
from projects.filters import DecisionFilterSet
from projects.forms import DecisionForm
from projects.models import Decision, Project
from projects.selectors.registers import action_standing
from projects.tables import DecisionTable
from projects.views.base import HOME, PROJECTS, RegisterPage, offer_own_boards

DECISIONS = ("Decisions", "projects:decisions:list")


class DecisionList(RegisterPage, ListPage):
    permission = "projects.view"
    title = "Decisions"
    above = (HOME, PROJECTS)
    table_class = DecisionTable
    filterset_class = DecisionFilterSet
    things = ("decision", "decisions")
    empty_text = (
        "No decision is on record yet. The programme office or a board’s secretary records what "
        "a board resolved, what it did not pursue included."
    )

    def get_queryset(self) -> QuerySet[Decision]:
        return Decision.objects.of(self.programme).select_related("board")

    def get_buttons(self) -> list[Link]:
        if self.allows("decisions.edit", ANYTHING):
            return [("Add a decision", self.url("projects:decisions:add"))]
        return []


class OfDecision(ProgrammePage):
    """Mixin of the pages about one decision."""

    above = (HOME, PROJECTS)
    decision = InAddress(
        lambda page: Decision.objects.of(page.programme).select_related(
            "board", "meeting", "programme"
        ),
        detail="projects:decisions:detail",
        among=DECISIONS,
        words=lambda decision: f"Decision {decision.ref.upper()}",
    )


class DecisionDetail(OfDecision, DetailPage):
    permission = "projects.view"
    row = "decision"
    template_name = "projects/decision_detail.html"

    def get_title(self) -> str:
        return f"Decision {self.decision.ref.upper()}"

    def get_buttons(self) -> list[Link]:
        links = []
        if self.allows("decisions.edit", self.decision):
            links.append(("Edit", self.beside("edit")))
        if self.allows("actions.edit", ANYTHING):
            address = self.url("projects:actions:add", query={"decision": self.decision.ref})
            links.append(("Add an action", address))
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = reference_day(self.programme).day
        return super().get_context_data(
            about=self.decision.projects.all(),
            follow_up=[
                (each, action_standing(each, today=today)) for each in self.decision.actions.all()
            ],
            history=self.history_of(self.decision),
            **kwargs,
        )


class _DecisionForm(EditPage):
    """What recording and editing a decision share."""

    permission = "decisions.edit"
    row = "decision"
    form_class = DecisionForm
    action = save_decision
    detail = "projects:decisions:detail"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not self.allows(self.permission):
            offer_own_boards(self, form)
        return form

    def owner_of(self, form: Any) -> Owned:
        return Decision(programme=self.programme, board=form.cleaned_data["board"])


class DecisionAdd(_DecisionForm):
    title = "Add a decision"
    above = (HOME, PROJECTS, DECISIONS)

    def get_permission_object(self) -> Anything:
        return ANYTHING

    def get_initial(self) -> dict[str, Any]:
        project = self.named(Project.objects.all(), "project")
        return {
            **super().get_initial(),
            "board": self.named(Board.objects.all(), "board"),
            "projects": [project] if project else [],
        }


class DecisionEdit(OfDecision, _DecisionForm):
    def get_title(self) -> str:
        return f"Edit decision {self.decision.ref.upper()}"
