"""Milestones of a programme's file, each with the history of what was said of it."""

from __future__ import annotations

from datetime import date

from programme.common.values import PlainDate
from programme.programme_file.loading import UNSAID, Rows, each
from programme.programme_file.parts import ProgrammeParts, numbered
from programme.programme_file.yamlfile import REQUIRED, Entry
from projects.choices import ChangeKind
from projects.milestone_history import HistoryError, MilestoneDates, StatedChange, replay
from projects.models import Milestone, MilestoneChange, Project

_WITHOUT_DATE = {ChangeKind.WITHDRAWN, ChangeKind.REOPENED}

Stated = tuple[Entry, StatedChange]


def load(entries: list[Entry], projects: dict[str, Project], below: ProgrammeParts) -> None:
    """Loads the milestones of projects.

    Where the file gives no change that sets a milestone, one is written from its baseline, stated
    on the day that its project starts (or that the first reporting period starts). A milestone's
    columns are what its history says; dates that the file gives beside the history must agree.
    """
    stored = Milestone.objects.filter(project__programme=below.programme)
    rows = below.loading.rows(stored, "project", "name")
    stored_changes = MilestoneChange.objects.filter(milestone__project__programme=below.programme)
    changes = below.loading.rows(stored_changes, "milestone", "stated_on", "kind", repeats=True)

    def build(entry: Entry) -> None:
        milestones = entry.entries("milestones")
        place = numbered(milestones)
        project = projects[str(entry.text("ref"))]
        for one in milestones:
            history = _ledger(one, _first_day(project, below))
            standing = _standing(one, [change for _, change in history])
            row = rows.put(
                one,
                project=project,
                name=one.text("name"),
                owner_post=one.text("owner_post", ""),
                owner_user=one.ref("owner_user", below.users, UNSAID),
                baseline=standing.baseline,
                forecast=standing.forecast,
                actual_on=standing.actual_on,
                withdrawn_on=standing.withdrawn_on,
                order=place(one),
            )
            _keep(changes, row, history, below)

    each(entries, build)
    rows.finish()
    changes.finish()


def _keep(
    rows: Rows[MilestoneChange], milestone: Milestone, history: list[Stated], below: ProgrammeParts
) -> None:
    for source, change in history:
        derived = "stated_on" not in source
        rows.put(
            source,
            milestone=milestone,
            kind=change.kind.value,
            stated_on=change.stated_on,
            date=change.date,
            reason="" if derived else source.text("reason", ""),
            approved_by=None if derived else source.ref("approved_by", below.boards, None),
        )


def _ledger(entry: Entry, first_day: date | None) -> list[Stated]:
    """The changes of a milestone, each with the entry that states it."""
    history = [(one, _change(one)) for one in entry.entries("changes")]
    days = [change.stated_on for _, change in history]
    if days != sorted(days):
        raise entry.problem("changes stand in the order of the days on which they were stated")
    kinds = {change.kind for _, change in history}
    if ChangeKind.SET not in kinds:
        history.insert(0, (entry, _set_from_baseline(entry, kinds, [*days, first_day])))
    reached = entry.day("actual_on", None)
    if reached is not None and ChangeKind.REACHED not in kinds:
        history.append((entry, StatedChange(ChangeKind.REACHED, reached, PlainDate(reached))))
    return history


def _change(entry: Entry) -> StatedChange:
    kind = ChangeKind(entry.choice("kind", [kind.value for kind in ChangeKind]))
    stated_on = entry.day("stated_on")
    nothing = PlainDate.not_applicable()
    stated = entry.plain_date("date", nothing if kind in _WITHOUT_DATE else REQUIRED)
    return StatedChange(kind, stated_on, stated)


def _set_from_baseline(
    entry: Entry, kinds: set[ChangeKind], days: list[date | None]
) -> StatedChange:
    known = [day for day in days if day is not None]
    if ChangeKind.REBASELINE in kinds or not known:
        raise entry.problem("'changes' must begin with the one that set the milestone")
    return StatedChange(ChangeKind.SET, min(known), entry.plain_date("baseline"))


def _standing(entry: Entry, changes: list[StatedChange]) -> MilestoneDates:
    try:
        standing = replay(changes)
    except HistoryError as error:
        raise entry.problem(str(error), key="changes") from None
    if standing is None:
        raise entry.problem("'changes' must begin with the one that set the milestone")
    for name, computed in (("baseline", standing.baseline), ("forecast", standing.forecast)):
        if entry.plain_date(name, computed) != computed:
            raise entry.problem(f"'{name}' is not the date that its changes lead to", key=name)
    if entry.day("actual_on", standing.actual_on) != standing.actual_on:
        raise entry.problem("'actual_on' is not the day that its changes lead to", key="actual_on")
    return standing


def _first_day(project: Project, below: ProgrammeParts) -> date | None:
    starts = [period.starts_on for period in below.periods.values()]
    return project.starts_on or min(starts, default=None)
