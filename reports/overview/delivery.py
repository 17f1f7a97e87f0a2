"""How the projects are doing: the grid of ratings, and what is rated worst or got worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from programme.common.blocks import Ref
from programme.extremes import Extremes
from programme.models import Programme, ReportingPeriod, RoleAssignment
from programme.selectors import extremes
from projects.models import Project
from projects.selectors.dimension_scope import RatedOn, rated_on
from reports.overview.grid import GridCell, RatingGrid, current, grid_cell, rating_grid
from reports.overview.ratings import Given, GivenRating, given_ratings, reporting_projects
from reports.refs import Addresses


@dataclass(frozen=True, slots=True)
class Alert:
    """A project that needs attention, with its ratings that are the worst or got worse."""

    name: str
    ref: str
    ratings: tuple[GivenRating, ...]
    addresses: Addresses

    @property
    def url(self) -> str:
        return self.addresses.of(Ref("project", self.ref))

    @property
    def worst(self) -> bool:
        return any(each.worst for each in self.ratings)

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
    ``rates`` is whether the programme rates anything, ``ends`` the best and the worst of it."""

    projects: tuple[Project, ...]
    rates: bool
    ends: Extremes
    grid: RatingGrid
    alerts: tuple[Alert, ...]


def delivery(
    programme: Programme,
    *,
    day: date,
    period: ReportingPeriod | None,
    addresses: Addresses,
    held: Sequence[RoleAssignment] = (),
) -> Delivery:
    """The programme's projects as each last reported. Three queries; four where none was rated
    yet, five where workstreams list dimensions.

    Projects report to different boards in different periods, so a single period would show most
    of them blank. A rating's movement is that since the project's last rating before it. To a lead
    who holds the roles ``held`` the grid shows their own.
    """
    projects = reporting_projects(programme, period)
    ends = extremes(programme, on=day)
    given = given_ratings(programme, day, {each.pk: each.last_report for each in projects}, ends)
    if given and not any(each.scoped for each in projects):
        rated = RatedOn.everywhere(name for ratings in given.values() for name in ratings)
    else:
        rated = rated_on(programme, day=day)
    return Delivery(
        projects=projects,
        rates=bool(rated.names),
        ends=ends,
        grid=rating_grid(projects, given, rated, addresses, own=_led(projects, held)),
        alerts=_alerts(projects, given, addresses),
    )


def _led(projects: Sequence[Project], held: Sequence[RoleAssignment]) -> frozenset[int]:
    """The projects of somebody who leads projects and does nothing else here."""
    if any(each.role != RoleAssignment.Role.LEAD for each in held):
        return frozenset()
    return frozenset(each.pk for each in projects if any(each.owned_by(role) for role in held))


def _alerts(projects: Sequence[Project], given: Given, addresses: Addresses) -> tuple[Alert, ...]:
    """Projects with the worst rating, then those with one that got worse."""
    alerts = []
    for project in projects:
        bad = [each for each in current(given.get(project.pk, {})) if each.worst or each.worse]
        if bad:
            alerts.append(Alert(project.label, project.ref, tuple(bad), addresses))
    return tuple(sorted(alerts, key=lambda alert: not alert.worst))
