"""Workstreams and projects from a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from programme.common import markings
from programme.imports import Plan, Reading
from programme.pages.imports import PreviewPage, TemplatePage, UploadPage, Workbook
from projects import imports
from projects.models import Project
from projects.views.base import HOME, PROJECTS

UPLOAD = ("Projects from a workbook", "projects:imports:upload")


class OfProjects(Workbook):
    """Mixin of the pages about a workbook of projects."""

    above = (HOME, PROJECTS)
    kind = "projects"
    sheets = imports.SHEETS
    also = ((imports.WORKSTREAMS, "workstreams.edit"),)

    def plan_of(self, reading: Reading) -> Plan:
        return imports.plan(self.programme, reading)

    def saves(self) -> Callable[..., Any]:
        return imports.save_by(self.programme, self.request.user)


class ProjectsTemplate(OfProjects, TemplatePage):
    permission = "projects.edit"
    title = "Workstreams and projects"

    def rows(self) -> dict[str, Any]:
        return imports.stored_rows(self.programme)

    def lists(self) -> dict[str, Any]:
        return imports.lists(self.programme)

    def marking(self) -> str:
        held = Project.objects.of(self.programme).filter(withdrawn_on__isnull=True)
        own = [self.programme.default_marking, *held.values_list("sensitivity", flat=True)]
        return markings.label(markings.highest(own))


class ProjectsUpload(OfProjects, UploadPage):
    permission = "projects.edit"
    title = "Projects from a workbook"
    template = "projects:imports:template"
    preview = "projects:imports:preview"


class ProjectsPreview(OfProjects, PreviewPage):
    permission = "projects.edit"
    row = "upload"
    above = (HOME, PROJECTS, UPLOAD)
    upload_page = "projects:imports:upload"
    done = "projects:list"
