"""What the pages of money share: the way up, the year that an address names."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from finance.models import FinancialYear
from finance.views.addresses import YearUrls
from programme.pages import ProgrammePage
from programme.pages.base import Link

UP = (("Home", "reports:home"), ("Finance", "finance:home"))
# The pages of one year: words and URL name.
YEAR_PAGES = (
    ("Budget and funding", "finance:year"),
    ("Budget lines", "finance:lines:list"),
    ("Outturn", "finance:outturn"),
    ("Spend by month", "finance:actuals:list"),
)


class FinancePage(ProgrammePage):
    """A page below the finance home page."""

    above = UP


class YearPage(FinancePage):
    """A page of one year, which its address names."""

    @cached_property
    def year(self) -> FinancialYear:
        years = FinancialYear.objects.of(self.programme)
        return get_object_or_404(years, slug=self.kwargs["year"])

    @cached_property
    def urls(self) -> YearUrls:
        return YearUrls(self.url, self.year.slug)

    @property
    def is_open(self) -> bool:
        """Whether the budget of the year still changes."""
        return self.year.state != FinancialYear.State.CLOSED

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), (self.year.label, self.urls.page("year"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # In place of the slug, which Django hands over from the address.
        kwargs["year"] = self.year
        return super().get_context_data(sections=list(self._sections()), **kwargs)

    def _sections(self) -> Any:
        """The year's pages as links: words, address, and whether it is this one."""
        for words, name in YEAR_PAGES:
            address = self.url(name, year=self.year.slug)
            yield words, address, address == self.request.path
