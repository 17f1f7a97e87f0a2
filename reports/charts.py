"""Charts drawn as SVG: one string for the page and for the PDF.

Horizontal bars of amounts in pounds, one group of bars per category. Shape tells the series apart
as well as colour (solid, hatched, outlined; a target is an upright marker), so that the drawing
reads in black and white. An amount to be confirmed is an empty labelled slot, never a bar of
nought. There are no style attributes and no style sheet inside, so it passes the portal's content
security policy, and equal charts give equal strings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from html import escape
from math import ceil, floor, log10
from pathlib import Path

from fontTools.ttLib import TTFont

from programme.common import formats
from programme.common.values import Amount, Certainty
from reports.document import Chart

FONT = Path(__file__).resolve().parent.parent / "static/build/fonts/source-sans-3-400.ttf"
FAMILY = "Source Sans 3, Source Sans Pro, Arial, sans-serif"

# Sizes in units of the drawing, 640 of which are the width of a paper's text (170 mm): a size of
# 12.5 prints at 9.4 points.
WIDTH = 640.0
TEXT_SIZE = 12.5
LINE = 15.0
BAR = 13.0
BAR_GAP = 3.0
GROUP_GAP = 13.0
WIDEST_LABEL = 165.0
GUTTER = 10.0
VALUE_GAP = 5.0
SLOT = 46.0
TICKS = 6

INK = "#1b2433"
QUIET = "#4a5566"
RULE = "#d5dae1"
NAVY = "#1f3a5f"
PALE = "#dfe7f0"
TARGET = "#8c2f12"

DEFAULT_ADVANCE = 0.5  # of the size, for a character whose width is not known


def draw(chart: Chart, key: str) -> str:
    """The chart as an SVG element. ``key`` makes its ids unique in the document it is put into.

    The title is the drawing's name and the description its long text, for those who cannot see it.
    """
    return _draw(chart, key)


@lru_cache(maxsize=256)
def _draw(chart: Chart, key: str) -> str:
    bars = [series for series in chart.series if series.role != "target"]
    targets = [series for series in chart.series if series.role == "target"]
    labels = [_lines(category, WIDEST_LABEL) for category in chart.categories]
    left = max([0.0, *(_width(line) for lines in labels for line in lines)]) + GUTTER
    scale = _Scale.of(left, (amount for series in chart.series for amount in series.values))
    legend, top = _legend(left, [s.name for s in bars], [s.name for s in targets])
    group_heights = [
        max(len(bars) * (BAR + BAR_GAP) - BAR_GAP, len(lines) * LINE) for lines in labels
    ]
    bottom = top + sum(group_heights) + GROUP_GAP * len(group_heights)
    parts = [*_axis(scale, top, bottom)]
    y = top + GROUP_GAP / 2
    for index, (lines, height) in enumerate(zip(labels, group_heights, strict=True)):
        parts += _category(left - GUTTER, lines, y, height)
        bar_heights = len(bars) * (BAR + BAR_GAP) - BAR_GAP
        first = y + (height - bar_heights) / 2
        marks = [(series.name, series.values[index]) for series in targets]
        positions = [scale.x(amount.pounds) for _, amount in marks if amount.pounds is not None]
        ends = [
            _bar(parts, number, series.values[index], first + number * (BAR + BAR_GAP), scale)
            for number, series in enumerate(bars)
        ]
        for number, (x, text) in enumerate(ends):
            middle = first + number * (BAR + BAR_GAP) + BAR / 2
            unknown = _absent_targets(marks) if number == len(ends) - 1 else ""
            parts.append(_value(x, f"{text}{unknown}", middle, positions))
        parts += [_target(x, first, bar_heights) for x in positions]
        y += height + GROUP_GAP
    parts.append(_line(scale.x(Decimal(0)), top, scale.x(Decimal(0)), bottom, INK, 1))
    height = bottom + LINE + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img"'
        f' viewBox="0 0 {_n(WIDTH)} {_n(height)}" width="{_n(WIDTH)}" height="{_n(height)}"'
        f' aria-labelledby="{escape(key)}-title {escape(key)}-desc"'
        f' font-family="{FAMILY}" font-size="{_n(TEXT_SIZE)}" fill="{INK}">'
        f'<title id="{escape(key)}-title">{escape(chart.title)}</title>'
        f'<desc id="{escape(key)}-desc">{escape(chart.description)}</desc>'
        f"{''.join(legend)}{''.join(parts)}</svg>"
    )


# --- scale ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scale:
    """Pounds to units across the plot, from ``low`` to ``high`` in steps that read well."""

    low: float
    high: float
    step: float
    left: float
    right: float

    @classmethod
    def of(cls, left: float, amounts: Iterable[Amount]) -> _Scale:
        """A scale from ``left`` that holds nought and every known amount, and ends with them."""
        known = [float(amount.pounds) for amount in amounts if amount.pounds is not None]
        low, high = min([0.0, *known]), max([0.0, *known])
        if low == high:
            high = 1.0
        return cls(low, high, _step((high - low) / TICKS), left, WIDTH - VALUE_COLUMN)

    def x(self, pounds: Decimal | float) -> float:
        share = (float(pounds) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)

    def ticks(self) -> list[float]:
        first, last = ceil(self.low / self.step), floor(self.high / self.step)
        return [number * self.step for number in range(first, last + 1)]


def _step(least: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is no less than ``least``."""
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * 0.999)


# --- parts ------------------------------------------------------------------------------------


