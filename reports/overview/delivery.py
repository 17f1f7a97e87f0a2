"""How the projects are doing: ratings by project and dimension, and what is red or got worse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from programme.common.formats import count
from programme.models import Colour, Programme, ReportingPeriod, Stage
from projects.delivery import Level, movement
from projects.models import Project, StatusUpdate
from projects.models import Rating as StoredRating
from reports.document import Movement, Rating, Ref
from reports.refs import Addresses
from reports.render.cells import movement as movement_words

UNCHANGED = "unchanged"
"""Movement that the grid leaves out, so that what did move stands out."""

GRID_ROWS = 60
"""How many projects the grid of home shows; of more, those that are doing worst."""


@dataclass(frozen=True, slots=True)
class GivenRating:
    """What a project last said of one dimension. ``current`` is false where its last report did
    not rate it; ``rank`` 1 is best, None off the scale."""

    dimension: str
    rating: Rating
    rank: int | None
    path_to_green: str
    current: bool

    @property
    def red(self) -> bool:
        return self.rating.colour == Colour.RED

    @property
    def worse(self) -> bool:
        return self.rating.movement is Movement.WORSE


@dataclass(frozen=True, slots=True)
class GridCell:
    """A rating in the grid; empty ``code`` where none was given. ``css`` is its colour's class,
    ``moved`` how it moved, in words."""

    dimension: str
    code: str = ""
    word: str = "Not rated"
    css: str = "missing"
    moved: str = ""
    worse: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A project in the grid; ``component`` where it is part of the project above it."""

    name: str
    url: str
    component: bool
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GridGroup:
    """A workstream with its rated projects, and how many of it are not rated at all."""

    name: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Unrated:
    """A workstream in which no project is rated: how many there are, and where they are listed."""

    name: str
    url: str
    count: int

    @property
    def words(self) -> str:
        return count(self.count, "project")


@dataclass(frozen=True, slots=True)
class Grid:
    """Project by dimension. ``left_out`` counts rated projects that the grid has no room for."""

    dimensions: tuple[str, ...]
    groups: tuple[GridGroup, ...]
    unrated: tuple[Unrated, ...]
    left_out: int

    @property
    def columns(self) -> int:
        """How many columns the grid has, the projects' own among them."""
        return 1 + len(self.dimensions)

    @property
    def left_out_words(self) -> str:
        return f"{count(self.left_out, 'more project')} in the list"


@dataclass(frozen=True, slots=True)
class Alert:
    """A project that needs attention: what is red or got worse, why, and the way back."""

    name: str
    url: str
    red: bool
    cells: tuple[GridCell, ...]
    reason: str
    path_to_green: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """``projects`` are the stored rows that grid and alerts were made from, each with ``group``,
    ``stage_kind``, ``last_report`` and ``asked_state`` (its update's state in the open period)."""

    projects: tuple[Project, ...]
    grid: Grid
    alerts: tuple[Alert, ...]


def delivery(
    programme: Programme, *, day: date, period: ReportingPeriod | None, addresses: Addresses
) -> Delivery:
    """The programme's projects as each last reported. Two queries.

    Projects report to different boards in different periods, so a single period would show most
    of them blank. A rating's movement is that since the project's last rating before it.
    """
    projects = _projects(programme, period)
    given = _ratings(programme, day, {each.pk: each.last_report for each in projects})
    return Delivery(
        projects=projects,
        grid=_grid(projects, given, addresses),
        alerts=_alerts(projects, given, addresses),
    )


def is_asked(project: Project) -> bool:
    """Whether a project is asked for updates of its own."""
    return project.parent_id is None and project.stage_kind in (
        Stage.Kind.PIPELINE,
        Stage.Kind.LIVE,
    )


def _projects(programme: Programme, period: ReportingPeriod | None) -> tuple[Project, ...]:
    own = StatusUpdate.objects.filter(project=OuterRef("pk"))
    last = own.reported().order_by("-period__as_at").values("pk")[:1]
    asked = own.filter(period=period).values("state")[:1]
    return tuple(
        Project.objects.of(programme)
        .filter(withdrawn_on__isnull=True)
        .annotate(
            group=F("workstream__name"),
            group_slug=F("workstream__slug"),
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
            "lead_user",
            "lead_organisation",
        )
    )


