"""What waits for the reader: for each role that somebody holds, what it is there to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from finance.facts import BenefitGlance, FundingGlance
from finance.variance import overspend_words
from programme.common.blocks import Ref
from programme.common.formats import count, day, short_day
from programme.common.values import Certainty
from programme.common.words import say
from programme.models import Programme, ReportingPeriod, RoleAssignment
from programme.reference_day import ReferenceDay
from projects.models import Project, StatusUpdate
from reports.overview.diary import ActionEntry, Diary
from reports.overview.papers import PaperEntry
from reports.overview.ratings import is_asked
from reports.refs import Addresses

LISTED = 5
"""How many tasks of one kind are named; the rest is counted, with a link to all of them."""

Role = RoleAssignment.Role
State = StatusUpdate.State


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do or to read. ``tag`` says how it stands, ``urgent`` whether its time is over;
    ``due`` its day where it has one; an empty ``url`` has no page behind it. Where the text is a
    count, ``count`` is its number, and ``url`` lists exactly so many."""

    text: str
    url: str
    tag: str
    urgent: bool = False
    hint: str = ""
    count: int = 0
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that tasks are made from, read already."""

    programme: Programme
    projects: Sequence[Project]
    diary: Diary
    papers: Sequence[PaperEntry]
    funding: FundingGlance | None
    benefits: BenefitGlance
    addresses: Addresses
    now: ReferenceDay
    held: tuple[RoleAssignment, ...] = ()
    to_confirm: Sequence[RoleAssignment] = ()

    def owned(self, role: str) -> tuple[RoleAssignment, ...]:
        """The reader's roles of a kind: what is counted is counted over all of them."""
        return tuple(each for each in self.held if each.role == role)

    def leads(self, project: Project) -> bool:
        """Whether the reader is lead of a project, by themselves or for their body."""
        return any(project.owned_by(role) for role in self.owned(Role.LEAD))

    @property
    def day(self) -> date:
        return self.now.day

    @property
    def period(self) -> ReportingPeriod | None:
        return self.now.period

    @property
    def open_period(self) -> ReportingPeriod | None:
        is_open = self.period and self.period.state == ReportingPeriod.State.OPEN
        return self.period if is_open else None

    @property
    def due(self) -> date | None:
        return self.period.due_on if self.period else None


def waiting_for(held: Iterable[RoleAssignment], situation: Situation) -> tuple[Task, ...]:
    """The tasks of all roles that somebody holds in the programme, each task once, the most urgent
    first: what is over its time, then what has a day, the nearest first, then the rest."""
    tasks: dict[Task, None] = {}
    for assignment in held:
        for task in TASKS[Role(assignment.role)](assignment, situation):
            tasks.setdefault(task)
    return tuple(sorted(tasks, key=_urgency))


def _urgency(task: Task) -> tuple[bool, date]:
    """Of what is over its time no day: each role's own order stands."""
    return not task.urgent, date.min if task.urgent else task.due or date.max


# --- office -----------------------------------------------------------------------------------


def _office(_: RoleAssignment, now: Situation) -> Iterator[Task]:
    """The period to open, updates that are missing or to be looked at, actions and contributions
    that are behind."""
    yield from _opening(now)
    period = now.open_period
    if period:
        asked = [each for each in now.projects if is_asked(each)]
        missing = [each for each in asked if each.asked_state not in StatusUpdate.GIVEN]
        if missing:
            yield Task(
                f"{count(len(missing), 'project')} {say('without an update')}",
                now.addresses.page("projects:list", {"update": "missing"}),
                *_due_tag(now),
                hint=_due_hint(now, period),
                count=len(missing),
                due=now.due,
            )
        handed_in = [each for each in now.projects if each.asked_state == State.HANDED_IN]
        if handed_in:
            yield Task(
                f"{count(len(handed_in), 'update')} handed in",
                now.addresses.page("projects:list", {"update": "review"}),
                "To review",
                hint=period.name,
                count=len(handed_in),
            )
    yield from _overdue(now, lambda _: True, {})
    yield from _contributions(now, lambda _: True)
    yield from _to_confirm(now)


def _opening(now: Situation) -> Iterator[Task]:
    """The period that is opened next, while none is; of a programme at rest none is missed."""
    if now.now.is_open or now.now.at_rest:
        return
    hint = say("No period is open, so project leads cannot write updates.")
    if period := now.now.to_open:
        late = period.opens_on is not None and period.opens_on < now.day
        url = now.addresses.page("projects:periods:open", period=period.slug)
        yield Task(f"Open {period.name}", url, "Overdue" if late else "To do", late, hint)
    else:
        url = now.addresses.page("programme:periods:plan")
        yield Task("Add the next reporting periods", url, "To do", hint=hint)


