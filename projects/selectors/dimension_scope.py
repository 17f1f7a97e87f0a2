"""Which of a programme's dimensions are rated in which of its workstreams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from programme.models import Dimension, Programme
from programme.models.ratings import DimensionQuerySet
from projects.models import Project, Workstream
from projects.selectors.workstreams import below

Key = TypeVar("Key", int, str)
"""What a dimension is known by: its id, or its slug."""


@dataclass(frozen=True, slots=True)
class DimensionScope(Generic[Key]):
    """By each dimension that some workstream lists: the workstreams that list it, with all below
    them. A dimension that none lists is rated in all of them."""

    only_in: Mapping[Key, frozenset[int]]

    def rates(self, dimension: Key, workstream: int) -> bool:
        return dimension not in self.only_in or workstream in self.only_in[dimension]

    def elsewhere(self, workstream: int) -> frozenset[Key]:
        """The dimensions that projects of a workstream are not rated in."""
        return frozenset(each for each in self.only_in if not self.rates(each, workstream))


def dimension_scope(programme: Programme) -> DimensionScope[int]:
    """One query where no workstream lists a dimension, else two."""
    listed = Workstream.dimensions.through.objects.filter(workstream__programme=programme)
    return _scope(programme, list(listed.values_list("dimension", "workstream")))


def asked_of(project: Project, *, on: date) -> DimensionQuerySet:
    """The dimensions in which a project is rated in a period that ends on a day: in force then,
    not withdrawn since, and of its workstream or of all."""
    elsewhere = dimension_scope(project.programme).elsewhere(project.workstream_id)
    return Dimension.objects.of(project.programme).in_force(on).offered().exclude(pk__in=elsewhere)


@dataclass(frozen=True, slots=True)
class RatedOn:
    """What a programme rates on a day: the names of the dimensions in force by their ids, in their
    order, and where each is rated."""

    names: Mapping[int, str]
    scope: DimensionScope[int]

    @classmethod
    def everywhere(cls, names: Iterable[str]) -> RatedOn:
        """Where no workstream lists what is rated in it only: these names, in all of them."""
        return cls(dict(enumerate(dict.fromkeys(names))), DimensionScope({}))

    def asks(self, workstream: int) -> frozenset[str]:
        """The names of the dimensions that projects of a workstream are rated in."""
        return frozenset(
            name for pk, name in self.names.items() if self.scope.rates(pk, workstream)
        )


def rated_on(programme: Programme, *, day: date) -> RatedOn:
    """One query where no workstream lists a dimension, else two."""
    rows = Dimension.objects.of(programme).in_force(day).order_by("order", "pk")
    found = list(rows.values_list("pk", "name", "workstreams"))
    pairs = [(pk, workstream) for pk, _, workstream in found if workstream is not None]
    return RatedOn({pk: name for pk, name, _ in found}, _scope(programme, pairs))


def without_ratings(programme: Programme, *, on: date) -> list[int]:
    """The workstreams in which nothing is rated on a day: all, where the programme rates nothing.
    Two queries, three where workstreams list dimensions."""
    rated = rated_on(programme, day=on)
    every = Workstream.objects.of(programme).values_list("pk", flat=True)
    return [each for each in every if not rated.asks(each)]


def _scope(programme: Programme, pairs: Collection[tuple[int, int]]) -> DimensionScope[int]:
    """Of pairs of a dimension and a workstream that lists it. One query where there are any."""
    return scope_of(pairs, list(Workstream.objects.of(programme)) if pairs else ())


def scope_of(
    pairs: Iterable[tuple[Key, int]], workstreams: Collection[Workstream]
) -> DimensionScope[Key]:
    """Of pairs of a dimension and a workstream that lists it, among all of a programme's. No
    query."""
    by_pk, only_in = {each.pk: each for each in workstreams}, defaultdict(set)
    for dimension, workstream in pairs:
        only_in[dimension] |= below(by_pk[workstream], workstreams)
    return DimensionScope({each: frozenset(found) for each, found in only_in.items()})
