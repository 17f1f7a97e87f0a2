"""What a programme has set up for itself, for the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programme.common import formats
from programme.facts import DimensionFacts, Level, PriorityFacts
from programme.models import (
    Aim,
    HostTerm,
    Programme,
    ReportingPeriod,
    Stage,
    Theme,
)
from programme.reference_day import reference_day_of
from programme.selectors.setup import plan_priorities, principles, rating_setup
from programme.tolerances import limits_in_words


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """A rating scale and its levels in their order."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class DimensionEntry:
    """What is rated. ``limits`` are pairs of a level and the figures that earn it; none where the
    rating is judgement only."""

    name: str
    scale: str
    is_overall: bool
    is_derived: bool
    limits: tuple[tuple[Level, str], ...]


@dataclass(frozen=True, slots=True)
class StagesEntry:
    """The stages of one kind (pipeline, live, paused, closed)."""

    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeSetup:
    host: str
    host_slug: str
    earlier_hosts: tuple[HostTerm, ...]
    year_starts: str
    calendar: str
    marking: str
    principles: tuple[str, ...]
    aims: tuple[str, ...]
    themes: tuple[str, ...]
    priorities: tuple[PriorityFacts, ...]
    scales: tuple[ScaleEntry, ...]
    dimensions: tuple[DimensionEntry, ...]
    stages: tuple[StagesEntry, ...]
    periods: tuple[ReportingPeriod, ...]


def programme_setup(programme: Programme, *, today: date) -> ProgrammeSetup:
    """All of it, as in force on the programme's present day. Eleven queries."""
    periods = tuple(ReportingPeriod.objects.of(programme))
    on = reference_day_of(periods, today=today, ended_on=programme.ended_on).day
    ratings = rating_setup(programme, on=on)
    scale_names = dict(ratings.scales)
    return ProgrammeSetup(
        host=programme.host.name if programme.host else "",
        host_slug=programme.host.slug if programme.host else "",
        earlier_hosts=tuple(HostTerm.objects.of(programme).select_related("organisation")),
        year_starts=f"1 {formats.MONTHS[programme.financial_year_start_month - 1]}",
        calendar=programme.get_calendar_display(),
        marking=programme.get_default_marking_display(),
        principles=principles(programme, on=on),
        aims=tuple(Aim.objects.of(programme).in_use(on).values_list("text", flat=True)),
        themes=tuple(Theme.objects.of(programme).in_use(on).values_list("name", flat=True)),
        priorities=plan_priorities(programme, on=on),
        scales=tuple(
            ScaleEntry(name, tuple(each for each in ratings.levels if each.scale == slug))
            for slug, name in ratings.scales
        ),
        dimensions=tuple(
            DimensionEntry(
                name=each.name,
                scale=scale_names[each.scale],
                is_overall=each.is_overall,
                is_derived=each.is_derived,
                limits=_limits(each),
            )
            for each in ratings.dimensions
        ),
        stages=_stages(programme, on),
        periods=periods,
    )


def _limits(dimension: DimensionFacts) -> tuple[tuple[Level, str], ...]:
    words = limits_in_words(dimension)
    levels = {each.level.code: each.level for each in dimension.tolerances}
    return tuple((levels[code], text) for code, text in words.items())


def _stages(programme: Programme, on: date) -> tuple[StagesEntry, ...]:
    """Stages by kind, in the order in which a project goes through them."""
    groups: dict[str, list[str]] = {label: [] for label in Stage.Kind.labels}
    for stage in Stage.objects.of(programme).in_use(on):
        groups[stage.get_kind_display()].append(stage.name)
    return tuple(StagesEntry(kind, tuple(names)) for kind, names in groups.items() if names)
