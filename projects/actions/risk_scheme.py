"""How a programme scores risks: the size and the words of its matrix, its levels, and which level
each likelihood with each impact has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.checks import next_slug
from programme.common.validation import validate
from programme.common.words import say
from programme.models import Programme, RiskLevel, RiskMatrixCell, RiskScheme, User
from programme.places import arrange_ranks
from programme.writing import Edit
from projects.risk import (
    PRESETS,
    Cells,
    RiskLevelFacts,
    RiskMatrixError,
    Size,
    check_cells,
    resized,
)
from projects.selectors.registers import risk_cells, scores_beyond


class SchemeInput(TypedDict, total=False):
    likelihood: list[str]
    impact: list[str]


class RiskLevelInput(TypedDict, total=False):
    word: str
    colour: str
    rank: int


@transaction.atomic
def begin_risk_scheme(
    *, scheme: RiskScheme, preset: str, expected_version: int | None = None, by: User | None
) -> RiskScheme:
    """Gives a programme (``RiskScheme(programme=…)``) the words, levels and matrix of a preset, a
    key of ``PRESETS``. Refused once it has levels of its own: these are changed one by one."""
    if preset not in PRESETS:
        raise ValidationError({"preset": "Choose what the scheme begins with."})
    edit = Edit(scheme, expected_version=expected_version)
    programme, chosen = edit.row.programme, PRESETS[preset]
    if not edit.is_new or RiskLevel.objects.of(programme).exists():
        raise ValidationError(say("This programme has a risk scheme already."))
    _refuse_beyond(programme, chosen.size)
    edit.set(likelihood=list(chosen.likelihood), impact=list(chosen.impact))
    edit.part("levels", [], [band.level.word for band in chosen.bands])
    row = edit.save("risk_scheme", by=by)
    levels = {}
    for band in chosen.bands:
        facts = band.level
        level = RiskLevel(
            programme=programme,
            slug=facts.slug,
            word=facts.word,
            colour=facts.colour,
            rank=facts.rank,
        )
        validate(level)
        level.save()
        levels[facts.slug] = level
    _store(programme, chosen.cells, levels)
    return row


@transaction.atomic
def save_risk_scheme(
    *,
    scheme: RiskScheme,
    values: SchemeInput,
    expected_version: int | None = None,
    by: User | None,
) -> RiskScheme:
    """Changes the words of likelihood and impact, and with their number the size of the matrix: it
    keeps the cells that both sizes have, and a new one has the level of the cell nearest to it.
    Refused while a risk is scored on a step that would be gone."""
    edit = Edit(scheme, expected_version=expected_version)
    edit.apply(values, SchemeInput)
    if not edit.changed:
        return edit.row
    validate(edit.row)
    programme, size = edit.row.programme, _size(edit.row)
    _refuse_beyond(programme, size)
    row = edit.save("risk_scheme", by=by)
    cells = risk_cells(programme)
    if cells:
        _store(programme, resized(cells, size), _by_slug(programme))
    return row


@transaction.atomic
def save_risk_matrix(
    *,
    scheme: RiskScheme,
    cells: Mapping[tuple[int, int], RiskLevel],
    expected_version: int | None = None,
    by: User | None,
) -> RiskScheme:
    """Says which level each likelihood with each impact has. Every cell has one, and none is milder
    than a cell with a lower likelihood or impact."""
    edit = Edit(scheme, expected_version=expected_version)
    programme = edit.row.programme
    levels = {each.slug: each for each in cells.values()}
    wanted = {cell: _facts(level) for cell, level in cells.items()}
    try:
        check_cells(wanted, _size(edit.row))
    except RiskMatrixError as error:
        raise ValidationError(str(error)) from None
    stored = risk_cells(programme)
    changed = {cell for cell in wanted if cell not in stored or stored[cell] != wanted[cell]}
    before = {_name(cell): stored[cell].word for cell in sorted(changed) if cell in stored}
    edit.part("matrix", before, {_name(cell): wanted[cell].word for cell in sorted(changed)})
    if edit.changed:
        edit.refuse_stale()
        _store(programme, wanted, levels)
    return edit.save("risk_scheme.matrix_set", by=by)


@transaction.atomic
def save_risk_level(
    *,
    risk_level: RiskLevel,
    values: RiskLevelInput,
    expected_version: int | None = None,
    by: User | None,
) -> RiskLevel:
    """Adds a level to the matrix of a programme (``RiskLevel(programme=…)``), or changes it.
    ``rank`` is its place from the lowest risk; a new one is the highest unless it is given. The
    cells that have it, the matrix says."""
    edit = Edit(risk_level, expected_version=expected_version)
    edit.apply(values, RiskLevelInput)
    programme = edit.row.programme
    siblings = RiskLevel.objects.of(programme)
    if not edit.row.slug:
        edit.set(slug=next_slug(siblings, edit.row.word))
    if edit.row.rank is None:
        edit.set(rank=siblings.exclude(pk=edit.row.pk).count() + 1)
    arrange_ranks(edit, siblings)
    row = edit.save("risk_level", by=by)
    cells = risk_cells(programme)
    if cells:
        try:
            check_cells(cells, _size(RiskScheme.objects.get(programme=programme)))
        except RiskMatrixError as error:
            raise ValidationError(
                {"rank": f"With this place the matrix would be upside down. {error}"}
            ) from None
    return row


def _size(scheme: RiskScheme) -> Size:
    return len(scheme.likelihood), len(scheme.impact)


def _name(cell: tuple[int, int]) -> str:
    return f"likelihood {cell[0]}, impact {cell[1]}"


def _facts(level: RiskLevel) -> RiskLevelFacts:
    return RiskLevelFacts(level.slug, level.word, level.colour, level.rank)


def _by_slug(programme: Programme) -> dict[str, RiskLevel]:
    return {each.slug: each for each in RiskLevel.objects.of(programme)}


def _refuse_beyond(programme: Programme, size: Size) -> None:
    beyond = scores_beyond(programme, size)
    if not beyond:
        return
    problems = {}
    for name, at, steps in (("likelihood", 1, size[0]), ("impact", 2, size[1])):
        refs = list(dict.fromkeys(each[0] for each in beyond if each[at] > steps))
        if refs:
            shown = ", ".join(refs[:5]) + (f" and {len(refs) - 5} more" if len(refs) > 5 else "")
            problems[name] = f"Risks are scored on a {name} above {steps}: {shown}."
    raise ValidationError(problems)


def _store(programme: Programme, cells: Cells, levels: Mapping[str, RiskLevel]) -> None:
    """Keeps the cells as the programme's matrix, in as few writes as there are changes."""
    stored = {(row.likelihood, row.impact): row for row in RiskMatrixCell.objects.of(programme)}
    for cell, row in stored.items():
        if cell not in cells:
            row.delete()
    new, changed = [], []
    for (likelihood, impact), facts in cells.items():
        level, row = levels[facts.slug], stored.get((likelihood, impact))
        if row is None:
            new.append(
                RiskMatrixCell(
                    programme=programme, likelihood=likelihood, impact=impact, level=level
                )
            )
        elif row.level_id != level.pk:
            row.level = level
            changed.append(row)
    RiskMatrixCell.objects.bulk_create(new)
    RiskMatrixCell.objects.bulk_update(changed, ["level"])
