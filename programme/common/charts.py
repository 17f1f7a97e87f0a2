"""Charts drawn as SVG: one string for the page and for the PDF.

Horizontal bars of amounts in pounds, one group of bars per category. Shape tells the series apart
as well as colour (solid, hatched, outlined; a target is an upright marker), so that the drawing
reads in black and white. An amount to be confirmed is an empty labelled slot, never a bar of
zero; of a total with such parts the known ones are a bar, behind which the slot stands. There
are no style attributes and no style sheet inside, so it passes the portal's content security
policy, and equal charts give equal strings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from html import escape
from math import ceil, floor, log10
from pathlib import Path

from fontTools.ttLib import TTFont

from programme.common import formats
from programme.common.blocks import Chart
from programme.common.values import Amount, AmountTotal, Certainty

FONT = Path(__file__).resolve().parents[2] / "static/build/fonts/source-sans-3-400.ttf"
# A name that ends in a number is quoted, or browsers refuse the whole list; no space stands before
# a quote, because WeasyPrint would take it for part of the name.
FAMILY = "'Source Sans 3','Source Sans 3 Ext',Arial,sans-serif"

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
MARKER = 3.0
TICKS = 6
LEAST_PLOT = 120.0
BASELINE = TEXT_SIZE * 0.34  # from the middle of a line down to where its letters stand

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
    groups = _groups(chart)
    left = max([0.0, *(_width(line) for group in groups for line in group.lines)]) + GUTTER
    scale = _Scale.of(left, groups)
    bars = [series.name for series in chart.series if series.role != "target"]
    targets = [series.name for series in chart.series if series.role == "target"]
    legend, top = _legend(left, bars, targets)
    bottom = top + sum(group.height + GROUP_GAP for group in groups)
    parts = [*legend, *_axis(scale, top, bottom)]
    y = top + GROUP_GAP / 2
    for group in groups:
        parts += _group(group, y, scale)
        y += group.height + GROUP_GAP
    parts.append(_line(scale.x(0), top, scale.x(0), bottom, INK, 1))
    height = bottom + LINE + 4
    name = escape(key)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img"'
        f' viewBox="0 0 {_n(WIDTH)} {_n(height)}" width="{_n(WIDTH)}" height="{_n(height)}"'
        f' aria-labelledby="{name}-title {name}-desc"'
        f' font-family="{FAMILY}" font-size="{_n(TEXT_SIZE)}" fill="{INK}">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-desc">{escape(chart.description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


# --- what is drawn ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bar:
    """What is known of an amount or a total, whether more of it is to come, and its label; a
    total of no parts has none of them."""

    pounds: Decimal | None
    waits: bool
    label: str

    @classmethod
    def of(cls, value: Amount | AmountTotal) -> _Bar:
        if isinstance(value, AmountTotal):
            known, waits = value.known_part().pounds, not value.complete
            return cls(known, waits, formats.compact_total(value))
        return cls(value.pounds, value.certainty is Certainty.TBC, formats.compact_money(value))


@dataclass(frozen=True, slots=True)
class _Group:
    """A category: its name in lines, its bars with their labels, the targets that are known."""

    lines: list[str]
    bars: list[_Bar]
    targets: list[float]

    @property
    def bars_height(self) -> float:
        return max(1, len(self.bars)) * (BAR + BAR_GAP) - BAR_GAP

    @property
    def height(self) -> float:
        return max(self.bars_height, len(self.lines) * LINE)


def _groups(chart: Chart) -> list[_Group]:
    groups = []
    for index, category in enumerate(chart.categories):
        values = [(series, series.values[index]) for series in chart.series]
        bars = [_Bar.of(value) for series, value in values if series.role != "target"]
        targets = [(s.name, _Bar.of(value)) for s, value in values if s.role == "target"]
        absent = [f"{name.lower()} {each.label}" for name, each in targets if each.waits]
        if absent and bars:
            said = "; ".join(filter(None, (bars[-1].label, *absent)))
            bars[-1] = replace(bars[-1], label=said)
        groups.append(
            _Group(
                lines=_lines(category, WIDEST_LABEL),
                bars=bars,
                targets=[float(each.pounds) for _, each in targets if each.pounds is not None],
            )
        )
    return groups


# --- scale ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scale:
    """Pounds to units across the plot, from ``low`` to ``high`` with a tick every ``step``."""

    low: float
    high: float
    step: float
    left: float
    right: float

    @classmethod
    def of(cls, left: float, groups: list[_Group]) -> _Scale:
        """A scale that begins at ``left``, holds zero and every known amount, and ends where
        each bar still has room for its label."""
        known = [
            float(bar.pounds) for group in groups for bar in group.bars if bar.pounds is not None
        ]
        known += [pounds for group in groups for pounds in group.targets]
        low, high = min([0.0, *known]), max([0.0, *known])
        if low == high:
            high = 1.0
        room = WIDTH - 2 * GUTTER - left
        for group in groups:
            for bar in group.bars:
                share = (max(0.0, float(bar.pounds or 0)) - low) / (high - low)
                slot = SLOT if bar.waits else 0
                clear = 2 * VALUE_GAP + MARKER if group.targets else VALUE_GAP
                free = WIDTH - left - slot - clear - _width(bar.label)
                room = min(room, free / share) if share else room
        step = _step((high - low) / TICKS)
        last = floor(high / step) * step
        if last > low:  # the axis's last figure stands whole below its line
            free = WIDTH - left - _width(_tick(last)) / 2
            room = min(room, free * (high - low) / (last - low))
        return cls(low, high, step, left, left + max(room, LEAST_PLOT))

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
        label = _tick(pounds)
        parts.append(_line(x, top, x, bottom, RULE, 0.75))
        middle = max(x, _width(label) / 2)
        parts.append(_text(middle, bottom + LINE, label, anchor="middle", fill=QUIET))
    return parts


def _tick(pounds: float) -> str:
    return formats.compact_money(Amount.exact(Decimal(round(pounds, 2)).normalize()))


def _group(group: _Group, y: float, scale: _Scale) -> list[str]:
    """A category's name, bars, figures and target markers, from ``y`` down."""
    right = scale.left - GUTTER
    first_line = y + (group.height - len(group.lines) * LINE) / 2 + LINE / 2 + BASELINE
    parts = [
        _text(right, first_line + number * LINE, line, anchor="end")
        for number, line in enumerate(group.lines)
    ]
    first_bar = y + (group.height - group.bars_height) / 2
    markers = [scale.x(pounds) for pounds in group.targets]
    for number, bar in enumerate(group.bars):
        top = first_bar + number * (BAR + BAR_GAP)
        drawing, end = _bar(number, bar, top, scale)
        parts += drawing
        if bar.label:
            parts.append(_value(end, bar.label, top + BAR / 2, markers))
    return parts + [_target(x, first_bar, group.bars_height) for x in markers]


