"""Section kinds, one module per subject; importing this package registers them all."""

from reports.sections import (  # noqa: F401
    budget,
    collaborations,
    governance,
    key,
    programme_of_work,
    summary,
    text,
)
from reports.sections.registry import (
    Option,
    SectionKind,
    is_of_money,
    kind,
    kinds,
    needs_of,
    refused_option,
)

__all__ = [
    "Option",
    "SectionKind",
    "is_of_money",
    "kind",
    "kinds",
    "needs_of",
    "refused_option",
]
