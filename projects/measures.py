"""What is measured of a project to propose a rating from: a registry, because this floor knows
milestones and the floors above know money.

A floor registers how it measures when its app is ready. Nothing is proposed from a measure that
nobody registered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.choices import Measure
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of a project, as tolerances take it. ``figure`` says it in words ("20% over
    budget"), which are stored beside the rating; ``working`` is the sentence that says what it
    comes from, for whoever rates."""

    value: Decimal | int
    figure: str
    working: str


Measuring = Callable[[Project, date], Measured | None]
"""Measures a project as on a day; None where too little is known."""

_registered: dict[Measure, Measuring] = {}


def register(measure: Measure, measuring: Measuring) -> None:
    """Says how something is measured; the last one to say so counts."""
    _registered[measure] = measuring


def measured(measure: Measure, project: Project, on: date) -> Measured | None:
    """The figure of a project on a day, None where nobody measures it or too little is known."""
    measuring = _registered.get(measure)
    return None if measuring is None else measuring(project, on)
