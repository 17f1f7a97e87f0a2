"""Published figures against computed ones.

An old paper's printed figures are kept as they were printed, beside what the stored rows come to.
Where the two differ, both are shown: neither is put right in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from programme.common.values import PENNY, Amount, Certainty, difference

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
