"""Milestones as at a date, replayed from what was said of them and when."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from programme.models import Programme
from projects.choices import ChangeKind
from projects.delivery import slip, slip_in_months
from projects.facts import MilestoneFacts
from projects.milestone_history import HistoryError, MilestoneDates, StatedChange, replay
from projects.models import Milestone, MilestoneChange


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
        rows = list(group)
        milestone = rows[0].milestone
        standing = standing_on(milestone, rows, as_at)
        earlier = standing_on(milestone, rows, since) if since else None
        if standing is None or standing.withdrawn_on:
            continue
        facts.append(
            MilestoneFacts(
                project=milestone.project.ref,
                project_label=milestone.project.label,
                name=milestone.name,
                baseline=standing.baseline,
                forecast=standing.forecast,
                actual_on=standing.actual_on,
                slip=slip(
                    standing.baseline,
                    standing.forecast,
                    standing.actual_on,
                    calendar=programme.calendar,
                ),
                slip_in_months=slip_in_months(
                    standing.baseline, standing.forecast, standing.actual_on
                ),
                previous_forecast=earlier.forecast if earlier else None,
                first_date=(standing.original if standing.original != standing.baseline else None),
                reason=next((each.reason for each in reversed(rows) if each.reason), ""),
                sensitivity=milestone.project.sensitivity,
            )
        )
    return tuple(facts)


def standing_on(
    milestone: Milestone, rows: list[MilestoneChange], as_at: date
) -> MilestoneDates | None:
    """How a milestone stood on a day. Where its stored changes do not follow from one another,
    which ``check_data`` reports, it stands as its own columns say."""
    changes = (StatedChange(ChangeKind(each.kind), each.stated_on, each.date) for each in rows)
    try:
        return replay(changes, as_at)
    except HistoryError:
        return MilestoneDates(
            milestone.baseline,
            milestone.baseline,
            milestone.forecast,
            milestone.actual_on,
            milestone.withdrawn_on,
        )
