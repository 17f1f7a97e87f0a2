"""The end of a board or an organisation's part, and what its successor takes over."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from programme import actions, succession
from programme.common.words import say
from programme.forms import BoardSuccessionForm, OrganisationSuccessionForm
from programme.pages import ConfirmPage
from programme.reference_day import reference_day
from programme.succession import OpenCharge
from programme.views.boards import OfBoard
from programme.views.organisations import OfOrganisation


class _HandOver(ConfirmPage):
    """What both share. What is open is listed as of the last day that was typed, or stands, else
    of the day that pages speak of; of each kind that the reader may change."""

    permission = "programme.edit"
    button = "Hand over"
    cancel = "Hand nothing over"

    def last_day(self) -> date | None:
        """The last day that is on record."""
        raise NotImplementedError

    @cached_property
    def charges(self) -> tuple[OpenCharge, ...]:
        day = self._typed_day() or self.last_day() or reference_day(self.programme).day
        every = succession.open_in_the_name_of(self.object, day)
        return tuple(each for each in every if self.allows(each.charge.right))

    def _typed_day(self) -> date | None:
        """The last day that was sent; None where none was, or no day."""
        field = self.form_class.base_fields["last_day"]
        with suppress(ValidationError):
            typed = field.widget.value_from_datadict(self.request.POST, {}, "last_day")
            day: date | None = field.clean(typed)
            return day
        return None

    def get_title(self) -> str:
        return f"Hand over from {self.object.short_name}"

    def get_initial(self) -> dict[str, Any]:
        known = {"last_day": self.last_day(), "succeeded_by": self.object.succeeded_by}
        return {**super().get_initial(), **known}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"body": self.object, "charges": self.charges}

    def get_success_text(self, obj: Any) -> str:
        return f"{obj} is succeeded by {obj.succeeded_by}. What is left, if anything, stands here."


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
