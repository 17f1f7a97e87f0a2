"""All years, and one year's budget, outturn, lines and spend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.views.generic import TemplateView

from finance.display import text, total, variance
from finance.facts import UNFUNDED, BudgetPosition
from finance.filters import ActualFilterSet, LineFilterSet
from finance.models import Actual, BudgetLine, FundingSource, Grant, PlannedContribution
from finance.selectors import budget_position, outturn_position
from finance.selectors.lines import GRANTS, PARTNERS, funded, payers, sources_of
from finance.selectors.outturn import compared_figures
from finance.selectors.years import year_summaries
from finance.tables import ActualTable, LineTable, source_columns
from finance.variance import agreed, statements, variance_chart
from finance.views import budget_grids, spend_grids
from finance.views.addresses import YearUrls
from finance.views.base import FinancePage, YearPage
from programme.access import ANYTHING
from programme.common import formats
from programme.common.blocks import Cell, Table
from programme.common.values import Certainty
from programme.common.words import say
from programme.pages import ListPage
from programme.pages.base import Link

NAMED_GAPS = 5
"""So many lines without a source are named one by one; of more there is a list."""


class FinanceHome(FinancePage, TemplateView):
    """The programme's money: its years, and the way to grants, benefits and split rules."""

    permission = "finance.view"
    template_name = "finance/home.html"
    title = "Finance"
    above = (("Home", "reports:home"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = year_summaries(self.programme)
        grid = spend_grids.years_grid(years, self.url) if years else None
        return super().get_context_data(
            years=grid,
            set_up_url=self.url("finance:years:list") if self.allows("programme.edit") else "",
            ways=[
                (
                    say("Benefits register"),
                    self.url("finance:benefits:list"),
                    say(
                        "What the programme and its projects are there to bring: target, forecast "
                        "and what was realised, class by class."
                    ),
                ),
                (
                    "Grants",
                    self.url("finance:grants:list"),
                    "Money awarded for a purpose, and the returns made on it.",
                ),
                (
                    "Split rules",
                    self.url("finance:split_rules:list"),
                    "The named shares by which the sources carry a cost.",
                ),
            ],
            **kwargs,
        )


class YearDetail(YearPage, TemplateView):
    """A year's budget: who funds it, against what each source agreed to."""

    permission = "finance.view"
    template_name = "finance/year.html"

    def get_title(self) -> str:
        return f"Budget and funding {self.year.label}"

    def get_buttons(self) -> list[Link]:
        if self.is_open and self.allows("budget.edit", ANYTHING):
            return [("Add a budget line", self.urls.page("lines:add"))]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        position = budget_position(self.year)
        compared = variance_chart(position)
        return super().get_context_data(
            position=position,
            has_amounts=position.matrix.grand_total.counted > 0,
            outturn_url=self.urls.page("years:outturn"),
            facts=self._key_figures(position),
            gaps=list(_gaps(position, self.urls)),
            chart=compared,
            says=" ".join(statements(position)),
            variance=compared.table,
            urls=self.urls,
            contributions=budget_grids.contributions_grid(position, self.urls),
            lines=budget_grids.lines_grid(position, self.urls),
            matrix=budget_grids.matrix_grid(
                f"Forecast spend {self.year.label} by category and source",
                position.matrix,
                position.categories,
                position.sources,
                self.urls.lines,
            ),
            planned=self._planned(),
            grants=self._grants(),
            **kwargs,
        )

    def _key_figures(self, position: BudgetPosition) -> list[tuple[str, Cell]]:
        funding = position.funding
        return [
            ("Forecast spend", total(funding.total, self.urls.lines())),
            ("Grant", total(funding.grant, self.urls.lines(source=GRANTS))),
            ("After grants", total(funding.match_fund, self.urls.lines(source=PARTNERS))),
            ("Budget agreed", total(position.variance.budget, self.urls.compared())),
            ("Variance", variance(position.variance.variance)),
        ]

    def _planned(self) -> Table:
        planned = {
            each.source_id: each for each in PlannedContribution.objects.filter(year=self.year)
        }
        sources = [
            each
            for each in payers(self.programme, kept=planned)
            if each.kind != FundingSource.Kind.GRANT
        ]

        def edit(source: FundingSource) -> str:
            mine = self.is_open and self.allows("contributions.edit", source)
            return self.urls.page("contributions:edit", source=source.slug) if mine else ""

        return budget_grids.planned_grid(self.year.label, sources, planned, edit)

    def _grants(self) -> Table | None:
        grants = list(Grant.objects.filter(year=self.year).select_related("awarded_by", "source"))
        return spend_grids.grants_grid(self.year.label, grants, self.url) if grants else None


def _gaps(position: BudgetPosition, urls: YearUrls) -> Iterator[Cell]:
    """What of a year nobody has said yet, each as a sentence that leads to where it is said."""
    without = [line for line in position.lines if line.problem]
    if len(without) > NAMED_GAPS:
        many = f"{len(without)} budget lines have no funding source for all of their amount."
        yield text(many, urls.lines(source=UNFUNDED))
    else:
        for line in without:
            yield text(f"{line.description}: {line.problem}", urls.line(line.ref))
    for row in position.variance.rows:
        if row.budget.certainty is Certainty.TBC:
            source = position.source(row.source)
            said = f"{source.name}: its budget is still to be confirmed."
            yield text(said, urls.resolve(agreed(source, position.year_slug)) or "")


class YearOutturn(YearPage, TemplateView):
    """What was spent in a year by category and source, beside what papers printed of it."""

    permission = "finance.view"
    template_name = "finance/outturn.html"

    def get_title(self) -> str:
        return f"Outturn {self.year.label}"

    def get_buttons(self) -> list[Link]:
        if self.allows("budget.edit"):
            return [("Add a published figure", self.urls.page("published:add"))]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        position = outturn_position(self.year)
        compared = compared_figures(self.year, position.matrix)
        may_change = self.allows("budget.edit")

        def edit(key: int) -> str:
            return self.urls.page("published:edit", figure=str(key)) if may_change else ""

        matrix = budget_grids.matrix_grid(
            f"Outturn {self.year.label} by category and source",
            position.matrix,
            position.categories,
            position.sources,
            self.urls.actuals,
        )
        published = spend_grids.published_grid(self.year.label, compared, edit)
        return super().get_context_data(
            matrix=matrix if position.matrix.rows else None,
            published=published if compared else None,
            differing=_differing(sum(not each.agrees for each in compared)),
            **kwargs,
        )


def _differing(how_many: int) -> str:
    """On how many published figures print and rows disagree, as a sentence; '' for none."""
    if not how_many:
        return ""
    figures, verb = formats.count(how_many, "figure"), "was" if how_many == 1 else "were"
    return f"{figures} {verb} printed otherwise than the stored rows make it."


class LineList(YearPage, ListPage):
    """A year's lines, with what each source pays of them to the penny."""

    permission = "finance.view"
    template_name = "finance/year_list.html"
    table_class = LineTable
    filterset_class = LineFilterSet
    things = ("budget line", "budget lines")
    empty_text = (
        "This year has no budget line yet. The programme office or a finance lead adds one with "
        "its amount and who pays for it."
    )

    def get_title(self) -> str:
        return f"Budget lines {self.year.label}"

    def get_buttons(self) -> list[Link]:
        if self.is_open and self.allows("budget.edit", ANYTHING):
            return [("Add a budget line", self.urls.page("lines:add"))]
        return []

    def get_queryset(self) -> QuerySet:
        return funded(BudgetLine.objects.filter(year=self.year))

    def table_options(self) -> dict[str, Any]:
        asked = self.request.GET.get("source", "")
        return {"extra_columns": source_columns(sources_of(self.programme), asked)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # All rows at once: the totals at the foot need them, and so the pages ask for none again.
        list(self.table.data.data)
        return super().get_context_data(**kwargs)


class ActualList(YearPage, ListPage):
    """What was spent in a year, month by month."""

    permission = "finance.view"
    template_name = "finance/year_list.html"
    table_class = ActualTable
    filterset_class = ActualFilterSet
    things = ("month of spend", "months of spend")
    empty_text = "No spend is stored for this year yet. It comes with the finance teams’ returns."

    def get_title(self) -> str:
        return f"Spend {self.year.label} by line and month"

    def get_queryset(self) -> QuerySet:
        return Actual.objects.filter(line__year=self.year).select_related(
            "line__year", "line__category", "line__project", "source"
        )
