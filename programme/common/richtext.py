"""Rich text as the portal stores it: a small allow-list of HTML, cleaned on its way in.

Paragraphs, line breaks, lists, strong, em, and links to web and mail addresses. Everything else
loses its tags and keeps its words; scripts and style sheets go with their content.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = frozenset({"p", "br", "ul", "ol", "li", "strong", "em", "a"})
LINK_SCHEMES = frozenset({"http", "https", "mailto"})

# Word processors and older editors say b and i where they mean strong and em.
_SAME_MEANING = {"b": "strong", "i": "em"}
_BULLET = re.compile(r"^[-•*]\s+")


def clean(html: str) -> str:
    """``html`` with only what rich text may hold; safe to store and to print.

    Never fails: broken markup comes back corrected, and forbidden markup as its text.
    """
    cleaned = nh3.clean(
        html,
        tags=set(TAGS | _SAME_MEANING.keys()),
        attributes={"a": {"href"}},
        url_schemes=set(LINK_SCHEMES),
        url_relative="deny",
        link_rel=None,
        strip_comments=True,
    )
    for old, new in _SAME_MEANING.items():
        cleaned = cleaned.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    return cleaned


def printed(html: str) -> SafeString:
    """Stored rich text for a page: cleaned once more, so that nothing a row may hold is believed,
    however it came there."""
    return mark_safe(clean(html))  # noqa: S308 - cleaned on this very line


def from_plain(text: str) -> str:
    """Plain text as rich text: a blank line parts paragraphs, lines that begin "- " make a list.

    Line ends inside a paragraph are where the text happened to wrap, so they become spaces.
    """
    return "".join(
        _plain_block(lines) for block in re.split(r"\n[ \t]*\n", text) for lines in _runs(block)
    )


def _runs(block: str) -> list[list[str]]:
    """The lines of a block, parted where plain lines and bullets meet."""
    runs: list[list[str]] = []
    in_list = False
    for line in (line.strip() for line in block.splitlines() if line.strip()):
        bullet = bool(_BULLET.match(line))
        if not runs or bullet and not in_list:
            runs.append([line])
        elif in_list and not bullet:
            runs[-1][-1] += f" {line}"  # a bullet's second line
        else:
            runs[-1].append(line)
        in_list = in_list or bullet
    return runs


def _plain_block(lines: list[str]) -> str:
    if _BULLET.match(lines[0]):
        items = "".join(f"<li>{escape(_BULLET.sub('', line), quote=False)}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{escape(' '.join(lines), quote=False)}</p>"


def to_plain(html: str) -> str:
    """Rich text as the plain text that ``from_plain`` turns into it again: paragraphs parted by
    blank lines, list items that begin "- ". Emphasis is left out, a link keeps its address in
    brackets behind its text."""
    reader = _PlainReader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _PlainReader(HTMLParser):
    """Collects blocks of text; the items of a list are the lines of one block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._line = ""
        self._items: list[str] | None = None
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "ul", "ol", "li"):
            self._end_line()
        if tag in ("ul", "ol"):
            self._items = []
        elif tag == "br":
            self._line += " "
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "ul", "ol"):
            self._end_line()
        if tag in ("ul", "ol") and self._items is not None:
            self._blocks.append("\n".join(self._items))
            self._items = None
        elif tag == "a" and self._href:
            self._line += f" ({self._href})"
            self._href = ""

    def handle_data(self, data: str) -> None:
        self._line += data

    def _end_line(self) -> None:
        words = " ".join(self._line.split())
        self._line = ""
        if words and self._items is not None:
            self._items.append(f"- {words}")
        elif words:
            self._blocks.append(words)

    def text(self) -> str:
        self._end_line()
        return "\n\n".join(block for block in self._blocks if block)
