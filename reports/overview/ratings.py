"""Projects as they last reported, and the ratings that they gave then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Subquery, Window
from django.db.models.functions import Lead, RowNumber

from programme.common.blocks import Movement, Rating
from programme.extremes import Extremes
from programme.facts import Level
from programme.models import Dimension, Programme, ReportingPeriod, Stage
from projects.delivery import movement, steps
from projects.models import Project, StatusUpdate, Workstream
from projects.models import Rating as StoredRating

Given = dict[int, dict[str, "GivenRating"]]
"""Ratings by project and by the dimension's name."""


@dataclass(frozen=True, slots=True)
class GivenRating:
    """What a project last said of one dimension. ``current`` is false where its last report did
    not rate it; ``rank`` 1 is best, None off the scale; ``worst`` whether none is worse."""

    dimension: str
    rating: Rating
    rank: int | None
    path_to_green: str
    current: bool
    worst: bool

    @property
    def worse(self) -> bool:
        return self.rating.movement is Movement.WORSE


def reporting_projects(programme: Programme, period: ReportingPeriod | None) -> tuple[Project, ...]:
    """Projects that have not been withdrawn, with ``group`` and ``group_slug`` (their workstream),
    ``scoped`` (whether any workstream lists what is rated in it only), ``stage_kind``,
    ``last_report`` (an update's id) and ``asked_state`` (the state of their update in ``period``).
    One query."""
    own = StatusUpdate.objects.filter(project=OuterRef("pk"))
    last = own.accepted().order_by("-period__as_at").values("pk")[:1]
    asked = own.filter(period=period).values("state")[:1]
    listed = Workstream.dimensions.through.objects.filter(workstream__programme=programme)
    return tuple(
        Project.objects.of(programme)
        .filter(withdrawn_on__isnull=True)
        .annotate(
            group=F("workstream__name"),
            group_slug=F("workstream__slug"),
            scoped=Exists(listed),
            stage_kind=F("stage__kind"),
            last_report=Subquery(last),
            asked_state=Subquery(asked),
        )
        .only(
            "ref",
            "name",
            "short_name",
            "parent",
            "programme",
            "workstream",
            "lead_user",
            "lead_organisation",
        )
    )


def is_asked(project: Project) -> bool:
    """Whether a project is asked for updates of its own."""
    return project.parent_id is None and project.stage_kind in Stage.ASKED


def given_ratings(
    programme: Programme, day: date, last_reports: dict[int, int | None], ends: Extremes
) -> Given:
    """By project and dimension, in the dimensions' order. One query, whose rows are the newest
    ratings alone, so that history does not slow the page down.

    A rating's movement is that since the project's last rating before it.
    """
    own = {"partition_by": [F("update__project_id"), F("dimension_id")]}
    newest_first = F("update__period__as_at").desc()
    rows = (
        StoredRating.objects.of(programme)
        .accepted()
        .filter(
            dimension__in=Dimension.objects.of(programme).in_force(day).order_by().values("pk"),
            update__project__withdrawn_on__isnull=True,
        )
        .annotate(
            place=Window(RowNumber(), order_by=newest_first, **own),
            was_word=Window(Lead("level__word"), order_by=newest_first, **own),
            was_rank=Window(Lead("level__rank"), order_by=newest_first, **own),
            was_scale=Window(Lead("level__scale_id"), order_by=newest_first, **own),
        )
        .filter(place=1)
        .order_by("dimension__order", "dimension_id")
        .values_list(
            "update__project_id",
            "update_id",
            "dimension__name",
            "level__code",
            "level__word",
            "level__colour",
            "level__rank",
            "level__scale_id",
            "level__scale__slug",
            "was_word",
            "was_rank",
            "was_scale",
            "reason",
            "update__path_to_green",
        )
    )
    found: Given = defaultdict(dict)
    for project, update, name, code, word, colour, rank, scale, slug, *was, reason, path in rows:
        previous = Level("", was[0], was[1], str(was[2])) if was[0] is not None else None
        level = Level(code, word, rank, str(scale))
        far = steps(previous, level)
        rating = Rating(
            code, word, colour, movement(previous, level), was[0] or "", reason, steps=far
        )
        found[project][name] = GivenRating(
            name,
            rating,
            rank,
            path,
            current=update == last_reports.get(project),
            worst=ends.is_worst(rank, slug),
        )
    return found