def _ratings(
    programme: Programme, day: date, last_reports: dict[int, int | None]
) -> dict[int, dict[str, GivenRating]]:
    """By project and dimension, in the dimensions' order. The two newest ratings of each are read,
    so that history does not slow the page down."""
    rows = (
        StoredRating.objects.of(programme)
        .filter(
            Q(dimension__in_force_from__isnull=True) | Q(dimension__in_force_from__lte=day),
            Q(dimension__in_force_to__isnull=True) | Q(dimension__in_force_to__gte=day),
            update__state__in=[StatusUpdate.State.SUBMITTED, StatusUpdate.State.ACCEPTED],
            update__project__withdrawn_on__isnull=True,
        )
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("update__project_id"), F("dimension_id")],
                order_by=F("update__period__as_at").desc(),
            )
        )
        .filter(place__lte=2)
        .order_by("dimension__order", "place")
        .values_list(
            "place",
            "update__project_id",
            "update_id",
            "dimension__name",
            "level__code",
            "level__word",
            "level__colour",
            "level__rank",
            "level__scale__slug",
            "reason",
            "update__path_to_green",
        )
    )
    found: dict[int, dict[str, GivenRating]] = defaultdict(dict)
    newest: dict[tuple[int, str], tuple] = {}
    before: dict[tuple[int, str], tuple] = {}
    for row in rows:
        (newest if row[0] == 1 else before)[row[1], row[3]] = row
    for (project, dimension), row in newest.items():
        _, _, update, _, code, word, colour, rank, scale, reason, path = row
        earlier = before.get((project, dimension))
        was = Level(*earlier[4:6], *earlier[7:9]) if earlier else None
        found[project][dimension] = GivenRating(
            dimension,
            Rating(
                code,
                word,
                colour,
                movement=Movement(movement(was, Level(code, word, rank, scale))),
                previous_word=was.word if was else "",
                reason=reason,
            ),
            rank,
            path,
            current=update == last_reports.get(project),
        )
    return found


# --- the grid ---------------------------------------------------------------------------------


def _grid(
    projects: Sequence[Project],
    given: dict[int, dict[str, GivenRating]],
    addresses: Addresses,
) -> Grid:
    dimensions = tuple(dict.fromkeys(name for ratings in given.values() for name in ratings))
    rated = [each for each in _with_components(projects) if _current(given.get(each.pk, {}))]
    shown = set(_worst(rated, given))
    groups: dict[str, list[GridRow]] = {}
    for project in rated:
        if project.pk in shown:
            groups.setdefault(project.group, []).append(
                GridRow(
                    project.label,
                    addresses.of(Ref("project", project.ref)),
                    project.parent_id in shown,
                    tuple(_cell(name, given[project.pk].get(name)) for name in dimensions),
                )
            )
    return Grid(
        dimensions=dimensions,
        groups=tuple(GridGroup(name, tuple(rows)) for name, rows in groups.items()),
        unrated=_unrated(projects, {each.pk for each in rated}, addresses),
        left_out=len(rated) - len(shown),
    )


def _with_components(projects: Sequence[Project]) -> Iterable[Project]:
    """Each project followed by its components, which may be kept in another order."""
    components = defaultdict(list)
    for project in projects:
        if project.parent_id:
            components[project.parent_id].append(project)
    for project in projects:
        if project.parent_id is None:
            yield project
            yield from components[project.pk]


def _current(ratings: dict[str, GivenRating]) -> list[GivenRating]:
    return [each for each in ratings.values() if each.current]


def _worst(projects: Sequence[Project], given: dict[int, dict[str, GivenRating]]) -> Iterable[int]:
    """As many projects as the grid has room for, those that are doing worst first."""
    if len(projects) <= GRID_ROWS:
        return (each.pk for each in projects)

    def standing(project: Project) -> tuple[bool, bool, int]:
        ratings = _current(given[project.pk])
        return (
            not any(each.red for each in ratings),
            not any(each.worse for each in ratings),
            -sum(each.rank or 0 for each in ratings),
        )

    return (each.pk for each in sorted(projects, key=standing)[:GRID_ROWS])


def _cell(dimension: str, given: GivenRating | None) -> GridCell:
    if given is None or not given.current:
        return GridCell(dimension)
    rating = given.rating
    moved = movement_words(rating)
    return GridCell(
        dimension,
        rating.code,
        rating.word,
        rating.colour.replace("_", "-"),
        "" if moved == UNCHANGED else moved,
        given.worse,
    )


def _unrated(
    projects: Sequence[Project], rated: set[int], addresses: Addresses
) -> tuple[Unrated, ...]:
    """Top-level projects without a rating in their last report, by workstream."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    with_parts = {each.parent_id for each in projects if each.pk in rated}
    for project in projects:
        if project.parent_id is None and project.pk not in rated | with_parts:
            counts[project.group, project.group_slug] += 1
    return tuple(
        Unrated(name, addresses.page("projects:list", query={"workstream": slug}), number)
        for (name, slug), number in counts.items()
    )


# --- what needs attention ---------------------------------------------------------------------


def _alerts(
    projects: Sequence[Project],
    given: dict[int, dict[str, GivenRating]],
    addresses: Addresses,
) -> tuple[Alert, ...]:
    """Projects with a red rating, then those with one that got worse."""
    alerts = []
    for project in projects:
        bad = [each for each in _current(given.get(project.pk, {})) if each.red or each.worse]
        if not bad:
            continue
        alerts.append(
            Alert(
                name=project.label,
                url=addresses.of(Ref("project", project.ref)),
                red=any(each.red for each in bad),
                cells=tuple(_cell(each.dimension, each) for each in bad),
                reason=next((each.rating.reason for each in bad if each.rating.reason), ""),
                path_to_green=next((each.path_to_green for each in bad if each.path_to_green), ""),
            )
        )
    return tuple(sorted(alerts, key=lambda alert: not alert.red))
