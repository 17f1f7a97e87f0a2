"""Search from the header, over all that a programme's reader may open."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from programme.common.filters import LONGEST_SEARCH
from programme.common.formats import count
from programme.pages import ProgrammePage
from reports.overview.search import search
from reports.views.papers import HOME


class Search(ProgrammePage, TemplateView):
    permission = "programme.view"
    title = "Search"
    above = (HOME,)
    template_name = "reports/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        looked_for = self.request.GET.get("q", "").strip()[:LONGEST_SEARCH]
        results = search(self.programme, looked_for, may=self.allows)
        return super().get_context_data(
            looked_for=looked_for,
            results=results,
            standing=f"{count(len(results.found), 'result')} for “{looked_for}”",
            **kwargs,
        )
