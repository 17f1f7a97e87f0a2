"""What organisations and boards were called on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from programme.models import Board, BoardName, Organisation, OrganisationName, Programme


@dataclass(frozen=True, slots=True)
class NameOfDay:
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a day of those bodies that were called otherwise then, by their keys."""

    boards: Mapping[int, NameOfDay]
    organisations: Mapping[int, NameOfDay]

    def board(self, board: Board) -> NameOfDay:
        return self.boards.get(board.pk) or NameOfDay(board.name, board.short_name)

    def organisation(self, body: Organisation) -> NameOfDay:
        return self.organisations.get(body.pk) or NameOfDay(body.name, body.short_name)


def names_on(programme: Programme, day: date) -> Names:
    """What a programme's bodies were called on a day. Two queries."""
    # The latest first, so that of several names the one that ended soonest after the day stays.
    boards = BoardName.objects.of(programme).filter(until__gte=day).order_by("-until")
    bodies = OrganisationName.objects.of(programme).filter(until__gte=day).order_by("-until")
    return Names(
        {each.board_id: NameOfDay(each.name, each.short_name) for each in boards},
        {each.organisation_id: NameOfDay(each.name, each.short_name) for each in bodies},
    )
