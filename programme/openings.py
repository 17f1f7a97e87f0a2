"""What to know before a period is opened, which only the apps above can tell."""

from __future__ import annotations

from collections.abc import Callable

from programme.models import ReportingPeriod

_TELLING: list[Callable[[ReportingPeriod], str]] = []


def register(tell: Callable[[ReportingPeriod], str]) -> None:
    """Registers, from the ``AppConfig.ready`` of an app above, what it has to say before a period
    is opened: a sentence or more, '' for nothing."""
    if tell not in _TELLING:
        _TELLING.append(tell)


def to_know(period: ReportingPeriod) -> tuple[str, ...]:
    """What the apps above have to say before this period is opened."""
    return tuple(text for tell in _TELLING if (text := tell(period)))
