"""The end of a board or an organisation's part, and what its successor takes over."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from programme import actions, succession
from programme.common.words import say
from programme.forms import BoardSuccessionForm, OrganisationSuccessionForm
from programme.pages import ConfirmPage
from programme.reference_day import reference_day
from programme.succession import OpenCharge
from programme.views.boards import OfBoard
from programme.views.organisations import OfOrganisation


class _HandOver(ConfirmPage):
    """What both share. What is open is shown as of the last day that stands, else of the day that
    pages speak of. Roles are handed over, too: whoever may set the programme up manages its
    people."""

    permission = "programme.edit"
    button = "Hand over"
    cancel = "Hand nothing over"

    def last_day(self) -> date | None:
        """The last day that is on record."""
        raise NotImplementedError

    @cached_property
    def charges(self) -> tuple[OpenCharge, ...]:
        day = self.last_day() or reference_day(self.programme).day
        return succession.open_in_the_name_of(self.object, day)

    def get_title(self) -> str:
        return f"Hand over from {self.object.short_name}"

    def get_initial(self) -> dict[str, Any]:
        known = {"last_day": self.last_day(), "succeeded_by": self.object.succeeded_by}
        return {**super().get_initial(), **known}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"body": self.object, "charges": self.charges}

    def get_success_text(self, obj: Any) -> str:
        return f"{obj} is succeeded by {obj.succeeded_by}, which took over what you chose."


class BoardHandOver(OfBoard, _HandOver):
    row = "board"
    form_class = BoardSuccessionForm
    action = actions.hand_over_board

    def last_day(self) -> date | None:
        return self.board.ended_on

    def get_warning(self) -> str:
        return say(
            "The board ends after its last day. Its past meetings, decisions and papers stay "
            "its own."
        )


class OrganisationHandOver(OfOrganisation, _HandOver):
    row = "organisation"
    form_class = OrganisationSuccessionForm
    action = actions.hand_over_organisation

    def last_day(self) -> date | None:
        return self.partnership.left_on if self.partnership else None

    def get_warning(self) -> str:
        return (
            "Its part in the programme ends after its last day. Papers of the time before go on "
            "naming it."
        )
