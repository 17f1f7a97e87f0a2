"""What the pages about one person share."""

from __future__ import annotations

from programme.pages import InAddress, ProgrammePage
from programme.selectors import people_of
from programme.views.shared import HOME

PEOPLE = ("People", "programme:people:list")


class OfPerson(ProgrammePage):
    """Mixin of the pages about somebody whom the programme invited. People are nobody's own: a
    right reaches all of them or none."""

    above = (HOME,)
    person = InAddress(
        lambda page: people_of(page.programme), detail="programme:people:detail", among=PEOPLE
    )
