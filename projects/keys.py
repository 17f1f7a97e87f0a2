"""What papers explain although no rating of it was given: levels and dimensions of their time."""

from __future__ import annotations

from django.db.models import QuerySet

from programme.models import Dimension, RatingLevel
from projects.models import Rating

WORDS = ("period whose papers explain it", "periods whose papers explain it")


def periods_of_level(level: RatingLevel) -> int:
    """How many periods were rated on the scale of a level while it had the level: the key of their
    papers has it."""
    given = Rating.objects.accepted().filter(level__scale=level.scale_id)
    return _periods(given, level)


def periods_of_dimension(dimension: Dimension) -> int:
    """How many periods were rated while a programme had a dimension: their papers have it beside
    those that were rated."""
    given = Rating.objects.accepted().filter(dimension__programme=dimension.programme_id)
    return _periods(given, dimension)


def _periods(given: QuerySet[Rating], part: Dimension | RatingLevel) -> int:
    since = given.filter(update__updated_at__gte=part.created_at)
    return since.order_by().values("update__period").distinct().count()
