"""The sheets of a workbook of projects: their columns, as the template heads and explains them."""

from __future__ import annotations

from django.db import models

from programme.common.slugs import LONGEST
from programme.imports import Kind, Sheet, SheetColumn
from projects.models import Project, Workstream

SEVERAL = frozenset({"partners", "themes", "priorities"})
"""Columns whose cells name several rows."""


def _longest(model: type[models.Model], name: str) -> int | None:
    longest: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return longest


LONGEST_REF = _longest(Project, "ref") or LONGEST
WORKSTREAMS = Sheet(
    "Workstreams",
    (
        SheetColumn(
            "slug",
            "Key",
            is_key=True,
            longest=50,
            note="By this the portal knows a workstream. Leave it empty for a new one.",
        ),
        SheetColumn("name", "Name", needed=True, longest=_longest(Workstream, "name"), width=40),
        SheetColumn(
            "number",
            "Number in papers",
            longest=_longest(Workstream, "number"),
            note="As papers print it, such as 3 or 5.1",
            width=12,
        ),
        SheetColumn(
            "parent",
            "Stands below",
            choices="Workstreams",
            note="The name of another workstream; it may be a new one of this workbook.",
            width=30,
        ),
        SheetColumn(
            "summary",
            "Summary",
            kind=Kind.TEXT,
            note="A sentence or two that papers print before its projects.",
            width=60,
        ),
    ),
    ("workstream", "workstreams"),
    needed=False,
)
PROJECTS = Sheet(
    "Projects",
    (
        SheetColumn(
            "ref",
            "Reference",
            is_key=True,
            longest=LONGEST_REF,
            note="Short and lasting, as in addresses and papers: t03. By this the portal knows a "
            "project. Leave it empty for a new one, and it is made from the name.",
            width=12,
        ),
        SheetColumn("name", "Name", needed=True, longest=_longest(Project, "name"), width=40),
        SheetColumn(
            "short_name",
            "Short name",
            longest=_longest(Project, "short_name"),
            note="For table cells; the name stands there when this is empty.",
        ),
        SheetColumn(
            "workstream",
            "Workstream",
            needed=True,
            choices="Workstreams",
            note="The name of a workstream; it may be a new one of this workbook.",
            width=30,
        ),
        SheetColumn(
            "stage",
            "Stage",
            needed=True,
            choices="Stages",
            note="Where a new project stands. That of a stored one changes on its page, with the "
            "day and the reason.",
        ),
        SheetColumn(
            "stage_since",
            "At this stage since",
            kind=Kind.DAY,
            note="Of a new project, which papers leave out of the time before. When this is empty, "
            "it is the day of its start or, without one, the first day of the period that is open "
            "or opens next.",
            width=14,
        ),
        SheetColumn(
            "summary",
            "Summary",
            kind=Kind.TEXT,
            note="What the project does and why, as a board member should read it.",
            width=60,
        ),
        SheetColumn(
            "parent",
            "Component of",
            note="The reference, or the name, of the project that it is a part of; it may be a new "
            "one of this workbook.",
            width=14,
        ),
        SheetColumn("lead_organisation", "Lead organisation", choices="Organisations", width=30),
        SheetColumn(
            "partners", "Other partners", kind=Kind.TEXT, choices="Organisations", width=30
        ),
        SheetColumn(
            "lead_post",
            "Lead’s post",
            longest=_longest(Project, "lead_post"),
            note="A post, never a person’s name.",
        ),
        SheetColumn(
            "sponsor_post",
            "Sponsor’s post",
            longest=_longest(Project, "sponsor_post"),
            note="A post, never a person’s name.",
        ),
        SheetColumn(
            "lead_user",
            "Who writes its updates",
            note="The e-mail address of an account with the role of lead or programme office.",
            width=30,
        ),
        SheetColumn("starts_on", "Start", kind=Kind.DAY, width=14),
        SheetColumn("ends_on", "End", kind=Kind.DAY, width=14),
        SheetColumn("themes", "Themes", kind=Kind.TEXT, choices="Themes", width=24),
        SheetColumn(
            "priorities",
            "Priorities of the plan",
            kind=Kind.TEXT,
            choices="Priorities",
            width=40,
        ),
        SheetColumn(
            "statutory_basis",
            "Statutory basis",
            longest=_longest(Project, "statutory_basis"),
            note="Such as a section 22A agreement.",
        ),
        SheetColumn(
            "sensitivity",
            "Marking",
            choices="Markings",
            note="That of the programme when this is empty for a new project.",
        ),
        SheetColumn(
            "in_papers_as_component",
            "Listed with its parent",
            kind=Kind.YES_NO,
            note="Whether papers list it in the entry of the project it belongs to.",
            width=14,
        ),
    ),
    ("project", "projects"),
)
SHEETS = (WORKSTREAMS, PROJECTS)
