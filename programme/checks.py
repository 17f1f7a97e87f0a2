"""Rules that several actions share. Each raises ValidationError at the fields it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone

from programme import audit
from programme.common import formats
from programme.common.slugs import LONGEST, free_slug
from programme.models import Board, Programme, RoleAssignment, User
from programme.roles import roles_with

Row = TypeVar("Row", bound=models.Model)


def refuse_other_programmes(
    programme: Programme | None, related: Mapping[str, Iterable[models.Model | None]]
) -> None:
    """Raises ValidationError at each field that holds a row of another programme.

    The message does not name that row: its name is none of this programme's business.
    """
    if programme is None:
        return
    problems = {}
    for field, rows in related.items():
        for row in rows:
            of = None if row is None else audit.programme_of(row)
            if row is not None and of is not None and of != programme:
                problems[field] = f"Choose from this programme’s {row._meta.verbose_name_plural}."
    if problems:
        raise ValidationError(problems)


def refuse_circle(row: models.Model, link: str) -> None:
    """Raises ValidationError at ``link`` when following it from the row comes back to the row."""
    if row.pk is not None and any(each.pk == row.pk for each in following(row, link)):
        raise ValidationError({link: "This would make a circle: it stands above that one."})


def following(row: Row, link: str) -> Iterator[Row]:
    """The rows that following ``link`` from a row leads to, each once, so that a circle ends."""
    above, passed = getattr(row, link), set()
    while above is not None and above.pk not in passed:
        yield above
        passed.add(above.pk)
        above = getattr(above, link)


def refuse_future(**days: date | None) -> None:
    """Raises ValidationError at each field whose day has not come yet: what happened, happened."""
    today = timezone.localdate()
    late = {name: "Enter today or a day in the past." for name, day in days.items() if day}
    late = {name: text for name, text in late.items() if (days[name] or today) > today}
    if late:
        raise ValidationError(late)


def refuse_after_its_end(board: Board | None, /, **days: date | None) -> None:
    """Raises ValidationError at each field whose day is after a board's last one: nothing of it
    begins any more. A day that is not known is no day after it."""
    if board is None:
        return
    ended_on = Board.objects.values_list("ended_on", flat=True).get(pk=board.pk)
    said = f"{board} ended on {formats.day(ended_on)}." if ended_on else ""
    late = {name: said for name, day in days.items() if ended_on and day and day > ended_on}
    if late:
        raise ValidationError(late)


def refuse_empty(message: str, **texts: str) -> None:
    """Raises ValidationError with the message at each field that says nothing."""
    empty = {name: message for name, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def next_ref(programme: Programme, rows: models.QuerySet, prefix: str) -> str:
    """The reference after the highest that is a prefix and a number: "r11" after "r10".

    The programme's row stays locked until the transaction ends, so that no two get the same.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    pattern = re.compile(rf"{re.escape(prefix)}(\d+)")
    refs = rows.filter(programme=programme).values_list("ref", flat=True)
    numbers = [int(found[1]) for ref in refs if (found := pattern.fullmatch(ref))]
    return f"{prefix}{max(numbers, default=0) + 1:02d}"


def next_slug(rows: models.QuerySet, words: str, field: str = "slug") -> str:
    """A word for addresses made from ``words`` that none of the rows has in ``field`` yet, nor the
    portal for itself."""
    longest = rows.model._meta.get_field(field).max_length or LONGEST
    return free_slug(words, set(rows.values_list(field, flat=True)), longest=longest)


def next_order(siblings: models.QuerySet) -> int:
    """The place after the last of its siblings."""
    return (siblings.aggregate(last=Max("order"))["last"] or 0) + 1


def refuse_stranger(
    user: User | None, programme: Programme, *, field: str, ever: bool = False
) -> None:
    """Raises ValidationError at ``field`` for a user without a role in the programme today or,
    with ``ever``, for one whom it never invited. Nobody (None) is nobody's stranger."""
    if user is None:
        return
    held = user.role_assignments.filter(programme=programme).current()
    if not (user.known_as.filter(programme=programme) if ever else held).exists():
        raise ValidationError({field: "Choose somebody who holds a role in this programme."})


def refuse_who_may_not(
    user: User | None, permission: str, programme: Programme, *, field: str
) -> None:
    """Raises ValidationError at ``field`` for somebody whose roles of today do not give a right:
    what is named theirs they could not write. Nobody (None) is refused nothing."""
    if user is None:
        return
    roles = roles_with(permission)
    held = user.role_assignments.filter(programme=programme, role__in=roles).current()
    if not held.exists():
        words = [str(RoleAssignment.Role(role).label).lower() for role in roles]
        raise ValidationError({field: f"Choose somebody with the role of {' or '.join(words)}."})
