"""What boards and organisations have in their charge on this floor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from programme import actions
from programme.checks import following, refuse_circle
from programme.common import formats
from programme.granting import RoleInput
from programme.models import (
    Board,
    BoardMember,
    Meeting,
    MeetingTerm,
    Organisation,
    Programme,
    RoleAssignment,
)
from programme.succession import Charge, HandOver, Left, give, register, register_deed
from programme.writing import Edit


def register_all() -> None:
    """Registers them; the apps above register theirs."""
    register_deed("met", _last_met)
    register(
        Board,
        Charge(
            "meetings",
            ("planned meeting", "planned meetings"),
            "meetings.edit",
            _to_come,
            _pass_meeting,
        ),
        Charge(
            "place",
            ("board that it reports to", "boards that it reports to"),
            "boards.edit",
            _place,
            _climb,
        ),
        Charge(
            "reporting",
            ("board that reports to it", "boards that report to it"),
            "boards.edit",
            lambda board, last_day: _going_on(board.reporting_boards.all(), last_day),
            _report_to,
        ),
        Charge(
            "members",
            ("member of it", "members of it"),
            "boards.edit",
            lambda board, last_day: _lasting(board.members.all(), last_day),
            lambda row, wanted: _pass_seat(row, wanted, "board"),
        ),
        Charge(
            "roles",
            ("role held for it", "roles held for it"),
            "people.manage",
            _roles_of_board,
            _share_role,
            name=_holder,
        ),
    )
    register(
        Organisation,
        Charge(
            "host",
            ("programme that it answers for", "programmes that it answers for"),
            "programme.edit",
            lambda body, last_day: Programme.objects.filter(host=body),
            _host,
        ),
        Charge(
            "boards",
            ("board of its own", "boards of its own"),
            "boards.edit",
            lambda body, last_day: _going_on(body.boards.all(), last_day),
            give("organisation", "board.handed_over"),
        ),
        Charge(
            "seats",
            ("seat on a board", "seats on boards"),
            "boards.edit",
            _seats,
            lambda row, wanted: _pass_seat(row, wanted, "organisation"),
            name=lambda row: f"{row.post} ({row.board.short_name})",
        ),
        Charge(
            "roles",
            ("role held for it", "roles held for it"),
            "people.manage",
            lambda body, last_day: _roles(
                RoleAssignment.objects.filter(organisation=body), last_day
            ),
            _pass_role,
            name=_holder,
        ),
    )


# --- meetings and boards --------------------------------------------------------------------------


def _last_met(board: Board) -> date | None:
    held = Meeting.objects.filter(board=board, state=Meeting.State.HELD)
    last: date | None = held.aggregate(day=Max("held_on"))["day"]
    return last


def _to_come(board: Board, last_day: date) -> QuerySet[Meeting]:
    """Meetings planned for later of which nothing is on record yet. What refers to a meeting keeps
    it with its board, save as far as the referring model says otherwise (``LETS_MEETING_GO``)."""
    rows = Meeting.objects.filter(board=board, state=Meeting.State.PLANNED, held_on__gt=last_day)
    for relation in Meeting._meta.related_objects:
        model, field = relation.related_model, relation.field.name
        if model is MeetingTerm:
            continue
        stays = model._default_manager.filter(**{f"{field}__isnull": False})
        if hasattr(model, "LETS_MEETING_GO"):
            stays = stays.exclude(model.LETS_MEETING_GO)
        rows = rows.exclude(pk__in=stays.values(field))
    return rows.select_related("board")


def _pass_meeting(row: Meeting, wanted: HandOver) -> None:
    """The meeting is the successor's; papers of the time before still speak of it as the board's
    own."""
    same = Meeting.objects.filter(board=wanted.successor, held_on=row.held_on).first()
    if same is not None:
        state = same.get_state_display().lower()
        raise Left(
            f"{wanted.successor} has a meeting on this day already ({state}). "
            "Move one of them first."
        )
    # A board that takes over and ends on one day never held it.
    MeetingTerm.objects.get_or_create(
        meeting=row, until=wanted.last_day, defaults={"board": wanted.body}
    )
    give("board", "meeting.handed_over")(row, wanted)


def _going_on(boards: Iterable[Board], last_day: date) -> list[Board]:
    """Boards that have not ended by a day."""
    return [each for each in boards if each.ended_on is None or each.ended_on > last_day]


def _place(board: Board, last_day: date) -> list[Board]:
    """The board that it reported to, while its successor reports to none and was not above it."""
    heir = board.succeeded_by
    if board.reports_to is None or (heir is not None and heir.reports_to_id is not None):
        return []
    if heir is not None and _stands_below(board, heir):
        return []
    return [board.reports_to]


def _climb(row: Board, wanted: HandOver) -> None:
    """The successor reports to what was above the board, where it reports to none or stood below
    the board itself."""
    heir = Board.objects.get(pk=wanted.successor.pk)
    if _stands_below(wanted.body, heir):
        raise Left(f"{heir} was above {wanted.body}, and stays where it is.")
    if heir.reports_to is not None and not _stands_below(heir, wanted.body):
        raise Left(f"{heir} reports to {heir.reports_to} already.")
    _put_below(heir, row, wanted)


def _stands_below(board: Board, other: Board) -> bool:
    """Whether following what a board reports to leads to the other one."""
    return any(each.pk == other.pk for each in following(board, "reports_to"))


def _put_below(board: Board, above: Board | None, wanted: HandOver) -> Board:
    """The board reports to another one from now on, or to none."""
    edit = Edit(board)
    edit.set(reports_to=above)
    refuse_circle(edit.row, "reports_to")
    wanted.save(edit, "board.handed_over")
    return edit.row


def _report_to(row: Board, wanted: HandOver) -> None:
    """A board that reported to the one that ends reports to the successor. A successor that stood
    below it first climbs to what was above both."""
    heir = Board.objects.get(pk=wanted.successor.pk)
    if _stands_below(heir, wanted.body):
        heir = _put_below(heir, wanted.body.reports_to, wanted)
    if row.pk != heir.pk:
        _put_below(row, heir, wanted)


# --- seats ----------------------------------------------------------------------------------------


def _lasts(day: date) -> Q:
    """Seats and roles that last beyond a day."""
    return Q(to_day__isnull=True) | Q(to_day__gt=day)


def _lasting(seats: QuerySet[BoardMember], last_day: date) -> QuerySet[BoardMember]:
    return seats.filter(_lasts(last_day)).select_related("board", "organisation", "user")


def _seats(body: Organisation, last_day: date) -> QuerySet[BoardMember]:
    """Its seats that last beyond a day, on boards that do."""
    goes_on = Q(board__ended_on__isnull=True) | Q(board__ended_on__gt=last_day)
    return _lasting(body.board_seats.filter(goes_on), last_day)


def _pass_seat(row: BoardMember, wanted: HandOver, field: str) -> None:
    """Ends the seat and makes one like it from the next day on, on the succeeding board or of the
    succeeding organisation, unless there is one. A seat that had not begun passes as it stands."""
    where = {"board": row.board, "organisation": row.organisation, field: wanted.successor}
    there = BoardMember.objects.filter(post=row.post, **where)
    if there.filter(_lasts(wanted.last_day)).exists():
        actions.end_board_member(member=row, to_day=wanted.last_day, by=wanted.by)
        return
    if row.from_day is not None and row.from_day > wanted.last_day:
        give(field, "board_member.handed_over")(row, wanted)
        return
    after = {name: getattr(row, name) for name in ("post", "role", "to_day", "order")}
    roles = RoleAssignment.objects.filter(programme=wanted.body.programme, user=row.user)
    if row.user is not None and roles.current().exists():
        after["user"] = row.user
    actions.end_board_member(member=row, to_day=wanted.last_day, by=wanted.by)
    actions.save_board_member(
        member=BoardMember(board=where["board"]),
        values={**after, "organisation": where["organisation"], "from_day": wanted.first_day},
        by=wanted.by,
    )


# --- roles ----------------------------------------------------------------------------------------


def _roles(rows: QuerySet[RoleAssignment], last_day: date) -> QuerySet[RoleAssignment]:
    """Roles that last beyond a day, and now."""
    lasting = rows.filter(_lasts(max(last_day, timezone.localdate())))
    return lasting.select_related("person__user", "user", "programme", "organisation", "board")


def _roles_of_board(board: Board, last_day: date) -> list[RoleAssignment]:
    """Its roles, save those whose holders have the same for the successor already: a role for the
    board that ended stays, so that its minutes can be finished."""
    rows = _roles(RoleAssignment.objects.filter(board=board), last_day)
    heirs = RoleAssignment.objects.filter(board__isnull=False, board=board.succeeded_by)
    held = set(heirs.values_list("user_id", "role"))
    return [each for each in rows if (each.user_id, each.role) not in held]


def _holder(row: RoleAssignment) -> str:
    return f"{row.person} ({row.get_role_display().lower()})"


def _share_role(row: RoleAssignment, wanted: HandOver) -> None:
    """Gives the holder the same role for the succeeding board."""
    _grant_like(row, wanted, "board")


def _pass_role(row: RoleAssignment, wanted: HandOver) -> None:
    """Gives the holder the same role for the succeeding organisation, and ends the one held."""
    if row.from_day is not None and row.from_day > wanted.last_day:
        raise Left(f"it began on {formats.day(row.from_day)}, after the last day.")
    _grant_like(row, wanted, "organisation")
    actions.end_role(assignment=row, to_day=wanted.last_day, by=wanted.by)


def _grant_like(row: RoleAssignment, wanted: HandOver, field: str) -> None:
    """The same role for the successor from its first day on, which waits for a second person where
    such a role does; none where the holder has it already. Raises Left for one's own role, and for
    somebody to whom none can be given."""
    own = {"organisation": row.organisation, "board": row.board, field: wanted.successor}
    held = RoleAssignment.objects.filter(programme=row.programme, user=row.user, role=row.role)
    if held.filter(_lasts(wanted.last_day), **own).exists():
        return
    if wanted.by is not None and wanted.by.pk == row.user_id:
        raise Left("it is your own: somebody else gives it to you.")
    values: RoleInput = {
        "role": row.role,
        "from_day": max(row.from_day or wanted.first_day, wanted.first_day),
        "to_day": row.to_day,
        **own,
    }
    try:
        actions.assign_role(user=row.user, programme=row.programme, values=values, by=wanted.by)
    except ValidationError as error:
        raise Left(" ".join(error.messages)) from error


# --- the programme --------------------------------------------------------------------------------


def _host(row: Programme, wanted: HandOver) -> None:
    actions.save_programme(
        programme=row,
        values={"host": wanted.successor},
        held_since=wanted.since(row.earlier_hosts),
        by=wanted.by,
    )
