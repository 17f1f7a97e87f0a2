"""The places of rows among their siblings, as people put them."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from programme.checks import next_order
from programme.writing import Edit


def arrange(edit: Edit, siblings: QuerySet) -> None:
    """Gives a row its place among its siblings: a new one the last, unless its place was given, for
    which the others move aside."""
    if edit.is_new and "order" not in edit.changed:
        edit.set(order=next_order(siblings))
    elif "order" in edit.changed:
        last = siblings.exclude(pk=edit.row.pk).count() + 1
        edit.set(order=max(1, min(edit.row.order or 1, last)))
        _put_in_place(edit.row, siblings, edit.row.order)


def arrange_ranks(edit: Edit, siblings: QuerySet) -> bool:
    """Gives a row its rank among its siblings, counted from 1, for which the others move aside; a
    rank that is empty stands beside the others. Whether any rank changed."""
    if "rank" not in edit.changed:
        return edit.is_new
    edit.refuse_stale()  # after it has moved, nobody could say what was stored
    others = siblings.exclude(pk=edit.row.pk)
    ranked = list(others.filter(rank__isnull=False).order_by("rank").values_list("pk", "rank"))
    if edit.row.rank is not None:
        edit.set(rank=max(1, min(edit.row.rank, len(ranked) + 1)))
    wanted = [at for at in range(1, len(ranked) + 2) if at != edit.row.rank]
    moving = [(pk, at) for (pk, rank), at in zip(ranked, wanted, strict=False) if rank != at]
    # A rank is unique at every moment: whatever moves first makes room.
    if not edit.is_new:
        siblings.filter(pk=edit.row.pk).update(rank=_ASIDE)
    for aside, (pk, _) in enumerate(moving, _ASIDE + 1):
        siblings.filter(pk=pk).update(rank=aside)
    for pk, at in moving:
        siblings.filter(pk=pk).update(rank=at)
    return True


def close_ranks(siblings: QuerySet) -> None:
    """Numbers ranks from 1 without a gap, after one of them has gone."""
    ranked = siblings.filter(rank__isnull=False).order_by("rank").values_list("pk", "rank")
    for at, (pk, rank) in enumerate(list(ranked), 1):
        if rank != at:
            siblings.filter(pk=pk).update(rank=at)


_ASIDE = 10_000
"""Above every rank."""


def _put_in_place(row: models.Model, siblings: QuerySet, place: int) -> None:
    """Moves the siblings of a row so that it can stand at ``place`` among them, counted from 1; its
    own ``order`` is the caller's to save."""
    others = list(siblings.exclude(pk=row.pk).order_by("order", "pk").values_list("pk", "order"))
    for at, (pk, order) in enumerate(others, 1):
        wanted = at if at < place else at + 1
        if order != wanted:
            siblings.filter(pk=pk).update(order=wanted)
