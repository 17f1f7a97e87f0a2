"""What somebody answers for: shown before a role or an account ends, and handed over."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from programme import actions, holdings
from programme.forms import HandOverForm
from programme.holdings import Held
from programme.models import Person, RoleAssignment
from programme.pages import ConfirmPage, EditPage, ProgrammePage
from programme.pages.base import Link
from programme.views.of_person import OfPerson


def links(page: ProgrammePage, held: Iterable[Held]) -> list[tuple[Held, list[Link]]]:
    """What somebody answers for, kind by kind, each with its page."""
    return [
        (each, [(words, page.url(name, **parts)) for words, (name, parts) in each.named])
        for each in held
    ]


def handed_over_by(page: ProgrammePage, held: Iterable[Held]) -> tuple[Held, ...]:
    """As much of it as the reader may give to somebody else."""
    return tuple(each for each in held if page.allows(each.holding.right))


class EndsRoles(ConfirmPage):
    """Mixin of a question before roles of ``person`` end: it says what that leaves to nobody, and
    leads on to handing it over, where the reader may."""

    template_name = "programme/people/end_page.html"

    def ending(self) -> Iterable[RoleAssignment]:
        """The roles that end."""
        raise NotImplementedError

    @cached_property
    def left(self) -> tuple[Held, ...]:
        return holdings.left_by(self.person, self.ending())

    def get_success_url(self, obj: Any) -> str:
        if handed_over_by(self, self.left):
            return self.url("programme:people:hand_over", person=self.person.pk)
        return super().get_success_url(obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            left=links(self, self.left), leads_on=bool(handed_over_by(self, self.left)), **kwargs
        )


class PersonHandOver(OfPerson, EditPage):
    """From one person to another, all or what is chosen."""

    permission = "people.manage"
    row = "person"
    form_class = HandOverForm
    template_name = "programme/people/hand_over.html"
    action = actions.hand_over_person
    button = "Hand over"
    cancel = "Hand nothing over"
    autosave = False

    @cached_property
    def held(self) -> tuple[Held, ...]:
        return handed_over_by(self, holdings.held_by(self.person))

    def get_title(self) -> str:
        return f"Hand over from {self.person}"

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = [each.holding for each in self.held]
        able = holdings.successors(self.person, kinds)
        return super().get_form_kwargs() | {"held": self.held, "able": able}

    def get_success_url(self, obj: Any) -> str:
        return self.url("programme:people:detail", person=self.person.pk)

    def get_success_text(self, obj: Person) -> str:
        return f"What you chose of {obj} is handed over."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(held=self.held, **kwargs)
