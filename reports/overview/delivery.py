"""How the projects are doing: the grid of ratings, and what is red or got worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programme.common.blocks import Ref
from programme.models import Programme, ReportingPeriod
from projects.models import Project
from projects.selectors.dimension_scope import RatedOn, rated_on
from reports.overview.grid import GridCell, RatingGrid, current, grid_cell, rating_grid
from reports.overview.ratings import Given, GivenRating, given_ratings, reporting_projects
from reports.refs import Addresses


@dataclass(frozen=True, slots=True)
class Alert:
    """A project that needs attention, with its ratings that are red or got worse."""

    name: str
    ref: str
    ratings: tuple[GivenRating, ...]
    addresses: Addresses

    @property
    def url(self) -> str:
        return self.addresses.of(Ref("project", self.ref))

    @property
    def red(self) -> bool:
        return any(each.red for each in self.ratings)

    @property
    def worse(self) -> bool:
        return any(each.worse for each in self.ratings)

    @property
    def cells(self) -> tuple[GridCell, ...]:
        return tuple(grid_cell(each.dimension, each) for each in self.ratings)

    @property
    def reason(self) -> str:
        """Why, in the first of its ratings that says so."""
        return next((each.rating.reason for each in self.ratings if each.rating.reason), "")

    @property
    def path_to_green(self) -> str:
        return next((each.path_to_green for each in self.ratings if each.path_to_green), "")


@dataclass(frozen=True, slots=True)
class Delivery:
    """``projects`` are the stored rows that grid and alerts were made from, each with ``group``,
    ``stage_kind``, ``last_report`` and ``asked_state`` (its update's state in the open period).
    ``rates`` is whether the programme rates anything."""

    projects: tuple[Project, ...]
    rates: bool
    grid: RatingGrid
    alerts: tuple[Alert, ...]


def delivery(
    programme: Programme, *, day: date, period: ReportingPeriod | None, addresses: Addresses
) -> Delivery:
    """The programme's projects as each last reported. Two queries; three where none was rated
    yet, four where workstreams list dimensions.

    Projects report to different boards in different periods, so a single period would show most
    of them blank. A rating's movement is that since the project's last rating before it.
    """
    projects = reporting_projects(programme, period)
    given = given_ratings(programme, day, {each.pk: each.last_report for each in projects})
    if given and not any(each.scoped for each in projects):
        rated = RatedOn.everywhere(name for ratings in given.values() for name in ratings)
    else:
        rated = rated_on(programme, day=day)
    return Delivery(
        projects=projects,
        rates=bool(rated.names),
        grid=rating_grid(projects, given, rated, addresses),
        alerts=_alerts(projects, given, addresses),
    )


def _alerts(projects: Sequence[Project], given: Given, addresses: Addresses) -> tuple[Alert, ...]:
    """Projects with a red rating, then those with one that got worse."""
    alerts = []
    for project in projects:
        bad = [each for each in current(given.get(project.pk, {})) if each.red or each.worse]
        if bad:
            alerts.append(Alert(project.label, project.ref, tuple(bad), addresses))
    return tuple(sorted(alerts, key=lambda alert: not alert.red))