# --- project lead -----------------------------------------------------------------------------


def _lead(held: RoleAssignment, now: Situation) -> Iterator[Task]:
    """The updates that somebody's projects owe, and the overdue actions that are their own by name
    or their organisation's."""
    mine = [each for each in now.projects if now.leads(each)]
    if not mine:
        yield Task(
            say("No project is yours yet"),
            now.addresses.page("projects:list"),
            "To ask for",
            hint=say("The programme office names you as the lead of your projects"),
        )
    period = now.open_period
    if period:
        owed = [
            each for each in mine if is_asked(each) and each.asked_state not in StatusUpdate.GIVEN
        ]
        # What was sent back comes first: somebody waits for it by name.
        owed.sort(key=lambda each: each.asked_state != State.RETURNED)
        for project in owed[:LISTED]:
            if project.asked_state == State.RETURNED:
                tag: tuple[str, bool] = ("Returned", True)
            else:
                tag = _due_tag(now)
            yield Task(
                f"{say('Update')} of {project.label}",
                now.addresses.page("projects:updates:edit", project=project.ref, period=period.slug)
                or now.addresses.of(Ref("project", project.ref)),
                *tag,
                hint=_due_hint(now, period),
                due=now.due,
            )
        if len(owed) > LISTED:
            yield Task(
                f"All {count(len(owed), 'update')} to write",
                now.addresses.page("projects:list", {"update": "mine"}),
                *_due_tag(now),
                hint=_due_hint(now, period),
                count=len(owed),
                due=now.due,
            )
    if held.organisation_id:
        yield from _overdue(
            now,
            lambda action: action.owner_id == held.organisation_id,
            {"owner": held.organisation.slug},
        )
    yield from _overdue(now, lambda action: action.user_id == held.user_id, {"whose": "named"})
    yield from _missed(now, held.user_id, {each.ref for each in mine})


def _missed(now: Situation, user_id: int, mine: Set[str]) -> Iterator[Task]:
    """Milestones of somebody's projects, which ``mine`` are by their references, and those that are
    theirs by name, whose day has passed: reached, or to be moved."""
    passed = [
        each
        for each in now.diary.late
        if each.missed and (each.ref in mine or each.user_id == user_id)
    ]
    if passed:
        yield Task(
            f"{count(len(passed), 'milestone')} past {'its' if len(passed) == 1 else 'their'} date",
            now.addresses.page("projects:milestones:list", {"state": "missed", "whose": "mine"}),
            "Overdue",
            urgent=True,
            hint=say("Record the milestone as reached, or move its forecast")
            if len(passed) == 1
            else say("Record each milestone as reached, or move its forecast"),
            count=len(passed),
        )


# --- finance lead -----------------------------------------------------------------------------


def _finance(held: RoleAssignment, now: Situation) -> Iterator[Task]:
    """Contributions that their organisation has not confirmed or goes over, benefits that they may
    validate."""
    yield from _contributions(now, lambda owner: owner == held.organisation_id)
    yield from _overspent(held, now)
    bodies = {each.organisation_id for each in now.owned(Role.FINANCE)}
    waiting = now.benefits.unvalidated
    mine = [each for each in waiting if each.is_for(held.user_id, bodies)]
    for benefit in mine[:LISTED]:
        yield Task(
            f"Realised value of {benefit.name}",
            now.addresses.of(Ref("benefit", benefit.ref)),
            "To validate",
            hint=benefit.year or "",
        )
    if len(mine) > LISTED:
        yield Task(
            f"{count(len({each.ref for each in mine}), 'benefit')} with a realised value",
            now.addresses.page("finance:benefits:list", {"state": "mine"}),
            "To validate",
            count=len({each.ref for each in mine}),
        )


def _contributions(now: Situation, mine: Callable[[int | None], bool]) -> Iterator[Task]:
    funding = now.funding
    if funding is None:
        return
    owners = dict(funding.owners)
    for row in funding.variance.rows:
        waits = row.budget.certainty is Certainty.TBC
        if not waits or row.source not in owners or not mine(owners[row.source]):
            continue
        yield Task(
            f"{say('Contribution')} of {funding.source(row.source).name} for {funding.year}",
            now.addresses.page(
                "finance:contributions:edit", year=funding.year_slug, source=row.source
            ),
            "TBC",
        )


