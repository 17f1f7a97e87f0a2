"""A programme at a glance, put together for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from finance.selectors.at_a_glance import benefits_at_a_glance, funding_at_a_glance
from programme.common.formats import count
from programme.common.words import say
from programme.extremes import Extremes
from programme.models import Programme, ReportingPeriod, RoleAssignment
from programme.reference_day import reference_day
from programme.roles import PERMISSIONS
from programme.selectors import roles_to_confirm
from reports.overview.delivery import Alert, delivery
from reports.overview.diary import ActionEntry, MeetingEntry, MilestoneEntry, diary
from reports.overview.grid import RatingGrid
from reports.overview.money import Drawn, benefit_panel, funding_panel
from reports.overview.papers import PaperEntry, paper_entries
from reports.overview.waiting import Situation, Task, waiting_for
from reports.refs import Addresses

SHOWN = 5
"""How many of a list home shows; the full lists have pages of their own."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One of the counts at the top: how many, of what, and the list of exactly these."""

    count: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A count in words, and the list of exactly what it counts."""

    count: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ProgrammeOverview:
    """All that a programme's home shows. ``period`` is the newest period that was opened;
    ``is_open`` whether any is open now; ``at_rest`` whether ``day`` is that period's and not
    today. Lists are cut to what the page shows, the signals count all. ``rates`` is whether the
    programme rates anything, ``ends`` the best and the worst that it can give."""

    day: date
    at_rest: bool
    period: ReportingPeriod | None
    is_open: bool
    signals: tuple[Signal, ...]
    waiting: tuple[Task, ...]
    alerts: tuple[Alert, ...]
    overdue: tuple[ActionEntry, ...]
    late: tuple[MilestoneEntry, ...]
    rates: bool
    ends: Extremes
    grid: RatingGrid
    panels: tuple[Drawn, ...]
    meetings: tuple[MeetingEntry, ...]
    milestones: tuple[MilestoneEntry, ...]
    papers: tuple[PaperEntry, ...]
    has_projects: bool
    all_alerts: Link | None
    all_overdue: Link | None
    all_late: Link | None
    all_coming: Link | None
    projects_url: str

    @property
    def is_new(self) -> bool:
        """Whether there is nothing to see yet: what is left to set up matters then."""
        return not (self.has_projects or self.panels or self.papers)


def programme_overview(
    programme: Programme, *, held: Sequence[RoleAssignment], today: date | None = None
) -> ProgrammeOverview:
    """Home for somebody who holds these roles in the programme.

    Twelve queries, however many projects, milestones or actions there are, and one more for those
    who manage people. ``held`` comes with board and organisation.
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
        doing.projects,
        days,
        papers,
        funding,
        benefits,
        addresses,
        now,
        tuple(held),
        _to_confirm(programme, held),
    )
    actions_url = addresses.page("projects:actions:list", {"state": "overdue"})
    late_url = addresses.page("projects:milestones:list", {"state": "late"})

    def attention(word: str) -> str:
        return addresses.page("projects:list", {"attention": word})

    worst = doing.ends.worst_words
    at_worst = sum(each.worst for each in doing.alerts)
    ratings = (
        *([Signal(at_worst, f"rated {worst}", attention("worst"))] if worst else ()),
        Signal(sum(each.worse for each in doing.alerts), "got worse", attention("worse")),
    )
    panels = (funding_panel(funding, addresses), benefit_panel(benefits, addresses))
    return ProgrammeOverview(
        day=now.day,
        at_rest=now.at_rest,
        period=now.period,
        is_open=now.is_open,
        signals=(
            *(ratings if doing.rates else ()),
            Signal(len(days.overdue), _noun(days.overdue, "action") + " overdue", actions_url),
            Signal(len(days.late), _noun(days.late, "milestone") + " late", late_url),
        ),
        waiting=() if programme.has_ended else waiting_for(held, situation),
        alerts=doing.alerts[:SHOWN],
        overdue=days.overdue[:SHOWN],
        late=days.late[:SHOWN],
        rates=doing.rates,
        ends=doing.ends,
        grid=doing.grid,
        panels=tuple(each for each in panels if each),
        meetings=days.meetings[:SHOWN],
        milestones=days.coming[:SHOWN],
        papers=papers[:SHOWN],
        has_projects=bool(doing.projects),
        all_alerts=_all(len(doing.alerts), "project", attention("any")),
        all_overdue=_all(len(days.overdue), "overdue action", actions_url),
        all_late=_all(len(days.late), "late milestone", late_url),
        all_coming=_all(
            len(days.coming),
            "milestone",
            addresses.page("projects:milestones:list", {"state": "coming"}),
        ),
        projects_url=addresses.page("projects:list"),
    )


def _all(found: int, what: str, url: str) -> Link | None:
    """Where all of a list is that home cuts: "All 8 overdue actions"; None when it is whole."""
    if found <= SHOWN:
        return None
    return Link(found, f"All {count(found, what)}", url)


def _noun(found: Sequence[object], singular: str) -> str:
    return say(singular if len(found) == 1 else f"{singular}s")


def _to_confirm(programme: Programme, held: Sequence[RoleAssignment]) -> tuple[RoleAssignment, ...]:
    """Roles that wait for whoever holds these roles as the second person."""
    reader = next(
        (each.user_id for each in held if "people.manage" in PERMISSIONS[each.role]), None
    )
    if reader is None:
        return ()
    waiting = roles_to_confirm(programme).exclude(user=reader).exclude(granted_by=reader)
    return tuple(waiting)
