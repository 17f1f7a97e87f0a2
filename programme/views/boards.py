"""Boards and the seats on them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from programme import actions
from programme.common import board_tree
from programme.common.words import say
from programme.forms import BoardForm, EndSeatForm, SeatForm
from programme.models import Board, BoardMember
from programme.pages import ConfirmPage, DetailPage, EditPage, InAddress, ProgrammePage
from programme.pages.base import Link
from programme.reference_day import reference_day
from programme.selectors import board_position, boards_in_order
from programme.selectors.boards import BoardEntry
from programme.succession import still_open
from programme.views.shared import HOME, link_up

BOARDS = ("Boards", "programme:boards:list")
# How many past meetings a board's page shows; the list of meetings has them all.
NEWEST = 6


class BoardList(ProgrammePage, TemplateView):
    """What reports to what, as a drawing and as a table."""

    template_name = "programme/boards/list.html"
    permission = "boards.view"
    title = "Boards"
    above = (HOME,)

    def get_buttons(self) -> list[Link]:
        offered = [("All meetings", self.url("programme:boards:meetings:list"))]
        if self.allows("boards.edit"):
            offered.insert(0, (say("Add a board"), self.url("programme:boards:add")))
        return offered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = reference_day(self.programme)
        boards = boards_in_order(self.programme, on=now.day, today=timezone.localdate())
        nodes = [self._node(each) for each in boards.current]
        kwargs |= {
            "boards": boards,
            "way_on": self.get_buttons()[0] if self.allows("boards.edit") else None,
            "reference_day": now,
            "drawing": board_tree.draw(nodes, title="What reports to what", key="boards"),
        }
        return super().get_context_data(**kwargs)

    def _node(self, board: BoardEntry) -> board_tree.Node:
        url = self.url("programme:boards:detail", board=board.slug)
        return board_tree.Node(board.short_name, board.kind, url, board.depth)


class OfBoard(ProgrammePage):
    """Mixin of the pages about one board or what belongs to it."""

    above = (HOME,)
    board = InAddress(
        lambda page: Board.objects.of(page.programme).select_related(
            "organisation", "reports_to", "succeeded_by", "programme"
        ),
        detail="programme:boards:detail",
        among=BOARDS,
        words=lambda board: board.short_name,
    )


class BoardDetail(OfBoard, DetailPage):
    permission = "boards.view"
    row = "board"
    template_name = "programme/boards/detail.html"

    def get_buttons(self) -> list[Link]:
        offered = []
        if self.allows("boards.edit", self.board):
            offered.append(("Edit", self.beside("edit")))
        if self.allows("meetings.edit", self.board):
            offered.append(("Add a meeting", self.beside("meetings:add")))
        if self.allows("programme.edit"):
            offered.append(("Hand over to a successor", self.beside("hand_over")))
        return offered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = reference_day(self.programme)
        position = board_position(self.board, on=now.day, today=timezone.localdate())
        every_meeting = self.url("programme:boards:meetings:list", query={"board": self.board.slug})
        return super().get_context_data(
            position=position,
            earlier_names=list(self.board.earlier_names.all()),
            past=position.past[:NEWEST],
            still_open=still_open(self.board, self.board.ended_on),
            hand_over_url=self.beside("hand_over") if self.allows("programme.edit") else "",
            meetings_url=every_meeting if len(position.past) > NEWEST else "",
            reference_day=now,
            can_edit=self.allows("boards.edit", self.board),
            add_seat_url=self.beside("seats:add"),
            elsewhere=[
                *link_up(self, "Decisions", "projects:decisions:list", board=self.board.slug),
                *link_up(self, "Actions", "projects:actions:list", board=self.board.slug),
                *link_up(self, "Papers", "reports:papers:list", board=self.board.slug),
            ],
            history=self.history_of(
                self.board,
                [each for seats in position.seats for each in seats.members],
                position.former,
                position.coming,
                position.past,
            ),
            **kwargs,
        )


class _BoardForm(EditPage):
    """What adding and editing a board share."""

    permission = "boards.edit"
    row = "board"
    form_class = BoardForm
    action = actions.save_board
    detail = "programme:boards:detail"


class BoardAdd(_BoardForm):
    title = "Add a board"
    above = (HOME, BOARDS)
    success_text = "{obj} is added. Next, add its members."


class BoardEdit(OfBoard, _BoardForm):
    pass


class OfSeat(OfBoard):
    """Mixin of the pages about one seat on a board, which has no page of its own."""

    member = InAddress(lambda page: page.board.members.select_related("organisation", "board"))


class _SeatForm(EditPage):
    """What adding and editing a seat share."""

    permission = "boards.edit"
    row = "member"
    form_class = SeatForm
    action = actions.save_board_member


class SeatAdd(OfBoard, _SeatForm):
    title = "Add a member"

    def get_new_row(self, form: Any) -> BoardMember:
        return BoardMember(board=self.board)


class SeatEdit(OfSeat, _SeatForm):
    def get_title(self) -> str:
        return f"Edit the seat of {self.member.post}"


class SeatEnd(OfSeat, ConfirmPage):
    permission = "boards.edit"
    row = "member"
    form_class = EndSeatForm
    action = actions.end_board_member
    button = "End the seat"
    cancel = "Keep the seat"
    success_text = "The seat is ended. Who held it stays on the board’s page."

    def get_title(self) -> str:
        return f"End the seat of {self.member.post}?"

    def get_warning(self) -> str:
        return f"{self.member} will no longer be a member of {self.board.name}."
