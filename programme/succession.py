"""What is open in the name of a board or an organisation, and how a successor takes it over.

Each app says of its own things what is open and how it changes hands (``register``, from its
``AppConfig.ready``), so that none of them is forgotten when a body ends. What is over stays with
the body that did it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from programme.common import english, formats
from programme.common.words import say
from programme.models import Board, Organisation, User
from programme.writing import Edit, locked

DAY = timedelta(days=1)
Body = Board | Organisation
NAMED = 5
"""How many of a kind a page names before it counts the others."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over: from whom, to whom, the last day of the one, and who does it."""

    body: Any
    successor: Any
    last_day: date
    by: User | None

    @property
    def first_day(self) -> date:
        """The first day of the successor."""
        return self.last_day + DAY

    @property
    def reason(self) -> str:
        """Why a thing changes hands, as its history says it."""
        return f"{self.successor} took over from {self.body}"

    def since(self, terms: Any) -> date | None:
        """The first day of the successor for a thing with these earlier ``terms``. None where who
        held it on the last day is on record already: whoever takes over and ends on one day held it
        on none."""
        return None if terms.filter(until__gte=self.last_day).exists() else self.first_day

    def save(self, edit: Edit[Any], verb: str) -> None:
        """Saves what changes hands, with the reason in its history."""
        edit.note(reason=self.reason)
        edit.save(verb, by=self.by)


class Left(Exception):
    """A thing that stays where it is, and why, as a sentence; the others change hands."""


class Gives(Protocol):
    def __call__(self, row: Any, hand_over: HandOver, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Charge:
    """A kind of thing that a body has in its charge: the word by which a form knows it, its words
    for one and for several, the right to change such things, which of them are open after a last
    day, how one is handed over, and how a page names one. ``give`` raises Left for one that it
    cannot hand over and that need not stop the others."""

    key: str
    words: tuple[str, str]
    right: str
    open: Callable[[Any, date], Iterable[Any]]
    give: Gives
    name: Callable[[Any], str] = str

    def counted(self, number: int) -> str:
        """So many of the kind: "3 open actions"."""
        return formats.count(number, *(say(each) for each in self.words))


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """Things of one kind that are open in the name of a body."""

    charge: Charge
    rows: tuple[Any, ...]

    @property
    def key(self) -> str:
        return self.charge.key

    def __str__(self) -> str:
        return self.charge.counted(len(self.rows))

    @property
    def named(self) -> str:
        """How many, and which: "2 boards that report to it: COG and Panel"."""
        names = [self.charge.name(row) for row in self.rows[:NAMED]]
        if (more := len(self.rows) - NAMED) > 0:
            names.append(f"{more} more")
        return f"{self}: {english.listed(names)}"


_CHARGES: dict[type[models.Model], list[Charge]] = {Board: [], Organisation: []}
_DEEDS: list[tuple[str, Callable[[Board], date | None]]] = []


def register(body: type[models.Model], *charges: Charge) -> None:
    """Registers what boards, or organisations, have in their charge."""
    known = _CHARGES[body]
    known.extend(each for each in charges if each.key not in {one.key for one in known})


def register_deed(did: str, latest: Callable[[Board], date | None]) -> None:
    """Registers what a board does on a day ("met"), and when it last did: it has not ended by
    then."""
    if did not in {known for known, _ in _DEEDS}:
        _DEEDS.append((did, latest))


def charges_of(body: type[models.Model]) -> Sequence[Charge]:
    """The kinds of things that boards, or organisations, have in their charge."""
    return tuple(_CHARGES[body])


def open_in_the_name_of(body: Body, last_day: date) -> tuple[OpenCharge, ...]:
    """What is open in the name of a body after its last day, kind by kind. One query for each."""
    found = (OpenCharge(each, tuple(each.open(body, last_day))) for each in charges_of(type(body)))
    return tuple(each for each in found if each.rows)


def still_open(body: Body, last_day: date | None) -> str:
    """What is left open in the name of a body that has ended, as its page says it: "2 planned
    meetings and 3 open actions"; empty for nothing, and of one that goes on."""
    if last_day is None or last_day >= timezone.localdate():
        return ""
    return english.listed([str(each) for each in open_in_the_name_of(body, last_day)])


def refuse_before_its_deeds(board: Board, last_day: date) -> None:
    """Raises ValidationError for a last day before something that the board did."""
    for did, latest in _DEEDS:
        day = latest(board)
        if day is not None and day > last_day:
            raise ValidationError(
                {"last_day": f"{say('The board')} {did} on {formats.day(day)}: it ended later."}
            )


def hand_over(wanted: HandOver, what: Iterable[str]) -> tuple[list[str], list[str]]:
    """Hands over the kinds of open things that ``what`` names, each thing with a line in its own
    history. Returns what changed hands, in words, and why other things were left. Raises
    ValidationError that names the thing."""
    chosen, done, left = set(what), [], []
    for each in charges_of(type(wanted.body)):
        if each.key not in chosen:
            continue
        # Locked, and asked once more: somebody may just have met, closed or done it.
        for row in each.open(wanted.body, wanted.last_day):
            locked(row)
        given = 0
        for row in tuple(each.open(wanted.body, wanted.last_day)):
            try:
                each.give(row, wanted)
                given += 1
            except Left as reason:
                left.append(f"{each.name(row)}: {reason}")
            except ValidationError as error:
                raise ValidationError(f"{each.name(row)}: {' '.join(error.messages)}") from error
        if given:
            done.append(each.counted(given))
    return done, left


def give(field: str, verb: str) -> Gives:
    """The usual way of handing over: the row's ``field`` is the successor from now on, recorded
    under a dotted verb."""

    def change(row: Any, wanted: HandOver) -> None:
        edit = Edit(row)
        edit.set(**{field: wanted.successor})
        wanted.save(edit, verb)

    return change
