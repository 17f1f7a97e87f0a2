"""What the pages of money share: the way up, the year that an address names."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from finance.models import FinancialYear
from finance.views.addresses import YearUrls
from programme.pages import InAddress, ProgrammePage

UP = (("Home", "reports:home"), ("Finance", "finance:home"))
# The pages of one year: words and URL name.
YEAR_PAGES = (
    ("Budget and funding", "finance:years:detail"),
    ("Budget lines", "finance:lines:list"),
    ("Outturn", "finance:years:outturn"),
    ("Spend by month", "finance:actuals:list"),
)


class FinancePage(ProgrammePage):
    """Mixin of the pages below the finance home page."""

    above = UP


class YearPage(FinancePage):
    """Mixin of the pages of one year or what belongs to it."""

    year = InAddress(
        lambda page: FinancialYear.objects.of(page.programme),
        detail="finance:years:detail",
        words=lambda year: year.label,
    )

    @cached_property
    def urls(self) -> YearUrls:
        return YearUrls(self.url, self.year.slug)

    @property
    def is_open(self) -> bool:
        """Whether the budget of the year still changes."""
        return self.year.state != FinancialYear.State.CLOSED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sections=list(self._sections()), **kwargs)

    def _sections(self) -> Any:
        """The year's pages as links: words, address, and whether it is this one."""
        for words, name in YEAR_PAGES:
            address = self.url(name, year=self.year.slug)
            yield words, address, address == self.request.path
