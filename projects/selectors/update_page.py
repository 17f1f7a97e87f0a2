"""One project's updates, and what its update form needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from programme.common.states import possible
from programme.common.words import say
from programme.models import Dimension, ReportingPeriod
from programme.selectors import known_levels
from projects.facts import RatingFacts
from projects.models import Project, Rating, StatusUpdate
from projects.selectors.delivery import rating_facts, with_story
from projects.selectors.dimension_scope import asked_of
from projects.selectors.proposals import proposals
from projects.states import UPDATE


@dataclass(frozen=True, slots=True)
class RatedDimension:
    """A dimension with the rating that an update gave it and how that moved."""

    name: str
    rating: RatingFacts
    is_derived: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """What an update form asks: the dimensions rated, and for those that are measured the sentence
    that says what the data proposes, and why."""

    dimensions: tuple[Dimension, ...]
    because: Mapping[str, str]


def rated(update: StatusUpdate) -> tuple[RatedDimension, ...]:
    """The ratings of an update, each with its movement since the one before it. Three queries."""
    levels = known_levels(update.project.programme)
    rows = Rating.objects.filter(update=update).with_before().select_related("dimension")
    rows = rows.prefetch_related("corrections")
    return tuple(
        RatedDimension(
            each.dimension.name,
            with_story(rating_facts(each, each.dimension.slug, levels), each, levels),
            each.dimension.is_derived,
        )
        for each in rows
    )


def questions(project: Project, period: ReportingPeriod) -> Questions:
    """What the form of a project's update for a period asks. Its queries grow with the dimensions
    that are measured, and with nothing else."""
    dimensions = tuple(
        asked_of(project, on=period.as_at).select_related("scale").prefetch_related("scale__levels")
    )
    found = proposals(project, on=period.as_at)
    because = {
        slug: f"The data proposes {each.level.word}: {each.working}. A better rating needs its "
        "reason."
        for slug, each in found.items()
    }
    for dimension in dimensions:
        if dimension.is_overall and not dimension.is_derived:
            because[dimension.slug] = (
                "The worst of the other ratings is proposed. It is a judgement: a better one needs "
                "its reason."
            )
    return Questions(dimensions, because)


def to_write(
    project: Project, updates: Iterable[StatusUpdate]
) -> list[tuple[ReportingPeriod, StatusUpdate | None]]:
    """The open periods whose update can still be written, each with the one of the project's
    ``updates`` that was begun, None where there is none. One query."""
    begun = {each.period_id: each for each in updates}
    periods = ReportingPeriod.objects.of(project.programme).filter(state=ReportingPeriod.State.OPEN)
    found = [(period, begun.get(period.pk)) for period in periods]
    return [
        (period, update)
        for period, update in found
        if update is None or "changed" in possible(UPDATE, update.state)
    ]


def shut_because(period: ReportingPeriod, update: StatusUpdate | None = None) -> str:
    """Why the update of a project for a period cannot be written, as a sentence; empty where it
    can: the period is open, and what was begun is not handed in."""
    if period.state == ReportingPeriod.State.PLANNED:
        return f"{period} is not open for updates yet: the programme office opens it."
    if period.state == ReportingPeriod.State.CLOSED:
        return f"{period} is closed: its updates stay as they are."
    if update is not None and "changed" not in possible(UPDATE, update.state):
        state = update.get_state_display().lower()
        if "pulled_back" in possible(UPDATE, update.state):
            return say(
                f"This update is {state}. Before it can be changed you pull it back, or the "
                "programme office returns it."
            )
        return say(
            f"This update is {state}. Before it can be changed the programme office has to return "
            "it."
        )
    return ""
