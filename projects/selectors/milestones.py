"""Milestones as at a date, replayed from what was said of them and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from programme.common.values import PlainDate
from programme.models import Programme
from projects.delivery import slip
from projects.models import MilestoneChange
from projects.snapshot import MilestoneFacts

Kind = MilestoneChange.Kind


@dataclass
class _State:
    baseline: PlainDate | None = None
    forecast: PlainDate | None = None
    actual_on: date | None = None
    withdrawn: bool = False
    reason: str = ""

    def apply(self, change: MilestoneChange) -> None:
        said = change.date
        if change.kind == Kind.SET or change.kind == Kind.REBASELINE:
            self.baseline = self.forecast = said
        elif change.kind == Kind.FORECAST:
            self.forecast = said
        elif change.kind == Kind.REACHED:
            self.actual_on = said.day
        elif change.kind == Kind.WITHDRAWN:
            self.withdrawn = True
        self.reason = change.reason or self.reason


def milestone_positions(
    programme: Programme, *, as_at: date, since: date | None
) -> tuple[MilestoneFacts, ...]:
    """Each milestone as it was known on a day, with its slip in working days, and what its
    forecast had been on the earlier day ``since``. One query."""
    changes = (
        MilestoneChange.objects.of(programme)
        .filter(stated_on__lte=as_at)
        .select_related("milestone__project")
        .order_by("milestone__project__order", "milestone__order", "milestone", "stated_on", "pk")
    )
    facts = []
    for _, group in groupby(changes, key=lambda change: change.milestone_id):
        state, earlier = _State(), None
        for change in group:
            state.apply(change)
            if since and change.stated_on <= since:
                earlier = state.forecast
        milestone = change.milestone
        if state.withdrawn or state.baseline is None or state.forecast is None:
            continue
        facts.append(
            MilestoneFacts(
                project=milestone.project.ref,
                project_label=milestone.project.label,
                name=milestone.name,
                baseline=state.baseline,
                forecast=state.forecast,
                actual_on=state.actual_on,
                slip=slip(state.baseline, state.forecast, state.actual_on),
                previous_forecast=earlier,
                reason=state.reason,
            )
        )
    return tuple(facts)
