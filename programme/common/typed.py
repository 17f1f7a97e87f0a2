"""Amounts and percentages as people type them: what is read, and what is refused.

Nothing is guessed: what can be read in two ways, such as "5 6" or "1,2,3", is refused. All that
the portal prints of an exact amount can be typed back.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from programme.common.values import PENNY
from programme.common.words import POUND

MAX_POUNDS = Decimal("999999999999.99")
_THOUSAND, _MILLION, _BILLION = Decimal(1_000), Decimal(1_000_000), Decimal(1_000_000_000)
SCALES = {
    "": Decimal(1),
    **dict.fromkeys(("k", "thousand"), _THOUSAND),
    **dict.fromkeys(("m", "mn", "million"), _MILLION),
    **dict.fromkeys(("bn", "billion"), _BILLION),
}

_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
# Ways to write a space between thousands: a plain, a hard, a narrow hard and a thin one.
_SPACE = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_NUMBER = (
    rf"(?P<whole>[0-9]{{1,3}}(?:(?P<mark>[,{_SPACE}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*)?|[0-9]+)?"
    r"(?:\.(?P<part>[0-9]+))?"
)
_BRACKETS = re.compile(r"\((?P<inside>[^()]*)\)")
_PERCENT = re.compile(r"(?P<whole>[0-9]+)?(?:\.(?P<part>[0-9]+))?\s*%?")


class NotReadable(ValueError):
    """What was typed is no amount or percentage, or one that could be read in two ways."""


class TooLarge(ValueError):
    """An amount beyond what a column of money holds."""


@cache
def _patterns(sign: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An amount of a currency, and its sign where it stands before the minus."""
    scales = "|".join(sorted(filter(None, SCALES), key=len, reverse=True))
    sign = re.escape(sign)
    amount = re.compile(
        rf"(?P<minus>[{_MINUS}])?(?:{sign})?[{_SPACE}]*{_NUMBER}[{_SPACE}]*(?P<scale>{scales})?",
        re.ASCII | re.IGNORECASE,
    )
    return amount, re.compile(rf"{sign}[{_SPACE}]*(?P<minus>[{_MINUS}])", re.IGNORECASE)


def pounds(text: str, sign: str = POUND) -> Decimal:
    """The amount in pounds, to the penny: "£1,200", "1 200.50", "−£300", "(300)", "12k", "1.2m",
    "1.2 million", "1bn". ``sign`` is that of the programme's currency; another one is refused, as
    an amount of another currency is.

    Raises :class:`NotReadable` or :class:`TooLarge`.
    """
    text = text.strip()
    if brackets := _BRACKETS.fullmatch(text):
        amount = pounds(brackets["inside"], sign)
        if amount < 0 or brackets["inside"].strip()[:1] in tuple(_MINUS):
            raise NotReadable(text)
        return -amount
    amount_of, sign_first = _patterns(sign)
    found = sign_first.sub(lambda first: f"{first['minus']}{sign}", text, count=1)
    match = amount_of.fullmatch(found)
    if match is None or (match["whole"] is None and match["part"] is None):
        raise NotReadable(text)
    whole = re.sub(rf"[,{_SPACE}]", "", match["whole"] or "0").lstrip("0") or "0"
    part = (match["part"] or "").rstrip("0")
    scale = (match["scale"] or "").lower()
    if len(whole) > len(str(MAX_POUNDS)):
        raise TooLarge(text)
    # £1.5k is £1,500; half a penny, however it is written, is nothing that can be stored.
    if len(part) > len(str(SCALES[scale])) - 1 + 2:
        raise NotReadable(text)
    if not scale and len(match["part"] or "") > 2:
        raise NotReadable(text)
    amount = (Decimal(f"{whole}.{part or 0}") * SCALES[scale]).quantize(PENNY)
    if amount > MAX_POUNDS:
        raise TooLarge(text)
    return -amount if match["minus"] else amount


def percent(text: str, places: int = 4) -> Decimal:
    """A number of percent, with its sign or without: "28.05%", "28.05". Raises NotReadable."""
    match = _PERCENT.fullmatch(text.strip())
    if match is None or (match["whole"] is None and match["part"] is None):
        raise NotReadable(text)
    whole, part = (match["whole"] or "0").lstrip("0") or "0", (match["part"] or "").rstrip("0")
    if len(part) > places:
        raise NotReadable(text)
    if len(whole) > 3:
        raise NotReadable(text)
    return Decimal(f"{whole}.{part}" if part else whole)
