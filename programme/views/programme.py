"""The programme's own facts."""

from __future__ import annotations

from typing import Any

from programme.actions import end_programme, reopen_programme, save_programme
from programme.audit import over
from programme.common import formats
from programme.forms import ProgrammeEndForm, ProgrammeForm
from programme.models import Programme
from programme.pages import SET_UP, ConfirmPage, EditPage, ReasonForm
from programme.pages.base import Link


class ProgrammeEdit(EditPage):
    permission = "programme.edit"
    row = "programme"
    title = "The programme"
    button = "Save"
    above = SET_UP
    form_class = ProgrammeForm
    template_name = "programme/part_page.html"
    action = save_programme
    success_text = "What the programme says of itself is saved."

    def get_buttons(self) -> list[Link]:
        if not self.allows("programme.end"):
            return []
        if self.programme.ended_on is None:
            return [("End the programme", self.url("programme:end"))]
        return [("Take the programme up again", self.url("programme:reopen"))]


class ProgrammeEnd(ConfirmPage):
    permission = "programme.end"
    row = "programme"
    title = "End the programme?"
    above = SET_UP
    form_class = ProgrammeEndForm
    action = end_programme
    button = "End the programme"
    cancel = "Go on with it"
    warning = (
        "After its last day nothing of it can be written: no update, no action, no figure. All of "
        "it can still be read and printed, and you can take it up again."
    )

    def get_initial(self) -> dict[str, Any]:
        known = {"ended_on": self.programme.ended_on, "end_reason": self.programme.end_reason}
        return super().get_initial() | known

    def get_success_text(self, obj: Programme) -> str:
        if obj.has_ended:
            return over(obj)
        return f"The programme ends on {formats.day(obj.ended_on)}."


class ProgrammeReopen(ConfirmPage):
    permission = "programme.end"
    row = "programme"
    title = "Take the programme up again?"
    above = SET_UP
    form_class = ReasonForm
    action = reopen_programme
    button = "Take it up again"
    cancel = "Leave it"
    warning = "All of it can be written again from now on."
    success_text = "The programme goes on."
