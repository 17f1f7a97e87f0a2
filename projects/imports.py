"""Workstreams and projects from a workbook: its sheets, what its rows mean, what they would do.

A row becomes what the form of the same thing would send to the same action. What the screens keep
apart stays apart here: the stage of a stored project changes with its day and reason on its page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone

from programme.common import formats
from programme.common.slugs import RESERVED
from programme.common.words import say
from programme.imports import (
    AmbiguousWord,
    FieldChange,
    Kind,
    Lookup,
    Plan,
    Planned,
    Problem,
    Reading,
    ReadRow,
    Sheet,
    SheetColumn,
    UnknownWord,
)
from programme.imports.plan import new_row_needs, words
from programme.imports.shapes import Value
from programme.models import (
    MarkingChoices,
    Organisation,
    PlanPriority,
    Programme,
    RoleAssignment,
    Stage,
    Theme,
    User,
)
from projects.actions import save_project, save_workstream
from projects.models import Project, Workstream


def _longest(model: type[models.Model], name: str) -> int | None:
    longest: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return longest


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
            needed=True,
            is_key=True,
            longest=_longest(Project, "ref"),
            note="Short and lasting, as in addresses and papers: t03. By this the portal knows a "
            "project.",
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
            note="Of a new project; today when this is empty.",
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
            note="The reference of the project that it is a part of; it may be a new one of this "
            "workbook.",
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
            "Who updates it",
            note="The e-mail address of an account that holds a role in this programme.",
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
_REF = re.compile(r"[a-z0-9_-]+")
_SEVERAL = {"partners", "themes", "priorities"}
_MARKINGS = dict(MarkingChoices.choices)


class _Stored:
    """What a programme has that a workbook may name, each kind read once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    @cached_property
    def workstreams(self) -> Lookup[Any]:
        rows = Workstream.objects.of(self.programme).select_related("parent")
        return Lookup(rows, lambda row: (row.name, row.slug), what="workstream")

    @cached_property
    def projects(self) -> list[Project]:
        rows = Project.objects.of(self.programme).select_related(
            "workstream", "parent", "lead_organisation", "lead_user", "stage"
        )
        return list(rows.prefetch_related(*sorted(_SEVERAL), "stage_changes"))

    @cached_property
    def stages(self) -> Lookup[Stage]:
        rows = Stage.objects.of(self.programme)
        return Lookup(rows, lambda row: (row.name, row.slug), what="stage")

    @cached_property
    def organisations(self) -> Lookup[Organisation]:
        rows = Organisation.objects.of(self.programme)
        return Lookup(rows, lambda row: (row.name, row.short_name, row.slug), what="organisation")

    @cached_property
    def themes(self) -> Lookup[Theme]:
        rows = Theme.objects.of(self.programme)
        return Lookup(rows, lambda row: (row.name, row.slug), what="theme")

    @cached_property
    def priorities(self) -> Lookup[PlanPriority]:
        rows = PlanPriority.objects.of(self.programme)
        return Lookup(rows, _words_of_priority, what="priority")

    @cached_property
    def accounts(self) -> Lookup[User]:
        """Whom a project's form offers, and who leads one already."""
        held = RoleAssignment.objects.of(self.programme).current().values("user")
        offered = models.Q(pk__in=held, is_active=True)
        leads = models.Q(led_projects__programme=self.programme)
        rows = User.objects.filter(offered | leads).distinct()
        return Lookup(rows, lambda row: (row.email,), what="account with a role and the address")


def _words_of_priority(row: PlanPriority) -> tuple[str, ...]:
    since = f" from {formats.day(row.in_force_from)}" if row.in_force_from else ""
    return (row.text, str(row.number), f"{row.number}{since}")


# --- the template -------------------------------------------------------------------------------


def stored_rows(programme: Programme) -> dict[str, list[dict[str, Value]]]:
    """What the template has of workstreams and projects: those that are not withdrawn."""
    stored = _Stored(programme)
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


def _project_row(row: Project, stored: _Stored) -> dict[str, Value]:
    def lines(rows: Iterable[Any], lookup: Lookup[Any]) -> str:
        return "\n".join(lookup.label(each) for each in rows)

    plain = ("ref", "name", "short_name", "summary", "lead_post", "sponsor_post", "starts_on")
    plain += ("ends_on", "statutory_basis", "in_papers_as_component")
    lead = row.lead_organisation
    return {name: getattr(row, name) for name in plain} | {
        "workstream": stored.workstreams.label(row.workstream),
        "stage": stored.stages.label(row.stage),
        "stage_since": _since(row),
        "parent": row.parent.ref if row.parent else "",
        "lead_organisation": stored.organisations.label(lead) if lead else "",
        "partners": lines(row.partners.all(), stored.organisations),
        "lead_user": row.lead_user.email if row.lead_user else "",
        "themes": lines(row.themes.all(), stored.themes),
        "priorities": lines(row.priorities.all(), stored.priorities),
        "sensitivity": _MARKINGS[row.sensitivity],
    }


