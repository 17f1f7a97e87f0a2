"""What papers and pages read of projects: frozen facts as at a date, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programme.common.blocks import Movement
from programme.common.values import PlainDate
from programme.facts import Level
from projects.risk import RiskLevelFacts


@dataclass(frozen=True, slots=True)
class WorkstreamFacts:
    slug: str
    number: str
    name: str
    summary: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What an accepted rating said before it was corrected, when and why."""

    was: str
    corrected_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """A level given to a dimension, and how it moved, by how many levels, since the project last
    rated it (None: it never had). ``rated_as`` says whose judgement it is; ``corrections`` what was
    accepted before it was corrected, the oldest first; ``proposed`` which level the data proposed
    when it was handed in, where that is another, and ``proposed_from`` the figure."""

    dimension: str
    level: Level
    reason: str
    movement: Movement | None
    previous: Level | None
    steps: int = 0
    rated_as: str = ""
    corrections: tuple[CorrectionFacts, ...] = ()
    proposed: Level | None = None
    proposed_from: str = ""


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    status_line: str
    narrative: str
    path_to_green: str
    path_to_green_by: date | None
    path_to_green_owner: str


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project as at a date. ``previous_stage`` is the stage at the previous period's date;
    None where the project is new since then or there was no previous period. ``elsewhere`` are the
    slugs of the dimensions that are rated in other workstreams only."""

    ref: str
    name: str
    label: str
    summary: str
    workstream: str
    parent: str | None
    lead_organisation: str
    lead_post: str
    stage: str
    stage_kind: str
    previous_stage: str | None
    is_new: bool
    starts_on: date | None
    ends_on: date | None
    sensitivity: str
    in_parent_entry: bool
    priorities: tuple[int, ...]
    update: UpdateFacts | None
    ratings: tuple[RatingFacts, ...]
    elsewhere: frozenset[str] = frozenset()

    def rating(self, dimension: str) -> RatingFacts | None:
        return next((each for each in self.ratings if each.dimension == dimension), None)

    @property
    def closed_since(self) -> bool:
        """Whether it has closed since the previous period."""
        return (
            self.stage_kind == "closed"
            and self.previous_stage is not None
            and self.previous_stage != self.stage
        )

    @property
    def reporting(self) -> bool:
        """Whether it is asked for an update: in the pipeline or live, not paused or closed."""
        return self.stage_kind in ("pipeline", "live")


@dataclass(frozen=True, slots=True)
class LeftFacts:
    """A project that was withdrawn from its programme since the previous period."""

    name: str
    label: str
    workstream: str
    left_on: date
    sensitivity: str


@dataclass(frozen=True, slots=True)
class DeliveryPosition:
    """A programme's workstreams and projects as at a date, each in its order; ``left`` are the
    projects that were there at the previous period's date and have been withdrawn since;
    ``to_come`` are the workstreams of those that began later, one for each project."""

    workstreams: tuple[WorkstreamFacts, ...]
    projects: tuple[ProjectFacts, ...]
    left: tuple[LeftFacts, ...] = ()
    to_come: tuple[str, ...] = ()

    def children(self, workstream: str) -> tuple[WorkstreamFacts, ...]:
        return tuple(each for each in self.workstreams if each.parent == workstream)

    def below(self, workstream: str) -> frozenset[str]:
        """The slugs of a workstream and all that stand below it."""
        found = {workstream}
        grew = True
        while grew:
            more = {each.slug for each in self.workstreams if each.parent in found} - found
            found |= more
            grew = bool(more)
        return frozenset(found)

    def in_workstream(self, workstream: str) -> tuple[ProjectFacts, ...]:
        """Projects of a workstream and those below it, components left to their parents."""
        below = self.below(workstream)
        return tuple(
            each for each in self.projects if each.workstream in below and each.parent is None
        )

    def components(self, project: str) -> tuple[ProjectFacts, ...]:
        return tuple(each for each in self.projects if each.parent == project)

    def workstream(self, slug: str) -> WorkstreamFacts | None:
        return next((each for each in self.workstreams if each.slug == slug), None)


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone as at a date. ``slip`` is in working days, positive late, None unknown, and
    ``slip_in_months`` in months where one of its dates is a month;
    ``previous_forecast`` what the previous period's papers would have said, None if nothing;
    ``first_date`` is what was agreed first, where it has been re-baselined since, else None.
    ``sensitivity`` is its project's."""

    project: str
    project_label: str
    name: str
    baseline: PlainDate
    forecast: PlainDate
    actual_on: date | None
    slip: int | None
    slip_in_months: int | None
    previous_forecast: PlainDate | None
    first_date: PlainDate | None
    reason: str
    sensitivity: str


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    likelihood: int
    impact: int
    level: RiskLevelFacts


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """A risk or issue open on a date; ``current`` is its newest score by then. ``project`` is empty
    where it is one of the whole programme. ``sensitivity`` is the higher of its own and that of the
    project which it names."""

    ref: str
    kind: str
    title: str
    project: str
    project_label: str
    cause: str
    mitigation: str
    owner_post: str
    is_strategic: bool
    sensitivity: str
    inherent: ScoreFacts
    current: ScoreFacts
    target: ScoreFacts | None
    movement: Movement | None


@dataclass(frozen=True, slots=True)
class EngagementFacts:
    kind: str
    with_whom: str
    summary: str
    sensitivity: str
