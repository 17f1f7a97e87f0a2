"""Cells and inline text as HTML: where typed values become print, for the page and for the PDF.

Every figure and date goes through ``programme.common.formats``. Links hold text only, because a
PDF reader announces them by it; emphasis therefore stands outside them.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from programme.common import formats, ratings
from programme.common.blocks import (
    Blank,
    Cell,
    Day,
    Missing,
    Money,
    MoneyTotal,
    Number,
    OnPage,
    Percent,
    Rating,
    Ref,
    Run,
    Score,
    Slip,
    Text,
)

Resolve = Callable[[Ref], str | None]

_LINKS = ("http://", "https://", "mailto:")


def no_links(_ref: Ref) -> str | None:
    """The resolver of a paper whose figures lead nowhere."""
    return None


def inline(text: Text) -> SafeString:
    """Runs as inline HTML: strong, em, links to the outside, line breaks."""
    return mark_safe("".join(_run(run) for run in text.runs))  # noqa: S308 - each run is escaped


def cell(value: Cell, resolve: Resolve = no_links) -> SafeString:
    """A cell's content as inline HTML; a figure with a reference links to where it comes from."""
    match value:
        case Text():
            return inline(value)
        case Rating():
            return rating(value)
        case Score():
            return score(value)
        case Missing():
            return missing(value)
        case Money() | MoneyTotal():
            return linked(amount(value), value.ref, resolve)
        case OnPage():
            return on_page(value)
        case _:
            return conditional_escape(printed(value))


def printed(value: Cell) -> str:
    """A cell as plain text, as it is printed."""
    match value:
        case Money():
            return money(value)
        case MoneyTotal():
            return formats.money_total(value.total, pence=value.pence)
        case Day():
            return formats.plain_date(value.date)
        case Slip():
            return formats.slip(value.working_days, value.months)
        case Percent():
            return formats.percent(value.value, value.places)
        case Number():
            return number(value)
        case Rating():
            return value.word
        case Score():
            return f"{value.likelihood} × {value.impact} {value.word}"
        case Missing():
            return value.what
        case Blank():
            return ""
        case Text():
            return str(value)
        case OnPage():
            return printed(value.value)


def money(value: Money) -> str:
    """An amount with what it is of, over what time, and the word of its sign."""
    text = formats.money(value.amount, pence=value.pence)
    if value.term and value.amount.known:
        text = f"{text} {value.term}"
    if value.signed_word:
        text = f"{text} ({value.signed_word})"
    return f"{value.label}: {text}" if value.label else text


def number(value: Number) -> str:
    """A number with the decimals it was given, and its unit."""
    exponent = value.value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    text = formats.number(value.value, places)
    return f"{text} {value.unit}" if value.unit else text


def amount(value: Money | MoneyTotal) -> SafeString:
    """An amount; where nobody has given one yet, what is said in its place stands out."""
    text = printed(value)
    known = value.amount.known if isinstance(value, Money) else value.total.counted
    return escape(text) if known else missing(Missing(text))


def on_page(value: OnPage) -> SafeString:
    """A page's cell: its value, as a link where it leads anywhere, with its lesser line."""
    html = cell(value.value)
    if value.hidden:
        html += format_html('<span class="govuk-visually-hidden"> {}</span>', value.hidden)
    if value.url:
        html = format_html(
            '<a class="govuk-link govuk-link--no-visited-state" href="{}">{}</a>', value.url, html
        )
    if value.quiet:
        html += format_html(' <span class="app-table__quiet">{}</span>', value.quiet)
    return html


def leading(value: Cell, resolve: Resolve) -> Cell:
    """A cell as a page shows it: in place of a reference, the address of the rows behind it."""
    if isinstance(value, Money | MoneyTotal) and value.ref:
        return OnPage(value, url=resolve(value.ref) or "")
    return value


def linked(text: str, ref: Ref | None, resolve: Resolve) -> SafeString:
    """``text``, as a link where the reference leads to a page."""
    url = resolve(ref) if ref else None
    return format_html('<a href="{}">{}</a>', url, text) if url else conditional_escape(text)


def missing(value: Missing) -> SafeString:
    return format_html('<em class="missing">{}</em>', value.what)


def rating(value: Rating) -> SafeString:
    """A rating as letter and word on its colour, with its movement in words beside it."""
    return ratings.rating(
        value.colour,
        value.code,
        value.word,
        movement=value.movement,
        was=value.previous_word,
        steps=value.steps,
    )


def score(value: Score) -> SafeString:
    """A risk score: likelihood × impact and the level's word on its colour."""
    return ratings.chip(value.colour, f"{value.likelihood} × {value.impact}", value.word)


def movement(value: Rating) -> str:
    """How a rating moved, in words; nothing when not known."""
    return ratings.movement_words(value.movement, value.word, value.previous_word, value.steps)


def _run(run: Run) -> str:
    lines = [str(escape(line)) for line in run.text.split("\n")]
    if run.href.startswith(_LINKS):
        href = escape(run.href)
        lines = [f'<a href="{href}">{line}</a>' if line.strip() else line for line in lines]
    html = "<br>".join(lines)
    if run.emphasis:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if run.strong else html
