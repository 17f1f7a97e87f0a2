"""The register of actions: who does what by when."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from programme import access
from programme.access import Owned
from programme.common.states import possible
from programme.models import Board, RoleAssignment
from programme.pages import (
    ANYTHING,
    ConfirmPage,
    DetailPage,
    EditPage,
    ListPage,
    ProgrammePage,
    ReasonForm,
)
from programme.pages.base import Link
from programme.reference_day import reference_day
from projects.actions import complete_action, save_action, withdraw_action
from projects.filters import ActionFilterSet
from projects.forms import ActionForm, CompleteActionForm
from projects.models import Action, Decision, Project
from projects.selectors.registers import action_standing
from projects.states import ACTION, action_state
from projects.tables import ActionTable
from projects.views.base import HOME, PROJECTS, RegisterPage

ACTIONS = ("Actions", "projects:actions:list")


class ActionList(RegisterPage, ListPage):
    permission = "projects.view"
    title = "Actions"
    above = (HOME, PROJECTS)
    table_class = ActionTable
    filterset_class = ActionFilterSet
    things = ("action", "actions")
    empty_text = (
        "No action is on record yet. The programme office or a board’s secretary adds who does "
        "what by when."
    )

    def get_queryset(self) -> QuerySet[Action]:
        return Action.objects.of(self.programme).select_related("board")

    def table_options(self) -> dict[str, Any]:
        return {"today": reference_day(self.programme).day}

    def get_buttons(self) -> list[Link]:
        if self.allows("actions.edit", ANYTHING):
            return [("Add an action", self.url("projects:actions:add"))]
        return []


class _OneAction(ProgrammePage):
    def get_object(self) -> Action:
        return get_object_or_404(
            Action.objects.of(self.programme).select_related(
                "programme",
                "board",
                "meeting",
                "decision",
                "project__lead_organisation",
                "owner_organisation",
            ),
            ref=self.kwargs["ref"],
        )

    def get_breadcrumbs(self) -> list[Link]:
        return [(words, self.url(name)) for words, name in (HOME, PROJECTS, ACTIONS)]

    @property
    def here(self) -> Link:
        return f"Action {self.object.ref.upper()}", self.action_url("detail")

    def action_url(self, name: str) -> str:
        return self.url(f"projects:actions:{name}", ref=self.object.ref)


class ActionDetail(_OneAction, DetailPage):
    template_name = "projects/action_detail.html"
    permission = "projects.view"

    def get_title(self) -> str:
        return f"Action {self.object.ref.upper()}"

    def get_buttons(self) -> list[Link]:
        if not self.allows("actions.edit", self.object):
            return []
        can = possible(ACTION, action_state(self.object.completed_on, self.object.withdrawn_on))
        offered = [
            ("completed", "Record as done", "complete"),
            ("changed", "Edit action", "edit"),
            ("withdrawn", "Withdraw", "withdraw"),
        ]
        return [(words, self.action_url(name)) for done, words, name in offered if done in can]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action=self.object,
            state=action_standing(self.object, today=reference_day(self.programme).day),
            history=self.history_of(self.object),
            **kwargs,
        )


class _ActionForm(EditPage):
    permission = "actions.edit"
    form_class = ActionForm

    def get_form(self, form_class: Any = None) -> Any:
        """Offers a secretary their boards, and a lead their projects."""
        form = super().get_form(form_class)
        if self.allows(self.permission):
            return form
        roles = {one.role for one in access.assignments(self.request.user, self.programme)}
        if RoleAssignment.Role.LEAD not in roles:
            own = access.own_boards(self.request.user, self.permission, self.programme)
            for name, path in (("board", "pk"), ("meeting", "board")):
                field = form.fields[name]
                field.queryset = field.queryset.filter(**{f"{path}__in": own})
        elif RoleAssignment.Role.SECRETARY not in roles:
            project = form.fields["project"]
            mine = [each.pk for each in project.queryset if self.allows(self.permission, each)]
            project.queryset = project.queryset.filter(pk__in=mine)
            project.required, project.empty_label = True, "Choose one of your projects"
        return form

    def owner_of(self, form: ActionForm) -> Owned:
        return Action(
            programme=self.programme,
            board=form.cleaned_data["board"],
            project=form.cleaned_data["project"],
        )

    def get_success_url(self, obj: Action) -> str:
        return self.url("projects:actions:detail", ref=obj.ref)


class ActionAdd(_ActionForm):
    title = "Add an action"
    above = (HOME, PROJECTS, ACTIONS)
    button = "Add action"
    success_text = "The action is on record."
    action = save_action
    row = "action"

    def get_permission_object(self) -> Any:
        return ANYTHING

    def get_initial(self) -> dict[str, Any]:
        word = self.request.GET.get("decision")
        decision = Decision.objects.of(self.programme).filter(ref=word).first() if word else None
        return {
            **super().get_initial(),
            "decision": decision,
            "meeting": decision.meeting_id if decision else None,
            "board": decision.board_id if decision else self.named(Board.objects.all(), "board"),
            "project": self.named(Project.objects.all(), "project"),
        }

    def get_new_row(self, form: Any) -> Action:
        return Action(programme=self.programme)


class ActionEdit(_OneAction, _ActionForm):
    success_text = "The action is saved."
    action = save_action
    row = "action"

    def get_title(self) -> str:
        return f"Edit action {self.object.ref.upper()}"

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), self.here]


class ActionComplete(_OneAction, EditPage):
    permission = "actions.edit"
    title = "Record the action as done"
    form_class = CompleteActionForm
    action = complete_action
    row = "action"
    button = "Record as done"
    success_text = "The action is done."

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), self.here]

    def get_success_url(self, obj: Action) -> str:
        return self.action_url("detail")


class ActionWithdraw(_OneAction, ConfirmPage):
    permission = "actions.edit"
    title = "Withdraw this action?"
    form_class = ReasonForm
    action = withdraw_action
    row = "action"
    button = "Withdraw action"
    success_text = "The action is withdrawn. It stays on record with the reason."
    warning = "Nobody is asked to do it any more. This cannot be undone here."

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), self.here]

    def get_success_url(self, obj: Action) -> str:
        return self.action_url("detail")
