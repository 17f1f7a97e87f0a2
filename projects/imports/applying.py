"""Saving what a workbook of projects says: each row by the action of its screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from programme.imports import Planned
from programme.models import Programme, User
from projects.actions import save_project, save_workstream
from projects.imports.sheets import WORKSTREAMS
from projects.models import Project, Workstream


def save_by(programme: Programme, user: User) -> Callable[[Planned, dict[str, Any]], models.Model]:
    """Saves a row of a plan by the action of its screen, with the version that the plan saw."""

    def save(row: Planned, values: dict[str, Any]) -> models.Model:
        version = row.version
        if row.sheet is WORKSTREAMS:
            workstream: Any = row.stored or Workstream(programme=programme)
            return save_workstream(
                workstream=workstream, values=_input(values), expected_version=version, by=user
            )
        project: Any = row.stored or Project(programme=programme)
        since = values.pop("stage_since", None)
        return save_project(
            project=project,
            values=_input(values),
            stage_since=since,
            expected_version=version,
            by=user,
        )

    return save


def _input(values: Mapping[str, Any]) -> Any:
    """The values as an action takes them: the names of columns are those of its input."""
    return dict(values)
