"""The kinds of section a paper can have.

A kind is a pure function of a paper's data and the section's specification that returns blocks.
No blocks means that there is nothing to say, and the section is left out; a gap in the data is
said with a ``Gap`` block instead. What people wrote stands before the blocks and is not the
function's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from reports.document import Block
from reports.paper_data import PaperData, Part, SectionSpec

Blocks: TypeAlias = tuple[Block, ...]
SectionFunction: TypeAlias = Callable[[PaperData, SectionSpec], Blocks]


class Marked(Protocol):
    """A fact that has a marking."""

    @property
    def sensitivity(self) -> str: ...


MarkedFunction: TypeAlias = Callable[[PaperData, SectionSpec], Iterable[Marked]]

HOLD_MARKED_FACTS = frozenset(
    {
        Part.DELIVERY,
        Part.MILESTONES,
        Part.RISKS,
        Part.ENGAGEMENTS,
        Part.BUDGET,
        Part.OUTTURN,
        Part.GRANTS,
        Part.BENEFITS,
        Part.COSTS,
    }
)
"""Parts of the data whose facts have markings. Costs have those of their projects."""


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A registered kind: its name in templates, its label for people, what it must be given."""

    name: str
    label: str
    needs: frozenset[Part]
    build: SectionFunction
    marked: MarkedFunction


_KINDS: dict[str, SectionKind] = {}


def _nothing(data: PaperData, spec: SectionSpec) -> Iterable[Marked]:
    return ()


def section_kind(
    name: str, label: str, *needs: Part, marked: MarkedFunction | None = None
) -> Callable[[SectionFunction], SectionFunction]:
    """Register a function as a section kind that needs the given parts of the data.

    ``marked`` says which facts the section prints, so that the paper is marked as the highest of
    them; whoever needs a part that has markings gives it.
    """

    def register(function: SectionFunction) -> SectionFunction:
        if name in _KINDS:
            raise ValueError(f"There is already a section kind {name!r}.")
        if marked is None and HOLD_MARKED_FACTS & set(needs):
            raise ValueError(f"Say which marked facts the section kind {name!r} prints.")
        _KINDS[name] = SectionKind(name, label, frozenset(needs), function, marked or _nothing)
        return function

    return register


def kinds() -> tuple[SectionKind, ...]:
    """Every registered kind, in the order of their names."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def kind(name: str) -> SectionKind:
    """A registered kind; ``LookupError`` with a sentence when there is none of that name."""
    try:
        return _KINDS[name]
    except KeyError:
        known = ", ".join(sorted(_KINDS))
        raise LookupError(f"There is no section kind “{name}”. Known are: {known}.") from None


def needs_of(names: Iterable[str]) -> frozenset[Part]:
    """What the kinds of the given names need together."""
    return frozenset().union(*(kind(name).needs for name in names))
