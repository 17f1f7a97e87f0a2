"""Published figures against computed ones.

An old paper's printed figures are kept as they were printed, beside what the stored rows come to.
Where the two differ, both are shown: neither is put right in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from programme.common.values import PENNY, Amount, Certainty, difference, total

_POUND = Decimal(1)


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as a paper printed it, and as the stored rows make it."""

    label: str
    printed: Amount
    computed: Amount


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on which print and computation disagree; ``difference`` is printed less computed."""

    label: str
    printed: Amount
    computed: Amount
    difference: Amount


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A total as printed, and the parts printed for it."""

    label: str
    printed: Amount
    parts: tuple[Amount, ...]


def differences(figures: Iterable[Published]) -> tuple[Difference, ...]:
    """The figures that differ, in their order.

    A figure printed in whole pounds is compared with the computed one in whole pounds, so that
    rounding alone is no difference; and a printed £0 agrees with there being no rows. One that is
    printed but still TBC in the rows, or the other way round, differs by an amount that is TBC.
    """
    return tuple(
        Difference(
            figure.label,
            figure.printed,
            figure.computed,
            difference(figure.printed, _comparable(figure.computed, figure.printed)),
        )
        for figure in figures
        if not _agree(figure.printed, figure.computed)
    )


def inconsistencies(sums: Iterable[PrintedSum]) -> tuple[Difference, ...]:
    """The printed totals that are not the sum of their printed parts.

    Needs no stored rows: a paper can be checked against itself, before it is issued too. Parts
    rounded to whole pounds can honestly miss their total by a pound or so; what to make of a
    difference is for the reader.
    """
    return differences(
        Published(each.label, each.printed, total(each.parts).as_amount()) for each in sums
    )


def printed_sums(
    rows: Sequence[tuple[str, Sequence[Amount], Amount]],
    column_labels: Sequence[str],
    column_totals: Sequence[Amount],
    grand_total: Amount,
) -> tuple[PrintedSum, ...]:
    """Every sum that a printed table of rows, columns and totals asserts.

    ``rows`` are (label, cells, printed row total). Each row and each column is to make its total,
    and the row totals and the column totals are each to make the grand total.
    """
    by_row = [PrintedSum(label, printed, tuple(cells)) for label, cells, printed in rows]
    columns = zip(*(cells for _, cells, _ in rows), strict=True)
    by_column = [
        PrintedSum(label, printed, cells)
        for label, printed, cells in zip(column_labels, column_totals, columns, strict=True)
    ]
    row_totals = tuple(printed for _, _, printed in rows)
    return (
        *by_row,
        *by_column,
        PrintedSum("Total of the rows", grand_total, row_totals),
        PrintedSum("Total of the columns", grand_total, tuple(column_totals)),
    )


def _comparable(computed: Amount, printed: Amount) -> Amount:
    """The computed amount at the precision of the printed one; of no rows at all, £0."""
    if printed.pounds is None:
        return computed
    if computed.certainty is Certainty.NOT_APPLICABLE:
        return Amount.exact(0)
    if computed.pounds is None:
        return computed
    unit = PENNY if printed.pounds % 1 else _POUND
    return Amount(computed.pounds.quantize(unit, rounding=ROUND_HALF_UP), computed.certainty)


def _agree(printed: Amount, computed: Amount) -> bool:
    if printed.pounds is None:
        return printed.certainty is computed.certainty
    return printed.pounds == _comparable(computed, printed).pounds