def _bar(number: int, bar: _Bar, y: float, scale: _Scale) -> tuple[list[str], float]:
    """A bar of what is known, the empty slot of what is to be confirmed; and where its label may
    begin."""
    zero = end = scale.x(0)
    parts = []
    if bar.pounds is not None:
        x = scale.x(bar.pounds)
        parts += _fill(number, min(zero, x), y, abs(x - zero))
        end = max(zero, x)
    if bar.waits:
        parts.append(
            f'<rect x="{_n(end)}" y="{_n(y + 0.5)}" width="{_n(SLOT)}" height="{_n(BAR - 1)}"'
            f' fill="none" stroke="{QUIET}" stroke-width="1" stroke-dasharray="3 2"/>'
        )
        end += SLOT
    return parts, end


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
    start = x + VALUE_GAP
    for marker in sorted(markers):
        if start - VALUE_GAP - MARKER <= marker <= start + _width(label) + MARKER:
            start = marker + VALUE_GAP + MARKER / 2
    return _text(start, middle + BASELINE, label)


def _target(x: float, y: float, height: float) -> str:
    """An upright stroke on a white one, so that it stands out on a dark bar as well."""
    over = 3.0
    path = f'd="M{_n(x)} {_n(y - over)}V{_n(y + height + over)}" fill="none"'
    return (
        f'<path {path} stroke="#ffffff" stroke-width="{_n(MARKER + 4)}"/>'
        f'<path {path} stroke="{TARGET}" stroke-width="{_n(MARKER)}"/>'
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
        parts.append(_text(x + 30, y + BAR / 2 + BASELINE, name))
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
    """The words of ``text`` in lines no wider than ``width``; a wider word is broken."""
    lines: list[str] = []
    for word in (part for each in text.split() for part in _broken(each, width)):
        if lines and _width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _broken(word: str, width: float) -> list[str]:
    parts = [""]
    for char in word:
        if parts[-1] and _width(parts[-1] + char) > width:
            parts.append("")
        parts[-1] += char
    return parts


def text_width(text: str, size: float) -> float:
    """How wide a text is in the portal's typeface at a size, in the size's unit."""
    return _width(text) / TEXT_SIZE * size


def _width(text: str) -> float:
    advances = _advances()
    if any(ord(char) not in advances for char in text):
        advances = _all_advances()
    return sum(advances.get(ord(char), DEFAULT_ADVANCE) for char in text) * TEXT_SIZE


@cache
def _advances() -> dict[int, float]:
    """The width of each character of the typeface as a share of its size."""
    if not FONT.exists():  # before set-up: lines then break by an average width
        return {}
    return _advances_of(FONT)


@cache
def _all_advances() -> dict[int, float]:
    """The same with the letters that only other families of the set-up have."""
    further: dict[int, float] = {}
    for path in sorted(FONT.parent.glob("*-400.*")):
        if not path.stem.startswith("source-sans-3-400"):
            further |= _advances_of(path)
    return further | _advances()


def _advances_of(path: Path) -> dict[int, float]:
    with TTFont(path, lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}


def _n(value: float) -> str:
    """A coordinate, to a hundredth, without idle zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
