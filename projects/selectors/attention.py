"""What needs attention, for the lists that home's counts lead to: each rule stands once, here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery

from programme.common import formats
from programme.common.blocks import Movement
from programme.common.calendar import month_end
from programme.common.values import Certainty, PlainDate
from programme.models import Dimension, Programme, RoleAssignment, Stage
from programme.selectors import extremes, known_levels
from projects.delivery import slip
from projects.models import Milestone, Project, Rating, StatusUpdate
from projects.selectors.delivery import rating_facts
from projects.selectors.mine import own_projects

SOON = 30
"""Days within which a milestone is due soon."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Ids of projects by what their last reports said: the worst level of a scale, a worse one than
    before, any at all."""

    worst: frozenset[int]
    worse: frozenset[int]
    rated: frozenset[int]


def attention(programme: Programme, *, day: date) -> Attention:
    """Of the ratings in force on a day. Three queries."""
    last = (
        StatusUpdate.objects.accepted()
        .filter(project=OuterRef("update__project"))
        .order_by("-period__as_at")
        .values("pk")[:1]
    )
    rows = (
        Rating.objects.of(programme)
        .order_by()
        .filter(
            update=Subquery(last),
            update__project__withdrawn_on__isnull=True,
            dimension__in=Dimension.objects.of(programme).in_force(day).values("pk"),
        )
        .with_before()
        .select_related("update")
    )
    levels = known_levels(programme)
    ends = extremes(programme, on=day)
    worst, worse, rated = set(), set(), set()
    for row in rows:
        facts = rating_facts(row, "", levels)
        rated.add(row.update.project_id)
        if ends.is_worst(facts.level.rank, facts.level.scale):
            worst.add(row.update.project_id)
        if facts.movement is Movement.WORSE:
            worse.add(row.update.project_id)
    return Attention(frozenset(worst), frozenset(worse), frozenset(rated))


def unrated(
    projects: QuerySet[Project], rated: Iterable[int], not_asked: Iterable[int]
) -> QuerySet[Project]:
    """Those that neither are rated nor have a component that is; components stand for themselves
    nowhere here. Of workstreams in which nothing is rated (``not_asked``) none is missing."""
    known = list(rated)
    with_parts = Project.objects.filter(pk__in=known, parent__isnull=False).values("parent")
    asked = projects.filter(parent__isnull=True).exclude(workstream__in=list(not_asked))
    return asked.exclude(pk__in=known).exclude(pk__in=with_parts)


def to_be_written(projects: QuerySet[Project], held: Iterable[RoleAssignment]) -> QuerySet[Project]:
    """Those of the projects that holders of these roles lead."""
    leads = [each for each in held if each.role == RoleAssignment.Role.LEAD]
    return projects.filter(own_projects(leads))


# --- milestones -------------------------------------------------------------------------------


def listed_milestones(programme: Programme) -> QuerySet[Milestone]:
    """The milestones of a programme's projects, soonest first, withdrawn ones left out."""
    return (
        Milestone.objects.of(programme)
        .filter(withdrawn_on__isnull=True, project__withdrawn_on__isnull=True)
        .select_related("project")
        .with_first_date()
        .order_by(F("forecast_day").asc(nulls_last=True), "project__order", "order")
    )


def milestone_words(
    slip: int | None,
    *,
    months: int | None,
    current: PlainDate,
    missed: bool,
    first_date: PlainDate | None,
) -> str:
    """How a milestone stands against its baseline and its forecast: "on time, first agreed for
    5 June 2018, not reached by its forecast date". ``current`` is the day it was reached, else its
    forecast: what has no slip lacks that or a baseline."""
    passed = "not reached by its forecast date"
    if slip is not None:
        words = [formats.slip(slip, months)]
    elif not current.known:
        tbc = current.certainty is Certainty.TBC
        words = ["forecast not known" if tbc else "no forecast"]
    elif missed:
        return passed
    else:
        words = ["no baseline to hold it against"]
    if first_date:
        words.append(f"first agreed for {formats.plain_date(first_date)}")
    if missed:
        words.append(passed)
    return ", ".join(words)


def open_milestones(programme: Programme) -> QuerySet[Milestone]:
    """Milestones of projects under way that are neither reached nor withdrawn and whose forecast
    is known, soonest first."""
    return (
        Milestone.objects.of(programme)
        .open()
        .filter(
            forecast_day__isnull=False,
            project__withdrawn_on__isnull=True,
            project__stage__kind__in=Stage.ASKED,
        )
        .order_by("forecast_day", "project__order", "order")
    )


def is_missed(forecast: PlainDate, day: date) -> bool:
    """Whether the time forecast is over on a day: a month is over with its last day."""
    if forecast.day is None:
        return False
    circa = forecast.certainty is Certainty.CIRCA
    return (month_end(forecast.day) if circa else forecast.day) < day


def is_late(baseline: PlainDate, forecast: PlainDate, day: date, *, calendar: str) -> bool:
    """Whether an open milestone has slipped from its baseline or was missed."""
    return is_missed(forecast, day) or (slip(baseline, forecast, calendar=calendar) or 0) > 0


def late_milestones(programme: Programme, day: date) -> list[int]:
    """The ids of the open milestones that are late on a day. One query."""
    rows = open_milestones(programme).only(
        "baseline_day", "baseline_certainty", "forecast_day", "forecast_certainty"
    )
    calendar = programme.calendar
    return [
        each.pk for each in rows if is_late(each.baseline, each.forecast, day, calendar=calendar)
    ]


def missed_milestones(programme: Programme, day: date) -> list[int]:
    """The ids of the open milestones whose time was over before a day. One query."""
    rows = open_milestones(programme).only("forecast_day", "forecast_certainty")
    return [each.pk for each in rows if is_missed(each.forecast, day)]


def due_milestones(programme: Programme, day: date) -> list[int]:
    """The ids of the open milestones due on a day or soon after. One query."""
    last = day + timedelta(days=SOON)
    rows = open_milestones(programme).only("forecast_day", "forecast_certainty")
    return [
        each.pk for each in rows.filter(forecast_day__lte=last) if not is_missed(each.forecast, day)
    ]


def moved_milestones(programme: Programme) -> list[int]:
    """The ids of the milestones that are expected, or were reached, at another time than was first
    agreed, or that no longer have a date. One query."""

    def has_moved(each: Milestone) -> bool:
        first = each.first_date or each.baseline
        late = slip(first, each.forecast, each.actual_on, calendar=programme.calendar)
        return first.known and late != 0

    return [each.pk for each in listed_milestones(programme) if has_moved(each)]


def coming_milestones(programme: Programme, day: date) -> list[int]:
    """The ids of the open milestones whose time is not over on a day. One query."""
    rows = open_milestones(programme).only("forecast_day", "forecast_certainty")
    return [each.pk for each in rows if not is_missed(each.forecast, day)]
