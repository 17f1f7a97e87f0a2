"""Boards as their pages show them: what reports to what, who sits where, when they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, F, Max, Min, Q, QuerySet

from programme.models import Board, BoardMember, Meeting, Programme


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """A board in the list of all. ``depth`` counts the boards above it; ``ended_on`` is set for one
    that no longer meets. Its last meeting is before, its next one on or after the day asked for."""

    slug: str
    name: str
    short_name: str
    kind: str
    whose: str
    depth: int
    reports_to: str
    reports_to_slug: str
    members: int
    last_met: date | None
    next_meets: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Boards:
    """``current`` with each board after the one it reports to; ``ended`` by their place."""

    current: tuple[BoardEntry, ...]
    ended: tuple[BoardEntry, ...]


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one organisation on a board."""

    organisation: str
    organisation_slug: str
    members: tuple[BoardMember, ...]


@dataclass(frozen=True, slots=True)
class BoardPosition:
    """All that a board's page shows: seats by organisation, meetings around a day (``coming``
    soonest first, ``past`` newest first), the boards that report to it and those it took over."""

    seats: tuple[Seats, ...]
    former: tuple[BoardMember, ...]
    coming: tuple[Meeting, ...]
    past: tuple[Meeting, ...]
    reporting: tuple[Board, ...]
    predecessors: tuple[Board, ...]


def boards_in_order(programme: Programme, *, on: date, today: date) -> Boards:
    """The programme's boards, each below the one it reports to. Meetings are past or coming as
    seen from ``on``; boards and seats are those of ``today``. One query."""
    stands = ~Q(meetings__state=Meeting.State.CANCELLED)
    rows = list(
        Board.objects.of(programme)
        .select_related("organisation", "reports_to")
        .annotate(
            last_met=Max("meetings__held_on", filter=stands & Q(meetings__held_on__lt=on)),
            next_meets=Min("meetings__held_on", filter=stands & Q(meetings__held_on__gte=on)),
            seats=Count("members", filter=_sits(today, "members__"), distinct=True),
        )
    )
    ended = [row for row in rows if row.ended_on and row.ended_on < today]
    gone = {row.pk for row in ended}
    below = defaultdict(list)
    current = [row for row in rows if row.pk not in gone]
    for row in current:
        below[None if row.reports_to_id in gone else row.reports_to_id].append(row)
    return Boards(
        current=tuple(_hanging(below, None, 0)),
        ended=tuple(_entry(row, 0) for row in ended),
    )


def _hanging(below: dict[int | None, list[Board]], of: int | None, depth: int) -> list[BoardEntry]:
    found = []
    for row in below.pop(of, []):  # taken out, so that a circle could not go round for ever
        found += [_entry(row, depth), *_hanging(below, row.pk, depth + 1)]
    return found


def _entry(row: Board, depth: int) -> BoardEntry:
    return BoardEntry(
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        kind=row.get_kind_display(),
        whose=row.organisation.short_name if row.organisation else "Joint",
        depth=depth,
        reports_to=row.reports_to.short_name if row.reports_to else "",
        reports_to_slug=row.reports_to.slug if row.reports_to else "",
        members=row.seats,
        last_met=row.last_met,
        next_meets=row.next_meets,
        ended_on=row.ended_on,
    )


def board_position(board: Board, *, on: date, today: date) -> BoardPosition:
    """What a board's page shows beside its own facts: meetings as seen from ``on``, seats that
    somebody holds or will hold as seen from ``today``. Three queries."""
    members = list(
        BoardMember.objects.filter(board=board).select_related("organisation", "user", "board")
    )
    sitting = [each for each in members if each.to_day is None or each.to_day >= today]
    meetings = list(Meeting.objects.filter(board=board).select_related("period", "board"))
    others = list(
        Board.objects.of(board.programme).filter(Q(reports_to=board) | Q(succeeded_by=board))
    )
    return BoardPosition(
        seats=tuple(_by_organisation(sitting)),
        former=tuple(each for each in members if each not in sitting),
        coming=tuple(reversed([each for each in meetings if each.held_on >= on])),
        past=tuple(each for each in meetings if each.held_on < on),
        reporting=tuple(each for each in others if each.reports_to_id == board.pk),
        predecessors=tuple(each for each in others if each.succeeded_by_id == board.pk),
    )


def _by_organisation(members: Iterable[BoardMember]) -> list[Seats]:
    """Seats of the same organisation together, organisations in the order of their first seat."""
    first: dict[int, int] = {}
    for place, member in enumerate(members := list(members)):
        first.setdefault(member.organisation_id, place)
    ordered = sorted(members, key=lambda each: first[each.organisation_id])
    return [
        Seats(seats[0].organisation.name, seats[0].organisation.slug, tuple(seats))
        for _, rows in groupby(ordered, key=lambda each: each.organisation_id)
        if (seats := list(rows))
    ]


def _sits(on: date, path: str = "") -> Q:
    """Seats that somebody holds on a day; one without a first or last day is held since ever."""
    begun = Q(**{f"{path}from_day__isnull": True}) | Q(**{f"{path}from_day__lte": on})
    lasts = Q(**{f"{path}to_day__isnull": True}) | Q(**{f"{path}to_day__gte": on})
    return begun & lasts


def meetings_of(programme: Programme) -> QuerySet[Meeting]:
    """All meetings of the programme's boards, newest first, with what a list of them shows."""
    return (
        Meeting.objects.of(programme)
        .select_related("board", "period")
        .order_by(F("held_on").desc(), "board__order")
    )
