"""Ratings by project and dimension, laid out for the eye."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from programme.common.blocks import Ref
from programme.common.cells import movement as movement_words
from programme.common.formats import count
from projects.models import Project
from projects.selectors.dimension_scope import RatedOn
from reports.overview.ratings import Given, GivenRating
from reports.refs import Addresses

UNCHANGED = "unchanged"
"""Movement that the grid leaves out, so that what did move stands out."""

NOT_ASKED = "Not asked"
"""Of a dimension that is rated in other workstreams only."""

GRID_ROWS = 8
"""How many projects the grid of home shows; of more, those that are doing worst."""


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
class RatingGridRow:
    """A project in the grid; ``component`` where it is part of the project above it."""

    name: str
    url: str
    component: bool
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class RatingGridGroup:
    """A workstream with its rated projects, and how many of it are not rated at all."""

    name: str
    rows: tuple[RatingGridRow, ...]


@dataclass(frozen=True, slots=True)
class Unrated:
    """The projects that are not rated: how many there are, and where they are listed."""

    url: str
    count: int

    @property
    def words(self) -> str:
        return count(self.count, "project")


@dataclass(frozen=True, slots=True)
class RatingGrid:
    """Project by dimension. ``left_out`` counts rated projects that the grid has no room for;
    ``own`` is whether it shows the reader's own only."""

    dimensions: tuple[str, ...]
    groups: tuple[RatingGridGroup, ...]
    unrated: Unrated | None
    left_out: int
    own: bool = False

    @property
    def columns(self) -> int:
        """How many columns the grid has, the projects' own among them."""
        return 1 + len(self.dimensions)


def rating_grid(
    projects: Sequence[Project],
    given: Given,
    asked: RatedOn,
    addresses: Addresses,
    *,
    own: Set[int] = frozenset(),
) -> RatingGrid:
    """``own`` are the ids of the projects that the reader leads: where any of them is rated, the
    grid shows them and no other."""
    dimensions = tuple(dict.fromkeys(name for ratings in given.values() for name in ratings))
    rated = [each for each in _with_components(projects) if current(given.get(each.pk, {}))]
    led = [each for each in rated if each.pk in own]
    shown = set(_worst(led or rated, given))
    groups: dict[str, list[RatingGridRow]] = {}
    for project in rated:
        if project.pk in shown:
            groups.setdefault(project.group, []).append(
                RatingGridRow(
                    project.label,
                    addresses.of(Ref("project", project.ref)),
                    project.parent_id in shown,
                    tuple(
                        grid_cell(
                            name,
                            given[project.pk].get(name),
                            asked=name in asked.asks(project.workstream_id),
                        )
                        for name in dimensions
                    ),
                )
            )
    return RatingGrid(
        dimensions=dimensions,
        groups=tuple(RatingGridGroup(name, tuple(rows)) for name, rows in groups.items()),
        unrated=_unrated(projects, {each.pk for each in rated}, asked, addresses),
        left_out=len(rated) - len(shown),
        own=bool(led),
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


def current(ratings: dict[str, GivenRating]) -> list[GivenRating]:
    return [each for each in ratings.values() if each.current]


def _worst(projects: Sequence[Project], given: Given) -> Iterable[int]:
    """As many projects as the grid has room for, those that are doing worst first."""
    if len(projects) <= GRID_ROWS:
        return (each.pk for each in projects)

    def standing(project: Project) -> tuple[bool, bool, int]:
        ratings = current(given[project.pk])
        return (
            not any(each.worst for each in ratings),
            not any(each.worse for each in ratings),
            -sum(each.rank or 0 for each in ratings),
        )

    return (each.pk for each in sorted(projects, key=standing)[:GRID_ROWS])


def grid_cell(dimension: str, given: GivenRating | None, *, asked: bool = True) -> GridCell:
    """``asked`` is whether the project is rated in the dimension at all."""
    if given is None or not given.current:
        return GridCell(dimension) if asked else GridCell(dimension, word=NOT_ASKED)
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
    projects: Sequence[Project], rated: set[int], asked: RatedOn, addresses: Addresses
) -> Unrated | None:
    """Top-level projects without a rating in their last report, their components' included; not
    those of workstreams in which nothing is rated."""
    with_parts = {each.parent_id for each in projects if each.pk in rated}
    number = sum(
        project.parent_id is None
        and project.pk not in rated | with_parts
        and bool(asked.asks(project.workstream_id))
        for project in projects
    )
    if not number:
        return None
    return Unrated(addresses.page("projects:list", {"attention": "unrated"}), number)
