"""What hangs below what, drawn as SVG: one box a line, indented below the one it hangs from.

Upright like a table of contents, so that the same drawing is legible on a phone and beside a table
on a wide screen. Colours are the stylesheet's (static/scss/_boards.scss), by class: no style
attribute, no style sheet inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from django.utils.safestring import SafeString, mark_safe

# In units of the drawing, which are pixels where there is room for all of it.
WIDTH = 400
INDENT = 26
PAD = 12
LABEL_SIZE = 16
NOTE_SIZE = 14
LINE = 20
GAP = 10
ELBOW = 13  # from the left edge of a box to the line that leads down from it
CHARACTER = 0.52  # of the size, on average: wide enough that no line leaves its box


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its label, a quieter line below it, the page it leads to, how deep it stands."""

    label: str
    note: str
    url: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    top: int

    @property
    def left(self) -> int:
        return self.node.depth * INDENT

    @property
    def height(self) -> int:
        return 2 * PAD - 6 + LINE * (len(self.lines) + len(self.notes))

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def draw(nodes: Sequence[Node], *, title: str, key: str) -> SafeString:
    """The nodes, each after the one it hangs from, as an SVG element named ``title``; ``key``
    makes its id unique in the page. Each box is a link. Nothing at all for no nodes."""
    if not nodes:
        return SafeString("")
    boxes = _placed(nodes)
    height = boxes[-1].top + boxes[-1].height + 1
    name = escape(key)
    parts = [_lines_of(boxes), *(_box(box) for box in boxes)]
    # Every text in it is escaped where it is placed.
    return mark_safe(  # noqa: S308
        f'<svg xmlns="http://www.w3.org/2000/svg" class="app-tree" role="group"'
        f' viewBox="-1 -1 {WIDTH + 2} {height + 2}" width="{WIDTH}" height="{height}"'
        f' aria-labelledby="{name}-title"><title id="{name}-title">{escape(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


NARROWEST = 80
"""Of a box, however deep it stands: it then reaches beyond the drawing rather than to nothing."""


def _placed(nodes: Sequence[Node]) -> list[_Box]:
    boxes: list[_Box] = []
    top = 0
    for node in nodes:
        room = max(WIDTH - node.depth * INDENT - 2 * PAD, NARROWEST)
        lines = wrap(node.label, int(room / (LABEL_SIZE * CHARACTER))) or [""]
        notes = wrap(node.note, int(room / (NOTE_SIZE * CHARACTER)))
        boxes.append(_Box(node, tuple(lines), tuple(notes), top))
        top += boxes[-1].height + GAP
    return boxes


def _lines_of(boxes: Sequence[_Box]) -> str:
    """The lines from each box to those that hang from it: down from its left, then to the right."""
    above: list[_Box] = []
    paths = []
    for box in boxes:
        del above[box.node.depth :]
        if above:
            parent = above[-1]
            paths.append(
                f"M{parent.left + ELBOW} {parent.top + parent.height}V{box.middle}H{box.left}"
            )
        above.append(box)
    return f'<path class="app-tree__lines" d="{"".join(paths)}"/>' if paths else ""


def _box(box: _Box) -> str:
    node = box.node
    root = " app-tree__box--root" if node.depth == 0 else ""
    rectangle = (
        f'<rect class="app-tree__box{root}" x="{box.left}" y="{box.top}"'
        f' width="{WIDTH - box.left}" height="{box.height}" rx="2"/>'
    )
    texts = []
    baseline = box.top + PAD - 3 + LABEL_SIZE - 2
    for number, line in enumerate((*box.lines, *box.notes)):
        is_note = number >= len(box.lines)
        kind = "note" if is_note else "label"
        texts.append(
            f'<text class="app-tree__{kind}{f" app-tree__{kind}--root" if root else ""}"'
            f' x="{box.left + PAD}" y="{baseline + LINE * number}"'
            f' font-size="{NOTE_SIZE if is_note else LABEL_SIZE}">{escape(line)}</text>'
        )
    return f'<a href="{escape(node.url)}">{rectangle}{"".join(texts)}</a>'
