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
from reports.sections.registry import SectionKind, kind, kinds, needs_of

__all__ = ["SectionKind", "kind", "kinds", "needs_of"]
