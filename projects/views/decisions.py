"""The register of boards' decisions."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from programme import access
from programme.access import Owned
from programme.models import Board
from programme.pages import ANYTHING, DetailPage, EditPage, ListPage, ProgrammePage
from programme.pages.base import Link
from programme.reference_day import reference_day
from projects.actions import save_decision
from projects.filters import DecisionFilterSet
from projects.forms import DecisionForm
from projects.models import Decision, Project
from projects.selectors.registers import action_standing
from projects.tables import DecisionTable
from projects.views.base import HOME, PROJECTS, RegisterPage

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
            return [("Record a decision", self.url("projects:decisions:add"))]
        return []


class _OneDecision(ProgrammePage):
    @cached_property
    def decision(self) -> Decision:
        """The decision that the address names."""
        return get_object_or_404(
            Decision.objects.of(self.programme).select_related("board", "meeting", "programme"),
            ref=self.kwargs["ref"],
        )

    def get_object(self) -> Decision:
        return self.decision

    def get_breadcrumbs(self) -> list[Link]:
        return [(words, self.url(name)) for words, name in (HOME, PROJECTS, DECISIONS)]

    def decision_url(self, name: str) -> str:
        return self.url(f"projects:decisions:{name}", ref=self.decision.ref)


class DecisionDetail(_OneDecision, DetailPage):
    template_name = "projects/decision_detail.html"
    permission = "projects.view"

    def get_title(self) -> str:
        return f"Decision {self.decision.ref.upper()}"

    def get_buttons(self) -> list[Link]:
        links = []
        if self.allows("decisions.edit", self.decision):
            links.append(("Edit decision", self.decision_url("edit")))
        if self.allows("actions.edit", ANYTHING):
            address = f"{self.url('projects:actions:add')}?decision={self.decision.ref}"
            links.append(("Add an action", address))
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = reference_day(self.programme).day
        return super().get_context_data(
            decision=self.decision,
            about=self.decision.projects.all(),
            follow_up=[
                (each, action_standing(each, today=today)) for each in self.decision.actions.all()
            ],
            history=self.history_of(self.decision),
            **kwargs,
        )


class _DecisionForm(EditPage):
    permission = "decisions.edit"
    form_class = DecisionForm

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not self.allows(self.permission):
            own = access.own_boards(self.request.user, self.permission, self.programme)
            for name, path in (("board", "pk"), ("meeting", "board")):
                field = form.fields[name]
                field.queryset = field.queryset.filter(**{f"{path}__in": own})
        return form

    def owner_of(self, form: DecisionForm) -> Owned:
        return Decision(programme=self.programme, board=form.cleaned_data["board"])

    def get_success_url(self, obj: Decision) -> str:
        return self.url("projects:decisions:detail", ref=obj.ref)


class DecisionAdd(_DecisionForm):
    title = "Record a decision"
    above = (HOME, PROJECTS, DECISIONS)
    button = "Record decision"
    success_text = "The decision is on record."
    action = save_decision
    row = "decision"

    def get_permission_object(self) -> Any:
        return ANYTHING

    def get_initial(self) -> dict[str, Any]:
        project = self.named(Project.objects.all(), "project")
        return {
            **super().get_initial(),
            "board": self.named(Board.objects.all(), "board"),
            "projects": [project] if project else [],
        }

    def get_new_row(self, form: Any) -> Decision:
        return Decision(programme=self.programme)


class DecisionEdit(_OneDecision, _DecisionForm):
    success_text = "The decision is saved."
    action = save_decision
    row = "decision"

    def get_title(self) -> str:
        return f"Edit decision {self.decision.ref.upper()}"

    def get_breadcrumbs(self) -> list[Link]:
        here = (f"Decision {self.decision.ref.upper()}", self.decision_url("detail"))
        return [*super().get_breadcrumbs(), here]
