"""How a cost falls on its funding sources: fixed amounts first, the remainder by shares.

Every split adds up to its line to the penny. Pence that shares cannot divide go to the sources
with the largest remainders, and among equals to the one that stands first, so that the same line
is always split the same way.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from programme.common.formats import number, pounds
from programme.common.values import PENNY, Amount, Certainty, to_pence

Source = TypeVar("Source", bound=Hashable)

WHOLE = Decimal(100)


class SplitError(ValueError):
    """A cost that cannot be split as asked; the message is a sentence for the person who asked."""


class NegativeFunding(SplitError):
    """A line, a fixed amount or a share below zero."""


class NotWholePence(SplitError):
    """An amount with a fraction of a penny, which nobody can pay."""


class FixedExceedsLine(SplitError):
    """More fixed funding than the line costs."""


class SharesNotWhole(SplitError):
    """Shares that do not add up to 100%."""


class Unfunded(SplitError):
    """What fixed funding leaves and no share takes; ``remainder`` is how much that is."""

    def __init__(self, message: str, remainder: Amount) -> None:
        super().__init__(message)
        self.remainder = remainder


def check_shares(shares: Mapping[Source, Decimal]) -> None:
    """Refuse shares (in percent) that are negative or do not add up to exactly 100."""
    if any(share < 0 for share in shares.values()):
        raise NegativeFunding("A share cannot be negative.")
    together = sum(shares.values(), Decimal(0))
    if together != WHOLE:
        raise SharesNotWhole(f"The shares add up to {_plain(together)}%, not 100%.")


def by_shares(amount: Decimal, shares: Mapping[Source, Decimal]) -> dict[Source, Decimal]:
    """Divide pounds by shares (in percent) with the largest remainder to the penny.

    The parts always add up to ``amount``. Raises a ``SplitError`` that says what is wrong.
    """
    _check_sum(amount, "The amount")
    check_shares(shares)
    pence = int(amount / PENNY)
    exact = {source: Fraction(share) * pence / 100 for source, share in shares.items()}
    parts = {source: int(part) for source, part in exact.items()}
    left_over = pence - sum(parts.values())
    by_remainder = sorted(exact, key=lambda source: parts[source] - exact[source])
    for source in by_remainder[:left_over]:
        parts[source] += 1
    return {source: part * PENNY for source, part in parts.items()}


def remainder(amount: Amount, fixed: Mapping[Source, Decimal]) -> Amount:
    """What is left of a line once its fixed funding is taken off; TBC while the line is TBC."""
    for pounds_fixed in fixed.values():
        _check_sum(pounds_fixed, "Fixed funding")
    taken = sum(fixed.values(), Decimal(0))
    if amount.pounds is None:
        if taken and amount.certainty is Certainty.NOT_APPLICABLE:
            raise FixedExceedsLine(
                f"Fixed funding of {_sum(taken)} is set on a line that does not apply."
            )
        return amount
    _check_sum(amount.pounds, "A line's amount")
    if taken > amount.pounds:
        raise FixedExceedsLine(
            f"Fixed funding of {_sum(taken)} is more than the line's {_sum(amount.pounds)}."
        )
    return Amount(amount.pounds - taken, amount.certainty)


def split(
    amount: Amount, fixed: Mapping[Source, Decimal], shares: Mapping[Source, Decimal]
) -> dict[Source, Amount]:
    """What each source pays of a line: its fixed pounds and its share of what those leave.

    Sources come in the order of ``fixed``, then of ``shares`` (percent, adding up to 100, or none
    at all). Of a line that is TBC the fixed amounts are known and every share above zero is TBC;
    of a line that is circa the shares are circa. Raises a ``SplitError``: see its subclasses.
    """
    rest = remainder(amount, fixed)
    parts = {source: Amount.exact(part) for source, part in fixed.items()}
    if shares:
        check_shares(shares)
    elif rest.pounds or rest.certainty is Certainty.TBC:
        how_much = "What is left of the line" if rest.pounds is None else _sum(rest.pounds)
        raise Unfunded(f"{how_much} has no funding source.", rest)
    for source, part in _share_out(rest, shares).items():
        parts[source] = _plus(parts[source], part) if source in parts else part
    return parts


@dataclass(frozen=True, slots=True)
class LinePart(Generic[Source]):
    """What one source pays of a line, and why: fixed pounds, its percent of what those leave and
    what that comes to, and the two together. What it does not pay in that way does not apply."""

    source: Source
    fixed: Amount
    percent: Decimal | None
    shared: Amount
    total: Amount


@dataclass(frozen=True, slots=True)
class Breakdown(Generic[Source]):
    """How a line is funded, with what is wrong about it instead of an error.

    ``remainder`` is what fixed funding leaves. ``unfunded`` is what no source pays, not applicable
    where all is paid; ``problem`` is then the sentence that says so.
    """

    parts: tuple[LinePart[Source], ...]
    remainder: Amount
    unfunded: Amount
    problem: str = ""


def breakdown(
    amount: Amount, fixed: Mapping[Source, Decimal], shares: Mapping[Source, Decimal]
) -> Breakdown[Source]:
    """Split a line as ``split`` does and say of every part how it came about.

    Never raises: of a line that cannot be split all is unfunded, of one that lacks a source what
    its fixed funding leaves is.
    """
    none = Amount.not_applicable()
    try:
        rest = remainder(amount, fixed)
        if shares:
            check_shares(shares)
    except SplitError as error:
        return Breakdown((), amount, amount, str(error))
    unfunded, problem = none, ""
    try:
        totals = split(amount, fixed, shares)
    except Unfunded as error:
        totals = {source: Amount.exact(pounds_fixed) for source, pounds_fixed in fixed.items()}
        unfunded, problem = error.remainder, str(error)
    shared = _share_out(rest, shares)
    parts = tuple(
        LinePart(
            source,
            Amount.exact(fixed[source]) if source in fixed else none,
            shares.get(source),
            shared.get(source, none),
            paid,
        )
        for source, paid in totals.items()
    )
    return Breakdown(parts, rest, unfunded, problem)


def _share_out(rest: Amount, shares: Mapping[Source, Decimal]) -> dict[Source, Amount]:
    if not shares:
        return {}
    if rest.pounds is None:
        return {source: rest if share else Amount.exact(0) for source, share in shares.items()}
    parts = by_shares(rest.pounds, shares)
    return {
        source: Amount(part, rest.certainty) if shares[source] else Amount.exact(0)
        for source, part in parts.items()
    }


def _plus(fixed: Amount, share: Amount) -> Amount:
    """Fixed money and a share of the same source: as certain as the share."""
    if fixed.pounds is None or share.pounds is None:
        return share
    return Amount(fixed.pounds + share.pounds, share.certainty)


def _check_sum(value: Decimal, what: str) -> None:
    if value < 0:
        raise NegativeFunding(f"{what} cannot be negative: it is {pounds(value, pence=True)}.")
    if value != to_pence(value):
        raise NotWholePence(f"{what} must be in whole pence: it is {_plain(value)}.")


def _sum(value: Decimal) -> str:
    """Pounds as a message says them: with pence only where there are any."""
    return pounds(value, pence=value % 1 != 0)


def _plain(value: Decimal) -> str:
    """A number with the decimals it has and no more."""
    exponent = value.normalize().as_tuple().exponent
    return number(value, max(0, -exponent) if isinstance(exponent, int) else 0)
