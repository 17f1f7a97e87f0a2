"""What a line of the table of routes says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

ACCOUNTS = {
    "office": "office@example.org",
    "lead": "lead@example.org",
    "police": "finance.police@example.org",
    "fire": "finance.fire@example.org",
    "secretary": "secretary@example.org",
    "board": "board@example.org",
    "auditor": "auditor@example.org",
    "admin": "admin@example.org",
}
"""The example's accounts by the short names that lines use. Lead and police are of Essex Police,
fire is of the fire and rescue service; the secretary keeps the scrutiny and the fire board."""

ALL = " ".join(ACCOUNTS)
EVERYBODY = "everybody"
"""Also for whoever is not signed in: pages outside any programme."""
SIGNED_IN = "signed in"
"""Whatever role they hold, or none: pages outside any programme."""

ADMINISTERS_PORTAL = "administers the portal"
"""Only for whoever administers the portal, of the example's accounts "admin": pages outside any
programme."""

Parts = dict[str, Any]


def roles(words: str) -> list[str]:
    """The accounts that a line names."""
    if unknown := set(words.split()) - set(ACCOUNTS):
        raise ValueError(f"No example account is called {unknown}.")
    return words.split()


@dataclass(frozen=True)
class Route:
    """One address with its answers.

    ``name`` is the URL name with its namespaces. ``at`` gives the parts of the address besides the
    programme, for a programme that has such a row or gets one (``tests.routes.rows``). ``get`` and
    ``post`` name the accounts that may: all others are refused, with 403 within the programme.
    ``post`` is empty for a page that takes none. ``gives`` is what a GET answers when all is well.
    ``file`` marks what is downloaded and not a page; ``heavy`` what takes long, and is asked for by
    one account that may instead of by all; ``whose`` says in the test's name whose row it is.
    """

    name: str
    at: Callable[[Any], Parts] | None = None
    get: str = ALL
    post: str = ""
    gives: int = 200
    file: bool = False
    heavy: bool = False
    whose: str = ""

    @property
    def in_programme(self) -> bool:
        """Whether the address begins with a programme."""
        return self.get not in (EVERYBODY, SIGNED_IN, ADMINISTERS_PORTAL)

    def __str__(self) -> str:
        return f"{self.name} ({self.whose})" if self.whose else self.name

    def parts(self, programme: Any) -> Parts:
        """The parts of the address besides the programme."""
        return self.at(programme) if self.at else {}

    def url(self, slug: str, parts: Parts) -> str:
        """The address below the programme with this slug."""
        own = {"programme": slug} if self.in_programme else {}
        return reverse(self.name, kwargs={**own, **parts})


def reading(name: str, at: Callable[[Any], Parts] | None = None, **more: Any) -> Route:
    """A page that whoever holds a role may read and nobody writes."""
    return Route(name, at, **more)


def writing(name: str, may: str, at: Callable[[Any], Parts] | None = None, **more: Any) -> Route:
    """A form that only these may open and send."""
    return Route(name, at, get=may, post=may, **more)


def parts(
    names: str, part: str, make: Callable[[Any], Any], may: str = "office admin"
) -> list[Route]:
    """The forms of a row of the set-up, which is made for each: to edit, to withdraw and, of one
    that is withdrawn, to bring back."""

    def in_use(programme: Any) -> Parts:
        return {part: _word(make(programme))}

    def withdrawn(programme: Any) -> Parts:
        row = make(programme)
        type(row).objects.filter(pk=row.pk).update(withdrawn_on=date(1999, 1, 4))
        return {part: _word(row)}

    return [
        writing(f"{names}:edit", may, in_use),
        writing(f"{names}:withdraw", may, in_use),
        writing(f"{names}:restore", may, withdrawn),
    ]


def administering(name: str, at: Callable[[Any], Parts] | None = None, **more: Any) -> Route:
    """A page of the portal as a whole that only those open who administer it."""
    return Route(name, at, **{"get": ADMINISTERS_PORTAL, "post": ADMINISTERS_PORTAL} | more)


def _word(row: Any) -> Any:
    """What addresses call a row."""
    return getattr(row, "slug", row.pk)


def each_writing(
    names: str, lines: Iterable[tuple[str, str, Callable[[Any], Parts]]]
) -> list[Route]:
    """Forms about one row, each listed with its answers for several rows: (whose, may, at)."""
    return [
        writing(name, may, at, whose=whose) for name in names.split() for whose, may, at in lines
    ]