def _since(project: Project) -> date | None:
    changes = list(project.stage_changes.all())
    return changes[-1].changed_on if changes else None


def lists(programme: Programme) -> dict[str, list[str]]:
    """What the template offers to choose from, by the heading of the list."""
    stored = _Stored(programme)

    def offered(lookup: Lookup[Any]) -> list[str]:
        rows = [row for row in lookup.rows if getattr(row, "withdrawn_on", None) is None]
        return [lookup.label(row) for row in rows]

    return {
        "Workstreams": offered(stored.workstreams),
        "Stages": offered(stored.stages),
        "Organisations": offered(stored.organisations),
        "Themes": offered(stored.themes),
        "Priorities": offered(stored.priorities),
        "Markings": list(_MARKINGS.values()),
    }


# --- the plan -----------------------------------------------------------------------------------


def plan(programme: Programme, reading: Reading) -> Plan:
    """What the workbook would do to the programme as it is now, and what cannot be."""
    return _Planner(programme, reading).plan()


class _Planner:
    def __init__(self, programme: Programme, reading: Reading) -> None:
        self.programme, self.reading = programme, reading
        self.stored = _Stored(programme)
        self.problems: list[Problem] = []
        self.by_ref: dict[str, Planned] = {}
        self.by_workstream: dict[int, Planned] = {}

    def plan(self) -> Plan:
        workstreams = [self._workstream(row) for row in self.reading.of(WORKSTREAMS)]
        found = [row for row in workstreams if row is not None]
        # A name leads to a new workstream of this workbook as it leads to a stored one.
        for row in found:
            if row.is_new:
                self.stored.workstreams.add(_Coming(row))
        for row in found:
            self._read_workstream(row)
        projects = [each for row in self.reading.of(PROJECTS) if (each := self._project(row))]
        for row in projects:
            self._read_project(row)
        for row in projects:
            self._check_parent(row)
        rows = [*self._in_order(found), *self._in_order(projects)]
        problems = sorted(self.problems, key=lambda each: each.place)
        return Plan(rows, problems, self.reading)

    # --- which row is meant -------------------------------------------------------------------

    def _workstream(self, row: ReadRow) -> Planned | None:
        """The workstream of a row: by its key; without one by its name, so that a workbook that is
        uploaded again adds nothing twice."""
        slug, name = str(row.values.get("slug") or ""), str(row.values.get("name") or "")
        same_slug = [each for each in self.stored.workstreams.rows if each.slug == slug]
        same_name = [
            each for each in self.stored.workstreams.rows if each.name.casefold() == name.casefold()
        ]
        if slug and not same_slug:
            self._wrong(
                WORKSTREAMS,
                row,
                "slug",
                "The programme has no workstream with the key “{slug}”. Leave the key of a new "
                "one empty.",
                slug=slug,
            )
            return None
        if not slug and len(same_name) > 1:
            self._wrong(
                WORKSTREAMS,
                row,
                "slug",
                "Several workstreams are called “{called}”. Give its key.",
                called=name,
            )
            return None
        stored = same_slug[0] if slug else next(iter(same_name), None)
        if not name and stored is None:
            return None  # said already: a name must not be empty
        planned = Planned(WORKSTREAMS, row, name or stored.name, stored)
        if stored is None:
            self.problems += new_row_needs(WORKSTREAMS, row, self.reading)
        elif stored.pk in self.by_workstream:
            self._twice(planned, "slug" if slug else "name", self.by_workstream[stored.pk])
            return None
        elif stored.withdrawn_on is not None:
            self._wrong(WORKSTREAMS, row, "slug", "This workstream is withdrawn.")
            return None
        else:
            self.by_workstream[stored.pk] = planned
        return planned

    def _project(self, row: ReadRow) -> Planned | None:
        ref = str(row.values.get("ref") or "").lower()
        if not ref:
            self._wrong(PROJECTS, row, "ref", "Enter the reference of the project.")
            return None
        if not _REF.fullmatch(ref) or ref in RESERVED:
            self._wrong(
                PROJECTS,
                row,
                "ref",
                "A reference has letters, figures and hyphens only, as in t03, and is none of the "
                "portal’s own words.",
            )
            return None
        stored = next((each for each in self.stored.projects if each.ref == ref), None)
        planned = Planned(
            PROJECTS, row, str(row.values.get("name") or (stored.name if stored else ref)), stored
        )
        if ref in self.by_ref:
            self._twice(planned, "ref", self.by_ref[ref])
            return None
        if stored is not None and stored.withdrawn_on is not None:
            self._wrong(
                PROJECTS,
                row,
                "ref",
                "This project was withdrawn on {day}.",
                day=formats.day(stored.withdrawn_on),
            )
            return None
        if stored is None:
            self.problems += new_row_needs(PROJECTS, row, self.reading)
        self.by_ref[ref] = planned
        return planned

    def _twice(self, planned: Planned, name: str, first: Planned) -> None:
        what = planned.sheet.thing
        self._wrong(
            planned.sheet,
            planned.source,
            name,
            "Row {number} is about this {what} already.",
            number=first.source.number,
            what=what,
        )

    # --- what a row says ----------------------------------------------------------------------

    def _read_workstream(self, planned: Planned) -> None:
        for name in ("name", "number", "summary"):
            self._take(planned, name, planned.source.values.get(name))
        self._take(planned, "parent", self._found(planned, "parent", self.stored.workstreams))
        self._refuse_oneself(planned)

    def _read_project(self, planned: Planned) -> None:
        values, stored = planned.source.values, self.stored
        if planned.is_new:
            self._take(planned, "ref", str(values["ref"]).lower())
            since = values.get("stage_since")
            if isinstance(since, date):
                self._take(planned, "stage_since", since)
        for name in ("name", "short_name", "summary", "lead_post", "sponsor_post"):
            self._take(planned, name, values.get(name))
        for name in ("starts_on", "ends_on", "statutory_basis"):
            self._take(planned, name, values.get(name))
        self._take(planned, "workstream", self._found(planned, "workstream", stored.workstreams))
        self._stage(planned)
        lead = self._found(planned, "lead_organisation", stored.organisations)
        self._take(planned, "lead_organisation", lead)
        self._take(planned, "lead_user", self._found(planned, "lead_user", stored.accounts))
        self._take(planned, "parent", self._parent(planned))
        for name in sorted(_SEVERAL):
            lookup = stored.organisations if name == "partners" else getattr(stored, name)
            self._take(planned, name, self._found(planned, name, lookup))
        self._marking(planned)
        if (listed := values.get("in_papers_as_component")) is not None:
            self._take(planned, "in_papers_as_component", listed)

    def _found(self, planned: Planned, name: str, lookup: Lookup[Any]) -> Any:
        """The row, or for what may be several the rows, that a cell names; what was withdrawn only
        where the row has it already."""
        text = str(planned.source.values.get(name) or "")
        try:
            rows = lookup.find_all(text) if name in _SEVERAL else [lookup.find(text)]
        except (UnknownWord, AmbiguousWord) as wrong:
            if text:
                self._wrong(planned.sheet, planned.source, name, "{wrong}", wrong=wrong)
            return [] if name in _SEVERAL else None
        kept = self._before(planned, name)
        kept = kept if isinstance(kept, list) else [kept]
        for row in rows:
            if getattr(row, "withdrawn_on", None) is not None and row not in kept:
                message = "“{choice}” is withdrawn and cannot be chosen."
                self._wrong(planned.sheet, planned.source, name, message, choice=row)
        rows = [row.planned if isinstance(row, _Coming) else row for row in rows]
        return rows if name in _SEVERAL else rows[0]

    def _parent(self, planned: Planned) -> Any:
        ref = str(planned.source.values.get("parent") or "").lower()
        if not ref:
            return None
        if ref in self.by_ref and self.by_ref[ref].is_new:
            return self.by_ref[ref]
        found = next((each for each in self.stored.projects if each.ref == ref), None)
        if found is None:
            self._wrong(
                PROJECTS,
                planned.source,
                "parent",
                "There is no project with the reference {ref}.",
                ref=ref,
            )
        return found

    def _stage(self, planned: Planned) -> None:
        stage = self._found(planned, "stage", self.stored.stages)
        if planned.is_new:
            if stage is not None:
                self._take(planned, "stage", stage)
            return
        project: Any = planned.stored
        since = planned.source.values.get("stage_since")
        if stage is not None and stage != project.stage:
            name = "stage"
        elif since is not None and since != _since(project):
            name = "stage_since"
        else:
            return
        self._wrong(
            PROJECTS,
            planned.source,
            name,
            "The project stands at “{stage}”. Its stage changes on its page, with the day and the "
            "reason.",
            stage=project.stage,
        )

    def _marking(self, planned: Planned) -> None:
        text = str(planned.source.values.get("sensitivity") or "")
        if not text:
            if planned.is_new:
                self._take(planned, "sensitivity", self.programme.default_marking, always=True)
            return  # a marking has no empty value: the project keeps its own
        codes = {label.casefold(): code for code, label in _MARKINGS.items()}
        if text.casefold() not in codes:
            known = " or ".join(_MARKINGS.values())
            self._wrong(PROJECTS, planned.source, "sensitivity", "Enter {known}.", known=known)
            return
        self._take(planned, "sensitivity", codes[text.casefold()])

    def _take(self, planned: Planned, name: str, value: Any, *, always: bool = False) -> None:
        """Keeps a value that differs from what is stored; of a column that the sheet lacks none."""
        if name not in planned.source.values and not always:
            return
        before = self._before(planned, name)
        if value is None and isinstance(before, str):
            value = ""
        if planned.is_new and value in (None, "", []):
            return
        if not planned.is_new and _same(before, value):
            return
        planned.values[name] = value
        column = planned.sheet.column(name)
        planned.changes.append(
            FieldChange(
                column.heading if column else name, _words(name, before), _words(name, value)
            )
        )

    def _before(self, planned: Planned, name: str) -> Any:
        if planned.stored is None:
            return [] if name in _SEVERAL else None
        value = getattr(planned.stored, name)
        return list(value.all()) if name in _SEVERAL else value

    # --- what stands on what ------------------------------------------------------------------

    def _refuse_oneself(self, planned: Planned) -> None:
        parent = planned.values.get("parent")
        if parent is not None and (parent is planned or parent == planned.stored):
            self._wrong(planned.sheet, planned.source, "parent", "It cannot stand below itself.")
            del planned.values["parent"]

    def _check_parent(self, planned: Planned) -> None:
        """A component belongs to a project that is open and no component itself, as the form of a
        project offers it."""
        self._refuse_oneself(planned)
        parent = planned.values.get("parent")
        if parent is None:
            return
        own = parent if isinstance(parent, Planned) else self.by_ref.get(parent.ref)
        if own is not None and "parent" in own.values:
            above = own.values["parent"]
        else:
            above = None if isinstance(parent, Planned) else parent.parent
        if above is not None:
            message = "“{parent}” is a component itself, and so has none."
        elif isinstance(parent, Project) and (
            parent.withdrawn_on is not None or parent.stage.kind == Stage.Kind.CLOSED
        ):
            message = "“{parent}” is closed or withdrawn."
        else:
            return
        self._wrong(PROJECTS, planned.source, "parent", message, parent=parent)

    def _in_order(self, rows: list[Planned]) -> list[Planned]:
        """Each after what it stands on; new rows that stand on one another in a circle are said."""
        done: list[Planned] = []
        for row in rows:
            self._put(row, done, [])
        return done

    def _put(self, row: Planned, done: list[Planned], above: list[Planned]) -> None:
        if row in done:
            return
        if row in above:
            self._wrong(
                row.sheet,
                row.source,
                "parent",
                "This would make a circle: it stands above that one.",
            )
            row.values.pop("parent", None)
            return
        parent = row.values.get("parent")
        if isinstance(parent, Planned):
            self._put(parent, done, [*above, row])
        if row not in done:
            done.append(row)

    def _wrong(self, sheet: Sheet, row: ReadRow, name: str, message: str, **named: Any) -> None:
        """A problem at a cell: the portal's own sentence, and the names that stand in it."""
        message = say(message).format(**named)
        self.problems.append(self.reading.problem(sheet, row, name, message))


class _Coming:
    """A workstream that the workbook adds, among those that can be named."""

    withdrawn_on = None
    slug = ""

    def __init__(self, planned: Planned) -> None:
        self.planned, self.name = planned, planned.label

    def __str__(self) -> str:
        return self.name


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return {each.pk for each in before} == {each.pk for each in after}
    return bool(before == after)


def _words(name: str, value: Any) -> str:
    if name == "sensitivity" and value:
        return str(_MARKINGS[value])
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return formats.day(value) if isinstance(value, date) else words(value)


# --- saving -------------------------------------------------------------------------------------


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
        since = values.pop("stage_since", timezone.localdate())
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
