"""Numbering of a paper's sections and paragraphs. Pure: a document in, a document out.

Three styles, as boards use them: every paragraph numbered through the whole paper; sections
numbered "1.0" with sub-sections "6.1"; or nothing numbered. Annexes (the last sections of a paper,
each starting a page of its own) stand outside the count in every style.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import count
from string import ascii_uppercase

from reports.document import Block, Document, Paragraph, Recommendations, Section


class Numbering(StrEnum):
    """How a paper is numbered."""

    PARAGRAPHS = "paragraphs"
    DECIMAL = "decimal"
    NONE = "none"


def number(document: Document, style: Numbering | str) -> Document:
    """The document with its numbers filled in by ``style``; numbers it had before are dropped.

    - "paragraphs": paragraphs and the recommendations' lead-in are 1, 2, 3 ... through all
      sections; headings carry none.
    - "decimal": sections are 1.0, 2.0 ..., sub-sections 6.1, 6.2 ..., below that 6.1.1.
    - "none": no numbers at all.

    An annex is "Annex A", "Annex B" ... unless its heading says so itself or the style is "none".
    Raises ``ValueError`` for a style that does not exist.
    """
    style = Numbering(style)
    paragraphs = count(1) if style is Numbering.PARAGRAPHS else None
    body, annexes = parted(document.sections)
    letters = _letters()
    return replace(
        document,
        sections=(
            *(
                _numbered(section, (position,) if style is Numbering.DECIMAL else (), paragraphs)
                for position, section in enumerate(body, start=1)
            ),
            *(
                replace(_plain(section), number=_annex_number(section, style, letters))
                for section in annexes
            ),
        ),
    )


def parted(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The sections of the paper itself, and its annexes: those at its end on pages of their own."""
    first = len(sections)
    while first and sections[first - 1].new_page:
        first -= 1
    return sections[:first], sections[first:]


def _letters() -> Iterator[str]:
    yield from ascii_uppercase
    for first in _letters():
        yield from (first + last for last in ascii_uppercase)


def _annex_number(section: Section, style: Numbering, letters: Iterator[str]) -> str:
    if style is Numbering.NONE or section.heading.casefold().startswith("annex"):
        return ""
    return f"Annex {next(letters)}"


def _numbered(section: Section, path: tuple[int, ...], paragraphs: Iterator[int] | None) -> Section:
    """``path`` is the section's place in the decimal count, empty when sections are unnumbered."""
    return replace(
        section,
        number=_decimal(path),
        blocks=tuple(_block(block, paragraphs) for block in section.blocks),
        sections=tuple(
            _numbered(child, (*path, position) if path else (), paragraphs)
            for position, child in enumerate(section.sections, start=1)
        ),
    )


def _plain(section: Section) -> Section:
    return _numbered(section, (), None)


def _decimal(path: tuple[int, ...]) -> str:
    if len(path) == 1:
        return f"{path[0]}.0"
    return ".".join(str(part) for part in path)


def _block(block: Block, paragraphs: Iterator[int] | None) -> Block:
    if isinstance(block, Paragraph | Recommendations):
        return replace(block, number=str(next(paragraphs)) if paragraphs else "")
    return block
