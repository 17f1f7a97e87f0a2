"""How the ground floor's things look on pages, where a word alone would be missed."""

from __future__ import annotations

from django.utils.safestring import SafeString

from programme.common.tags import tag
from programme.models import Meeting

_COLOURS = {
    Meeting.State.PLANNED: "blue",
    Meeting.State.HELD: "grey",
    Meeting.State.CANCELLED: "red",
}


def meeting_state(meeting: Meeting) -> SafeString:
    """A meeting's state as a tag: its word on a colour."""
    return tag(meeting.get_state_display(), _COLOURS[Meeting.State(meeting.state)])
