"""Rich text as the portal stores it: a small allow-list of HTML, cleaned on its way in.

Paragraphs, line breaks, lists, strong, em, and links to web and mail addresses. Everything else
loses its tags and keeps its words; scripts and style sheets go with their content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

import nh3

TAGS = frozenset({"p", "br", "ul", "ol", "li", "strong", "em", "a"})
LINK_SCHEMES = frozenset({"http", "https", "mailto"})

# Word processors and older editors say b and i where they mean strong and em.
_SAME_MEANING = {"b": "strong", "i": "em"}
# What word processors and people put before an item. Word's items of a second level begin with the
# letter o and a tab.
_BULLET = re.compile(r"[-–—*•·‣▪●◦○■➢❖✓]\s+|o(?:\t|\s{2})\s*")
# In wrapped text a line may begin with a dash that parts words.
_WRAPPED_BULLET = re.compile(r"[-*•·‣▪●◦○■➢❖✓]\s+")
# Word's bullets stand at private places, where its own fonts alone have a shape for them.
_WORDS_OWN = str.maketrans(
    {
        "\uf02d": "-",
        "\uf06c": "●",
        "\uf06e": "■",
        "\uf06f": "○",
        "\uf076": "❖",
        "\uf0a7": "▪",
        "\uf0a8": "○",
        "\uf0b7": "•",
        "\uf0d8": "➢",
        "\uf0e0": "→",
        "\uf0fc": "✓",
    }
)
_NUMBERED = re.compile(r"([0-9]{1,3})[.)]\s+")
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\N{LINE SEPARATOR}]")


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


_PIECE = re.compile(r"<(/?)(\w+)(?:[^>\"]|\"[^\"]*\")*>|[^<]+")


def written(html: str) -> str:
    """What an editor sends, cleaned, and without paragraphs, items, marks and last line ends that
    hold nothing. Text that is nothing but empty is ""."""
    kept: list[str] = []
    begun: list[int] = []
    says = -1  # where in ``kept`` the last piece stands that a reader sees
    for piece in _PIECE.finditer(clean(html)):
        tag = piece[2]
        if tag and piece[1]:
            start = begun.pop()
            if tag in ("p", "li"):
                _end_here(kept, says)
            if says > start:
                kept.append(piece[0])
            else:
                space = " " if tag in _INLINE and any(map(str.isspace, kept[start:])) else ""
                kept[start:] = [space] if space else []
            continue
        if tag and tag != "br":
            begun.append(len(kept))
        elif not tag and unescape(piece[0]).strip():
            says = len(kept)
        kept.append(piece[0])
    return "".join(kept).strip() if says >= 0 else ""


_INLINE = frozenset({"strong", "em", "a"})


def _end_here(kept: list[str], says: int) -> None:
    """Takes line ends and spaces away with which a paragraph ends."""
    while len(kept) - 1 > says and (kept[-1] == "<br>" or not unescape(kept[-1]).strip()):
        kept.pop()
    if len(kept) - 1 == says:
        kept[-1] = kept[-1].rstrip()


def length(html: str) -> int:
    """How many characters a reader sees: marks of lists and addresses of links do not count, the
    end of a paragraph, an item or a line counts as one."""
    ends = len(re.findall(r"<p>|<br>|<li>(?!\s*<(?:p|ul|ol)>)", html))
    return len(unescape(re.sub(r"<[^>]*>", "", html))) + max(0, ends - 1)


def as_typed_here(text: str) -> str:
    """Text without what only its word processor understands: lines end alike (browsers send CR and
    LF, word processors signs of their own), and bullets are ones that every font has."""
    lines = _LINE_END.sub("\n", text.replace("\N{PARAGRAPH SEPARATOR}", "\n\n"))
    return lines.translate(_WORDS_OWN)


def from_plain(text: str, *, wrapped: bool = False) -> str:
    """Plain text as rich text: a blank line parts paragraphs, lines that begin with "- ", "• " or
    "· " make a list, and so do lines numbered 1, 2, 3. Any other line stays a line of its own; what
    is indented below an item belongs to it.

    In ``wrapped`` text, such as a file's, lines end where they happened to wrap: line ends become
    spaces, and a list goes on until a line is empty.
    """
    return "".join(_blocks(text, wrapped=wrapped))


def _blocks(text: str, *, wrapped: bool = False) -> list[str]:
    found: list[_Block] = []
    for block in re.split(r"\n(?:[ \t]*\n)+", as_typed_here(text)):
        current: _Block | None = None
        for line in block.split("\n"):
            if line.strip():
                current = _add_line(found, current, line, wrapped=wrapped)
    return [block.html(" " if wrapped else "<br>") for block in found]


def changed_plainly(stored: str, text: str) -> str:
    """Rich text that somebody changed as the plain text that it looks like. Paragraphs and lists
    whose words are as they were keep what plain text cannot show; if all are, so does the whole."""
    typed = _blocks(text)
    if typed == _blocks(to_plain(stored)):
        return stored
    as_they_were: dict[str, list[str]] = {}
    for block in _top_level(stored):
        looks_like = _blocks(to_plain(block))
        if len(looks_like) == 1:
            as_they_were.setdefault(looks_like[0], []).append(block)
    return "".join(
        as_they_were[block].pop(0) if as_they_were.get(block) else block for block in typed
    )


def _top_level(html: str) -> list[str]:
    """The paragraphs and lists of cleaned rich text; words outside of them are left out."""
    found: list[str] = []
    depth = start = 0
    for piece in _PIECE.finditer(html):
        if piece[2] in ("p", "ul", "ol"):
            depth += -1 if piece[1] else 1
            if depth == 1 and not piece[1]:
                start = piece.start()
            elif depth == 0:
                found.append(html[start : piece.end()])
    return found


@dataclass(slots=True)
class _Block:
    """A paragraph ("p", with one item), or a list ("ul", "ol"); an item is a list of lines."""

    kind: str
    items: list[list[str]]

    def html(self, line_end: str) -> str:
        items = [line_end.join(escape(line, quote=False) for line in item) for item in self.items]
        if self.kind == "p":
            return f"<p>{items[0]}</p>"
        return f"<{self.kind}>{''.join(f'<li>{item}</li>' for item in items)}</{self.kind}>"


def _add_line(
    found: list[_Block], current: _Block | None, line: str, *, wrapped: bool
) -> _Block | None:
    """Puts a line where it belongs; gives the block that the next line may go on with."""
    kind, words = _marked(line, wrapped=wrapped)
    number = _NUMBERED.match(line.strip())
    goes_on = current is not None and current.kind == kind
    expected = len(current.items) + 1 if current is not None and goes_on else 1
    if kind == "ol" and number and int(number[1]) != expected:
        # Its number says something: a list would count anew.
        kind, words, goes_on = "p", line.strip(), False
    if current is not None and kind == "p":
        goes_on = current.kind == "p" or wrapped or line[:1] in (" ", "\t")
        if goes_on:
            current.items[-1].append(words)
            return current
    if current is None or not goes_on:
        current = _Block(kind, [])
        found.append(current)
    current.items.append([words])
    return current


def _marked(line: str, *, wrapped: bool) -> tuple[str, str]:
    """What a line begins, "p", "ul" or "ol", and the line without its mark."""
    text = line.strip()
    for kind, mark in (("ul", _WRAPPED_BULLET if wrapped else _BULLET), ("ol", _NUMBERED)):
        if match := mark.match(text):
            return kind, text[match.end() :]
    return "p", text


def to_plain(html: str) -> str:
    """Rich text as the plain text that ``from_plain`` turns into it again: paragraphs parted by
    blank lines, list items that begin "- " or with their number. Emphasis is left out, a link keeps
    its address in brackets behind its text, and a list inside a list goes into it."""
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
        self._lists: list[str] = []
        self._items: list[str] = []
        self._item_begins = False
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "ul", "ol", "li"):
            self._end_line()
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        elif tag == "li":
            self._item_begins = True
        elif tag == "br":
            self._line += "\n"
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "ul", "ol"):
            self._end_line()
        if tag in ("ul", "ol") and self._lists:
            outermost = self._lists.pop()
            if not self._lists:
                numbered = outermost == "ol"
                self._blocks.append(
                    "\n".join(
                        f"{f'{number}.' if numbered else '-'} {item}"
                        for number, item in enumerate(self._items, 1)
                    )
                )
                self._items = []
        elif tag == "a" and self._href:
            self._line += f" ({self._href})"
            self._href = ""

    def handle_data(self, data: str) -> None:
        # A line end in the source is a space to a reader; <br> is the line end.
        self._line += re.sub(r"\s", " ", data)

    def _end_line(self) -> None:
        lines = [" ".join(line.split()) for line in self._line.split("\n")]
        self._line = ""
        if not any(lines):
            return
        if not self._lists:
            self._blocks.append("\n".join(lines).strip("\n"))
        elif self._item_begins or not self._items:
            self._items.append("\n  ".join(filter(None, lines)))
            self._item_begins = False
        else:
            self._items[-1] += "".join(f"\n  {line}" for line in lines if line)

    def text(self) -> str:
        self._end_line()
        return "\n\n".join(block for block in self._blocks if block)
