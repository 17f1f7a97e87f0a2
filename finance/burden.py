"""Whether a change makes somebody pay more: what each source carries of a line, before and after.

Of a line that is TBC a source pays its fixed pounds and its share of an unknown rest, which is
enough to tell whether it could pay more than before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic

from finance.funding import Source, breakdown
from programme.common.values import Amount, Certainty

Raise = Decimal | None
"""By how many pounds a part rises; None where it may rise and nobody can say by how much."""


@dataclass(frozen=True, slots=True)
class Burden(Generic[Source]):
    """A line as it falls on its sources: its amount, fixed pounds and percent of the rest."""

    amount: Amount
    fixed: Mapping[Source, Decimal]
    shares: Mapping[Source, Decimal]

    def parts(self) -> dict[Source, Amount]:
        """What each source pays; of a line that cannot be split nobody pays anything."""
        return {
            part.source: part.total
            for part in breakdown(self.amount, self.fixed, self.shares).parts
        }


def raised(before: Burden[Source] | None, after: Burden[Source]) -> dict[Source, Raise]:
    """The sources that would pay more of a line, or might. ``before`` is None for a new line, on
    which nobody has paid anything."""
    was = before.parts() if before else {}
    found: dict[Source, Raise] = {}
    for source, part in after.parts().items():
        more = rise(was.get(source, Amount.not_applicable()), part)
        if more is None and before is not None and _carries_no_more(before, after, source):
            continue
        if more is None or more > 0:
            found[source] = more
    return found


def rise(before: Amount, after: Amount) -> Raise:
    """By how much an amount rises, 0 where it does not; None where either is to be confirmed and
    so nobody can say. What does not apply is £0."""
    if Certainty.TBC in (before.certainty, after.certainty):
        return None
    return max((after.pounds or Decimal(0)) - (before.pounds or Decimal(0)), Decimal(0))


def together(raises: list[Raise]) -> Raise:
    """Several raises as one; not known while one of them is not."""
    known = [each for each in raises if each is not None]
    return sum(known, Decimal(0)) if len(known) == len(raises) else None


def _carries_no_more(before: Burden[Source], after: Burden[Source], source: Source) -> bool:
    """Whether a source surely pays no more, whatever the unknown amount turns out to be.

    A line that becomes TBC may turn out as anything, one that was TBC has cost at least its fixed
    funding. Between two that are TBC both parts grow in a straight line with the unknown amount,
    from the larger of the two sums of fixed funding on.
    """
    fixed, percent = before.fixed.get(source, Decimal(0)), before.shares.get(source, Decimal(0))
    if before.amount.certainty is not Certainty.TBC:
        return False
    if after.amount.certainty is not Certainty.TBC:
        return (after.parts()[source].pounds or Decimal(0)) <= fixed
    least = max(sum(before.fixed.values()), sum(after.fixed.values()))
    steeper = after.shares.get(source, Decimal(0)) > percent
    return not steeper and _at(after, source, least) <= _at(before, source, least)


def _at(burden: Burden[Source], source: Source, amount: Decimal | int) -> Fraction:
    """What a source pays of a line that turns out to cost ``amount``, before pence are rounded."""
    rest = Fraction(amount) - Fraction(sum(burden.fixed.values()))
    share = Fraction(burden.shares.get(source, Decimal(0))) / 100
    return Fraction(burden.fixed.get(source, Decimal(0))) + share * rest
