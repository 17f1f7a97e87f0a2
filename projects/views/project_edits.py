"""Changing a project: its facts, its stage, its place in the programme."""

from __future__ import annotations

from typing import Any

from programme.common.words import say
from programme.pages import ConfirmPage, EditPage, ReasonForm
from projects.actions import (
    change_stage,
    correct_first_stage,
    reopen_project,
    save_project,
    withdraw_project,
)
from projects.forms import FirstStageForm, MoveStageForm, NewProjectForm, ProjectForm
from projects.models import Project, Workstream
from projects.views.base import HOME, PROJECTS, OfProject


class _ProjectForm(EditPage):
    """What adding and editing a project share."""

    permission = "projects.edit"
    row = "project"
    action = save_project
    detail = "projects:detail"


class ProjectAdd(_ProjectForm):
    title = "Add a project"
    above = (HOME, PROJECTS)
    form_class = NewProjectForm
    success_text = (
        "{obj} is part of the programme. Its summary, posts, partners, dates, themes and marking "
        "are given with Edit."
    )

    def get_new_row(self, form: Any) -> Project:
        return Project(programme=self.programme, sensitivity=self.programme.default_marking)

    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "workstream": self.named(Workstream.objects.all(), "workstream"),
            "parent": self.named(Project.objects.all(), "project"),
        }


class ProjectEdit(OfProject, _ProjectForm):
    form_class = ProjectForm


class ProjectStage(OfProject, EditPage):
    permission = "projects.edit"
    row = "project"
    title = "Move to another stage"
    form_class = MoveStageForm
    action = change_stage
    template_name = "projects/stage_form.html"

    def get_success_text(self, obj: Project) -> str:
        return f"{obj} now stands at: {obj.stage}."


class ProjectFirstStage(OfProject, EditPage):
    permission = "projects.edit"
    row = "project"
    title = "Correct the first stage"
    form_class = FirstStageForm
    action = correct_first_stage
    template_name = "projects/stage_form.html"

    def get_initial(self) -> dict[str, Any]:
        first = self.project.stage_changes.select_related("to_stage").first()
        known = {"to_stage": first.to_stage, "changed_on": first.changed_on} if first else {}
        return {**super().get_initial(), **known}

    def get_success_text(self, obj: Project) -> str:
        return say("The first stage is corrected. Papers that are not issued yet follow it.")

    def get_success_url(self, obj: Project) -> str:
        return self.url("projects:history", **self.parts)


class ProjectWithdraw(OfProject, ConfirmPage):
    permission = "projects.edit"
    row = "project"
    title = "Withdraw this project?"
    form_class = ReasonForm
    action = withdraw_project
    button = "Withdraw project"
    success_text = "The project is withdrawn. Its record stays."
    warning = (
        "It leaves the lists and is asked for no more updates. Nothing is deleted: papers already "
        "made keep it, and its page says why it was withdrawn and lets you reopen it."
    )


class ProjectReopen(OfProject, ConfirmPage):
    permission = "projects.edit"
    row = "project"
    title = "Reopen this project?"
    form_class = ReasonForm
    action = reopen_project
    button = "Reopen project"
    success_text = "The project is part of the programme again."
    warning = (
        "It is on the lists again as of today, at the stage that it had, and is asked for updates. "
        "Papers of days before today stay as they were."
    )
