"""The projects of a list, each with what its row prints, in a number of queries that stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import (
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Prefetch,
    QuerySet,
    Subquery,
)

from programme.facts import Level
from programme.models import Programme, RatingLevel, ReportingPeriod
from programme.selectors import level_facts
from projects.facts import RatingFacts
from projects.models import Milestone, Project, Rating, StatusUpdate
from projects.selectors.delivery import rating_facts


@dataclass(frozen=True, slots=True)
class RatedIn:
    """A dimension with the levels of its scale, for the columns and the filter of a list.

    ``known`` are all levels of the programme by their ids: a project may have been rated on a
    scale that the dimension has left since."""

    pk: int
    slug: str
    name: str
    levels: tuple[Level, ...]
    known: Mapping[int, Level] = field(repr=False, compare=False)


def last_report() -> QuerySet[StatusUpdate]:
    """Of an outer query's project, the update that it reported last."""
    return StatusUpdate.objects.accepted().filter(project=OuterRef("pk")).order_by("-period__as_at")


def next_milestones() -> QuerySet[Milestone]:
    """Milestones that are neither reached nor withdrawn and whose day is known, soonest first."""
    coming = Milestone.objects.open().filter(forecast_day__isnull=False)
    return coming.order_by("forecast_day", "order")


def listed_projects(programme: Programme) -> QuerySet[Project]:
    """The programme's projects in their order, withdrawn ones left out.

    Each has ``reported`` (its last reported update with its ratings, in a list) and ``coming``
    (its next milestone, in a list). Four queries with the rows.
    """
    # Of a rating its keys will do: the list's columns know the dimensions and the levels.
    ratings = Rating.objects.order_by().with_before()
    updates = (
        StatusUpdate.objects.accepted()
        .select_related("period")
        .only("project", "state", "period")
        .order_by("-period__as_at")
        .prefetch_related(Prefetch("ratings", ratings, to_attr="given"))
    )
    return (
        Project.objects.of(programme)
        .filter(withdrawn_on__isnull=True)
        .select_related("workstream", "stage", "lead_organisation")
        .prefetch_related(
            Prefetch("updates", updates[:1], to_attr="reported"),
            Prefetch("milestones", next_milestones()[:1], to_attr="coming"),
        )
    )


def rating_in(project: Project, dimension: RatedIn) -> RatingFacts | None:
    """The rating of a listed project in a dimension as it last reported, and how it moved since
    the one before; None where that report gave none. No query."""
    for update in project.reported:
        for each in update.given:
            if each.dimension_id == dimension.pk:
                return rating_facts(each, dimension.slug, dimension.known)
    return None


def rated_at(projects: QuerySet[Project], *, dimension: str, code: str) -> QuerySet[Project]:
    """Those of the projects whose last report gave the level with the code in a dimension."""
    rated = Rating.objects.filter(
        update=OuterRef("last_report"), dimension__slug=dimension, level__code=code
    )
    return projects.annotate(last_report=Subquery(last_report().values("pk")[:1])).filter(
        Exists(rated)
    )


def _newest_updates() -> QuerySet[StatusUpdate]:
    """Of an outer query's project, its update for the newest period that was opened."""
    newest = (
        ReportingPeriod.objects.filter(programme=OuterRef("project__programme"))
        .exclude(state=ReportingPeriod.State.PLANNED)
        .order_by("-as_at")
        .values("pk")[:1]
    )
    return StatusUpdate.objects.filter(project=OuterRef("pk"), period=Subquery(newest))


def to_review(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Those of the projects whose update for the newest period waits for the office."""
    handed_in = _newest_updates().filter(state=StatusUpdate.State.HANDED_IN)
    return projects.filter(Exists(handed_in))


def with_newest_update(projects: QuerySet[Project], *, given: bool) -> QuerySet[Project]:
    """Those of the projects that have handed in an update for the newest period that was opened;
    with ``given`` False those that were asked for one and have not."""
    handed_in = Exists(_newest_updates().given())
    if given:
        return projects.filter(handed_in)
    return projects.asked().filter(~handed_in)


def by_rating(projects: QuerySet[Project], *, dimension: str, worst_first: bool) -> QuerySet:
    """The projects ordered by their level in a dimension; those without one come last."""
    rank = Rating.objects.filter(update=OuterRef("last_report"), dimension__slug=dimension).values(
        "level__rank"
    )[:1]
    ordered = projects.annotate(last_report=Subquery(last_report().values("pk")[:1])).annotate(
        rank=Subquery(rank, output_field=PositiveSmallIntegerField())
    )
    place = F("rank").desc(nulls_last=True) if worst_first else F("rank").asc(nulls_last=True)
    return ordered.order_by(place, "ref")


def by_next_milestone(projects: QuerySet[Project], *, latest_first: bool) -> QuerySet[Project]:
    """The projects ordered by the day of their next milestone; those without one come last."""
    day = next_milestones().filter(project=OuterRef("pk")).values("forecast_day")[:1]
    ordered = projects.annotate(next_day=Subquery(day))
    place = (
        F("next_day").desc(nulls_last=True) if latest_first else F("next_day").asc(nulls_last=True)
    )
    return ordered.order_by(place, "ref")


def rated_dimensions(programme: Programme) -> tuple[RatedIn, ...]:
    """The dimensions that the programme rates, or has rated and not withdrawn, with their levels,
    in their order. One query."""
    rows = list(
        RatingLevel.objects.of(programme)
        .annotate(
            dimension_pk=F("scale__dimensions__pk"),
            dimension_slug=F("scale__dimensions__slug"),
            dimension_name=F("scale__dimensions__name"),
            dimension_order=F("scale__dimensions__order"),
            dimension_withdrawn=F("scale__dimensions__withdrawn_on"),
        )
        .select_related("scale")
        .order_by("dimension_order", "dimension_slug", "order")
    )
    known = {row.pk: level_facts(row) for row in rows}
    found: dict[tuple[int, str, str], list[Level]] = {}
    for row in rows:
        if row.dimension_pk is not None and row.dimension_withdrawn is None:
            key = (row.dimension_pk, row.dimension_slug, row.dimension_name)
            found.setdefault(key, []).append(known[row.pk])
    return tuple(RatedIn(*key, tuple(levels), known) for key, levels in found.items())
