"""What a cell means: the right text, day or answer, or a sentence that says what to type instead.

Excel keeps what it makes of an entry, not what was typed: "5.10" is kept as 5.1, "3/4" as a day. A
number in a column of text is taken as Excel shows it where that is certain, and refused where it
could be shown in two ways. Nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape

from programme.common.calendar import FIRST_YEAR, LAST_YEAR
from programme.common.richtext import as_typed_here
from programme.imports.shapes import Kind, SheetColumn, Value

AS_DAY = "Enter a day like 27/3/2026 or 27 March 2026"
LONGEST_TEXT = 10_000
"""Of a text whose column has no bound of its own, as in the portal's forms."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YES, _NO = {"yes", "y", "true"}, {"no", "n", "false"}
# Spaces of every kind, and signs of no width that come along when something is copied.
_AROUND = " \t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\u200b\u200c\u200d\u2060\ufeff"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_PLAIN_FORMAT = re.compile(r"0(?:\.(0+))?")
_PADDED_FORMAT = re.compile(r"00+")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2}|[A-Za-z]{3,9})\.?[/.\- ]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")


class WrongCell(Exception):
    """What is wrong with a cell, as a sentence without its full stop."""


def is_empty(cell: Any) -> bool:
    """Whether there is nothing in a cell, or nothing but space."""
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip(_AROUND))


def value_of(cell: Any, column: SheetColumn, epoch: datetime) -> Value:
    """What the cell holds for its column. Raises WrongCell."""
    if is_empty(cell):
        return "" if column.kind in (Kind.LINE, Kind.TEXT) else None
    if cell.data_type == "f":
        raise WrongCell(
            "This cell has a formula. Copy it and paste it as a value (Paste Special, Values)"
        )
    if cell.data_type == "e":
        raise WrongCell("This cell shows an error of Excel. Type what it should say")
    if column.kind is Kind.DAY:
        return _day(cell, epoch)
    if column.kind is Kind.YES_NO:
        return _yes_or_no(cell.value)
    return _text(cell, column)


def shown(cell: Any) -> str:
    """What a cell holds, for a sentence about it."""
    value = cell.value
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    text = getattr(value, "text", value)  # of a formula over several cells
    text = " ".join(_CONTROL.sub("", str(text)).split())
    return f"{text[:59]}…" if len(text) > 60 else text


def tidy(text: str) -> str:
    """A text of a cell without space around it; lines end as in every other text."""
    return as_typed_here(unescape(text)).strip(_AROUND)


# --- text ---------------------------------------------------------------------------------------


def _text(cell: Any, column: SheetColumn) -> str:
    value = cell.value
    if isinstance(value, bool):
        text = "Yes" if value else "No"
    elif isinstance(value, str):
        text = tidy(value)
    elif isinstance(value, (int, float)):
        text = _number(value, cell.number_format or "General")
    else:
        raise WrongCell(
            "Excel has made a date or time of this. Format the cell as Text and type it again"
        )
    if _CONTROL.search(text):
        raise WrongCell("This has a sign in it that cannot be printed. Type it again")
    if column.kind is Kind.LINE:
        text = " ".join(line.strip(_AROUND) for line in text.split("\n") if line.strip(_AROUND))
    longest = column.longest or LONGEST_TEXT
    if len(text) > longest:
        raise WrongCell(
            f"{column.title} must be {longest:,} characters or fewer: it has {len(text):,}"
        )
    return text


def _number(value: int | float, form: str) -> str:
    if form in ("General", "@", ""):
        text = str(value) if isinstance(value, int) else f"{value:.15g}"
        if "e" not in text and len(text) <= 17 and "n" not in text:
            return text
    elif plain := _PLAIN_FORMAT.fullmatch(form):
        places = len(plain[1] or "")
        if round(value, places) == value:
            return f"{value:.{places}f}"
    elif _PADDED_FORMAT.fullmatch(form) and float(value).is_integer() and value >= 0:
        return f"{int(value):0{len(form)}d}"
    raise WrongCell(
        "This is a number that can be written in several ways. Format the cell as Text and type "
        "it again"
    )


# --- days ---------------------------------------------------------------------------------------


def _day(cell: Any, epoch: datetime) -> date:
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = _of_serial(value, epoch)
    if isinstance(value, datetime):
        if value.time() != time():
            raise WrongCell(f"This has a time of day. {AS_DAY}")
        value = value.date()
    elif isinstance(value, str):
        value = _typed_day(tidy(value))
    if isinstance(value, (bool, time, timedelta)) or not isinstance(value, date):
        raise WrongCell(AS_DAY)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise WrongCell(f"Enter a day of a year from {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _of_serial(value: int | float, epoch: datetime) -> Any:
    """The day that Excel means by a number, where the cell was not formatted as a date: one of the
    years that a day may be of, else no day."""
    if not float(value).is_integer() or not 0 < value < 100_000:
        return None
    found = from_excel(value, epoch)
    is_plausible = isinstance(found, datetime) and FIRST_YEAR <= found.year <= LAST_YEAR
    return found if is_plausible else None


def _typed_day(text: str) -> date | None:
    """The day that was typed, day first as in Britain, or as 2026-03-27."""
    if year_first := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in year_first.groups())
    elif day_first := _DAY_FIRST.fullmatch(re.sub(r"\s+", " ", text)):
        day, year = int(day_first[1]), int(day_first[3])
        month = _month(day_first[2])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        raise WrongCell("This is no day of the calendar. Enter a real date") from None


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    name = word.lower()
    found = (at for at, month in enumerate(_MONTHS, 1) if month.startswith(name))
    return next(found, 9 if name == "sept" else 0)


# --- answers ------------------------------------------------------------------------------------


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = tidy(value).casefold() if isinstance(value, str) else ""
    if word not in _YES | _NO:
        raise WrongCell("Enter Yes or No")
    return word in _YES
