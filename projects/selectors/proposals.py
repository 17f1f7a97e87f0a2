"""Ratings that the data proposes for a project, from a programme's own tolerances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from programme.choices import Measure
from programme.common import formats
from programme.facts import Level, Limit
from programme.models import Dimension, Tolerance
from programme.selectors.setup import level_facts
from projects.delivery import ToleranceError, ToleranceSteps, proposed, slip, slip_in_months
from projects.measures import Measured, measured
from projects.models import Project, StatusUpdate
from projects.ratings import with_overall
from projects.selectors.dimension_scope import asked_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """A level that the data proposes: from which figure, and what that comes from."""

    level: Level
    figure: str
    working: str


def proposals(project: Project, *, on: date) -> dict[str, Proposal]:
    """What is proposed for each dimension in force on a day that is measured, by its slug. Three
    queries, and those of each measure.

    Nothing is proposed where too little is known to measure, or where the programme has no
    tolerances that can be read.
    """
    figures: dict[Measure, Measured | None] = {}
    found = {}
    limits = Tolerance.objects.filter(level__withdrawn_on__isnull=True)
    dimensions = asked_of(project, on=on).exclude(measure=Measure.NONE)
    for dimension in dimensions.prefetch_related(
        Prefetch("tolerances", limits.select_related("level__scale"), to_attr="limits_now")
    ):
        tolerance = _steps(dimension, dimension.limits_now)
        if tolerance is None:
            continue
        if tolerance.measure not in figures:
            figures[tolerance.measure] = measured(tolerance.measure, project, on)
        figure = figures[tolerance.measure]
        level = proposed(tolerance, figure.value if figure else None)
        if figure is not None and level is not None:
            found[dimension.slug] = Proposal(level, figure.figure, figure.working)
    return found


def proposals_for(update: StatusUpdate) -> dict[str, Proposal]:
    """What is proposed for a stored update: from data, and for an overall rating that is judged
    the worst of the others, as they were given."""
    found = proposals(update.project, on=update.period.as_at)
    rows = update.ratings.select_related("dimension", "level__scale")
    chosen = {row.dimension.slug: level_facts(row.level) for row in rows}
    overall = asked_of(update.project, on=update.period.as_at).filter(is_overall=True).first()
    if overall is None or overall.is_derived or overall.slug in found:
        return found
    levels = {slug: each.level for slug, each in found.items()}
    worst = with_overall(levels, chosen, overall.slug).get(overall.slug)
    if worst is not None:
        found[overall.slug] = Proposal(worst, "the worst of the other ratings", "")
    return found


def _steps(dimension: Dimension, rows: Iterable[Tolerance]) -> ToleranceSteps | None:
    """The limits of a dimension, best level first; None where it has none that can be read."""
    limits = [Limit(level_facts(row.level), row.limit) for row in rows if row.level.rank]
    limits.sort(key=lambda limit: limit.level.rank or 0)
    try:
        return ToleranceSteps(Measure(dimension.measure), tuple(limits))
    except (ToleranceError, ValueError):
        return None


def latest_slip(project: Project, on: date) -> Measured | None:
    """By how much the open milestone is late that is furthest behind; None where no slip is known.
    One query."""
    calendar = project.programme.calendar
    behind = [
        (days, slip_in_months(each.baseline, each.forecast), each.name)
        for each in project.milestones.open()
        if (days := slip(each.baseline, each.forecast, calendar=calendar)) is not None
    ]
    if not behind:
        return None
    days, months, name = max(behind, key=lambda each: (each[0], each[2]))
    words = formats.slip(days, months)
    return Measured(days, words, f"“{name}” is {words}")
