"""The kinds of section a paper can have.

A kind is a pure function of a paper's data and the section's specification that returns blocks.
No blocks means that there is nothing to say, and the section is left out; a gap in the data is
said with a ``Gap`` block instead. What people wrote stands before the blocks and is not the
function's business.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

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


class Option(StrEnum):
    """What an option of a section may hold."""

    WORKSTREAMS = "a list of the programme’s workstreams"
    ENGAGEMENTS = "a list of kinds of engagement"
    NUMBER = "a whole number from 1"
    WORDS = "a sentence"
    SWITCH = "true or false"


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A registered kind: its name in templates, its label for people, what it must be given, and
    the options that it knows."""

    name: str
    label: str
    needs: frozenset[Part]
    build: SectionFunction
    marked: MarkedFunction
    options: Mapping[str, Option]


_KINDS: dict[str, SectionKind] = {}


def _nothing(data: PaperData, spec: SectionSpec) -> Iterable[Marked]:
    return ()


def section_kind(
    name: str,
    label: str,
    *needs: Part,
    marked: MarkedFunction | None = None,
    options: Mapping[str, Option] | None = None,
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
        _KINDS[name] = SectionKind(
            name, label, frozenset(needs), function, marked or _nothing, options or {}
        )
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


def refused_option(
    name: str, options: Mapping[str, Any], known: Mapping[Option, Collection[str]]
) -> str:
    """What is wrong with the options of a section of a kind, in a sentence; '' when nothing is.
    ``known`` are the names that lists may hold."""
    offered = kind(name).options
    for option, value in options.items():
        if option not in offered:
            names = ", ".join(offered) or "none"
            return f"A section “{name}” has no option “{option}”. It has: {names}."
        holds = offered[option]
        if holds in known:
            if not isinstance(value, list) or not value:
                return f"The option “{option}” must be {holds}."
            if unknown := [str(each) for each in value if each not in known[holds]]:
                return (
                    f"The option “{option}” names “{unknown[0]}”, which is not known. Known are: "
                    f"{', '.join(sorted(known[holds])) or 'none'}."
                )
        elif not _fits(value, holds):
            return f"The option “{option}” must be {holds}."
    return ""


def _fits(value: Any, holds: Option) -> bool:
    if holds is Option.SWITCH:
        return isinstance(value, bool)
    if holds is Option.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 1
    return isinstance(value, str) and bool(value.strip())


MONEY = frozenset({Part.BUDGET, Part.OUTTURN, Part.GRANTS, Part.COSTS, Part.BENEFITS})


def is_of_money(name: str) -> bool:
    """Whether a kind of section is made of nothing but money."""
    needs = kind(name).needs
    return bool(needs) and needs <= MONEY


def needs_of(names: Iterable[str]) -> frozenset[Part]:
    """What the kinds of the given names need together."""
    return frozenset().union(*(kind(name).needs for name in names))
