"""What the home page and the list of papers show, as frozen facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from programme.common.values import PlainDate
from programme.models import Dimension, Programme, ReportingPeriod
from projects.models import StatusUpdate
from projects.selectors import delivery_position
from projects.snapshot import ProjectFacts
from reports.document import Missing, Rating
from reports.models import Paper
from reports.sections.words import NO_UPDATE, rating_cell


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper in a list. ``template`` and ``period`` are the slugs in its address."""

    template: str
    period: str
    period_name: str
    title: str
    board: str
    meeting: PlainDate
    as_at: date
    state: str
    marking: str


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project in a list; ``overall`` is None where nobody is asked for a rating."""

    ref: str
    name: str
    lead: str
    stage: str
    status: str
    overall: Rating | Missing | None


@dataclass(frozen=True, slots=True)
class WorkstreamEntry:
    name: str
    projects: tuple[ProjectEntry, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeOverview:
    """The programme as at the last period that anybody reported in; ``as_at`` is None before."""

    as_at: date | None
    rated: str
    workstreams: tuple[WorkstreamEntry, ...]


def paper_entries(programme: Programme) -> tuple[PaperEntry, ...]:
    """The programme's papers, newest first. One query."""
    papers = Paper.objects.of(programme).select_related("template__board", "period", "meeting")
    return tuple(
        PaperEntry(
            template=paper.template.slug,
            period=paper.period.slug,
            period_name=paper.period.name,
            title=paper.title,
            board=paper.template.board.name,
            meeting=PlainDate(paper.meeting.held_on) if paper.meeting else PlainDate.tbc(),
            as_at=paper.period.as_at,
            state=paper.get_state_display(),
            marking=paper.get_marking_display(),
        )
        for paper in papers
    )


def programme_overview(programme: Programme) -> ProgrammeOverview:
    """Projects by workstream with their overall rating. Nine queries at most, however many
    projects there are."""
    reported = StatusUpdate.objects.reported().filter(period=OuterRef("pk"))
    periods = ReportingPeriod.objects.of(programme)
    period = periods.filter(Exists(reported)).order_by("-as_at").first()
    if period is None:
        return ProgrammeOverview(None, "", ())
    previous = periods.up_to(period.as_at).exclude(pk=period.pk).first()
    position = delivery_position(programme, period=period, previous=previous)
    overall = Dimension.objects.of(programme).in_force(period.as_at).filter(is_overall=True).first()
    entries = (
        WorkstreamEntry(
            workstream.name,
            tuple(
                _project_entry(project, overall)
                for project in position.projects
                # Components are left to their parents' pages.
                if project.workstream == workstream.slug and project.parent is None
            ),
        )
        for workstream in position.workstreams
    )
    return ProgrammeOverview(
        as_at=period.as_at,
        rated=overall.name if overall else "",
        workstreams=tuple(entry for entry in entries if entry.projects),
    )


def _project_entry(project: ProjectFacts, overall: Dimension | None) -> ProjectEntry:
    rating: Rating | Missing | None = None
    if overall and project.reporting:
        rating = rating_cell(project.rating(overall.slug)) if project.update else NO_UPDATE
    return ProjectEntry(
        ref=project.ref.upper(),
        name=project.name,
        lead=project.lead_organisation,
        stage=project.stage,
        status=project.update.status_line if project.update else "",
        overall=rating,
    )
