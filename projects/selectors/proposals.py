"""Ratings that the data proposes for a project, from a programme's own tolerances."""

from __future__ import annotations

from datetime import date

from programme.choices import Measure
from programme.facts import Level, Limit
from programme.models import Dimension
from programme.selectors.setup import level_facts
from projects.delivery import ToleranceError, ToleranceSteps, proposed, slip
from projects.models import Project
from projects.selectors.dimension_scope import asked_of


def proposed_levels(project: Project, *, on: date) -> dict[str, Level]:
    """The level that the project's latest open milestone earns, for each dimension in force on a
    day that is measured by slip, by the dimension's slug. Five queries at
    most, six where workstreams list dimensions.

    Nothing is proposed where no milestone has a slip that is known, or where the programme has no
    tolerances that can be read. What is measured in money is not known on this floor.
    """
    calendar = project.programme.calendar
    slips = [
        days
        for each in project.milestones.filter(actual_on__isnull=True, withdrawn_on__isnull=True)
        if (days := slip(each.baseline, each.forecast, calendar=calendar)) is not None
    ]
    if not slips:
        return {}
    found = {}
    for dimension in asked_of(project, on=on).filter(measure=Measure.SLIP):
        tolerance = tolerance_of(dimension)
        level = None if tolerance is None else proposed(tolerance, max(slips))
        if level is not None:
            found[dimension.slug] = level
    return found


def tolerance_of(dimension: Dimension) -> ToleranceSteps | None:
    """The limits of a dimension, best level first; None where it has none that can be read."""
    rows = dimension.tolerances.filter(level__withdrawn_on__isnull=True)
    rows = rows.select_related("level__scale")
    limits = [Limit(level_facts(row.level), row.limit) for row in rows if row.level.rank]
    limits.sort(key=lambda limit: limit.level.rank or 0)
    try:
        return ToleranceSteps(Measure(dimension.measure), tuple(limits))
    except (ToleranceError, ValueError):
        return None
