"""What people answer for by their account, and how it passes from one to another.

Each app says which of its rows name an account that answers for them (``register``, from its
``AppConfig.ready``), so that none of them is forgotten when a role ends or an account is closed.
Boards and organisations are succeeded otherwise: ``programme.succession``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from programme.common import formats
from programme.common.words import say
from programme.models import Person, Programme, RoleAssignment, User
from programme.roles import PERMISSIONS, roles_with
from programme.selectors import people_who_may
from programme.writing import Edit

Roles = Iterable[RoleAssignment]
What = Mapping[str, Collection[int]]
"""The keys of rows, by the key of their kind."""
Page = tuple[str, dict[str, Any]]
"""The name of a row's page, with the parts of its address."""


def _no_role(roles: Roles) -> Q:
    return Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of row that an account answers for: the word by which a form knows it, its words for
    one and for several, the ``field`` with the account, the right that whoever stands there
    ``needs``, the ``right`` to change who does, the rows of a programme that go on, and how a page
    names and finds one. ``through`` are rows without an account that roles reach all the same;
    ``is_given`` says that a role which lets somebody write such rows comes with some of them."""

    key: str
    words: tuple[str, str]
    field: str
    needs: str
    right: str
    verb: str
    going_on: Callable[[Programme], QuerySet]
    page: Callable[[Any], Page]
    name: Callable[[Any], str] = str
    through: Callable[[Roles], Q] = _no_role
    is_given: bool = False

    def held(self, user: User, programme: Programme, roles: Roles) -> QuerySet:
        """Rows that are the user's by name, and those that are reached by these roles."""
        mine = Q(**{self.field: user}) | self.through(roles)
        return self.going_on(programme).filter(mine)

    def pass_on(self, row: Any, to: Person, *, reason: str, by: User | None) -> None:
        """Names the account of a row, with a line in its own history."""
        edit = Edit(row)
        edit.set(**{self.field: to.user})
        edit.note(reason=reason)
        edit.save(self.verb, by=by)


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one kind that somebody answers for."""

    holding: Holding
    rows: tuple[Any, ...]

    @property
    def key(self) -> str:
        return self.holding.key

    def __str__(self) -> str:
        return counted(self.holding, len(self.rows))

    @property
    def heading(self) -> str:
        return capfirst(say(self.holding.words[1]))

    @property
    def named(self) -> list[tuple[str, Page]]:
        """Each by its name, with its page."""
        return [(self.holding.name(row), self.holding.page(row)) for row in self.rows]


_HOLDINGS: list[Holding] = []


def register(*holdings: Holding) -> None:
    """Registers kinds of rows that an account answers for."""
    known = {each.key for each in _HOLDINGS}
    _HOLDINGS.extend(each for each in holdings if each.key not in known)


def holdings() -> Sequence[Holding]:
    return tuple(_HOLDINGS)


def counted(holding: Holding, number: int) -> str:
    """So many of a kind: "3 open actions"."""
    return formats.count(number, *(say(each) for each in holding.words))


def held_by(person: Person, roles: Roles | None = None) -> tuple[Held, ...]:
    """What somebody answers for in the programme: by name, and where nobody else does, by a role
    that they have or had; ``roles`` are these where they are known. One query for each kind, and
    two more."""
    alone = _alone(person, list(person.roles.all()) if roles is None else roles)
    found = [
        Held(each, tuple(each.held(person.user, person.programme, alone))) for each in holdings()
    ]
    return tuple(each for each in found if each.rows)


def adrift(held: Iterable[Held], roles: Roles) -> tuple[Held, ...]:
    """Of what somebody answers for that which none of these roles lets them write. No query."""
    rights = _rights(roles)
    return tuple(each for each in held if each.holding.needs not in rights)


def left_by(person: Person, ending: Roles) -> tuple[Held, ...]:
    """What the end of some of somebody's roles leaves to nobody: rows in their name that no other
    of their roles lets them write, and rows that nobody else reaches by a role. One query for each
    kind, and three more."""
    over = {each.pk for each in ending}
    today = timezone.localdate()
    lasting = RoleAssignment.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gte=today),
        programme=person.programme,
        user=person.user,
        confirmed_at__isnull=False,
    ).exclude(pk__in=over)
    kept = _rights(lasting)
    alone = _alone(person, ending)
    found = [
        Held(each, tuple(rows))
        for each in holdings()
        for rows in [
            each.going_on(person.programme).filter(each.through(alone))
            if each.needs in kept
            else each.held(person.user, person.programme, alone)
        ]
    ]
    return tuple(each for each in found if each.rows)


def without_an_owner(programme: Programme) -> dict[int, list[str]]:
    """By account: how much stands in its name that its roles of today do not let it write. One
    query for each kind."""
    left: dict[int, list[str]] = {}
    for each in holdings():
        able = people_who_may(each.needs, programme).order_by().values("pk")
        rows = each.going_on(programme).filter(**{f"{each.field}__isnull": False})
        found: dict[int, int] = {}
        rows = rows.exclude(**{f"{each.field}__in": able})
        for user_id in rows.values_list(f"{each.field}_id", flat=True):
            found[user_id] = found.get(user_id, 0) + 1
        for user_id, number in found.items():
            left.setdefault(user_id, []).append(counted(each, number))
    return left


def successors(person: Person, kinds: Iterable[Holding]) -> QuerySet[Person]:
    """Who can take something over from somebody: others whose role lets them write some of it."""
    roles = {role for each in kinds for role in roles_with(each.needs)}
    held = RoleAssignment.objects.of(person.programme).current().filter(role__in=roles)
    able = Person.objects.of(person.programme).filter(user__in=held.values("user"))
    return able.exclude(pk=person.pk).select_related("user")


def pass_on(person: Person, successor: Person, what: What, *, by: User | None) -> None:
    """Passes chosen rows, by the key of their kind, from one person to another; those that are no
    longer the first one's stay where they are.

    Raises ValidationError at ``successor`` for somebody whose roles do not let them write it."""
    reason = f"{successor} took over from {person}"
    for each in held_by(person):
        rows = [row for row in each.rows if row.pk in what.get(each.key, ())]
        if rows:
            _refuse_unable(successor, each.holding, len(rows))
        for row in rows:
            each.holding.pass_on(row, successor, reason=reason, by=by)


def _refuse_unable(
    successor: Person, holding: Holding, number: int, *, at: str = "successor"
) -> None:
    able = people_who_may(holding.needs, successor.programme)
    if not able.filter(pk=successor.user_id).exists():
        labels = (RoleAssignment.Role(role).label for role in roles_with(holding.needs))
        roles = " or ".join(str(label).lower() for label in labels)
        problem = f"{successor} cannot take over {counted(holding, number)}: "
        raise ValidationError({at: f"{problem}that needs the role of {roles}."})


def given_with(role: str) -> tuple[Holding, ...]:
    """The kinds of rows that are given together with a role."""
    return tuple(each for each in _HOLDINGS if each.is_given and each.needs in PERMISSIONS[role])


def give(person: Person, what: What, *, by: User | None) -> None:
    """Gives somebody rows to answer for, by the key of their kind: at once, or on the day that they
    accept the invitation. Until then no row names them: their account is none of the programme's
    business. Raises ValidationError, by the key, for rows that their roles do not let them write.
    """
    for each, rows in _chosen(person.programme, what):
        if person.is_waiting:
            person.promised = [
                *(
                    one
                    for one in person.promised
                    if (one["key"], one["row"]) not in _keys(each, rows)
                ),
                *({"key": each.key, "row": row.pk, "was": _account(each, row)} for row in rows),
            ]
            Person.objects.filter(pk=person.pk).update(promised=person.promised)
            continue
        _refuse_unable(person, each, len(rows), at=each.key)
        for row in rows:
            each.pass_on(row, person, reason="", by=by)


def given_words(programme: Programme, what: What) -> list[str]:
    """Rows that are given, as the record says it."""
    return [each.name(row) for each, rows in _chosen(programme, what) for row in rows]


def promised(person: Person) -> tuple[Held, ...]:
    """What somebody answers for once they accept: of what they were promised that which goes on and
    was not given to somebody else meanwhile. One query for each kind."""
    was = {(one["key"], one["row"]): one["was"] for one in person.promised}
    what = {each.key: [row for key, row in was if key == each.key] for each in _HOLDINGS}
    found = [
        Held(each, tuple(row for row in rows if _account(each, row) == was[each.key, row.pk]))
        for each, rows in _chosen(person.programme, what)
    ]
    return tuple(each for each in found if each.rows)


def keep_promises(person: Person, kept: Iterable[Held], *, by: User | None) -> None:
    """Gives somebody who accepted what they were promised, as far as their roles let them write it,
    in a programme that goes on."""
    if person.programme.has_ended:
        return
    for each in kept:
        if people_who_may(each.holding.needs, person.programme).filter(pk=person.user_id).exists():
            for row in each.rows:
                each.holding.pass_on(row, person, reason="As the invitation said", by=by)


def _account(holding: Holding, row: Any) -> int | None:
    found: int | None = getattr(row, f"{holding.field}_id")
    return found


def _keys(holding: Holding, rows: Iterable[Any]) -> set[tuple[str, int]]:
    return {(holding.key, row.pk) for row in rows}


def _chosen(programme: Programme, what: What) -> Iterator[tuple[Holding, list[Any]]]:
    """The rows of each kind that are chosen and go on. One query for each kind of which any is."""
    for each in _HOLDINGS:
        if keys := what.get(each.key):
            yield each, list(each.going_on(programme).filter(pk__in=keys))


def _rights(roles: Roles) -> set[str]:
    return {name for role in roles for name in PERMISSIONS[role.role]}


def _alone(person: Person, roles: Roles) -> list[RoleAssignment]:
    """Of these roles for an organisation those that nobody else holds for it now."""
    bodies = [each for each in roles if each.organisation_id]
    if not bodies:
        return []
    others = RoleAssignment.objects.of(person.programme).current().exclude(user=person.user)
    taken = set(others.filter(user__is_active=True).values_list("role", "organisation"))
    return [each for each in bodies if (each.role, each.organisation_id) not in taken]
