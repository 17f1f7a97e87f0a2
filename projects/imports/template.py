"""What the template of a workbook of projects is filled with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from programme.imports import Lookup
from programme.imports.shapes import Value
from programme.models import Programme
from projects.imports.sheets import PROJECTS, WORKSTREAMS
from projects.imports.stored import MARKINGS, Stored, since_of
from projects.models import Project


def stored_rows(programme: Programme) -> dict[str, list[dict[str, Value]]]:
    """What the template has of workstreams and projects: those that are not withdrawn."""
    stored = Stored(programme)
    workstreams: list[dict[str, Value]] = [
        {
            "slug": row.slug,
            "name": row.name,
            "number": row.number,
            "parent": stored.workstreams.label(row.parent) if row.parent else "",
            "summary": row.summary,
        }
        for row in stored.workstreams.rows
        if row.withdrawn_on is None
    ]
    projects = [_project_row(row, stored) for row in stored.projects if row.withdrawn_on is None]
    return {WORKSTREAMS.name: workstreams, PROJECTS.name: projects}


def _project_row(row: Project, stored: Stored) -> dict[str, Value]:
    def lines(rows: Iterable[Any], lookup: Lookup[Any]) -> str:
        return "\n".join(lookup.label(each) for each in rows)

    plain = ("ref", "name", "short_name", "summary", "lead_post", "sponsor_post", "starts_on")
    plain += ("ends_on", "statutory_basis", "in_papers_as_component")
    lead = row.lead_organisation
    return {name: getattr(row, name) for name in plain} | {
        "workstream": stored.workstreams.label(row.workstream),
        "stage": stored.stages.label(row.stage),
        "stage_since": since_of(row),
        "parent": row.parent.ref if row.parent else "",
        "lead_organisation": stored.organisations.label(lead) if lead else "",
        "partners": lines(row.partners.all(), stored.organisations),
        "lead_user": row.lead_user.email if row.lead_user else "",
        "themes": lines(row.themes.all(), stored.themes),
        "priorities": lines(row.priorities.all(), stored.priorities),
        "sensitivity": MARKINGS[row.sensitivity],
    }


def lists(programme: Programme) -> dict[str, list[str]]:
    """What the template offers to choose from, by the heading of the list."""
    stored = Stored(programme)

    def offered(lookup: Lookup[Any]) -> list[str]:
        rows = [row for row in lookup.rows if getattr(row, "withdrawn_on", None) is None]
        return [lookup.label(row) for row in rows]

    return {
        "Workstreams": offered(stored.workstreams),
        "Stages": offered(stored.stages),
        "Organisations": offered(stored.organisations),
        "Themes": offered(stored.themes),
        "Priorities": offered(stored.priorities),
        "Markings": list(MARKINGS.values()),
    }
