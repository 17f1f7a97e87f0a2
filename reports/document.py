"""The document model: what a paper says, before anybody decides how it looks.

Plain frozen dataclasses that know neither Django nor any particular paper. Section functions
build them, renderers print them. Tables, charts and their typed cells are those of the pages
(``programme.common.blocks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programme.common.blocks import (
    Cell,
    Chart,
    Missing,
    Money,
    Number,
    Rating,
    Ref,
    Table,
    Text,
)
from programme.common.values import PlainDate

# --- blocks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``number`` is filled in by numbering where the template numbers paragraphs."""

    text: Text
    number: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. ``marker`` is "" for bullets, "1", "a" or "i" for an ordered list. A list among the
    items belongs to the item before it, and is never the first."""

    items: tuple[Text | Bullets, ...]
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section; ``depth`` 1 stands directly below the section's heading."""

    text: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class RagCell:
    """One dimension of a project: its rating and the figures that belong to it."""

    dimension: str
    rating: Rating | Missing
    figures: tuple[Money | Number | Text, ...] = ()


@dataclass(frozen=True, slots=True)
class RagBox:
    """A project's ratings as a box: the overall rating first, then each dimension.

    ``title`` is printed as a heading of the ``depth`` that a ``Subheading`` would have, unless the
    heading right above says the same already. ``notes`` stand at its foot: the reasons for ratings
    and what gets the project back on track.
    """

    title: str
    overall: RagCell | None
    cells: tuple[RagCell, ...]
    depth: int = 2
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    project: str
    ratings: tuple[Rating | Missing, ...]
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class GridGroup:
    heading: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class RagGrid:
    """Project x dimension; each row has one rating per dimension."""

    caption: str
    dimensions: tuple[str, ...]
    groups: tuple[GridGroup, ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    label: str
    value: Cell
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class KeyLevel:
    rating: Rating
    definition: str


@dataclass(frozen=True, slots=True)
class RatingKey:
    """The key to a rating scale: each level with its meaning."""

    title: str
    levels: tuple[KeyLevel, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    verb: str
    text: Text


@dataclass(frozen=True, slots=True)
class Recommendations:
    """What the board is asked to do; ``intro`` leads into the lettered list.

    ``number`` is filled in by numbering, as a paragraph's is.
    """

    intro: Text
    items: tuple[Recommendation, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in the stored data that the reader must know of, as a sentence of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part that this audience does not see, and the ground for it."""

    what: str
    ground: str


Block = (
    Paragraph
    | Bullets
    | Subheading
    | Table
    | RagBox
    | RagGrid
    | KeyFigures
    | Chart
    | RatingKey
    | Recommendations
    | Gap
    | Withheld
)

# --- the whole --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a paper. ``number`` is filled in by numbering ("1.0", "6.1", "" ...).

    ``new_page`` starts it on a page of its own (annexes). ``marking`` is printed where something in
    the section is marked higher than the paper would be without it. ``restricted`` is the ground on
    which the public's edition withholds what this one prints.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    number: str = ""
    new_page: bool = False
    marking: str = ""
    restricted: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands above a paper and in its header and footer.

    ``edition`` is empty for the paper as everybody may read it; a paper that prints what the public
    does not see says so wherever it carries its marking.
    """

    programme: str
    board: str
    title: str
    subtitle: str
    meeting_date: PlainDate
    as_at: date
    period: str
    author_post: str
    purpose: str
    marking: str
    status: str
    template: str
    language: str = "en-GB"
    edition: str = ""

    @property
    def marked(self) -> str:
        """The marking with what restricts it further: "OFFICIAL – NOT FOR PUBLICATION"."""
        return " – ".join(filter(None, (self.marking, self.edition.upper())))


@dataclass(frozen=True, slots=True)
class Document:
    meta: Meta
    sections: tuple[Section, ...]
