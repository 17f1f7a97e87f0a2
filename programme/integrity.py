"""Rules over several rows that no constraint can hold, checked in what is stored.

Every app has such a module with ``breaches(programme)``; ``manage.py check_data`` asks them all.
The record of who did what is no programme's alone: ``programme.record_chain`` and
``programme.record_guards`` check it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.apps import apps
from django.db.models import F, ForeignKey, Model

from programme.models import (
    Board,
    Person,
    Programme,
    ReportingPeriod,
    RoleAssignment,
    ScopedQuerySet,
    Tolerance,
)


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that stored data breaks: ``where`` names the row, ``message`` is a sentence. One that
    may stand for a while, since pages save it too and papers say it, is a ``gap``."""

    where: str
    message: str
    gap: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def breaches(programme: Programme) -> list[Breach]:
    """What is wrong in a programme's boards and ratings."""
    boards = Board.objects.of(programme)
    names = {board.pk: str(board) for board in boards}
    return [
        *strangers("programme", programme),
        *_uninvited(programme),
        *circles("Board", names, {board.pk: board.reports_to_id for board in boards}),
        *circles("Board", names, {board.pk: board.succeeded_by_id for board in boards}),
        *_tolerances(programme),
        *_periods(programme),
    ]


def _uninvited(programme: Programme) -> Iterator[Breach]:
    """Roles of accounts that the programme does not know."""
    known = Person.objects.of(programme).values("user")
    for role in RoleAssignment.objects.of(programme).exclude(user__in=known):
        yield Breach(
            f"Role “{role.get_role_display()}”", f"account {role.user_id} was never invited."
        )


def _periods(programme: Programme) -> Iterator[Breach]:
    """Periods that share days: each day is reported on once."""
    rows = list(ReportingPeriod.objects.of(programme).order_by("starts_on", "pk"))
    for one, other in pairwise(rows):
        if other.starts_on <= one.as_at:
            yield Breach(f"Period “{other}”", f"it begins before “{one}” has ended.")


def strangers(app_label: str, programme: Programme) -> Iterator[Breach]:
    """Rows of the programme that point at a row of another programme."""
    for model in apps.get_app_config(app_label).get_models():
        own_path = _path(model)
        if own_path is None:
            continue
        for item in model._meta.fields:
            path = _path(item.related_model) if isinstance(item, ForeignKey) else None
            if path is None or item.related_model is Programme:
                continue
            other = "" if path == "pk" else f"__{path}"
            found = (
                model._default_manager.of(programme)
                .filter(**{f"{item.name}__isnull": False})
                .exclude(**{f"{item.name}{other}": programme})
                .select_related(item.name)
            )
            for row in found:
                related = getattr(row, item.name)
                yield Breach(
                    f"{str(model._meta.verbose_name).capitalize()} “{row}”",
                    f"its {item.verbose_name} “{related}” is of another programme.",
                )


def circles(
    what: str, names: Mapping[int, str], above: Mapping[int, int | None]
) -> Iterator[Breach]:
    """Circles in a tree: rows that come back to themselves on the way up. Each is named once."""
    done: set[int] = set()
    for start in above:
        trail: list[int] = []
        here: int | None = start
        while here is not None and here not in done and here not in trail:
            trail.append(here)
            here = above.get(here)
        if here in trail:
            circle = trail[trail.index(here) :]
            path = " → ".join(names[key] for key in (*circle, here))
            yield Breach(f"{what} “{names[here]}”", f"it stands above itself: {path}.")
        done.update(trail)


def sentences(found: Iterable[Breach]) -> list[str]:
    """Breaches as sentences, in a fixed order."""
    return sorted(str(breach) for breach in found)


def _path(model: type[Model]) -> str | None:
    queryset = model._default_manager.all()
    return queryset.programme_path if isinstance(queryset, ScopedQuerySet) else None


def _tolerances(programme: Programme) -> Iterator[Breach]:
    wrong = Tolerance.objects.of(programme).exclude(level__scale=F("dimension__scale"))
    for row in wrong.select_related("dimension__scale", "level"):
        yield Breach(
            f"Dimension “{row.dimension}”",
            f"it has a tolerance for {row.level}, which is not a level of {row.dimension.scale}.",
        )
