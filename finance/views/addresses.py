"""Where figures lead: the addresses of the rows behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from programme.common.blocks import Ref

Url = Callable[..., str]
"""``ProgrammePage.url``: the address of a page of the programme by its name."""


@dataclass(frozen=True, slots=True)
class YearUrls:
    """Addresses below a financial year."""

    url: Url
    year: str

    def page(self, name: str, **kwargs: str) -> str:
        return self.url(f"finance:{name}", year=self.year, **kwargs)

    def lines(self, **filters: str) -> str:
        """The budget lines that pass the given filters; an empty one is left out."""
        return filtered(self.page("lines:list"), filters)

    def line(self, ref: str) -> str:
        return self.page("lines:detail", line=ref)

    def actuals(self, **filters: str) -> str:
        """The months of spend that pass the given filters."""
        return filtered(self.page("actuals:list"), filters)

    def grants(self, **filters: str) -> str:
        """The year's grants."""
        return filtered(self.url("finance:grants:list"), {"year": self.year, **filters})

    def resolve(self, ref: Ref) -> str | None:
        """The page behind a reference of the year's variance table; None for any other."""
        source = ref.key.rpartition("/")[2]
        match ref.kind:
            case "awards":
                return self.grants(source=source)
            case "contribution":
                return self.contribution(source)
            case "funding":
                return self.lines(source=source)
        return None

    def compared(self) -> str:
        """The year's table of budget, funding and variance, which each source's budget is in."""
        return f"{self.page('years:detail')}#by-source"

    def contribution(self, source: str) -> str:
        """Where a source's planned contribution stands on the year's page."""
        return f"{self.page('years:detail')}#contribution-{source}"


def filtered(address: str, filters: dict[str, str]) -> str:
    """The address of a list with filters in force; an empty one is left out."""
    given = {name: value for name, value in filters.items() if value}
    return f"{address}?{urlencode(given)}" if given else address
