"""One project as its page shows it: ratings over the periods, components, milestones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from programme.common import formats
from programme.common.values import PlainDate
from programme.facts import PeriodFacts
from programme.models import Dimension, ReportingPeriod
from programme.selectors import level_facts, period_facts
from projects.delivery import age, slip, slip_in_months
from projects.facts import RatingFacts
from projects.models import Milestone, Project, Rating, StatusUpdate
from projects.selectors.attention import is_missed
from projects.selectors.delivery import rating_of, with_proposal
from projects.states import milestone_state

STRIP = 4
"""How many reported periods a strip of ratings goes back."""


@dataclass(frozen=True, slots=True)
class StripRow:
    """A dimension's ratings, one cell a period, None where none was given. ``age`` is for how many
    of the reported periods in a row, the last included, it has stood where it stands."""

    dimension: str
    cells: tuple[RatingFacts | None, ...]
    age: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Ratings over the periods in which a project reported, the oldest first."""

    periods: tuple[PeriodFacts, ...]
    rows: tuple[StripRow, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rating of the last report is what it is."""

    dimension: str
    rating: RatingFacts


@dataclass(frozen=True, slots=True)
class Component:
    """A component project with its overall rating as it last reported, None without one."""

    ref: str
    name: str
    stage: str
    overall: RatingFacts | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A project's ratings and those of its components; ``shows_overall`` is whether components are
    rated as a whole, or were."""

    strip: Strip
    reasons: tuple[Reason, ...]
    components: tuple[Component, ...]
    shows_overall: bool


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone as it stands. ``slip`` is in working days, positive late, None not known;
    ``first_date`` what it was first agreed for, where it has been re-baselined;
    ``state`` is open, late (open past its forecast), reached or withdrawn."""

    pk: int
    name: str
    baseline: PlainDate
    forecast: PlainDate
    actual_on: date | None
    withdrawn_on: date | None
    slip: int | None
    slip_in_months: int | None
    first_date: PlainDate | None
    state: str

    @property
    def slip_words(self) -> str:
        return formats.slip(self.slip, self.slip_in_months)


def project_standing(project: Project, *, last: StatusUpdate | None) -> Standing:
    """The ratings of a project and of its components over the periods they reported in. Two
    queries, three where components are not rated. ``last`` is the project's last report."""
    components = list(project.components.filter(withdrawn_on__isnull=True).select_related("stage"))
    given = _ratings(project)
    own = given.get(project.pk, {})
    strip = _strip(own)
    reasons = tuple(
        Reason(row.dimension, cell)
        for row in strip.rows
        if last is not None
        and strip.periods[-1].slug == last.period.slug
        and (cell := row.cells[-1]) is not None
        and cell.reason
    )
    shown = tuple(
        Component(each.ref, each.name, each.stage.name, _overall(given.get(each.pk, {})))
        for each in components
    )
    overall = Dimension.objects.of(project.programme).offered().filter(is_overall=True)
    return Standing(
        strip=strip,
        reasons=reasons,
        components=shown,
        shows_overall=bool(shown) and (any(each.overall for each in shown) or overall.exists()),
    )


def milestone_rows(
    milestones: Iterable[Milestone], *, today: date, calendar: str, with_withdrawn: bool = False
) -> tuple[MilestoneRow, ...]:
    """Milestones that were read ``with_first_date`` as they stand today, in their order. No query
    of its own."""
    return tuple(
        MilestoneRow(
            pk=each.pk,
            name=each.name,
            baseline=each.baseline,
            forecast=each.forecast,
            actual_on=each.actual_on,
            withdrawn_on=each.withdrawn_on,
            slip=slip(each.baseline, each.forecast, each.actual_on, calendar=calendar),
            slip_in_months=slip_in_months(each.baseline, each.forecast, each.actual_on),
            first_date=each.first_date,
            state=_milestone_state(each, today),
        )
        for each in milestones
        if with_withdrawn or not each.withdrawn_on
    )


def _milestone_state(milestone: Milestone, today: date) -> str:
    state = milestone_state(milestone.actual_on, milestone.withdrawn_on)
    return "late" if state == "open" and is_missed(milestone.forecast, today) else state


_Given = dict[ReportingPeriod, list[Rating]]


def _ratings(project: Project) -> dict[int, _Given]:
    """Reported ratings of a project and its components: project → period → ratings."""
    rows = (
        Rating.objects.accepted()
        .filter(Q(update__project=project) | Q(update__project__parent=project))
        .select_related("dimension", "level__scale", "proposed__scale", "update__period")
        .order_by("update__period__as_at", "dimension__order")
    )
    found: dict[int, _Given] = {}
    for row in rows:
        of_project = found.setdefault(row.update.project_id, {})
        of_project.setdefault(row.update.period, []).append(row)
    return found


def _strip(given: _Given) -> Strip:
    periods = list(given)
    dimensions = {row.dimension.slug: row.dimension for rows in given.values() for row in rows}
    by_period = [{row.dimension.slug: row for row in rows} for rows in given.values()]
    rows = []
    for dimension in sorted(dimensions.values(), key=lambda each: (each.order, each.name)):
        cells: list[RatingFacts | None] = []
        before = None
        for ratings in by_period:
            row = ratings.get(dimension.slug)
            level = None if row is None else level_facts(row.level)
            cells.append(
                None
                if row is None or level is None
                else with_proposal(
                    rating_of(dimension.slug, level, row.reason, before),
                    level_facts(row.proposed) if row.proposed else None,
                    row.proposed_from,
                )
            )
            before = level or before
        levels = [None if cell is None else cell.level for cell in cells]
        rows.append(StripRow(dimension.name, tuple(cells[-STRIP:]), age(levels)))
    return Strip(tuple(period_facts(each) for each in periods[-STRIP:]), tuple(rows))


def _overall(given: _Given) -> RatingFacts | None:
    """The overall rating of a project's last report with ratings."""
    if not given:
        return None
    given_last: Rating | None = None
    before: Rating | None = None
    *_, last = given
    for rows in given.values():
        for row in rows:
            if row.dimension.is_overall:
                given_last, before = row, given_last
    if given_last is None or given_last.update.period_id != last.pk:
        return None
    return rating_of(
        given_last.dimension.slug,
        level_facts(given_last.level),
        given_last.reason,
        level_facts(before.level) if before else None,
    )