def _overspent(held: RoleAssignment, now: Situation) -> Iterator[Task]:
    funding = now.funding
    if funding is None:
        return
    owners = dict(funding.owners)
    for row in funding.variance.overspent:
        if held.organisation_id and owners.get(row.source) == held.organisation_id:
            yield Task(
                f"{funding.source(row.source).name} in {funding.year}",
                now.addresses.of(Ref("funding", f"{funding.year_slug}/{row.source}")),
                f"{overspend_words(row)} over budget",
            )


# --- boards -----------------------------------------------------------------------------------


def _secretary(held: RoleAssignment, now: Situation) -> Iterator[Task]:
    """The next meeting of the board, and what it asked for and did not get in time."""
    yield from _next_meeting(held, now, plans=True)
    if held.board:
        board = held.board.slug
        yield from _overdue(now, lambda action: action.board == board, {"board": board})


def _member(held: RoleAssignment, now: Situation) -> Iterator[Task]:
    """The newest paper of the board, and when it meets."""
    board = held.board
    if board is None:
        return
    newest = next((each for each in now.papers if each.board == board.slug), None)
    if newest:
        yield Task(
            newest.title,
            now.addresses.page(
                "reports:papers:detail", template=newest.template, period=newest.period
            ),
            newest.state,
            hint=f"{board.name}, {newest.period_name}",
        )
    yield from _next_meeting(held, now, plans=False)


def _next_meeting(held: RoleAssignment, now: Situation, *, plans: bool) -> Iterator[Task]:
    board = held.board
    if board is None:
        return
    meeting = next((each for each in now.diary.meetings if each.board == board.slug), None)
    url = now.addresses.page("programme:boards:detail", board=board.slug)
    if meeting:
        yield Task(
            f"Next meeting of {board.name}",
            meeting.url,
            short_day(meeting.held_on),
            hint=meeting.place,
            due=meeting.held_on,
        )
    elif plans:
        yield Task(f"Next meeting of {board.name}", url, "Not planned yet")


def _overdue(
    now: Situation, mine: Callable[[ActionEntry], bool], narrowed: dict[str, str]
) -> Iterator[Task]:
    """Overdue actions; ``narrowed`` are the filters that list those of them that are meant."""
    late = [each for each in now.diary.overdue if mine(each)]
    if not late:
        return
    url = (
        late[0].url
        if len(late) == 1
        else now.addresses.page("projects:actions:list", {"state": "overdue", **narrowed})
    )
    hint = late[0].text if len(late) == 1 else ""
    shown = len(late) if len(late) > 1 else 0
    yield Task(count(len(late), "action"), url, "Overdue", urgent=True, hint=hint, count=shown)


# --- those who look on ------------------------------------------------------------------------


def _auditor(_: RoleAssignment, now: Situation) -> Iterator[Task]:
    yield Task(
        "Register of changes",
        now.addresses.page("programme:record:list"),
        "To read",
        hint="Who did what, when, with before and after",
    )


def _administrator(_: RoleAssignment, now: Situation) -> Iterator[Task]:
    yield from _opening(now)
    yield from _to_confirm(now)
    yield Task(
        "People and their roles", now.addresses.page("programme:people:list"), "To look after"
    )


def _to_confirm(now: Situation) -> Iterator[Task]:
    """Roles that wait for the reader, who manages people, as the second person."""
    for role in now.to_confirm[:LISTED]:
        yield Task(
            f"{role.person} as {role.in_words()}",
            now.addresses.page("programme:people:detail", person=role.person.pk),
            "To confirm",
        )
    if len(now.to_confirm) > LISTED:
        yield Task(
            "Further roles to confirm", now.addresses.page("programme:people:list"), "To confirm"
        )


def _due_tag(now: Situation) -> tuple[str, bool]:
    if now.due is None:
        return "To do", False
    passed = now.due < now.day
    return ("Overdue" if passed else "To do"), passed


def _due_hint(now: Situation, period: ReportingPeriod) -> str:
    return f"{period.name}, due {day(now.due)}" if now.due else period.name


TASKS: dict[Role, Callable[[RoleAssignment, Situation], Iterator[Task]]] = {
    Role.OFFICE: _office,
    Role.LEAD: _lead,
    Role.FINANCE: _finance,
    Role.SECRETARY: _secretary,
    Role.MEMBER: _member,
    Role.AUDITOR: _auditor,
    Role.ADMINISTRATOR: _administrator,
}
"""What each role is asked for; a role without an entry cannot be signed in with."""
