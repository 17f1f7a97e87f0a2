"""Workstreams with what stands below them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from programme.models import Programme, Stage
from projects.models import Workstream


def listed_workstreams(programme: Programme) -> QuerySet[Workstream]:
    """Workstreams in their order, each with the number of its own ``open_projects``: neither
    closed nor withdrawn. One query."""
    is_open = Q(projects__withdrawn_on__isnull=True) & ~Q(projects__stage__kind=Stage.Kind.CLOSED)
    return (
        Workstream.objects.of(programme)
        .select_related("parent")
        .annotate(open_projects=Count("projects", filter=is_open))
    )


def below(workstream: Workstream, workstreams: Iterable[Workstream]) -> set[int]:
    """Ids of a workstream and of all of the programme's ``workstreams`` that stand below it, at
    whatever depth. No query."""
    children: dict[int | None, list[int]] = {}
    for each in workstreams:
        children.setdefault(each.parent_id, []).append(each.pk)
    found, to_do = {workstream.pk}, [workstream.pk]
    while to_do:
        new = [pk for pk in children.get(to_do.pop(), []) if pk not in found]
        found.update(new)
        to_do += new
    return found
