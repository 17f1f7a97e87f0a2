"""What moved between two days: ratings, milestones, risks and projects, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from programme.common import formats
from programme.common.blocks import Movement
from programme.common.values import PlainDate
from programme.common.words import say
from programme.models import Dimension, Programme, Stage
from programme.selectors import known_levels
from projects.delivery import slip, slip_in_months
from projects.facts import RatingFacts
from projects.milestone_history import MilestoneDates
from projects.models import (
    MilestoneChange,
    Project,
    Rating,
    Risk,
    RiskAssessment,
    RiskEnd,
    StageChange,
)
from projects.risk import Cells, RiskMatrixError, RiskScore, movement
from projects.selectors.delivery import rating_of
from projects.selectors.milestones import standing_on
from projects.selectors.registers import Scored, risk_cells, scored


@dataclass(frozen=True, slots=True)
class MovedRating:
    """A dimension of a project that is rated otherwise than it was; ``rating`` has what it was."""

    project: str
    ref: str
    dimension: str
    rating: RatingFacts


@dataclass(frozen=True, slots=True)
class MovedMilestone:
    """What happened to a milestone, in words: "Reached on 5 March 2019"."""

    project: str
    ref: str
    pk: int
    name: str
    deed: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class MovedRisk:
    """``was`` is its score on the earlier day, None of a new one; ``now`` None of a closed one."""

    ref: str
    title: str
    project: str
    deed: str
    was: Scored | None
    now: Scored | None
    reason: str


@dataclass(frozen=True, slots=True)
class MovedProject:
    """A project that is new, closed, withdrawn, or in another stage."""

    project: str
    ref: str
    deed: str
    words: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    ratings: tuple[MovedRating, ...]
    milestones: tuple[MovedMilestone, ...]
    risks: tuple[MovedRisk, ...]
    projects: tuple[MovedProject, ...]


def what_moved(programme: Programme, *, since: date, until: date) -> Moved:
    """What is otherwise on the later day than it was on the earlier. Eleven queries, whatever there
    is; what moved and moved back has not moved."""
    return Moved(
        _ratings(programme, since, until),
        _milestones(programme, since, until),
        _risks(programme, since, until),
        _projects(programme, since, until),
    )


# --- ratings ----------------------------------------------------------------------------------

_WORSE_FIRST = {Movement.WORSE: 0, Movement.BETTER: 1, Movement.NOT_COMPARABLE: 2, Movement.NEW: 3}


def _ratings(programme: Programme, since: date, until: date) -> tuple[MovedRating, ...]:
    """The last accepted level of each project and dimension on both days, where the two differ;
    what got worse comes first."""
    before = {
        (project, dimension): level for project, dimension, level, _ in _last(programme, since)
    }
    moved = [
        (project, dimension, level, reason)
        for project, dimension, level, reason in _last(programme, until)
        if before.get((project, dimension)) != level
    ]
    if not moved:
        return ()
    levels = known_levels(programme)
    dimensions = dict(Dimension.objects.of(programme).values_list("pk", "name"))
    projects = Project.objects.in_bulk({each[0] for each in moved})
    found = [
        MovedRating(
            projects[project].label,
            projects[project].ref,
            dimensions[dimension],
            rating_of(
                dimensions[dimension],
                levels[level],
                reason,
                levels.get(before.get((project, dimension), 0)),
            ),
        )
        for project, dimension, level, reason in moved
    ]
    return tuple(
        sorted(
            found,
            key=lambda each: _WORSE_FIRST.get(each.rating.movement or Movement.NEW, 4),
        )
    )


def _last(programme: Programme, day: date) -> QuerySet:
    """Project, dimension, level and reason of the last rating that was accepted for a period up to
    a day; of projects that were not withdrawn by then. One query."""
    return (
        Rating.objects.of(programme)
        .accepted()
        .filter(
            Q(update__project__withdrawn_on__isnull=True)
            | Q(update__project__withdrawn_on__gt=day),
            update__period__as_at__lte=day,
            dimension__in=Dimension.objects.of(programme).in_force(day).order_by().values("pk"),
        )
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("update__project_id"), F("dimension_id")],
                order_by=F("update__period__as_at").desc(),
            )
        )
        .filter(place=1)
        .order_by(
            "update__project__workstream__order", "update__project__order", "dimension__order"
        )
        .values_list("update__project_id", "dimension_id", "level_id", "reason")
    )


# --- milestones -------------------------------------------------------------------------------


def _milestones(programme: Programme, since: date, until: date) -> tuple[MovedMilestone, ...]:
    said = MilestoneChange.objects.of(programme).filter(
        stated_on__gt=since,
        stated_on__lte=until,
        milestone__project__withdrawn_on__isnull=True,
    )
    rows = (
        MilestoneChange.objects.filter(
            stated_on__lte=until, milestone__in=said.order_by().values("milestone")
        )
        .select_related("milestone__project", "approved_by")
        .order_by("milestone__project__order", "milestone__order", "milestone", "stated_on", "pk")
    )
    found = []
    for _, group in groupby(rows, key=lambda change: change.milestone_id):
        changes = list(group)
        milestone = changes[0].milestone
        deed = _deed(
            standing_on(milestone, changes, since),
            standing_on(milestone, changes, until),
            programme.calendar,
        )
        if deed is None:
            continue
        new = [each for each in changes if each.stated_on > since]
        words = deed[1]
        board = next((each.approved_by for each in reversed(new) if each.approved_by), None)
        if board and deed[0] == "Re-baselined":
            words += f", approved by {board}"
        found.append(
            MovedMilestone(
                milestone.project.label,
                milestone.project.ref,
                milestone.pk,
                milestone.name,
                deed[0],
                words,
                next((each.reason for each in reversed(new) if each.reason), ""),
            )
        )
    return tuple(found)


def _deed(
    was: MilestoneDates | None, now: MilestoneDates | None, calendar: str
) -> tuple[str, str] | None:
    """What happened to a milestone in a word, and in full; None where it is as it was."""
    if now is None or (was is not None and was.withdrawn_on and now.withdrawn_on):
        return None
    if now.withdrawn_on:
        return ("Removed", formats.day(now.withdrawn_on)) if was else None
    if was is not None and (was.withdrawn_on or (was.actual_on and not now.actual_on)):
        return "Reopened", formats.plain_date(now.forecast)
    if now.actual_on and not (was and was.actual_on):
        return "Reached", formats.day(now.actual_on)
    if was is None:
        return "Added", formats.plain_date(now.forecast)
    if now.baseline != was.baseline:
        return "Re-baselined", _from_to(was.baseline, now.baseline, calendar)
    if now.forecast != was.forecast:
        return "Moved", _from_to(was.forecast, now.forecast, calendar)
    return None


def _from_to(was: PlainDate, now: PlainDate, calendar: str) -> str:
    """Both dates and how far apart: "June 2019 to September 2019, about 3 months later"."""
    words = f"{formats.plain_date(was)} to {formats.plain_date(now)}"
    days = slip(was, now, calendar=calendar)
    if not days:
        return words
    months = slip_in_months(was, now)
    far = (
        f"about {formats.count(abs(months), 'month')}"
        if months
        else formats.count(abs(days), "working day")
    )
    return f"{words}, {far} {'later' if days > 0 else 'earlier'}"


# --- risks ------------------------------------------------------------------------------------


def _risks(programme: Programme, since: date, until: date) -> tuple[MovedRisk, ...]:
    """Risks and issues that are new, closed, or stand higher or lower; what rose comes first."""
    within = {"gt": since, "lte": until}

    def when(field: str) -> Q:
        return Q(**{f"{field}__{lookup}": day for lookup, day in within.items()})

    assessed = RiskAssessment.objects.of(programme).filter(when("assessed_on"))
    rows = list(
        Risk.objects.of(programme)
        .filter(
            when("raised_on")
            | when("closed_on")
            | Q(pk__in=assessed.order_by().values("risk"))
            | Q(pk__in=RiskEnd.objects.of(programme).order_by().values("risk")),
            raised_on__lte=until,
        )
        .select_related("project")
        .prefetch_related("earlier_ends")
        .order_by("ref")
    )
    if not rows:
        return ()
    cells = risk_cells(programme)
    said: dict[int, list[RiskAssessment]] = defaultdict(list)
    for each in RiskAssessment.objects.filter(
        risk__in=[row.pk for row in rows], assessed_on__lte=until
    ).order_by("assessed_on", "pk"):
        said[each.risk_id].append(each)
    found = [moved for row in rows if (moved := _risk(row, said[row.pk], since, until, cells))]
    order = ("Rose", "New", "Reopened", "Fell", "Closed")
    return tuple(sorted(found, key=lambda each: order.index(each.deed)))


def _risk(
    risk: Risk, said: Iterable[RiskAssessment], since: date, until: date, cells: Cells
) -> MovedRisk | None:
    was = now = RiskScore(risk.inherent_likelihood, risk.inherent_impact)
    note = ""
    for each in said:
        now = RiskScore(each.likelihood, each.impact)
        if each.assessed_on <= since:
            was = now
        else:
            note = each.note or note
    (before, _), (end, ending) = _ended(risk, since), _ended(risk, until)
    closed, new = end is not None, risk.raised_on > since
    if closed and (new or before == end):
        return None
    if end is not None:
        deed, reason = "Closed", ending
    elif before is not None:
        deed, reason = "Reopened", _reopened(risk, until)
    elif new:
        deed, reason = "New", note or risk.cause
    elif way := _way(was, now, cells):
        deed, reason = way, note
    else:
        return None
    return MovedRisk(
        ref=risk.ref,
        title=risk.title,
        project=risk.project.label if risk.project else say("Whole programme"),
        deed=deed,
        was=None if new else scored(was.likelihood, was.impact, cells),
        now=None if closed else scored(now.likelihood, now.impact, cells),
        reason=reason,
    )


def _ended(risk: Risk, day: date) -> tuple[date | None, str]:
    """Since when a risk was closed on a day, and how it had ended; None where it was open."""
    for each in risk.earlier_ends.all():
        if each.ended_on <= day < each.reopened_on:
            return each.ended_on, each.note
    if risk.closed_on is not None and risk.closed_on <= day:
        return risk.closed_on, risk.closing_note
    return None, ""


def _reopened(risk: Risk, until: date) -> str:
    """Why a risk was last opened again by a day."""
    return [each.reason for each in risk.earlier_ends.all() if each.reopened_on <= until][-1]


def _way(was: RiskScore, now: RiskScore, cells: Cells) -> str:
    try:
        moved = movement(was, now, cells)
    except RiskMatrixError:
        return ""
    return {Movement.WORSE: "Rose", Movement.BETTER: "Fell"}.get(moved, "")


# --- projects ---------------------------------------------------------------------------------


def _projects(programme: Programme, since: date, until: date) -> tuple[MovedProject, ...]:
    changes = (
        StageChange.objects.of(programme)
        .filter(changed_on__gt=since, changed_on__lte=until)
        .select_related("project", "from_stage", "to_stage", "board")
        .order_by("changed_on", "pk")
    )
    found = []
    for change in changes:
        if change.from_stage is None:
            deed, words = "New", change.to_stage.name
        else:
            ended = change.to_stage.kind == Stage.Kind.CLOSED
            deed = "Closed" if ended else "Moved on"
            words = f"{change.from_stage.name} to {change.to_stage.name}"
        if change.board:
            words += f", decided by {change.board}"
        project = change.project
        found.append(
            MovedProject(project.label, project.ref, deed, words, change.changed_on, change.reason)
        )
    withdrawn = Project.objects.of(programme).filter(
        withdrawn_on__gt=since, withdrawn_on__lte=until
    )
    found += [
        MovedProject(
            each.label, each.ref, "Withdrawn", "", each.withdrawn_on, each.withdrawn_reason
        )
        for each in withdrawn
        if each.withdrawn_on
    ]
    return tuple(sorted(found, key=lambda each: each.on))
