"""How the ground floor's things look on pages, where a word alone would be missed."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.models import Meeting

_COLOURS = {
    Meeting.State.PLANNED: "blue",
    Meeting.State.HELD: "grey",
    Meeting.State.CANCELLED: "red",
}


def meeting_state(meeting: Meeting) -> SafeString:
    """A meeting's state as a tag: its word on a colour."""
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>',
        _COLOURS[Meeting.State(meeting.state)],
        meeting.get_state_display(),
    )
