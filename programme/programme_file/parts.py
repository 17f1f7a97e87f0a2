"""What the loaders of a file's parts share: what was loaded, by the names a file uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from programme.models import (
    Board,
    Dimension,
    Meeting,
    Organisation,
    PlanPriority,
    Programme,
    RatingLevel,
    ReportingPeriod,
    Stage,
    Theme,
    User,
)
from programme.programme_file.loading import Loading
from programme.programme_file.yamlfile import Entry


@dataclass
class ProgrammeParts:
    """What the ground floor loaded, by the names that the rest of the file uses."""

    programme: Programme
    loading: Loading
    organisations: dict[str, Organisation] = field(default_factory=dict)
    priorities: dict[str, PlanPriority] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)
    periods: dict[str, ReportingPeriod] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    meetings: dict[tuple[int, date], Meeting] = field(default_factory=dict)
    levels: dict[int, dict[str, RatingLevel]] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def meeting(self, entry: Entry, board: Board | None, key: str = "meeting") -> Meeting | None:
        """The meeting of a board on the day that ``key`` gives, if it gives one; of another board
        where the entry names one as ``meeting_of``."""
        board = entry.ref("meeting_of", self.boards, None) or board
        held_on = entry.day(key, None)
        if held_on is None:
            return None
        if board is None:
            raise entry.problem(f"'{key}' needs the board that met", key="board")
        found = self.meetings.get((board.pk, held_on))
        if found is None:
            days = [f"{day}" for board_pk, day in self.meetings if board_pk == board.pk]
            known = ", ".join(days) or "none"
            raise entry.unknown(
                f"'{key}' is '{held_on}', when {board.short_name} has no meeting; known are: "
                f"{known}",
                key=key,
            )
        return found


def priority_name(row: PlanPriority) -> str:
    """The name of a priority whose number another plan has too: "3 from 2019-04-01"."""
    return f"{row.number} from {row.in_force_from or 'the beginning'}"


def numbered(entries: list[Entry]) -> Callable[[Entry], int]:
    """What ``order`` fields hold: the number that an entry gives itself, else its place in its
    list, counted from 1."""
    places = {id(entry): place for place, entry in enumerate(entries, 1)}
    return lambda entry: entry.integer("order", places[id(entry)])
