"""Boards and the seats on them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.generic import TemplateView

from programme import actions
from programme.access import Owned
from programme.common import board_tree
from programme.forms import BoardForm, EndSeatForm, SeatForm
from programme.models import Board, BoardMember
from programme.pages import ConfirmPage, DetailPage, EditPage, ProgrammePage
from programme.pages.base import Link
from programme.reference_day import reference_day
from programme.selectors import board_position, boards_in_order
from programme.selectors.boards import BoardEntry
from programme.views.shared import link_up

# How many past meetings a board's page shows; the list of meetings has them all.
NEWEST = 6


class BoardList(ProgrammePage, TemplateView):
    """What reports to what, as a drawing and as a table."""

    template_name = "programme/boards/list.html"
    permission = "boards.view"
    title = "Boards"
    above = (("Home", "reports:home"),)

    def get_buttons(self) -> list[Link]:
        offered = [("All meetings", self.url("programme:boards:meetings:list"))]
        if self.allows("boards.edit"):
            offered.insert(0, ("Add a board", self.url("programme:boards:add")))
        return offered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = reference_day(self.programme)
        boards = boards_in_order(self.programme, on=now.day, today=timezone.localdate())
        nodes = [self._node(each) for each in boards.current]
        drawing = board_tree.draw(nodes, title="What reports to what", key="boards")
        kwargs |= {
            "boards": boards,
            "reference_day": now,
            # Made of escaped text by programme.common.board_tree.
            "drawing": mark_safe(drawing),  # noqa: S308
        }
        return super().get_context_data(**kwargs)

    def _node(self, board: BoardEntry) -> board_tree.Node:
        url = self.url("programme:boards:detail", board=board.slug)
        return board_tree.Node(board.short_name, board.kind, url, board.depth)


class OfBoard(ProgrammePage):
    """A page below one board, which its address names."""

    @cached_property
    def board(self) -> Board:
        rows = Board.objects.of(self.programme).select_related(
            "organisation", "reports_to", "succeeded_by", "programme"
        )
        return get_object_or_404(rows, slug=self.kwargs["board"])

    def board_url(self, name: str = "detail", **rest: Any) -> str:
        return self.url(f"programme:boards:{name}", board=self.board.slug, **rest)

    def get_breadcrumbs(self) -> list[Link]:
        return [
            ("Home", self.url("reports:home")),
            ("Boards", self.url("programme:boards:list")),
            (self.board.short_name, self.board_url()),
        ]


class BoardPage(OfBoard, DetailPage):
    template_name = "programme/boards/detail.html"
    permission = "boards.view"

    def get_object(self) -> Board:
        return self.board

    def get_breadcrumbs(self) -> list[Link]:
        return super().get_breadcrumbs()[:-1]

    def get_buttons(self) -> list[Link]:
        offered = []
        if self.allows("boards.edit", self.board):
            offered.append(("Change this board", self.board_url("edit")))
        if self.allows("meetings.edit", self.board):
            offered.append(("Add a meeting", self.board_url("meetings:add")))
        return offered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = reference_day(self.programme)
        position = board_position(self.board, on=now.day, today=timezone.localdate())
        every_meeting = f"{self.url('programme:boards:meetings:list')}?board={self.board.slug}"
        # Over what stands in the address, by the same names.
        kwargs |= {
            "board": self.board,
            "position": position,
            "past": position.past[:NEWEST],
            "meetings_url": every_meeting if len(position.past) > NEWEST else "",
            "reference_day": now,
            "can_edit": self.allows("boards.edit", self.board),
            "add_seat_url": self.board_url("seats:add"),
            "elsewhere": [
                *link_up(self, "Decisions", "projects:decisions:list", board=self.board.slug),
                *link_up(self, "Actions", "projects:actions:list", board=self.board.slug),
                *link_up(self, "Papers", "reports:papers:list", board=self.board.slug),
            ],
            "history": self.history_of(
                self.board,
                [each for seats in position.seats for each in seats.members],
                position.former,
                position.coming,
                position.past,
            ),
        }
        return super().get_context_data(**kwargs)


class BoardAdd(EditPage):
    permission = "boards.edit"
    title = "Add a board"
    form_class = BoardForm
    action = actions.save_board
    row = "board"
    button = "Add the board"
    above = (("Home", "reports:home"), ("Boards", "programme:boards:list"))

    def get_new_row(self, form: Any) -> Board:
        return Board(programme=self.programme)

    def get_success_url(self, obj: Board) -> str:
        return self.url("programme:boards:detail", board=obj.slug)

    def get_success_text(self, obj: Board) -> str:
        return f"{obj.name} is added. Next, add its members."


class BoardEdit(OfBoard, EditPage):
    permission = "boards.edit"
    form_class = BoardForm
    action = actions.save_board
    row = "board"

    def get_object(self) -> Board:
        return self.board

    def get_title(self) -> str:
        return f"Change {self.board.short_name}"

    def get_success_url(self, obj: Board) -> str:
        return self.board_url()


class _SeatPage(OfBoard):
    def get_object(self) -> BoardMember:
        rows = self.board.members.select_related("organisation", "board")
        return get_object_or_404(rows, pk=self.kwargs["seat"])

    def get_success_url(self, obj: BoardMember) -> str:
        return self.board_url()


class SeatAdd(OfBoard, EditPage):
    permission = "boards.edit"
    title = "Add a member"
    form_class = SeatForm
    action = actions.save_board_member
    row = "member"
    button = "Add the member"

    def get_permission_object(self) -> Owned:
        return self.board

    def get_new_row(self, form: Any) -> BoardMember:
        return BoardMember(board=self.board)

    def get_success_url(self, obj: BoardMember) -> str:
        return self.board_url()

    def get_success_text(self, obj: BoardMember) -> str:
        return f"{obj} is added to {self.board.short_name}."


class SeatEdit(_SeatPage, EditPage):
    permission = "boards.edit"
    form_class = SeatForm
    action = actions.save_board_member
    row = "member"

    def get_title(self) -> str:
        return f"Change the seat of {self.object.post}"


class SeatEnd(_SeatPage, ConfirmPage):
    permission = "boards.edit"
    form_class = EndSeatForm
    action = actions.end_board_member
    row = "member"
    button = "End the seat"
    cancel = "Keep the seat"
    success_text = "The seat is ended. Who held it stays on the board’s page."

    def get_title(self) -> str:
        return f"End the seat of {self.object.post}?"

    def get_warning(self) -> str:
        return f"{self.object} will no longer be a member of {self.board.name}."
