"""Whether a laid-out paper keeps its margins: nothing is printed past the page's edge or over the
column beside it. WeasyPrint lets both happen without a word. And whether it fills its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TOLERANCE = 1.5  # CSS pixels
# A page that goes on from the one before and fills less of its height than this is a waste.
A_FEW_LINES = 0.25
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Overrun:
    """Something that is printed where it must not be: what, below which heading, on which page."""

    what: str
    section: str
    page: int

    def __str__(self) -> str:
        below = f" in “{self.section}”" if self.section else ""
        return f"{self.what}{below} (page {self.page}) does not fit between the margins"


def overruns(layout: Any) -> list[Overrun]:
    """Everything in a layout (WeasyPrint's) that passes its margins, each table named once."""
    heading = ""
    found: dict[tuple[str, str], Overrun] = {}
    for number, page in enumerate(layout.pages, start=1):
        box = page._page_box
        left, right = box.content_box_x(), box.content_box_x() + box.width
        bottom = box.content_box_y() + box.height
        (content,) = (child for child in box.children if child.element_tag == "html")
        for each in _printed(content, "", left, right):
            if each.heading:
                heading = each.heading
            elif each.passes(bottom):
                what = f"The table “{each.table}”" if each.table else f"“{each.text}”"
                found.setdefault((what, heading), Overrun(what, heading, number))
    return list(found.values())


def ends_in_a_few_lines(layout: Any) -> bool:
    """Whether a page holds just the last few lines of what began on the page before it. A section
    that begins a page of its own may be as short as it is."""
    begun: set[int] = set()
    for number, page in enumerate(layout.pages):
        box = page._page_box
        (content,) = (child for child in box.children if child.element_tag == "html")
        begins = {id(each) for each in _own_pages(content)} - begun
        begun |= begins
        feet = [each.foot for each in _printed(content, "", 0, 0)]
        filled = max(feet, default=0) - box.content_box_y()
        if number and not begins and filled < A_FEW_LINES * box.height:
            return True
    return False


def _own_pages(box: Any) -> Iterator[Any]:
    """The elements in a box that begin a page of their own."""
    if box.element is not None and "section--new-page" in box.element.get("class", ""):
        yield box.element
    for child in getattr(box, "children", ()):
        yield from _own_pages(child)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A heading's text, or a stretch of text or a drawing with where it may stand."""

    heading: str = ""
    text: str = ""
    table: str = ""
    left: float = 0
    right: float = 0
    start: float = 0
    end: float = 0
    foot: float = 0

    def passes(self, bottom: float) -> bool:
        return (
            self.start < self.left - TOLERANCE
            or self.end > self.right + TOLERANCE
            or self.foot > bottom + TOLERANCE
        )


def _printed(box: Any, table: str, left: float, right: float) -> Iterator[_Printed]:
    element = box.element
    tag = box.element_tag if element is not None else None
    if tag in HEADINGS and not hasattr(box, "text"):
        yield _Printed(heading=_words(element))
    if tag == "table":
        table = _caption(element) or table
    if tag in {"td", "th"} and hasattr(box, "colspan"):
        left = max(left, box.position_x)
        right = min(right, box.position_x + box.border_width())
    if hasattr(box, "text") or hasattr(box, "replacement"):
        yield _Printed(
            text=getattr(box, "text", "A drawing")[:40],
            table=table,
            left=left,
            right=right,
            start=box.position_x,
            end=box.position_x + box.width,
            foot=box.position_y + box.height,
        )
    for child in getattr(box, "children", ()):
        yield from _printed(child, table, left, right)


def _caption(table: Any) -> str:
    caption = table.find("caption")
    return _words(caption) if caption is not None else table.get("aria-label", "")


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
