"""What the home page and the list of papers show, as frozen facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from programme.common.values import PlainDate
from programme.models import Dimension, Programme
from programme.selectors import level_facts
from programme.snapshot import LevelFacts
from projects.delivery import Level, movement
from projects.models import Project, StatusUpdate
from projects.models import Rating as StoredRating
from projects.snapshot import RatingFacts
from reports.document import Missing, Rating
from reports.models import Paper
from reports.sections.words import rating_cell

NOT_RATED = Missing("Not rated")


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper in a list. ``template`` and ``period`` are the slugs in its address. Its marking is
    not here: the highest of its parts wins, which only the whole paper knows."""

    template: str
    period: str
    period_name: str
    title: str
    board: str
    meeting: PlainDate
    as_at: date
    state: str


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project as it last reported. ``reported`` names that period, empty before the first
    report."""

    ref: str
    name: str
    lead: str
    stage: str
    status: str
    reported: str
    overall: Rating | Missing


@dataclass(frozen=True, slots=True)
class WorkstreamEntry:
    """``rated`` names the overall dimension; empty where no project has ever been rated in it."""

    name: str
    rated: str
    projects: tuple[ProjectEntry, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeOverview:
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
        )
        for paper in papers
    )


def programme_overview(programme: Programme) -> ProgrammeOverview:
    """Projects that are not components of others, each as it last reported.

    Projects report to different boards in different periods, so a single period would show most
    of them blank. Four queries, however many projects there are.
    """
    overall = Dimension.objects.of(programme).filter(is_overall=True).first()
    last_report = (
        StatusUpdate.objects.reported()
        .filter(project=OuterRef("pk"))
        .order_by("-period__as_at")
        .values("pk")[:1]
    )
    projects = list(
        Project.objects.of(programme)
        .top_level()
        .filter(withdrawn_on__isnull=True)
        .select_related("stage", "lead_organisation", "workstream")
        .annotate(last_report=Subquery(last_report))
    )
    updates = (
        StatusUpdate.objects.of(programme)
        .filter(pk__in=[each.last_report for each in projects if each.last_report])
        .select_related("period")
        .in_bulk()
    )
    histories = _rating_histories(overall) if overall else {}
    groups: dict[str, list[ProjectEntry]] = {}
    for project in projects:
        update = updates.get(project.last_report)
        rating = _last_rating(histories.get(project.pk, []), update)
        entry = ProjectEntry(
            ref=project.ref.upper(),
            name=project.name,
            lead=project.lead_organisation.short_name if project.lead_organisation else "",
            stage=project.stage.name,
            status=update.status_line if update else "",
            reported=update.period.name if update else "",
            overall=rating_cell(rating) if rating else NOT_RATED,
        )
        groups.setdefault(project.workstream.name, []).append(entry)
    return ProgrammeOverview(
        tuple(
            WorkstreamEntry(name, overall.name if overall and _any_rated(rows) else "", tuple(rows))
            for name, rows in groups.items()
        )
    )


def _any_rated(entries: list[ProjectEntry]) -> bool:
    return any(isinstance(entry.overall, Rating) for entry in entries)


def _rating_histories(overall: Dimension) -> dict[int, list[StoredRating]]:
    """Reported ratings in the overall dimension, oldest first, by project. One query."""
    histories = defaultdict(list)
    for rating in (
        StoredRating.objects.filter(
            dimension=overall, update__in=StatusUpdate.objects.reported().values("pk")
        )
        .select_related("level__scale", "update", "dimension")
        .order_by("update__period__as_at")
    ):
        histories[rating.update.project_id].append(rating)
    return histories


def _last_rating(history: list[StoredRating], update: StatusUpdate | None) -> RatingFacts | None:
    """The rating given in a project's last update, with its movement since the one before."""
    if update is None or not history or history[-1].update_id != update.pk:
        return None
    current = level_facts(history[-1].level)
    before = level_facts(history[-2].level) if len(history) > 1 else None
    return RatingFacts(
        dimension=history[-1].dimension.slug,
        level=current,
        reason=history[-1].reason,
        movement=movement(_pure(before) if before else None, _pure(current)),
        previous=before,
    )


def _pure(level: LevelFacts) -> Level:
    return Level(level.code, level.word, level.rank, level.scale)
