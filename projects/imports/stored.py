"""What a programme has that a workbook of projects may name."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models

from programme.common import formats
from programme.imports import Lookup
from programme.models import (
    MarkingChoices,
    Organisation,
    PlanPriority,
    Programme,
    Stage,
    Theme,
    User,
)
from programme.selectors import people_who_may
from projects.imports.sheets import SEVERAL
from projects.models import Project, Workstream

MARKINGS = {code: str(label) for code, label in MarkingChoices.choices}


class Stored:
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
        return list(rows.prefetch_related(*sorted(SEVERAL), "stage_changes"))

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
        offered = models.Q(pk__in=people_who_may("updates.edit", self.programme).values("pk"))
        leads = models.Q(led_projects__programme=self.programme)
        rows = User.objects.filter(offered | leads).distinct()
        return Lookup(
            rows,
            lambda row: (row.email,),
            what="account with a role that writes updates and the address",
        )


def _words_of_priority(row: PlanPriority) -> tuple[str, ...]:
    since = f" from {formats.day(row.in_force_from)}" if row.in_force_from else ""
    return (row.text, str(row.number), f"{row.number}{since}")


def since_of(project: Project) -> date | None:
    """Since when a project, read with its stage changes, stands where it stands."""
    changes = list(project.stage_changes.all())
    return changes[-1].changed_on if changes else None
