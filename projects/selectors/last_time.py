"""What a project's update starts from: what was accepted of it the last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from programme.models import ReportingPeriod
from projects.last_time import Unchanged, unchanged
from projects.models import Project, Rating, StatusUpdate
from projects.ratings import reason_field

TEXTS = ("status_line", "narrative", "restricted_narrative", "path_to_green", "path_to_green_owner")
"""The texts that a new update begins with. A day by which something was promised is said anew."""
BACK = 12
"""How many updates are looked at: nobody asks for how many years a text has stood."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was accepted of a project before a period. ``update`` is the last one, None where there
    is none; ``ratings`` what it gave, by the slug of the dimension; ``unchanged`` which texts and
    reasons of the update in hand stand as they did, by the names of their fields."""

    update: StatusUpdate | None
    ratings: Mapping[str, Rating]
    unchanged: Mapping[str, Unchanged]

    @property
    def texts(self) -> dict[str, str]:
        """What a new update begins with, by field."""
        return {} if self.update is None else {each: getattr(self.update, each) for each in TEXTS}


def last_time(
    project: Project, period: ReportingPeriod, update: StatusUpdate | None = None
) -> LastTime:
    """What was accepted of a project before ``period``, against what ``update`` says, or a new one
    would begin with. Three queries."""
    earlier = list(
        project.updates.accepted()
        .filter(period__as_at__lt=period.as_at)
        .select_related("period")
        .order_by("-period__as_at")[:BACK]
    )
    rows: dict[int, dict[str, Rating]] = {each.pk: {} for each in earlier}
    stored = [*earlier, *([update] if update is not None and update.pk else [])]
    given = Rating.objects.filter(update__in=stored).select_related("dimension", "level")
    for row in given:
        rows.setdefault(row.update_id, {})[row.dimension.slug] = row
    said = [(str(each.period), _texts(each) | _reasons(rows[each.pk])) for each in earlier]
    newest = earlier[0] if earlier else None
    ratings = rows[newest.pk] if newest else {}
    if update is not None:
        now = _texts(update) | _reasons(rows.get(update.pk, {}))
    else:
        now = said[0][1] if said else {}
    return LastTime(newest, ratings, unchanged(now, said))


def _texts(update: StatusUpdate) -> dict[str, str]:
    return {each: getattr(update, each) for each in TEXTS}


def _reasons(rows: Mapping[str, Rating]) -> dict[str, str]:
    return {reason_field(slug): row.reason for slug, row in rows.items()}
