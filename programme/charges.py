"""What boards and organisations have in their charge on this floor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from programme import actions
from programme.granting import RoleInput
from programme.models import Board, BoardMember, Meeting, Organisation, Programme, RoleAssignment
from programme.succession import DAY, Charge, HandOver, give, register
from programme.writing import Edit


def register_all() -> None:
    """Registers them; the apps above register theirs."""
    register(
        Board,
        Charge(
            "meetings",
            ("planned meeting", "planned meetings"),
            lambda board, last_day: Meeting.objects.filter(
                board=board, state=Meeting.State.PLANNED, held_on__gt=last_day
            ).select_related("board"),
            _pass_meeting,
        ),
        Charge(
            "reporting",
            ("board that reports to it", "boards that report to it"),
            lambda board, last_day: _going_on(board.reporting_boards.all(), last_day),
            _report_to,
        ),
        Charge(
            "roles",
            ("role held for it", "roles held for it"),
            lambda board, last_day: _roles(RoleAssignment.objects.filter(board=board), last_day),
            lambda row, wanted: _pass_role(row, wanted, "board"),
            name=_holder,
        ),
    )
    register(
        Organisation,
        Charge(
            "host",
            ("programme that it answers for", "programmes that it answers for"),
            lambda body, last_day: Programme.objects.filter(host=body),
            _host,
        ),
        Charge(
            "boards",
            ("board of its own", "boards of its own"),
            lambda body, last_day: _going_on(body.boards.all(), last_day),
            give("organisation", "board.handed_over"),
        ),
        Charge(
            "seats",
            ("seat on a board", "seats on boards"),
            _seats,
            _pass_seat,
            name=lambda row: f"{row.post} ({row.board.short_name})",
        ),
        Charge(
            "roles",
            ("role held for it", "roles held for it"),
            lambda body, last_day: _roles(
                RoleAssignment.objects.filter(organisation=body), last_day
            ),
            lambda row, wanted: _pass_role(row, wanted, "organisation"),
            name=_holder,
        ),
    )


def _going_on(boards: Iterable[Board], last_day: date) -> list[Board]:
    """Boards that have not ended by a day."""
    return [each for each in boards if each.ended_on is None or each.ended_on > last_day]


def _pass_meeting(row: Meeting, wanted: HandOver) -> None:
    if Meeting.objects.filter(board=wanted.successor, held_on=row.held_on).exists():
        raise ValidationError(
            f"{wanted.successor} meets on this day already. Cancel or move one of them first."
        )
    give("board", "meeting.handed_over")(row, wanted)


def _report_to(row: Board, wanted: HandOver) -> None:
    """A board that reported to the one that ends reports to the successor; the successor itself
    to what was above both."""
    edit = Edit(row)
    above = wanted.body.reports_to if row == wanted.successor else wanted.successor
    edit.set(reports_to=above)
    edit.note(reason=wanted.reason)
    edit.save("board.handed_over", by=wanted.by)


def _roles(rows: QuerySet[RoleAssignment], last_day: date) -> list[RoleAssignment]:
    """Roles that last beyond a day, and now."""
    day = max(last_day, timezone.localdate())
    known = rows.select_related("person__user", "programme", "organisation", "board")
    return [each for each in known if each.to_day is None or each.to_day > day]


def _holder(row: RoleAssignment) -> str:
    return f"{row.person} ({row.get_role_display().lower()})"


def _pass_role(row: RoleAssignment, wanted: HandOver, field: str) -> None:
    """Ends the role and gives its holder the same for the successor from the next day on, which
    waits for a second person where such a role does."""
    begins = max(row.from_day or wanted.first_day, wanted.first_day)
    values: RoleInput = {"role": row.role, "from_day": begins, "to_day": row.to_day}
    own = {"organisation": row.organisation, "board": row.board, field: wanted.successor}
    actions.end_role(assignment=row, to_day=wanted.last_day, by=wanted.by)
    actions.assign_role(
        user=row.user,
        programme=row.programme,
        values=values | own,  # type: ignore[typeddict-item]
        by=wanted.by,
    )


def _host(row: Programme, wanted: HandOver) -> None:
    actions.save_programme(
        programme=row,
        values={"host": wanted.successor},
        held_since=wanted.first_day,
        by=wanted.by,
    )


def _seats(body: Organisation, last_day: date) -> list[BoardMember]:
    """Its seats that last beyond a day, on boards that do."""
    lasting = Q(to_day__isnull=True) | Q(to_day__gt=last_day)
    seats = body.board_seats.filter(lasting).select_related("board", "organisation", "user")
    return [each for each in seats if each.board in _going_on([each.board], last_day)]


def _pass_seat(row: BoardMember, wanted: HandOver) -> None:
    """Ends the seat and gives the successor one like it from the next day on. One that had not
    begun is the successor's as it stands."""
    if row.from_day is not None and row.from_day > wanted.last_day:
        give("organisation", "board_member.handed_over")(row, wanted)
        return
    after = {name: getattr(row, name) for name in ("post", "role", "user", "to_day", "order")}
    actions.end_board_member(member=row, to_day=wanted.last_day, by=wanted.by)
    actions.save_board_member(
        member=BoardMember(board=row.board),
        values={**after, "organisation": wanted.successor, "from_day": wanted.last_day + DAY},
        by=wanted.by,
    )
