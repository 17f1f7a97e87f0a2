"""Changing a project: its facts, its stage, its place in the programme."""

from __future__ import annotations

from typing import Any

from programme.pages import ConfirmPage, ReasonForm
from programme.pages.base import Link
from projects.actions import change_stage, save_project, withdraw_project
from projects.forms import NewProjectForm, ProjectForm, StageForm
from projects.models import Project, Workstream
from projects.views.base import HOME, PROJECTS, FormPage, OfProject


class _ProjectEdit(OfProject, FormPage):
    permission = "projects.edit"

    def get_object(self) -> Project:
        return self.project

    def get_success_url(self, obj: Project) -> str:
        return self.url("projects:detail", ref=obj.ref)


class ProjectAdd(FormPage):
    permission = "projects.edit"
    title = "Add a project"
    above = (HOME, PROJECTS)
    form_class = NewProjectForm
    button = "Add project"
    success_text = "{obj} is part of the programme."

    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "workstream": self.named(Workstream.objects.all(), "workstream"),
            "parent": self.named(Project.objects.all(), "project"),
            "sensitivity": self.programme.default_marking,
        }

    def perform(self, form: NewProjectForm) -> Project:
        return save_project(
            project=Project(programme=self.programme),
            values=form.values,
            stage_since=form.cleaned_data["stage_since"],
            by=self.request.user,
        )

    def get_success_url(self, obj: Project) -> str:
        return self.url("projects:detail", ref=obj.ref)


class ProjectEdit(_ProjectEdit):
    title = "Edit facts"
    form_class = ProjectForm
    success_text = "The facts of {obj} are saved."

    def get_buttons(self) -> list[Link]:
        return [("Withdraw this project", self.project_url("projects:withdraw"))]

    def perform(self, form: ProjectForm) -> Project:
        return save_project(
            project=self.object,
            values=form.values,
            expected_version=self.expected_version(form),
            by=self.request.user,
        )


class ProjectStage(_ProjectEdit):
    title = "Change stage"
    form_class = StageForm
    template_name = "projects/stage_form.html"

    def get_success_text(self, obj: Project) -> str:
        return f"{obj} now stands at: {obj.stage}."

    def perform(self, form: StageForm) -> Project:
        return change_stage(
            project=self.object,
            **form.values,
            expected_version=self.expected_version(form),
            by=self.request.user,
        )


class ProjectWithdraw(OfProject, ConfirmPage):
    permission = "projects.edit"
    title = "Withdraw this project?"
    form_class = ReasonForm
    button = "Withdraw project"
    success_text = "The project is withdrawn. Its record stays."
    warning = (
        "It leaves the lists and is asked for no more updates. Nothing is deleted: papers already "
        "made keep it, and its page says why it was withdrawn. This cannot be undone here."
    )

    def get_object(self) -> Project:
        return self.project

    def perform(self, form: ReasonForm) -> Project:
        return withdraw_project(
            project=self.object,
            reason=form.cleaned_data["reason"],
            expected_version=self.expected_version(form),
            by=self.request.user,
        )

    def get_success_url(self, obj: Project) -> str:
        return self.url("projects:detail", ref=obj.ref)
