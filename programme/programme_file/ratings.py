"""How a programme of a programme's file rates: its scales, dimensions and tolerances."""

from __future__ import annotations

from programme.choices import Measure
from programme.models import Colour, Dimension, RatingLevel, RatingScale, Tolerance
from programme.programme_file.loading import each
from programme.programme_file.parts import ProgrammeParts, numbered
from programme.programme_file.yamlfile import Entry


def load(file: Entry, parts: ProgrammeParts) -> None:
    """Scales with their levels, then the dimensions that are rated on them."""
    _scales(file, parts)
    _dimensions(file, parts)


def _scales(file: Entry, parts: ProgrammeParts) -> None:
    stored = RatingScale.objects.filter(programme=parts.programme)
    scales = parts.loading.rows(stored, "slug")

    def build(entry: Entry) -> None:
        scale = scales.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            withdrawn_on=entry.day("withdrawn_on", None),
        )
        levels = entry.entries("levels")
        place = numbered(levels)
        rows = parts.loading.rows(RatingLevel.objects.filter(scale=scale), "code")
        ranks = {(one.text("code"),): one.integer("rank", None) for one in levels}
        rows.make_room("rank", ranks)
        built = each(levels, lambda one: rows.put(one, **_level(one, scale, place(one))))
        parts.levels[scale.pk] = {row.code: row for row in built}
        rows.finish()

    each(file.entries("rating_scales"), build)
    scales.finish()


def _level(entry: Entry, scale: RatingScale, order: int) -> dict[str, object]:
    return {
        "scale": scale,
        "code": entry.text("code"),
        "word": entry.text("word"),
        "colour": entry.choice("colour", Colour.values, Colour.NONE.value),
        "definition": entry.text("definition", ""),
        "rank": entry.integer("rank", None),
        "needs_reason": entry.boolean("needs_reason", False),
        "withdrawn_on": entry.day("withdrawn_on", None),
        "order": order,
    }


def _dimensions(file: Entry, parts: ProgrammeParts) -> None:
    scales = {row.slug: row for row in RatingScale.objects.filter(programme=parts.programme)}
    rows = parts.loading.rows(Dimension.objects.filter(programme=parts.programme), "slug")
    stored = Tolerance.objects.filter(dimension__programme=parts.programme)
    tolerances = parts.loading.rows(stored, "dimension", "level")
    entries = file.entries("dimensions")
    place = numbered(entries)

    def build(entry: Entry) -> Dimension:
        row = rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            scale=entry.ref("scale", scales),
            is_overall=entry.boolean("is_overall", False),
            rule=entry.choice("rule", Dimension.Rule.values, Dimension.Rule.JUDGED.value),
            measure=entry.choice("measure", list(Measure), Measure.NONE),
            figures=entry.choice("figures", Dimension.Figures.values, "none"),
            in_force_from=entry.day("in_force_from", None),
            in_force_to=entry.day("in_force_to", None),
            withdrawn_on=entry.day("withdrawn_on", None),
            order=place(entry),
        )
        levels = parts.levels.get(row.scale_id, {})
        for one in entry.entries("tolerances"):
            level, limit = one.ref("level", levels), one.decimal("limit", None)
            tolerances.put(one, dimension=row, level=level, limit=limit)
        return row

    parts.dimensions = {row.slug: row for row in each(entries, build)}
    rows.finish()
    tolerances.finish()
