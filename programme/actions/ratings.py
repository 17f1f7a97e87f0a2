"""How a programme rates: its scales with their levels, what is rated on them, and from which
figures a rating is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from programme import uses
from programme.checks import next_slug
from programme.choices import Measure
from programme.common.formats import number
from programme.common.validation import validate
from programme.common.words import say
from programme.models import Dimension, RatingLevel, RatingScale, Tolerance, User
from programme.places import arrange, arrange_ranks
from programme.scales import SCALES
from programme.stored_tolerances import limit_field, limits_of
from programme.writing import Edit


class ScaleInput(TypedDict, total=False):
    name: str


class LevelInput(TypedDict, total=False):
    code: str
    word: str
    colour: str
    definition: str
    rank: int | None
    needs_reason: bool


class DimensionInput(TypedDict, total=False):
    name: str
    scale: RatingScale
    is_overall: bool
    rule: str
    measure: str
    figures: str
    in_force_from: date | None
    in_force_to: date | None
    order: int


@transaction.atomic
def save_scale(
    *,
    scale: RatingScale,
    values: ScaleInput,
    preset: str = "",
    expected_version: int | None = None,
    by: User | None,
) -> RatingScale:
    """Adds a scale to those of a programme (``RatingScale(programme=…)``), or changes its name. A
    new one begins with the levels of a ``preset``, a key of ``SCALES``, or without any."""
    edit = Edit(scale, expected_version=expected_version)
    edit.apply(values, ScaleInput)
    if not edit.row.slug:
        edit.set(slug=next_slug(edit.row.programme.rating_scales, edit.row.name))
    levels = SCALES[preset].levels if preset and edit.is_new else ()
    edit.part("levels", [], [each.word for each in levels])
    row = edit.save("rating_scale", by=by)
    for order, each in enumerate(levels, 1):
        level = RatingLevel(
            scale=row,
            code=each.code,
            word=each.word,
            colour=each.colour,
            definition=each.definition,
            rank=each.rank,
            needs_reason=each.needs_reason,
            order=order,
        )
        validate(level)
        level.save()
    return row


@transaction.atomic
def save_level(
    *, level: RatingLevel, values: LevelInput, expected_version: int | None = None, by: User | None
) -> RatingLevel:
    """Adds a level to a scale (``RatingLevel(scale=…)``), or changes it. ``rank`` is its place from
    the best one, for which the others move aside; None makes it a state that is off the scale.
    Levels are listed by their rank, and those without one come last."""
    edit = Edit(level, expected_version=expected_version)
    edit.apply(values, LevelInput)
    siblings = RatingLevel.objects.filter(scale=edit.row.scale_id)
    if arrange_ranks(edit, siblings):
        _list_by_rank(edit)
    return edit.save("rating_level", by=by)


@transaction.atomic
def save_dimension(
    *,
    dimension: Dimension,
    values: DimensionInput,
    expected_version: int | None = None,
    by: User | None,
) -> Dimension:
    """Adds what a programme rates (``Dimension(programme=…)``), or changes it. One that projects
    have been rated in keeps its scale. Its tolerances go with the scale and the measure that they
    were set for."""
    edit = Edit(dimension, expected_version=expected_version)
    edit.apply(values, DimensionInput)
    siblings = Dimension.objects.of(edit.row.programme)
    if not edit.row.slug:
        edit.set(slug=next_slug(siblings, edit.row.name))
    arrange(edit, siblings)
    if not edit.is_new and "scale" in edit.changed and _is_rated(edit.row):
        raise ValidationError(
            {
                "scale": say(
                    "Projects have been rated on its scale. To rate on another one, withdraw "
                    "this and add it anew."
                )
            }
        )
    if edit.row.rule == "":
        edit.set(rule=Dimension.Rule.JUDGED.value)
    if edit.row.is_derived and not edit.row.is_overall:
        raise ValidationError(
            {"rule": say("Only what stands for the project can follow from others.")}
        )
    if not edit.is_new and "rule" in edit.changed and _is_rated(edit.row):
        raise ValidationError(
            {
                "rule": "Projects have been rated in it. To let it come about otherwise, withdraw "
                "this and add it anew."
            }
        )
    _refuse_second_overall(edit.row)
    forgets = not edit.is_new and {"scale", "measure"} & set(edit.changed)
    if forgets and (stored := limits_of(edit.row)):
        edit.part("tolerances", _in_words(stored), {})
        edit.row.tolerances.all().delete()
    return edit.save("dimension", by=by)


@transaction.atomic
def save_tolerances(
    *,
    dimension: Dimension,
    limits: Mapping[RatingLevel, Decimal | None],
    expected_version: int | None = None,
    by: User | None,
) -> Dimension:
    """Says up to which figure a measured dimension earns each level of its scale: all levels on the
    scale but the worst have a limit, and the worst takes what is left. No limit at all takes the
    tolerances away.

    Problems go by ``limit_field`` of the level.
    """
    edit = Edit(dimension, expected_version=expected_version)
    if Measure(edit.row.measure) is Measure.NONE:
        raise ValidationError(f"{edit.row} is judged: no figure is measured for it.")
    given = sorted(limits.items(), key=lambda pair: pair[0].rank or 0)
    _check_limits(edit.row, given)
    wanted = dict(given) if any(limit is not None for _, limit in given) else {}
    edit.part("tolerances", _in_words(limits_of(edit.row)), _in_words(wanted))
    if edit.changed:
        edit.refuse_stale()
        edit.row.tolerances.all().delete()
        for level, limit in wanted.items():
            row = Tolerance(dimension=edit.row, level=level, limit=limit)
            validate(row)
            row.save()
    return edit.save("dimension.tolerances_set", by=by)


def _check_limits(dimension: Dimension, given: list[tuple[RatingLevel, Decimal | None]]) -> None:
    if all(limit is None for _, limit in given):
        return
    problems: dict[str, str] = {}
    *before, (worst, rest) = given
    if rest is not None:
        problems[limit_field(worst)] = (
            f"Leave {worst.word} empty: it takes whatever is beyond the other limits."
        )
    for level, limit in before:
        if limit is None:
            problems[limit_field(level)] = f"Enter the limit of {level.word}."
    falls = Measure(dimension.measure).at_least
    for (better, first), (level, limit) in pairwise(before):
        if first is None or limit is None:
            continue
        if (limit >= first) if falls else (limit <= first):
            how = "less" if falls else "more"
            problems[limit_field(level)] = (
                f"The limit of {level.word} must be {how} than the {number(first)} of "
                f"{better.word}."
            )
    if problems:
        raise ValidationError(problems)


def _in_words(limits: Mapping[RatingLevel, Decimal | None]) -> dict[str, str]:
    return {
        level.word: "the rest" if limit is None else number(limit)
        for level, limit in limits.items()
    }


def _is_rated(dimension: Dimension) -> bool:
    """Whether the floors above have rated in it: they know it by that name."""
    return any(each.name == "ratings" for each in uses.uses(dimension))


def _refuse_second_overall(row: Dimension) -> None:
    if not row.is_overall or row.withdrawn_on is not None:
        return
    others = Dimension.objects.of(row.programme).offered().filter(is_overall=True)
    other = others.exclude(pk=row.pk).first()
    if other is not None:
        rule = say("stands for the project as a whole: change that one first.")
        raise ValidationError({"is_overall": f"“{other}” {rule}"})


def _list_by_rank(edit: Edit[RatingLevel]) -> None:
    rows = list(RatingLevel.objects.filter(scale=edit.row.scale_id).exclude(pk=edit.row.pk))
    rows.append(edit.row)
    rows.sort(key=lambda each: (each.rank is None, each.rank or 0, each.order))
    for order, row in enumerate(rows, 1):
        if row is edit.row:
            row.order = order
        elif row.order != order:
            RatingLevel.objects.filter(pk=row.pk).update(order=order)
