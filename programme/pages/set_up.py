"""Pages of what a programme sets up for itself: each kind of row has its list, which leads to the
form of each; a row that is in use is withdrawn, and can be brought back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programme import actions, uses
from programme.common.words import say
from programme.models import SetUpPart
from programme.pages.base import Link, ProgrammePage, Way
from programme.pages.edits import ConfirmPage, EditPage
from programme.pages.lists import ListPage

SET_UP: tuple[Way, ...] = (("Home", "reports:home"), ("Set-up", "reports:set_up"))
"""The way down to a page of the set-up."""


def way_out(page: ProgrammePage, part: SetUpPart) -> Link:
    """The way to withdraw a row of the set-up, from a page beside that one; to bring back one that
    is withdrawn."""
    if part.withdrawn_on is None:
        return ("Withdraw", page.beside("withdraw"))
    return ("Bring back", page.beside("restore"))


class PartList(ListPage):
    """A list of one kind of row, those of ``model``. ``adds`` are the words of the button that adds
    one."""

    permission = "programme.edit"
    above = SET_UP
    model: type[SetUpPart]
    adds: str = ""

    def get_queryset(self) -> QuerySet:
        return self.model._default_manager.of(self.programme)

    def get_buttons(self) -> list[Link]:
        return [(say(self.adds), self.beside("add"))]


class PartAdd(EditPage):
    """The form of a new row. What was saved stands on the list."""

    permission = "programme.edit"


class PartEdit(EditPage):
    """The form of a stored row, from which it can be withdrawn or brought back."""

    permission = "programme.edit"
    template_name = "programme/part_page.html"

    def get_buttons(self) -> list[Link]:
        return [way_out(self, self.object)]


class _PartConfirm(ConfirmPage):
    """Asks before a row goes or comes back."""

    def perform(self, form: Any) -> SetUpPart:
        version = self.expected_version(form)
        return self.action(part=self.object, expected_version=version, by=self.request.user)


class PartWithdraw(_PartConfirm):
    """Asks before a row goes: what will become of it depends on whether anything uses it."""

    permission = "programme.edit"
    button = "Withdraw"
    action = actions.withdraw_part
    success_text = "{obj} is withdrawn."

    def get_title(self) -> str:
        return f"Withdraw “{self.object}”?"

    def get_warning(self) -> str:
        used = uses.in_words(uses.uses(self.object))
        if not used:
            return "Nothing uses it, so it is removed altogether."
        return (
            f"It is used by {used}. They keep it, and so does every paper of the past; for "
            "anything new it is no longer offered. You can bring it back."
        )

    def get_success_url(self, obj: SetUpPart) -> str:
        """The list among which it stands: what nothing used has no page of its own any more."""
        among = getattr(type(self), self.row).among
        return self.url(among[1]) if among else super().get_success_url(obj)

    def get_success_text(self, obj: SetUpPart) -> str:
        """What nothing used is there no more."""
        return f"{obj} is removed." if obj.pk is None else super().get_success_text(obj)


class PartRestore(_PartConfirm):
    permission = "programme.edit"
    button = "Bring back"
    action = actions.restore_part
    success_text = "{obj} is in use again."

    def get_title(self) -> str:
        return f"Bring “{self.object}” back?"

    def get_warning(self) -> str:
        return "It can be chosen again from now on."
