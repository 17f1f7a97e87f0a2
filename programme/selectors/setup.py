"""How a programme is set up, as papers and pages print it, and a board’s meetings around a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import F, Q, QuerySet

from programme.common.calendar import NO_HOLIDAYS
from programme.extremes import Extremes, extremes_among
from programme.facts import (
    DimensionFacts,
    Level,
    Limit,
    MeetingFacts,
    PeriodFacts,
    PriorityFacts,
    ProgrammeFacts,
    RatingSetup,
)
from programme.models import (
    Board,
    Dimension,
    Meeting,
    PlanPriority,
    Principle,
    Programme,
    RatingLevel,
    ReportingPeriod,
    Tolerance,
)
from programme.selectors.names import Names


def level_facts(level: RatingLevel) -> Level:
    """A level whose scale has been fetched with it."""
    return Level(
        scale=level.scale.slug,
        code=level.code,
        word=level.word,
        colour=level.colour,
        definition=level.definition,
        rank=level.rank,
        needs_reason=level.needs_reason,
    )


def known_levels(programme: Programme) -> dict[int, Level]:
    """Every level of a programme's scales by its id. One query."""
    return {level.pk: level_facts(level) for level in _levels(programme)}


def _levels(programme: Programme) -> QuerySet[RatingLevel]:
    return RatingLevel.objects.of(programme).select_related("scale")


def period_facts(period: ReportingPeriod) -> PeriodFacts:
    return PeriodFacts(period.slug, period.name, period.starts_on, period.as_at)


def programme_facts(programme: Programme) -> ProgrammeFacts:
    return ProgrammeFacts(
        programme.slug,
        programme.name,
        programme.short_name,
        programme.vision,
        programme.summary,
        "" if programme.calendar == NO_HOLIDAYS else programme.get_calendar_display(),
    )


def rating_setup(programme: Programme, *, on: date) -> RatingSetup:
    """Dimensions in force on a day, their scales with the levels that were not withdrawn by then,
    and their tolerances. Three queries."""
    levels = [
        each for each in _levels(programme) if each.withdrawn_on is None or each.withdrawn_on > on
    ]
    current = [level.pk for level in levels]
    facts = {level.pk: level_facts(level) for level in levels}
    tolerances = defaultdict(list)
    for tolerance in Tolerance.objects.of(programme).filter(level__in=current):
        tolerances[tolerance.dimension_id].append(Limit(facts[tolerance.level_id], tolerance.limit))
    dimensions = tuple(
        DimensionFacts(
            slug=each.slug,
            name=each.name,
            scale=each.scale.slug,
            is_overall=each.is_overall,
            measure=each.measure,
            figures=each.figures,
            tolerances=tuple(tolerances[each.pk]),
            is_derived=each.is_derived,
        )
        for each in Dimension.objects.of(programme).in_force(on).select_related("scale")
    )
    used = {each.scale for each in dimensions}
    return RatingSetup(
        dimensions=dimensions,
        scales=tuple(
            dict.fromkeys(
                (level.scale.slug, level.scale.name) for level in levels if level.scale.slug in used
            )
        ),
        levels=tuple(each for each in facts.values() if each.scale in used),
    )


def extremes(programme: Programme, *, on: date) -> Extremes:
    """The ends of the scales that are rated on a day. One query."""
    rows = (
        RatingLevel.objects.of(programme)
        .in_use(on)
        .filter(scale__dimensions__in=Dimension.objects.of(programme).in_force(on))
        .annotate(overall=F("scale__dimensions__is_overall"))
        .select_related("scale")
        .order_by("scale__dimensions__order", "rank")
    )
    levels = {row.pk: level_facts(row) for row in rows}
    rated = dict.fromkeys((row.scale.slug, row.overall) for row in rows)
    return extremes_among(rated, tuple(levels.values()))


def principles(programme: Programme, *, on: date) -> tuple[str, ...]:
    """The programme's principles on a day, in their order. One query."""
    return tuple(Principle.objects.of(programme).in_use(on).values_list("text", flat=True))


def plan_priorities(programme: Programme, *, on: date) -> tuple[PriorityFacts, ...]:
    """The plan's priorities in force on a day. One query."""
    rows = (
        PlanPriority.objects.of(programme)
        .in_use(on)
        .filter(
            Q(in_force_from__isnull=True) | Q(in_force_from__lte=on),
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=on),
        )
    )
    return tuple(PriorityFacts(each.number, each.text) for each in rows)


def meetings_around(
    board: Board, *, on: date, day: date, names: Names
) -> tuple[MeetingFacts | None, MeetingFacts | None]:
    """A board's last meeting before a day and its next one after it, of those that were its own
    ``on`` the day that is spoken of, cancelled ones left out, by the board's name of that day
    (``names``). One query."""
    rows = (
        Meeting.objects.of_board(board, on)
        .exclude(state=Meeting.State.CANCELLED)
        .order_by("held_on")
    )
    name = names.board(board).name
    facts = [MeetingFacts(name, each.held_on, each.place) for each in rows]
    before = [each for each in facts if each.held_on < day]
    after = [each for each in facts if each.held_on > day]
    return (before[-1] if before else None), (after[0] if after else None)