def _axis(scale: _Scale, top: float, bottom: float) -> list[str]:
    parts = []
    for pounds in scale.ticks():
        x = scale.x(pounds)
        label = formats.compact_money(Amount.exact(Decimal(round(pounds, 2)).normalize()))
        parts.append(_line(x, top, x, bottom, RULE, 0.75))
        parts.append(_text(x, bottom + LINE, label, anchor="middle", fill=QUIET))
    return parts


def _category(right: float, lines: list[str], y: float, height: float) -> list[str]:
    first = y + (height - len(lines) * LINE) / 2 + LINE / 2
    return [
        _text(right, first + n * LINE + TEXT_SIZE * 0.34, line, anchor="end")
        for n, line in enumerate(lines)
    ]


def _bar(
    parts: list[str], number: int, amount: Amount, y: float, scale: _Scale
) -> tuple[float, str]:
    """Draw one bar, or the slot of an unknown one; where its label begins and what it says."""
    zero = scale.x(Decimal(0))
    if amount.pounds is not None:
        x = scale.x(amount.pounds)
        parts += _fill(number, min(zero, x), y, abs(x - zero))
        return max(zero, x), formats.compact_money(amount)
    if amount.certainty is Certainty.TBC:
        parts.append(
            f'<rect x="{_n(zero)}" y="{_n(y + 0.5)}" width="{_n(SLOT)}" height="{_n(BAR - 1)}"'
            f' fill="none" stroke="{QUIET}" stroke-width="1" stroke-dasharray="3 2"/>'
        )
        return zero + SLOT, formats.money(amount)
    return zero, formats.money(amount)


def _fill(number: int, x: float, y: float, width: float) -> list[str]:
    """A bar in the manner of its series: solid, hatched, outlined, and so on again."""
    manner = number % 3
    fill = (NAVY, PALE, "#ffffff")[manner]
    rect = (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(BAR)}" fill="{fill}"'
        f' stroke="{NAVY}" stroke-width="1"/>'
    )
    return [rect, _hatch(x, y, width)] if manner == 1 and width > 0 else [rect]


def _hatch(x: float, y: float, width: float) -> str:
    """Diagonals across a bar, cut to its edges. As lines: a pattern would need an id."""
    path, step, offset = [], 6.0, 6.0
    while offset < width + BAR:
        start, end = max(0.0, offset - BAR), min(offset, width)
        path.append(
            f"M{_n(x + start)} {_n(y + min(offset, BAR) if offset <= BAR else y + BAR)}"
            f"L{_n(x + end)} {_n(y + offset - end)}"
        )
        offset += step
    return f'<path d="{"".join(path)}" fill="none" stroke="{NAVY}" stroke-width="1"/>'


def _value(x: float, label: str, middle: float, markers: list[float]) -> str:
    """A bar's figure beside its end, moved clear of any target marker that stands there."""
    start = x + 5
    for marker in sorted(markers):
        if start - 6 <= marker <= start + _width(label) + 3:
            start = marker + 6
    return _text(start, middle + TEXT_SIZE * 0.34, label)


def _target(x: float, y: float, height: float) -> str:
    """An upright stroke on a white one, so that it stands out on a dark bar as well."""
    over = 3.0
    path = f'd="M{_n(x)} {_n(y - over)}V{_n(y + height + over)}" fill="none"'
    return (
        f'<path {path} stroke="#ffffff" stroke-width="7"/>'
        f'<path {path} stroke="{TARGET}" stroke-width="3"/>'
    )


def _absent_targets(marks: list[tuple[str, Amount]]) -> str:
    return "".join(
        f"; {name.lower()} {formats.money(amount)}" for name, amount in marks if not amount.known
    )


def _legend(left: float, bars: list[str], targets: list[str]) -> tuple[list[str], float]:
    """The names of the series with their manner, wrapped into lines; and where the plot begins."""
    parts: list[str] = []
    x, y = left, 4.0
    for number, name in enumerate([*bars, *targets]):
        width = 30 + _width(name) + 22
        if x + width > WIDTH and x > left:
            x, y = left, y + LINE + 3
        if number < len(bars):
            parts += _fill(number, x, y, 24)
        else:
            parts.append(_target(x + 12, y + 1, BAR - 2))
        parts.append(_text(x + 30, y + BAR / 2 + TEXT_SIZE * 0.34, name))
        x += width
    return parts, y + LINE + 6


# --- text -------------------------------------------------------------------------------------


def _text(x: float, y: float, text: str, *, anchor: str = "", fill: str = "") -> str:
    extra = f' text-anchor="{anchor}"' if anchor else ""
    extra += f' fill="{fill}"' if fill else ""
    return f'<text x="{_n(x)}" y="{_n(y)}"{extra}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    return (
        f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" fill="none" stroke="{colour}"'
        f' stroke-width="{_n(width)}"/>'
    )


def _lines(text: str, width: float) -> list[str]:
    """The words of ``text`` in lines no wider than ``width`` (a single word may be wider)."""
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _width(text: str) -> float:
    advances = _advances()
    return sum(advances.get(ord(char), DEFAULT_ADVANCE) for char in text) * TEXT_SIZE


@cache
def _advances() -> dict[int, float]:
    """The width of each character of the typeface as a share of its size."""
    if not FONT.exists():  # before set-up: lines then break by an average width
        return {}
    with TTFont(FONT, lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}


def _n(value: float) -> str:
    """A coordinate, to a hundredth, without idle noughts."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
