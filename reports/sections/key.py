"""The key: what levels, tolerances, arrows and signs mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from programme.common.blocks import Column, Missing, Movement, Rating, Row, Table, Text
from programme.common.values import Amount, AmountTotal, Certainty, PlainDate
from programme.common.words import arrow, say
from programme.facts import RatingSetup
from programme.tolerances import limits_in_words
from reports.document import Bullets, KeyFigure, KeyLevel, RatingKey
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.registry import Blocks, kind, section_kind
from reports.sections.words import NOT_ASKED, NOT_GIVEN, lead_in, level_cell, paragraph


@section_kind("key", "Key to ratings, tolerances and signs", Part.RATINGS)
def key(data: PaperData, spec: SectionSpec) -> Blocks:
    """The levels with their definitions, the tolerances they are proposed from, and the signs. A
    programme that rates nothing has no key."""
    if data.ratings is None or not data.ratings.dimensions:
        return ()
    blocks: Blocks = tuple(
        RatingKey(
            name,
            tuple(
                KeyLevel(level_cell(level), level.definition)
                for level in data.ratings.levels
                if level.scale == slug
            ),
        )
        for slug, name in data.ratings.scales
    )
    return blocks + _derived(data.ratings) + _tolerances(data.ratings) + _signs(data, spec)


def _derived(ratings: RatingSetup) -> Blocks:
    overall = ratings.overall
    if overall is None or not overall.is_derived:
        return ()
    rule = say(
        "is not judged by itself: it is the worst of the project’s other ratings on its scale."
    )
    return (paragraph(f"{overall.name} {rule}"),)


def _tolerances(ratings: RatingSetup) -> Blocks:
    measured = [each for each in ratings.dimensions if each.tolerances]
    if not measured:
        return ()
    levels = tuple(
        dict.fromkeys(each.level for dimension in measured for each in dimension.tolerances)
    )
    rows = []
    for dimension in measured:
        words = limits_in_words(dimension)
        cells = tuple(Text.plain(words.get(level.code, "not used")) for level in levels)
        rows.append(Row((Text.plain(dimension.name), *cells)))
    return (
        paragraph(
            say(
                "A rating is the judgement of the project’s owner. The portal proposes one from "
                "these tolerances, and an owner who rates better than the proposal gives a reason."
            )
        ),
        Table.of(
            "Tolerances from which ratings are proposed",
            (Column("Dimension"), *(Column(level.word) for level in levels)),
            tuple(rows),
        ),
    )


def _signs(data: PaperData, spec: SectionSpec) -> Blocks:
    """The signs and words that the other sections print, each with its meaning."""
    parts = tuple(_parts((*_others(data, spec), data.meeting)))
    moved = {each.movement for each in parts if isinstance(each, Rating)}
    said = {each.what for each in parts if isinstance(each, Missing)}
    said |= {each.label for each in parts if isinstance(each, KeyFigure)}
    headings = {each.heading for each in parts if isinstance(each, Column)}
    printed = " ".join(str(each) for each in parts if isinstance(each, Text))
    certainties = {each.certainty for each in parts if isinstance(each, Amount | PlainDate)}
    totals = [each for each in parts if isinstance(each, AmountTotal)]
    tbc = Certainty.TBC in certainties or any(each.unknown for each in totals)
    tbc = tbc or "TBC" in printed
    circa = any(each.circa for each in totals) or Certainty.CIRCA in {
        each.certainty for each in parts if isinstance(each, Amount)
    }
    month = Certainty.CIRCA in {each.certainty for each in parts if isinstance(each, PlainDate)}
    signs = (
        (
            bool(moved & {Movement.BETTER, Movement.WORSE}),
            "↑ and ↓" if arrow("↑") else "Better and worse",
            say("a rating is better or worse than the one that its project gave before."),
        ),
        (Movement.NEW in moved, "New", say("its project gave no such rating before.")),
        (Movement.SAME in moved, "Unchanged", say("the rating is as its project gave it before.")),
        (
            NOT_GIVEN.what in said,
            "Not given",
            "nobody has given the rating, which is not the same as not applicable.",
        ),
        (NOT_ASKED.what in said, "– (a dash)", say("the project is not rated in this.")),
        (tbc, "TBC", "an amount or date still to be confirmed; it is never counted as zero."),
        (circa or "circa" in printed, "Circa", "an amount that is approximate."),
        (month, "A month without a day", "the date is known to its month only."),
        (
            "Variance" in headings,
            "Variance",
            "budget less funding; a minus sign and the word “over” mark an overspend.",
        ),
    )
    items = tuple(lead_in(f"{sign}: ", say(meaning)) for shown, sign, meaning in signs if shown)
    return (paragraph("Signs and words:"), Bullets(items)) if items else ()


def _others(data: PaperData, spec: SectionSpec) -> Iterator[Blocks]:
    for each in data.sections:
        if each.kind != spec.kind and not each.withheld_ground:
            yield kind(each.kind).build(data, each)


def _parts(value: Any) -> Iterator[Any]:
    """Everything that blocks are made of, themselves included."""
    if isinstance(value, tuple):
        for each in value:
            yield from _parts(each)
    elif names := getattr(value, "__dataclass_fields__", None):
        yield value
        for name in names:
            yield from _parts(getattr(value, name))
