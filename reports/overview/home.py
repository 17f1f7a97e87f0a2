"""A programme at a glance, put together for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from finance.selectors.at_a_glance import benefits_at_a_glance, funding_at_a_glance
from programme.common.formats import count
from programme.models import Programme, ReportingPeriod, RoleAssignment
from programme.reference_day import reference_day
from reports.overview.delivery import Alert, delivery
from reports.overview.diary import ActionEntry, MeetingEntry, MilestoneEntry, diary
from reports.overview.grid import Grid
from reports.overview.money import Panel, benefit_panel, funding_panel
from reports.overview.papers import PaperEntry, paper_entries
from reports.overview.waiting import Situation, Task, waiting_for
from reports.refs import Addresses

SHOWN = 5
"""How many of a list home shows; the full lists have pages of their own."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One of the counts at the top: how many, of what, and where on the page they are."""

    count: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Home:
    """All that a programme's home shows. ``period`` is the newest period that was opened;
    ``at_rest`` whether ``day`` is that period's and not today. Lists are cut to what the page
    shows, the signals count all."""

    day: date
    at_rest: bool
    period: ReportingPeriod | None
    signals: tuple[Signal, ...]
    waiting: tuple[Task, ...]
    alerts: tuple[Alert, ...]
    overdue: tuple[ActionEntry, ...]
    late: tuple[MilestoneEntry, ...]
    grid: Grid
    panels: tuple[Panel, ...]
    meetings: tuple[MeetingEntry, ...]
    milestones: tuple[MilestoneEntry, ...]
    papers: tuple[PaperEntry, ...]
    has_projects: bool
    more_alerts: int
    more_overdue: str
    more_late: str
    actions_url: str
    projects_url: str


def programme_overview(
    programme: Programme, *, held: Sequence[RoleAssignment], today: date | None = None
) -> Home:
    """Home for somebody who holds these roles in the programme.

    Eleven queries, however many projects, milestones or actions there are. ``held`` comes with
    board and organisation.
    """
    addresses = Addresses.within(programme)
    now = reference_day(programme, today=today)
    doing = delivery(programme, day=now.day, period=now.period, addresses=addresses)
    days = diary(programme, day=now.day, addresses=addresses)
    papers = paper_entries(programme)
    funding = funding_at_a_glance(programme, day=now.day)
    benefits = benefits_at_a_glance(programme)
    situation = Situation(
        programme,
        now.day,
        now.period,
        doing.projects,
        days,
        papers,
        funding,
        benefits,
        addresses,
    )
    panels = (funding_panel(funding, addresses), benefit_panel(benefits, addresses))
    return Home(
        day=now.day,
        at_rest=now.at_rest,
        period=now.period,
        signals=(
            Signal(sum(each.red for each in doing.alerts), "rated red", "attention"),
            Signal(sum(each.worse for each in doing.alerts), "got worse", "attention"),
            Signal(len(days.overdue), _noun(days.overdue, "action") + " overdue", "overdue"),
            Signal(len(days.late), _noun(days.late, "milestone") + " late", "late"),
        ),
        waiting=waiting_for(held, situation),
        alerts=doing.alerts[:SHOWN],
        overdue=days.overdue[:SHOWN],
        late=days.late[:SHOWN],
        grid=doing.grid,
        panels=tuple(each for each in panels if each),
        meetings=days.meetings[:SHOWN],
        milestones=days.coming[:SHOWN],
        papers=papers[:SHOWN],
        has_projects=bool(doing.projects),
        more_alerts=len(doing.alerts[SHOWN:]),
        more_overdue=_more(len(days.overdue), "overdue action"),
        more_late=_more(len(days.late), "late milestone"),
        actions_url=addresses.page("projects:actions:list", {"standing": "overdue"}),
        projects_url=addresses.page("projects:list"),
    )


def _more(found: int, what: str) -> str:
    """What a list that is cut leaves out: "3 more overdue actions"; nothing when it is whole."""
    if found <= SHOWN:
        return ""
    return count(found - SHOWN, f"more {what}")


def _noun(found: Sequence[object], singular: str) -> str:
    return singular if len(found) == 1 else f"{singular}s"
