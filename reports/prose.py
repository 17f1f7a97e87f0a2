"""Stored rich text as blocks of the document model.

The text was cleaned when it was stored; it is cleaned once more here, so that nothing a row may
hold reaches a renderer unseen.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from programme.common.blocks import Run, Text
from programme.common.richtext import clean
from reports.document import Bullets, Paragraph

_SPACE = re.compile(r"[ \t\r\n\f]+")


def to_blocks(html: str) -> tuple[Paragraph | Bullets, ...]:
    """Paragraphs and lists in the order of ``html``; empty ones are left out.

    An item of a list is inline text; a list inside it follows it. A line break is a newline inside
    a run.
    """
    parser = _Parser()
    parser.feed(clean(html))
    parser.close()
    parser.end_text()
    return tuple(parser.blocks)


class _Parser(HTMLParser):
    """Reads cleaned rich text: only the tags of ``richtext.TAGS``, properly closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Paragraph | Bullets] = []
        self._runs: list[Run] = []
        self._lists: list[tuple[str, list[Text | Bullets]]] = []  # the open ones and their items
        self._strong = self._emphasis = 0
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self._break_item() if self._lists else self.end_text()
        elif tag in ("ul", "ol"):
            self.end_text()
            self._lists.append((tag, []))
        elif tag == "li":
            self.end_text()
        elif tag == "br":
            self._add("\n")
        elif tag == "strong":
            self._strong += 1
        elif tag == "em":
            self._emphasis += 1
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and not self._lists or tag == "li":
            self.end_text()
        elif tag in ("ul", "ol") and self._lists:
            self.end_text()
            self._end_list(*self._lists.pop())
        elif tag == "strong":
            self._strong = max(0, self._strong - 1)
        elif tag == "em":
            self._emphasis = max(0, self._emphasis - 1)
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        text = _SPACE.sub(" ", data)
        if not self._runs or self._runs[-1].text.endswith(("\n", " ")):
            text = text.lstrip(" ")
        self._add(text)

    def end_text(self) -> None:
        """Close the paragraph or list item under way and keep it when it says anything."""
        runs = _trimmed(self._runs)
        self._runs = []
        if not runs:
            return
        if self._lists:
            self._lists[-1][1].append(Text(runs))
        else:
            self.blocks.append(Paragraph(Text(runs)))

    def _end_list(self, tag: str, items: list[Text | Bullets]) -> None:
        """A list that says nothing is none; one with no item above it stands for the one above."""
        if not items:
            return
        ended = Bullets(tuple(items), "1" if tag == "ol" else "")
        if not self._lists:
            self.blocks.append(ended)
        elif self._lists[-1][1]:
            self._lists[-1][1].append(ended)
        else:
            self._lists[-1][1].extend(items)

    def _break_item(self) -> None:
        """A second paragraph of a list item stands on a new line of it."""
        if self._runs:
            self._add("\n")

    def _add(self, text: str) -> None:
        if not text:
            return
        run = Run(text, bool(self._strong), bool(self._emphasis), self._href)
        last = self._runs[-1] if self._runs else None
        if last and (last.strong, last.emphasis, last.href) == (run.strong, run.emphasis, run.href):
            self._runs[-1] = Run(last.text + text, run.strong, run.emphasis, run.href)
        else:
            self._runs.append(run)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without white space at either end; none when nothing else is there."""
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = _with_text(kept[0], kept[0].text.lstrip())
        kept[-1] = _with_text(kept[-1], kept[-1].text.rstrip())
    return tuple(kept)


def _with_text(run: Run, text: str) -> Run:
    return Run(text, run.strong, run.emphasis, run.href)
