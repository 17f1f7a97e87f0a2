"""How the updates of a period come in: which projects it asks, and how each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from programme.models import ReportingPeriod, Stage
from projects.models import Project, Reminder, ReminderLine, StageChange, StatusUpdate

NOT_STARTED = "not_started"
State = StatusUpdate.State
STATES = (
    State.ACCEPTED.value,
    State.HANDED_IN.value,
    State.RETURNED.value,
    State.DRAFT.value,
    NOT_STARTED,
)
"""How an update can stand, the furthest first."""
_OWED = ~Q(standing__in=StatusUpdate.GIVEN)


@dataclass(frozen=True, slots=True)
class Stretch:
    """How many updates stand so, and which part of the bar they are, in hundredths of it."""

    state: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a period is: the updates by how they stand, the furthest first."""

    asked: int
    given: int
    late: int
    steps: tuple[Stretch, ...]


def asked_of_period(period: ReportingPeriod) -> QuerySet[Project]:
    """The projects that a period asks, with those that wrote for it all the same.

    While it is open, those whose stage is reported on now; of one that is closed, those whose stage
    was on its as-at day.
    """
    wrote = Exists(StatusUpdate.objects.filter(project=OuterRef("pk"), period=period))
    projects = Project.objects.of(period.programme_id).filter(withdrawn_on__isnull=True)
    if period.state != ReportingPeriod.State.CLOSED:
        asked = Q(stage__kind__in=Stage.ASKED)
    else:
        moves = StageChange.objects.filter(project=OuterRef("pk")).order_by("-changed_on", "-pk")
        then = moves.filter(changed_on__lte=period.as_at).values("to_stage__kind")[:1]
        projects = projects.annotate(
            kind_then=Coalesce(
                Subquery(then),
                # One that was moved only later was not there yet; one never moved always was.
                Case(When(Exists(moves), then=Value("")), default=F("stage__kind")),
                output_field=CharField(),
            )
        )
        asked = Q(kind_then__in=Stage.ASKED)
    return projects.filter(Q(wrote) | (asked & Q(parent__isnull=True)))


def progress_rows(period: ReportingPeriod) -> QuerySet[Project]:
    """The same, each with ``standing`` (how its update stands), ``since`` (since when, None where
    nobody knows), ``came`` (when it was handed in), ``due`` (until when it may be) and
    ``reminded_on`` (the day of the last letter about it)."""
    own, later = Q(updates__period=period), Q(late_admissions__period=period)
    return (
        asked_of_period(period)
        .select_related("workstream", "lead_user", "lead_organisation")
        .annotate(
            own=FilteredRelation("updates", condition=own),
            admitted=FilteredRelation("late_admissions", condition=later),
        )
        .annotate(
            standing=Coalesce(F("own__state"), Value(NOT_STARTED), output_field=CharField()),
            since=Case(
                When(own__state=State.HANDED_IN, then=F("own__handed_in_at")),
                When(own__state=State.DRAFT, then=F("own__created_at")),
                default=F("own__reviewed_at"),
                output_field=DateTimeField(),
            ),
            came=F("own__handed_in_at"),
            reminded_on=Subquery(_reminded(period).values("reminder__day")[:1]),
            due=Coalesce(
                F("admitted__until"), Value(period.due_on, DateField()), output_field=DateField()
            ),
        )
    )


def _reminded(period: ReportingPeriod) -> QuerySet[ReminderLine]:
    """Of an outer query's project, the letters about its update, the newest first."""
    return ReminderLine.objects.filter(
        project=OuterRef("pk"), period=period, reminder__sent_at__isnull=False
    ).order_by("-reminder__day")


def letters_about(period: ReportingPeriod) -> QuerySet[Reminder]:
    """The letters that reminded of updates for a period, the newest first, each with ``about``:
    its lines of this period, in a list."""
    lines = ReminderLine.objects.filter(period=period).select_related("project")
    about = lines.filter(reminder=OuterRef("pk")).order_by()
    return (
        Reminder.objects.filter(Exists(about))
        .select_related("user", "by")
        .prefetch_related(Prefetch("lines", lines, to_attr="about"))
    )


def owed(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Those of ``progress_rows`` whose update has not been handed in, or was returned."""
    return rows.filter(_OWED)


def late(rows: QuerySet[Project], day: date) -> QuerySet[Project]:
    """Those of them whose time is over."""
    return rows.filter(_late(day))


def _late(day: date) -> Q:
    return _OWED & Q(due__lt=day)


def progress(period: ReportingPeriod, day: date) -> Progress:
    """How far a period is on a day. One query."""
    rows = progress_rows(period)
    counts = rows.order_by().aggregate(
        late=Count("pk", filter=_late(day)),
        **{state: Count("pk", filter=Q(standing=state)) for state in STATES},
    )
    asked = sum(counts[state] for state in STATES)
    steps, start = [], 0.0
    for state in STATES:
        width = round(100 * counts[state] / asked, 2) if asked else 0.0
        steps.append(Stretch(state, counts[state], round(start, 2), width))
        start += width
    given = sum(counts[state] for state in StatusUpdate.GIVEN)
    return Progress(asked, given, counts["late"], tuple(steps))


def days_late(standing: str, came: datetime | None, due: date | None, day: date) -> int:
    """By how many days an update is late on a day, or came late; 0 for none, and where nobody knows
    when it came."""
    if due is None:
        return 0
    if standing in StatusUpdate.GIVEN:
        return max((timezone.localdate(came) - due).days, 0) if came else 0
    return max((day - due).days, 0)


def missing_of(period: ReportingPeriod) -> tuple[tuple[str, Sequence[Project]], ...]:
    """The projects of which nothing was accepted in a period, by how their updates stand: what is
    missing when it closes. One query."""
    found: dict[str, list[Project]] = defaultdict(list)
    for project in progress_rows(period).exclude(standing=State.ACCEPTED):
        found[project.standing].append(project)
    return tuple((state, found[state]) for state in STATES if state in found)
