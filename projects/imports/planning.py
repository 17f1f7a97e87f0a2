"""What the rows of a workbook mean for the programme as it is now, and what cannot be.

What the screens keep apart stays apart here: the stage of a stored project changes with its day
and reason on its page.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from programme.common import formats
from programme.common.slugs import RESERVED, free_slug
from programme.imports import Coming, Plan, Planned, Reading, ReadRow, RowPlanner
from programme.imports.plan import new_row_needs
from programme.models import Programme, Stage
from projects.imports.sheets import LONGEST_REF, PROJECTS, SEVERAL, WORKSTREAMS
from projects.imports.stored import MARKINGS, Stored, since_of
from projects.models import Project

_REF = re.compile(r"[a-z0-9_-]+")


def plan(programme: Programme, reading: Reading) -> Plan:
    """What the workbook would do to the programme as it is now, and what cannot be."""
    return ProjectsPlanner(programme, reading).plan()


class ProjectsPlanner(RowPlanner):
    """Workstreams first: a project of the workbook may stand in one that it adds."""

    several = SEVERAL

    def __init__(self, programme: Programme, reading: Reading) -> None:
        super().__init__(programme, reading)
        self.stored = Stored(programme)
        self.by_ref: dict[str, Planned] = {}
        self.by_workstream: dict[int, Planned] = {}

    def plan(self) -> Plan:
        workstreams = [self._workstream(row) for row in self.reading.of(WORKSTREAMS)]
        found = [row for row in workstreams if row is not None]
        # A name leads to a new workstream of this workbook as it leads to a stored one.
        for row in found:
            if row.is_new:
                self.stored.workstreams.add(Coming(row))
        for row in found:
            self._read_workstream(row)
        projects = [each for row in self.reading.of(PROJECTS) if (each := self._project(row))]
        for row in projects:
            self._read_project(row)
        for row in projects:
            self._check_parent(row)
        rows = [*self.in_order(found), *self.in_order(projects)]
        problems = sorted(self.problems, key=lambda each: each.place)
        return Plan(rows, problems, self.reading)

    def said(self, name: str, value: Any) -> str:
        return MARKINGS[value] if name == "sensitivity" and value else super().said(name, value)

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
            self.wrong(
                WORKSTREAMS,
                row,
                "slug",
                "The programme has no workstream with the key “{slug}”. Leave the key of a new "
                "one empty.",
                slug=slug,
            )
            return None
        if not slug and len(same_name) > 1:
            self.wrong(
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
            self.twice(planned, "slug" if slug else "name", self.by_workstream[stored.pk])
            return None
        elif stored.withdrawn_on is not None:
            self.wrong(WORKSTREAMS, row, "slug", "This workstream is withdrawn.")
            return None
        else:
            self.by_workstream[stored.pk] = planned
        return planned

    def _project(self, row: ReadRow) -> Planned | None:
        """The project of a row: by its reference; without one by its name, so that a workbook that
        is uploaded again adds nothing twice. A new one is given a reference made from its name."""
        ref, name = str(row.values.get("ref") or "").lower(), str(row.values.get("name") or "")
        if not ref:
            named = self._stored_as(name)
            if len(named) > 1:
                self.wrong(
                    PROJECTS,
                    row,
                    "ref",
                    "Several projects are called “{called}”. Give its reference.",
                    called=name,
                )
                return None
            ref = named[0].ref if named else self._proposed(name)
        elif not _REF.fullmatch(ref) or ref in RESERVED:
            self.wrong(
                PROJECTS,
                row,
                "ref",
                "A reference has letters, figures and hyphens only, as in t03, and is none of the "
                "portal’s own words.",
            )
            return None
        stored = next((each for each in self.stored.projects if each.ref == ref), None)
        planned = Planned(PROJECTS, row, name or (stored.name if stored else ref), stored)
        if ref in self.by_ref:
            self.twice(planned, "ref" if row.values.get("ref") else "name", self.by_ref[ref])
            return None
        if stored is not None and stored.withdrawn_on is not None:
            self.wrong(
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

    def _stored_as(self, name: str) -> list[Project]:
        """The projects of a name that are not withdrawn."""
        return [
            each
            for each in self.stored.projects
            if each.name.casefold() == name.casefold() and each.withdrawn_on is None
        ]

    def _proposed(self, name: str) -> str:
        """A reference made from a name that neither a project nor a row of the workbook has."""
        given = {str(row.values.get("ref") or "").lower() for row in self.reading.of(PROJECTS)}
        taken = {*given, *self.by_ref, *(each.ref for each in self.stored.projects)}
        return free_slug(name, taken, longest=LONGEST_REF)

    # --- what a row says ----------------------------------------------------------------------

    def _read_workstream(self, planned: Planned) -> None:
        for name in ("name", "number", "summary"):
            self.take(planned, name, planned.source.values.get(name))
        self.take(planned, "parent", self.found(planned, "parent", self.stored.workstreams))
        self.refuse_oneself(planned)

    def _read_project(self, planned: Planned) -> None:
        values, stored = planned.source.values, self.stored
        if planned.is_new:
            ref = next(ref for ref, each in self.by_ref.items() if each is planned)
            self.take(planned, "ref", ref, always=True)
            since = values.get("stage_since")
            if isinstance(since, date):
                self.take(planned, "stage_since", since)
        for name in ("name", "short_name", "summary", "lead_post", "sponsor_post"):
            self.take(planned, name, values.get(name))
        for name in ("starts_on", "ends_on", "statutory_basis"):
            self.take(planned, name, values.get(name))
        self.take(planned, "workstream", self.found(planned, "workstream", stored.workstreams))
        self._stage(planned)
        lead = self.found(planned, "lead_organisation", stored.organisations)
        self.take(planned, "lead_organisation", lead)
        self.take(planned, "lead_user", self.found(planned, "lead_user", stored.accounts))
        self.take(planned, "parent", self._parent(planned))
        for name in sorted(SEVERAL):
            lookup = stored.organisations if name == "partners" else getattr(stored, name)
            self.take(planned, name, self.found(planned, name, lookup))
        self._marking(planned)
        if (listed := values.get("in_papers_as_component")) is not None:
            self.take(planned, "in_papers_as_component", listed)

    def _parent(self, planned: Planned) -> Any:
        text = str(planned.source.values.get("parent") or "")
        if not text:
            return None
        by_ref = self.by_ref.get(text.lower())
        if by_ref is not None and by_ref.is_new:
            return by_ref
        found = next((each for each in self.stored.projects if each.ref == text.lower()), None)
        if found is not None:
            return found
        coming = [each for each in self.by_ref.values() if each.is_new]
        named: list[Any] = [each for each in coming if str(each).casefold() == text.casefold()]
        named += self._stored_as(text)
        if len(named) != 1:
            message = (
                "Several projects are called “{text}”. Give its reference."
                if named
                else "There is no project with the reference or the name “{text}”."
            )
            self.wrong(PROJECTS, planned.source, "parent", message, text=text)
            return None
        return named[0]

    def _stage(self, planned: Planned) -> None:
        stage = self.found(planned, "stage", self.stored.stages)
        if planned.is_new:
            if stage is not None:
                self.take(planned, "stage", stage)
            return
        project: Any = planned.stored
        since = planned.source.values.get("stage_since")
        if stage is not None and stage != project.stage:
            name = "stage"
        elif since is not None and since != since_of(project):
            name = "stage_since"
        else:
            return
        self.wrong(
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
                self.take(planned, "sensitivity", self.programme.default_marking, always=True)
            return  # a marking has no empty value: the project keeps its own
        codes = {label.casefold(): code for code, label in MARKINGS.items()}
        if text.casefold() not in codes:
            known = " or ".join(MARKINGS.values())
            self.wrong(PROJECTS, planned.source, "sensitivity", "Enter {known}.", known=known)
            return
        self.take(planned, "sensitivity", codes[text.casefold()])

    def _check_parent(self, planned: Planned) -> None:
        """A component belongs to a project that is open and no component itself, as the form of a
        project offers it."""
        self.refuse_oneself(planned)
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
        self.wrong(PROJECTS, planned.source, "parent", message, parent=parent)
