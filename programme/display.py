"""How the ground floor's things look on pages, where a word alone would be missed."""

from __future__ import annotations

from django.utils.safestring import SafeString

from programme.common import formats
from programme.common.tags import tag
from programme.models import Meeting, SetUpPart

_COLOURS = {
    Meeting.State.PLANNED: "blue",
    Meeting.State.HELD: "grey",
    Meeting.State.CANCELLED: "red",
}


def meeting_state(meeting: Meeting) -> SafeString:
    """A meeting's state as a tag: its word on a colour."""
    return tag(meeting.get_state_display(), _COLOURS[Meeting.State(meeting.state)])


def part_state(part: SetUpPart) -> SafeString | str:
    """Whether a row of the set-up is in use: a tag and the day for one that is withdrawn."""
    if part.withdrawn_on is None:
        return "Yes"
    return tag(f"Withdrawn on {formats.short_day(part.withdrawn_on)}", "grey")
