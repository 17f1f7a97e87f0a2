"""Changing a project: its facts, its stage, its place in the programme."""

from __future__ import annotations

from typing import Any

from programme.pages import ConfirmPage, EditPage, ReasonForm
from programme.pages.base import Link
from projects.actions import change_stage, save_project, withdraw_project
from projects.forms import NewProjectForm, ProjectForm, StageForm
from projects.models import Project, Workstream
from projects.views.base import HOME, PROJECTS, OfProject


class _ProjectEdit(OfProject, EditPage):
    permission = "projects.edit"

    def get_object(self) -> Project:
        return self.project

    def get_success_url(self, obj: Project) -> str:
        return self.url("projects:detail", ref=obj.ref)


class ProjectAdd(EditPage):
    permission = "projects.edit"
    title = "Add a project"
    above = (HOME, PROJECTS)
    form_class = NewProjectForm
    action = save_project
    row = "project"
    button = "Add project"
    success_text = "{obj} is part of the programme."

    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "workstream": self.named(Workstream.objects.all(), "workstream"),
            "parent": self.named(Project.objects.all(), "project"),
            "sensitivity": self.programme.default_marking,
        }

    def get_new_row(self, form: Any) -> Project:
        return Project(programme=self.programme)

    def get_success_url(self, obj: Project) -> str:
        return self.url("projects:detail", ref=obj.ref)


class ProjectEdit(_ProjectEdit):
    title = "Edit facts"
    form_class = ProjectForm
    action = save_project
    row = "project"
    success_text = "The facts of {obj} are saved."

    def get_buttons(self) -> list[Link]:
        return [("Withdraw this project", self.project_url("projects:withdraw"))]


class ProjectStage(_ProjectEdit):
    title = "Change stage"
    form_class = StageForm
    action = change_stage
    row = "project"
    template_name = "projects/stage_form.html"

    def get_success_text(self, obj: Project) -> str:
        return f"{obj} now stands at: {obj.stage}."


class ProjectWithdraw(OfProject, ConfirmPage):
    permission = "projects.edit"
    title = "Withdraw this project?"
    form_class = ReasonForm
    action = withdraw_project
    row = "project"
    button = "Withdraw project"
    success_text = "The project is withdrawn. Its record stays."
    warning = (
        "It leaves the lists and is asked for no more updates. Nothing is deleted: papers already "
        "made keep it, and its page says why it was withdrawn. This cannot be undone here."
    )

    def get_object(self) -> Project:
        return self.project

    def get_success_url(self, obj: Project) -> str:
        return self.url("projects:detail", ref=obj.ref)
