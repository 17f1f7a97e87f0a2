"""Tolerances as they are stored: their limits by level, and in one line."""

from __future__ import annotations

from decimal import Decimal

from programme.choices import Measure
from programme.common import english
from programme.facts import DimensionFacts, Level, Limit
from programme.models import Dimension, RatingLevel, Tolerance
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


def why_nothing_is_proposed(dimension: Dimension) -> str:
    """Why a measured dimension proposes no rating, as a sentence; empty where it does, and where
    it is judged. One query."""
    if Measure(dimension.measure) is Measure.NONE:
        return ""
    rows = list(dimension.tolerances.select_related("level"))
    if not rows:
        return "Nothing is proposed: its tolerances are not set yet."
    gone = [row.level for row in rows if row.limit is None and row.level.withdrawn_on is not None]
    if not gone:
        return ""
    return (
        f"Nothing is proposed: {gone[0].word}, which takes what is beyond the other limits, is "
        "withdrawn. Set the tolerances anew."
    )


def stopped_by_withdrawing(level: RatingLevel) -> str:
    """What a level would stop being proposed when it is withdrawn, as a sentence; empty for
    nothing. One query."""
    rows = Tolerance.objects.filter(
        level=level, limit__isnull=True, dimension__withdrawn_on__isnull=True
    )
    names = [str(row.dimension) for row in rows.select_related("dimension")]
    if not names:
        return ""
    return (
        f"It takes what is beyond the other limits of {english.listed(names)}: nothing will be "
        "proposed there until the tolerances are set anew."
    )
