"""Meetings of the boards."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from programme import actions
from programme.access import Owned
from programme.common import formats
from programme.common.forms import PortalForm
from programme.common.states import possible
from programme.filters import MeetingFilters
from programme.forms import MeetingForm
from programme.models import Meeting
from programme.pages import ConfirmPage, DetailPage, EditPage, ListPage, ReasonForm
from programme.pages.base import Link
from programme.selectors import meetings_of
from programme.states import MEETING
from programme.tables import MeetingTable
from programme.views.boards import OfBoard
from programme.views.shared import link_up


class MeetingList(ListPage):
    permission = "boards.view"
    title = "Meetings"
    above = (("Home", "reports:home"), ("Boards", "programme:boards:list"))
    table_class = MeetingTable
    filterset_class = MeetingFilters
    things = ("meeting", "meetings")
    empty_text = "No meeting is on record yet. Open a board and add its next meeting there."

    def get_queryset(self) -> Any:
        return meetings_of(self.programme)


class _OfMeeting(OfBoard):
    """A page about one meeting: its board and its day stand in the address."""

    def get_object(self) -> Meeting:
        rows = Meeting.objects.filter(board=self.board).select_related("board", "period")
        return get_object_or_404(rows, held_on=self.kwargs["day"])

    def meeting_url(self, name: str, meeting: Meeting) -> str:
        return self.board_url(f"meetings:{name}", day=meeting.held_on)

    def get_breadcrumbs(self) -> list[Link]:
        day = formats.day(self.object.held_on)
        return [*super().get_breadcrumbs(), (day, self.meeting_url("detail", self.object))]

    def get_success_url(self, obj: Meeting) -> str:
        return self.meeting_url("detail", obj)


class MeetingPage(_OfMeeting, DetailPage):
    template_name = "programme/boards/meeting.html"
    permission = "boards.view"

    def get_title(self) -> str:
        return f"{self.board.short_name}, {formats.day(self.object.held_on)}"

    def get_breadcrumbs(self) -> list[Link]:
        return super().get_breadcrumbs()[:-1]

    def get_buttons(self) -> list[Link]:
        if not self.allows("meetings.edit", self.board):
            return []
        can = possible(MEETING, self.object.state)
        words = (
            ("changed", "Change this meeting", "edit"),
            ("held", "Record that it was held", "held"),
            ("cancelled", "Cancel this meeting", "cancel"),
        )
        return [
            (label, self.meeting_url(name, self.object))
            for done, label, name in words
            if done in can
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Over what stands in the address, by the same names.
        kwargs |= {
            "board": self.board,
            "meeting": self.object,
            "elsewhere": [
                *link_up(self, "Decisions", "projects:decisions:list", board=self.board.slug),
                *link_up(self, "Actions", "projects:actions:list", board=self.board.slug),
                *link_up(self, "Papers", "reports:papers:list", board=self.board.slug),
            ],
            "history": self.history_of(self.object),
        }
        return super().get_context_data(**kwargs)


class MeetingAdd(OfBoard, EditPage):
    permission = "meetings.edit"
    title = "Add a meeting"
    form_class = MeetingForm
    action = actions.save_meeting
    row = "meeting"
    button = "Add the meeting"

    def get_permission_object(self) -> Owned:
        return self.board

    def get_new_row(self, form: Any) -> Meeting:
        return Meeting(board=self.board)

    def get_success_url(self, obj: Meeting) -> str:
        return self.board_url()

    def get_success_text(self, obj: Meeting) -> str:
        return f"The meeting on {formats.day(obj.held_on)} is added."


class MeetingEdit(_OfMeeting, EditPage):
    permission = "meetings.edit"
    form_class = MeetingForm
    action = actions.save_meeting
    row = "meeting"

    def get_title(self) -> str:
        return f"Change the meeting of {formats.day(self.object.held_on)}"


class MeetingHeld(_OfMeeting, ConfirmPage):
    permission = "meetings.edit"
    form_class = PortalForm
    action = actions.mark_meeting_held
    row = "meeting"
    button = "It was held"
    cancel = "It was not"
    warning = "A meeting that was held can no longer be cancelled."
    success_text = "The meeting is recorded as held."

    def get_title(self) -> str:
        return f"Was the meeting of {formats.day(self.object.held_on)} held?"


class MeetingCancel(_OfMeeting, ConfirmPage):
    permission = "meetings.edit"
    form_class = ReasonForm
    action = actions.cancel_meeting
    row = "meeting"
    button = "Cancel the meeting"
    cancel = "Keep the meeting"
    warning = "A cancelled meeting stays on the board’s page, and cannot be planned again."
    success_text = "The meeting is cancelled."

    def get_title(self) -> str:
        return f"Cancel the meeting of {formats.day(self.object.held_on)}?"
