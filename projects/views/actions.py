"""The register of actions: who does what by when."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programme import access
from programme.access import Anything, Owned
from programme.common.states import possible
from programme.models import Board, RoleAssignment
from programme.pages import (
    ANYTHING,
    ConfirmPage,
    DetailPage,
    EditPage,
    InAddress,
    ListPage,
    ProgrammePage,
    ReasonForm,
)
from programme.pages.base import Link
from programme.reference_day import reference_day
from projects.actions import complete_action, reopen_action, save_action, withdraw_action
from projects.filters import ActionFilterSet
from projects.forms import ActionForm, CompleteActionForm
from projects.models import Action, Decision, Project
from projects.selectors.registers import action_standing
from projects.states import ACTION, action_state
from projects.tables import ActionTable
from projects.views.base import (
    HOME,
    PROJECTS,
    RegisterPage,
    offer_own_boards,
    offer_own_projects,
    stays,
)

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


class OfAction(ProgrammePage):
    """Mixin of the pages about one action."""

    above = (HOME, PROJECTS)
    task = InAddress(
        lambda page: Action.objects.of(page.programme).select_related(
            "programme",
            "board",
            "meeting",
            "decision",
            "project__lead_organisation",
            "owner_organisation",
            "owner_user",
        ),
        detail="projects:actions:detail",
        among=ACTIONS,
        words=lambda task: f"Action {task.ref.upper()}",
    )


class ActionDetail(OfAction, DetailPage):
    permission = "projects.view"
    row = "task"
    template_name = "projects/action_detail.html"

    def get_title(self) -> str:
        return f"Action {self.task.ref.upper()}"

    def get_buttons(self) -> list[Link]:
        if not self.allows("actions.edit", self.task):
            return []
        can = possible(ACTION, action_state(self.task.completed_on, self.task.withdrawn_on))
        offered = [
            ("completed", "Record as done", "complete"),
            ("changed", "Edit", "edit"),
            ("withdrawn", "Withdraw", "withdraw"),
            ("reopened", "Reopen", "reopen"),
        ]
        return [(words, self.beside(name)) for done, words, name in offered if done in can]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            state=action_standing(self.task, today=reference_day(self.programme).day),
            history=self.history_of(self.task),
            **kwargs,
        )


class _ActionForm(EditPage):
    """What adding and editing an action share."""

    permission = "actions.edit"
    row = "task"
    form_class = ActionForm
    action = save_action
    detail = "projects:actions:detail"

    def get_form(self, form_class: Any = None) -> Any:
        """Offers a secretary their boards, and a lead their projects; whoever is both chooses
        one of either."""
        form = super().get_form(form_class)
        if self.allows(self.permission):
            return form
        roles = {one.role for one in access.assignments(self.request.user, self.programme)}
        if RoleAssignment.Role.LEAD not in roles:
            offer_own_boards(self, form)
        elif RoleAssignment.Role.SECRETARY not in roles:
            offer_own_projects(self, form)
        else:
            form.asks_for = "board or project"
        return form

    def owner_of(self, form: Any) -> Owned:
        if stays(self, form, "board", "project"):
            return self.task
        return Action(
            programme=self.programme,
            board=form.cleaned_data["board"],
            project=form.cleaned_data["project"],
        )


class ActionAdd(_ActionForm):
    title = "Add an action"
    above = (HOME, PROJECTS, ACTIONS)

    def get_permission_object(self) -> Anything:
        return ANYTHING

    def get_initial(self) -> dict[str, Any]:
        decision = self.named(Decision.objects.all(), "decision")
        return {
            **super().get_initial(),
            "decision": decision,
            "meeting": decision.meeting_id if decision else None,
            "board": decision.board_id if decision else self.named(Board.objects.all(), "board"),
            "project": self.named(Project.objects.all(), "project"),
        }


class ActionEdit(OfAction, _ActionForm):
    def get_title(self) -> str:
        return f"Edit action {self.task.ref.upper()}"


class ActionComplete(OfAction, EditPage):
    permission = "actions.edit"
    row = "task"
    title = "Record the action as done"
    form_class = CompleteActionForm
    action = complete_action
    button = "Record as done"
    success_text = "The action is done."


class ActionWithdraw(OfAction, ConfirmPage):
    permission = "actions.edit"
    row = "task"
    title = "Withdraw this action?"
    form_class = ReasonForm
    action = withdraw_action
    button = "Withdraw action"
    success_text = "The action is withdrawn. It stays on record with the reason."
    warning = "Nobody is asked to do it any more. Who may withdraw it can reopen it."


class ActionReopen(OfAction, ConfirmPage):
    permission = "actions.edit"
    row = "task"
    title = "Reopen this action?"
    form_class = ReasonForm
    action = reopen_action
    button = "Reopen action"
    success_text = "The action is open again. How it had ended stays on record."
    warning = "It is to be done again, by the day that it was due, which you can change."
