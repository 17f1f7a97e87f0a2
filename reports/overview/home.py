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
from projects.selectors.mine import count_mine
from projects.selectors.registers import TopRisk, top_risks
from reports.overview.delivery import Alert, delivery
from reports.overview.diary import ActionEntry, MeetingEntry, MilestoneEntry, diary
from reports.overview.grid import RatingGrid
from reports.overview.money import Drawn, benefit_panel, funding_panel
from reports.overview.papers import PaperEntry, paper_entries
from reports.overview.waiting import Situation, Task, waiting_for
from reports.refs import Addresses

SHOWN = 3
"""How many of a list home shows; the full lists have pages of their own."""

RISKS = 5
"""How many of the risks that stand highest home shows."""

Role = RoleAssignment.Role

PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    Role.OFFICE: (("overdue", "late"), ("ratings",), ("meetings",)),
    Role.LEAD: (("ratings",), ("milestones", "meetings")),
    Role.FINANCE: (("money",), ("meetings", "papers")),
    Role.SECRETARY: (("meetings", "papers"), ("overdue", "late"), ("ratings",)),
    Role.MEMBER: (("ratings",), ("money",), ("meetings", "papers")),
    Role.AUDITOR: (("ratings",), ("money",), ("papers",)),
    Role.ADMINISTRATOR: (("meetings", "papers"), ("ratings",)),
}
"""What each role finds on home below its own work and what needs attention, in rows of one or two
parts. Everything else is a page away in the menu."""


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
class OwnList:
    """A list of what is the reader's own, and how many are open."""

    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class RiskEntry:
    """One of the risks that stand highest."""

    risk: TopRisk
    url: str


@dataclass(frozen=True, slots=True)
class ProgrammeOverview:
    """All that a programme's home shows. ``period`` is the newest period that was opened;
    ``is_open`` whether any is open now; ``at_rest`` whether ``day`` is that period's and not
    today. Lists are cut to what the page shows, the signals count all. ``rates`` is whether the
    programme rates anything, ``ends`` the best and the worst that it can give. ``parts`` are the
    rows of what the reader's roles find below."""

    day: date
    at_rest: bool
    period: ReportingPeriod | None
    is_open: bool
    signals: tuple[Signal, ...]
    waiting: tuple[Task, ...]
    mine: tuple[OwnList, ...]
    parts: tuple[tuple[str, ...], ...]
    risks: tuple[RiskEntry, ...]
    risks_url: str
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

    @property
    def empty(self) -> tuple[str, ...]:
        """The parts that have nothing to show yet; where nothing is rated, no rating is missing."""
        shown = {
            "ratings": self.grid.groups or (self.has_projects and not self.rates),
            "money": self.panels,
            "meetings": self.meetings,
            "milestones": self.milestones,
            "papers": self.papers,
        }
        return tuple(name for name, found in shown.items() if not found)


def programme_overview(
    programme: Programme, *, held: Sequence[RoleAssignment], today: date | None = None
) -> ProgrammeOverview:
    """Home for somebody who holds these roles in the programme.

    Fourteen queries, however many projects, milestones or actions there are, and one more for those
    who manage people. ``held`` comes with board and organisation.
    """
    addresses = Addresses.within(programme)
    now = reference_day(programme, today=today)
    doing = delivery(programme, day=now.day, period=now.period, addresses=addresses, held=held)
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
        mine=_mine(programme, held, addresses),
        parts=_parts(held, () if doing.rates or not doing.projects else ("ratings",)),
        risks=tuple(
            RiskEntry(each, addresses.page("projects:risks:detail", risk=each.ref))
            for each in top_risks(programme, most=RISKS)
        ),
        risks_url=addresses.page("projects:risks:list", {"state": "open"}),
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


def _parts(held: Sequence[RoleAssignment], without: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The parts of all roles that the reader holds, each once; those of a member of a board for
    whoever holds none."""
    seen = set(without)
    rows = []
    for role in [each.role for each in held] or [Role.MEMBER]:
        for row in PARTS[role]:
            new = tuple(name for name in row if name not in seen)
            seen |= set(new)
            if new:
                rows.append(new)
    return tuple(rows)


def _mine(
    programme: Programme, held: Sequence[RoleAssignment], addresses: Addresses
) -> tuple[OwnList, ...]:
    """The lists of the reader's own that have anything in them. One query."""
    found = count_mine(programme, held)
    lists = (
        (found.projects, "project", "projects:list", {}),
        (found.milestones, "open milestone", "projects:milestones:list", {"state": "open"}),
        (found.risks, "open risk or issue", "projects:risks:list", {"state": "open"}),
        (found.actions, "open action", "projects:actions:list", {"state": "open"}),
    )
    plurals = {"open risk or issue": "open risks and issues"}
    return tuple(
        OwnList(
            count(number, what, plurals.get(what, "")),
            number,
            addresses.page(page, {**query, "whose": "mine"}),
        )
        for number, what, page, query in lists
        if number
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
