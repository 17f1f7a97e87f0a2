"""Meetings of the boards."""

from __future__ import annotations

from typing import Any

from programme import actions
from programme.common import formats
from programme.common.states import possible
from programme.common.words import say
from programme.filters import MeetingFilterSet
from programme.forms import MeetingForm
from programme.models import Meeting
from programme.pages import ConfirmPage, DetailPage, EditPage, InAddress, ListPage, ReasonForm
from programme.pages.base import Link
from programme.selectors import meetings_of
from programme.states import MEETING
from programme.tables import MeetingTable
from programme.views.boards import BOARDS, OfBoard
from programme.views.shared import HOME, link_up


class MeetingList(ListPage):
    permission = "boards.view"
    title = "Meetings"
    above = (HOME, BOARDS)
    table_class = MeetingTable
    filterset_class = MeetingFilterSet
    things = ("meeting", "meetings")
    empty_text = "No meeting is on record yet. Open a board and add its next meeting there."

    def get_way_on(self) -> Link:
        return (say("Boards"), self.url("programme:boards:list"))

    def get_queryset(self) -> Any:
        return meetings_of(self.programme)


class OfMeeting(OfBoard):
    """Mixin of the pages about one meeting: its board and its day stand in the address."""

    meeting = InAddress(
        lambda page: page.board.meetings.select_related("board", "period"),
        by="held_on",
        detail="programme:boards:meetings:detail",
        words=lambda meeting: formats.day(meeting.held_on),
    )


class MeetingDetail(OfMeeting, DetailPage):
    permission = "boards.view"
    row = "meeting"
    template_name = "programme/boards/meeting.html"

    def get_title(self) -> str:
        return f"{self.board.short_name}, {formats.day(self.meeting.held_on)}"

    def get_breadcrumbs(self) -> list[Link]:
        return super().get_breadcrumbs()[:-1]

    def get_buttons(self) -> list[Link]:
        if not self.allows("meetings.edit", self.board):
            return []
        can = possible(MEETING, self.meeting.state)
        offered = [
            ("changed", "Edit", "edit"),
            ("held", "Record as held", "hold"),
            ("cancelled", "Cancel this meeting", "cancel"),
        ]
        return [(words, self.beside(name)) for done, words, name in offered if done in can]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            elsewhere=[
                *link_up(self, "Decisions", "projects:decisions:list", board=self.board.slug),
                *link_up(self, "Actions", "projects:actions:list", board=self.board.slug),
                *link_up(self, "Papers", "reports:papers:list", board=self.board.slug),
            ],
            history=self.history_of(self.meeting),
            **kwargs,
        )


class _MeetingForm(EditPage):
    """What adding and editing a meeting share."""

    permission = "meetings.edit"
    row = "meeting"
    form_class = MeetingForm
    action = actions.save_meeting


class MeetingAdd(OfBoard, _MeetingForm):
    title = "Add a meeting"

    def get_new_row(self, form: Any) -> Meeting:
        return Meeting(board=self.board)


class MeetingEdit(OfMeeting, _MeetingForm):
    def get_title(self) -> str:
        return f"Edit the meeting of {formats.day(self.meeting.held_on)}"

    def get_success_url(self, obj: Meeting) -> str:
        """Its own page, which goes by the day that it has now."""
        board = self.board.slug
        return self.url("programme:boards:meetings:detail", board=board, meeting=obj.held_on)


class MeetingHold(OfMeeting, ConfirmPage):
    permission = "meetings.edit"
    row = "meeting"
    action = actions.mark_meeting_held
    button = "It was held"
    cancel = "It was not"
    warning = "A meeting that was held can no longer be cancelled."
    success_text = "The meeting is recorded as held."

    def get_title(self) -> str:
        return f"Was the meeting of {formats.day(self.meeting.held_on)} held?"


class MeetingCancel(OfMeeting, ConfirmPage):
    permission = "meetings.edit"
    row = "meeting"
    form_class = ReasonForm
    action = actions.cancel_meeting
    button = "Cancel the meeting"
    cancel = "Keep the meeting"
    warning = "A cancelled meeting stays on the board’s page, and cannot be planned again."
    success_text = "The meeting is cancelled."

    def get_title(self) -> str:
        return f"Cancel the meeting of {formats.day(self.meeting.held_on)}?"
