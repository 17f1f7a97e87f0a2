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


def _put_in_place(row: models.Model, siblings: QuerySet, place: int) -> None:
    """Moves the siblings of a row so that it can stand at ``place`` among them, counted from 1; its
    own ``order`` is the caller's to save. A place beyond the last is the last."""
    others = list(siblings.exclude(pk=row.pk).order_by("order", "pk").values_list("pk", "order"))
    place = max(1, min(place, len(others) + 1))
    for at, (pk, order) in enumerate(others, 1):
        wanted = at if at < place else at + 1
        if order != wanted:
            siblings.filter(pk=pk).update(order=wanted)
