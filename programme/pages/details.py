"""Pages about one row, and the record of what was done to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.views.generic import TemplateView

from programme.common.words import say
from programme.models import AuditEntry
from programme.pages.base import ProgrammePage
from programme.record_reading import Reader
from programme.sentences import Change, changes, deed

NEWEST = 10
"""How many entries of its record a page shows."""


@dataclass(frozen=True, slots=True)
class History:
    """One line of a page's history: what was done, by whom, when, and what it changed."""

    entry: AuditEntry
    deed: str
    changes: tuple[Change, ...]


class DetailPage(ProgrammePage, TemplateView):
    """A page about one row, by the name ``row`` in the address and in the template; where the
    address alone does not find it, ``get_object`` does, else raises Http404."""

    def get_title(self) -> str:
        return say(self.title) or str(self.object)

    def history_of(
        self, *rows: models.Model | Iterable[models.Model], newest: int = NEWEST
    ) -> Sequence[History]:
        """What was done to the rows in this programme, as far as the reader may read it, newest
        first: single rows, or whole lists of them (a project and its milestones). Two queries."""
        wanted = Q(pk__in=())
        for row in rows:
            for one in [row] if isinstance(row, models.Model) else row:
                wanted |= Q(object_type=one._meta.label_lower, object_id=str(one.pk))
        found = AuditEntry.objects.of(self.programme).filter(wanted)[:newest]
        reader = Reader(self.request.user, self.programme)
        shown = [reader.clear(entry) for entry in found]
        return [History(entry, deed(entry), changes(entry)) for entry in shown]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("object", self.object)
        return super().get_context_data(**kwargs)
