"""Tolerances as they are stored: their limits by level, and in one line."""

from __future__ import annotations

from decimal import Decimal

from programme.facts import DimensionFacts, Level, Limit
from programme.models import Dimension, RatingLevel
from programme.tolerances import limits_in_words


def tolerances_in_words(dimension: Dimension) -> str:
    """The stored tolerances of a dimension, fetched with their levels, in one line; '' for none."""
    rows = dimension.tolerances.all()
    facts = DimensionFacts(
        slug=dimension.slug,
        name=dimension.name,
        scale="",
        is_overall=dimension.is_overall,
        measure=dimension.measure,
        figures=dimension.figures,
        tolerances=tuple(
            Limit(Level(row.level.code, row.level.word, row.level.rank), row.limit) for row in rows
        ),
    )
    words = {row.level.code: row.level.word for row in rows}
    return "; ".join(f"{words[code]}: {text}" for code, text in limits_in_words(facts).items())


def limit_field(level: RatingLevel) -> str:
    """The name of a form's field for the limit of a level; its problems go by it too."""
    return f"limit_{level.pk}"


def limits_of(dimension: Dimension) -> dict[RatingLevel, Decimal | None]:
    """The stored limits by their levels, the best one first."""
    rows = dimension.tolerances.select_related("level").order_by("level__rank")
    return {row.level: row.limit for row in rows}
