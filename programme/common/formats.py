"""How figures and dates are printed: the one formatter, for every page and every paper.

Money is printed in whole pounds with thousands and a true minus sign; pence only when asked for. A
programme with another currency has its sign in place of the pound's (``programme.common.words``).
A value that is unknown, and one that does not apply, are printed as such, never as zero.
Nothing here depends on the machine's locale, and no figure printed here is ever added up again.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from programme.common.values import PENNY, Amount, AmountTotal, Certainty, PlainDate
from programme.common.words import say, spoken

MINUS = "\N{MINUS SIGN}"
TBC = "TBC"
NOT_APPLICABLE = "not applicable"
NOT_KNOWN = "not known"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_POUND = Decimal(1)
_THOUSAND = Decimal(1_000)
_MILLION = Decimal(1_000_000)
_COMPACT_FROM = Decimal(10_000)


def number(value: Decimal | int, places: int = 0) -> str:
    """A number with thousands separated, to ``places`` decimals, halves away from zero.

    What rounds to zero has no sign, so that "−0" is never printed.
    """
    rounded = _round(Decimal(value), Decimal(1).scaleb(-places))
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{places}f}"


def pounds(value: Decimal | int, *, pence: bool = False) -> str:
    """A sum of pounds: "£730,578", "−£17,289"; with pence "£83,056.50"."""
    return _with_sign(number(value, 2 if pence else 0))


def money(amount: Amount, *, pence: bool = False) -> str:
    """An amount: "£730,578", "circa £110,000", "TBC" or "not applicable"."""
    if amount.pounds is None:
        return _absent(amount.certainty)
    return _perhaps_circa(pounds(amount.pounds, pence=pence), amount.certainty)


def money_total(total: AmountTotal, *, pence: bool = False) -> str:
    """A total with what it could not add: "£416,500, 1 TBC".

    With nothing known it is "TBC" for one unknown part and "2 TBC" for two. A total of no parts
    at all is "not applicable", as its ``as_amount()`` is: nothing is printed as a blank or as £0.
    """
    if not total.counted:
        return money(total.as_amount()) if total.unknown <= 1 else f"{total.unknown} {TBC}"
    certainty = Certainty.CIRCA if total.circa else Certainty.EXACT
    known = _perhaps_circa(pounds(total.pounds, pence=pence), certainty)
    return f"{known}, {total.unknown} {TBC}" if total.unknown else known


def variance_word(amount: Amount, *, pence: bool = False) -> str:
    """The word that a variance (budget less funding) carries: "over", "under" or none.

    Negative is an overspend. The word follows the figure as it is printed, so a variance that
    rounds to £0 has none.
    """
    if amount.pounds is None:
        return ""
    printed = _round(amount.pounds, PENNY if pence else _POUND)
    if printed < 0:
        return "over"
    return "under" if printed > 0 else ""


def variance(amount: Amount, *, pence: bool = False) -> str:
    """A variance with its word: "−£17,289 (over)", "£500 (under)", "£0", "TBC"."""
    word = variance_word(amount, pence=pence)
    text = money(amount, pence=pence)
    return f"{text} ({word})" if word else text


def compact_money(amount: Amount, *, lossless: bool = False) -> str:
    """An amount in little room, as for a chart's labels: "£1.62m", "£136k", "circa £110k".

    Millions have up to two decimals, thousands none, and less than £10,000 is printed in full.
    With ``lossless`` the short form is used only where it says the same amount as the long one,
    so that "£1.62m" is short and "£304,289" stays as it is: for text that has no table beside it.
    """
    if amount.pounds is None:
        return _absent(amount.certainty)
    short = _compact(amount.pounds, lossless=lossless)
    return _perhaps_circa(short, amount.certainty)


def compact_total(total: AmountTotal) -> str:
    """A total in little room, with what it could not add: "£573k, 1 TBC"; '' for no parts."""
    if total.nothing:
        return ""
    if not total.counted:
        return money_total(total)
    known = compact_money(total.known_part())
    return f"{known}, {total.unknown} {TBC}" if total.unknown else known


def percent(value: Decimal | int, places: int = 0) -> str:
    """A number of percent, halves away from zero: 35.4 prints as "35%"."""
    return f"{number(value, places)}%"


def day(value: date) -> str:
    """A day in full: "5 January 2018"."""
    return f"{value.day} {month(value)}"


def short_day(value: date) -> str:
    """A day where there is little room: "5 Jan 2018"."""
    return f"{value.day} {short_month(value)}"


def month(value: date) -> str:
    """A month in full: "June 2019"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def short_month(value: date) -> str:
    """A month where there is little room: "Jun 2019"."""
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def plain_date(value: PlainDate) -> str:
    """A date: "5 January 2018", "June 2019" when known to its month, "TBC", "not applicable"."""
    if value.day is None:
        return _absent(value.certainty)
    return month(value.day) if value.certainty is Certainty.CIRCA else day(value.day)


def short_date(value: PlainDate) -> str:
    """As ``plain_date``, with the month's first three letters: "5 Jan 2018", "Jun 2019"."""
    if value.day is None:
        return _absent(value.certainty)
    return short_month(value.day) if value.certainty is Certainty.CIRCA else short_day(value.day)


def count(how_many: int, singular: str, plural: str = "") -> str:
    """A count with its noun: "1 working day", "1,200 working days"."""
    noun = say(singular if how_many == 1 else plural or f"{singular}s")
    return f"{number(how_many)} {noun}"


def slip(working_days: int | None, months: int | None = None) -> str:
    """A slip in working days: "12 working days late", "on time", "3 working days early"; in
    ``months`` where one of its dates is a month: "about 3 months late".

    Positive is late; ``None`` prints as "not known".
    """
    if working_days is None:
        return NOT_KNOWN
    if working_days == 0:
        return "on time"
    if months:
        return f"about {count(abs(months), 'month')} {'late' if months > 0 else 'early'}"
    return f"{count(abs(working_days), 'working day')} {'late' if working_days > 0 else 'early'}"


def _round(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, rounding=ROUND_HALF_UP)


def _absent(certainty: Certainty) -> str:
    return TBC if certainty is Certainty.TBC else NOT_APPLICABLE


def _perhaps_circa(text: str, certainty: Certainty) -> str:
    return f"circa {text}" if certainty is Certainty.CIRCA else text


def _with_sign(text: str) -> str:
    """The minus stands before the currency's sign: −£17,289."""
    sign = spoken().before_a_sum
    return f"{MINUS}{sign}{text[1:]}" if text.startswith(MINUS) else f"{sign}{text}"


def _compact(value: Decimal, *, lossless: bool) -> str:
    if abs(_round(value, _POUND)) < _COMPACT_FROM:
        return pounds(value)
    thousands = _round(value / _THOUSAND, _POUND)
    if abs(thousands) < _THOUSAND:
        shown, text = thousands * _THOUSAND, f"{number(thousands)}k"
    else:
        millions = _round(value / _MILLION, PENNY)
        shown, text = millions * _MILLION, f"{_without_trailing_zeros(number(millions, 2))}m"
    if lossless and shown != value:
        return pounds(value)
    return _with_sign(text)


def _without_trailing_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".")
