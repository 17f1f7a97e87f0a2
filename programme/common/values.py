"""Amounts and dates that may be unknown.

Unknown ("TBC"), zero and not applicable are three different values everywhere in the portal, and
a known value may be approximate ("circa"). These types carry that difference from the database to
the printed paper, so that no total ever swallows an unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

PENNY = Decimal("0.01")


class Certainty(StrEnum):
    """How sure a stored amount or date is."""

    EXACT = "exact"
    CIRCA = "circa"
    TBC = "tbc"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return {
            Certainty.EXACT: "Exact",
            Certainty.CIRCA: "Circa (approximate)",
            Certainty.TBC: "To be confirmed",
            Certainty.NOT_APPLICABLE: "Not applicable",
        }[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


def to_pence(amount: Decimal) -> Decimal:
    """Round an amount in pounds to whole pence, halves away from zero. The one rounding rule."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in pounds, or the fact that there is none yet (TBC) or never (n/a)."""

    pounds: Decimal | None
    certainty: Certainty = Certainty.EXACT

    def __post_init__(self) -> None:
        has_value = self.certainty in (Certainty.EXACT, Certainty.CIRCA)
        if has_value != (self.pounds is not None):
            raise ValueError(f"An amount that is {self.certainty.label!r} cannot be {self.pounds}.")

    @classmethod
    def exact(cls, pounds: Decimal | int | str) -> Amount:
        return cls(Decimal(pounds), Certainty.EXACT)

    @classmethod
    def circa(cls, pounds: Decimal | int | str) -> Amount:
        return cls(Decimal(pounds), Certainty.CIRCA)

    @classmethod
    def tbc(cls) -> Amount:
        return cls(None, Certainty.TBC)

    @classmethod
    def not_applicable(cls) -> Amount:
        return cls(None, Certainty.NOT_APPLICABLE)

    @property
    def known(self) -> bool:
        return self.pounds is not None


@dataclass(frozen=True, slots=True)
class AmountTotal:
    """A sum of amounts that keeps count of what it could not add.

    ``pounds`` is the sum of the known amounts, ``circa`` whether any of them was approximate,
    ``unknown`` how many were TBC, ``counted`` how many were known. Amounts that are not
    applicable count for nothing. With ``counted`` 0 and ``unknown`` 0 there is nothing to show.
    """

    pounds: Decimal
    circa: bool
    unknown: int
    counted: int

    @property
    def complete(self) -> bool:
        return self.unknown == 0

    @property
    def nothing(self) -> bool:
        """Whether there was no part at all, known or unknown."""
        return not self.counted and not self.unknown

    def known_part(self) -> Amount:
        """What is known of the total: TBC where every part is, n/a when there was none."""
        return replace(self, unknown=0 if self.counted else self.unknown).as_amount()

    def as_amount(self) -> Amount:
        """The total as one amount: TBC while any part is TBC, n/a when there was no part at all."""
        if self.unknown:
            return Amount.tbc()
        if not self.counted:
            return Amount.not_applicable()
        return Amount(self.pounds, Certainty.CIRCA if self.circa else Certainty.EXACT)


def total(amounts: Iterable[Amount]) -> AmountTotal:
    """Add amounts up, counting the unknown ones instead of treating them as zero."""
    pounds, circa, unknown, counted = Decimal(0), False, 0, 0
    for amount in amounts:
        if amount.pounds is not None:
            pounds += amount.pounds
            counted += 1
            circa = circa or amount.certainty is Certainty.CIRCA
        elif amount.certainty is Certainty.TBC:
            unknown += 1
    return AmountTotal(pounds=pounds, circa=circa, unknown=unknown, counted=counted)


def difference(minuend: Amount, subtrahend: Amount) -> Amount:
    """One amount less another: TBC while either is TBC, n/a where either does not apply."""
    if minuend.pounds is None or subtrahend.pounds is None:
        sides = (minuend.certainty, subtrahend.certainty)
        return Amount.tbc() if Certainty.TBC in sides else Amount.not_applicable()
    circa = Certainty.CIRCA in (minuend.certainty, subtrahend.certainty)
    certainty = Certainty.CIRCA if circa else Certainty.EXACT
    return Amount(minuend.pounds - subtrahend.pounds, certainty)


def percent_of(part: Amount, whole: Amount) -> Decimal | None:
    """``part`` as a number of percent of ``whole``, unrounded; None where there is no such figure.

    There is none while either amount is TBC or not applicable, nor as a share of zero.
    """
    if part.pounds is None or whole.pounds is None or not whole.pounds:
        return None
    return part.pounds * 100 / whole.pounds


@dataclass(frozen=True, slots=True)
class PlainDate:
    """A calendar date, or the fact that there is none yet (TBC) or never (n/a).

    A date that is circa is known to its month only and prints as "June 2019".
    """

    day: date | None
    certainty: Certainty = Certainty.EXACT

    def __post_init__(self) -> None:
        has_value = self.certainty in (Certainty.EXACT, Certainty.CIRCA)
        if has_value != (self.day is not None):
            raise ValueError(f"A date that is {self.certainty.label!r} cannot be {self.day}.")

    @classmethod
    def tbc(cls) -> PlainDate:
        return cls(None, Certainty.TBC)

    @classmethod
    def not_applicable(cls) -> PlainDate:
        return cls(None, Certainty.NOT_APPLICABLE)

    @property
    def known(self) -> bool:
        return self.day is not None
