"""The programme's own facts."""

from __future__ import annotations

from programme.actions import save_programme
from programme.forms import ProgrammeForm
from programme.models import Programme
from programme.pages import SET_UP, EditPage


class ProgrammeEdit(EditPage):
    permission = "programme.edit"
    row = "programme"
    title = "The programme"
    button = "Save"
    above = SET_UP
    form_class = ProgrammeForm
    action = save_programme
    success_text = "What the programme says of itself is saved."

    def get_object(self) -> Programme:
        return self.programme
