"""Lists of money: lines, spend, grants, benefits. Totals at the foot are those of all rows that
the filters let through, so that a figure followed to its rows is found again below them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet, Sum

from finance.benefits import ClassTotals
from finance.facts import NO_SOURCE
from finance.funding import Breakdown
from finance.models import Benefit, BudgetLine
from finance.selectors.benefits import life_of
from finance.selectors.lines import GRANTS, GROUPS, Sources, funding_of, paid_by
from programme.common import formats
from programme.common.columns import (
    NONE,
    AmountColumn,
    DayColumn,
    MonthColumn,
    NameColumn,
    PortalColumn,
    PortalTable,
)
from programme.common.values import Amount, AmountTotal, total
from programme.tables import PartTable

FOOT = "In all these rows"


class YearTable(PortalTable):
    label = NameColumn("finance:years:edit", year="slug", column={"verbose_name": "Year"})
    starts_on = DayColumn(verbose_name="First day")
    ends_on = DayColumn(verbose_name="Last day")
    state = PortalColumn()

    class Meta:
        order_by = "-starts_on"


class CategoryTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    name = NameColumn("finance:categories:edit", category="slug")
    is_programme_team = PortalColumn(verbose_name="Programme team")

    class Meta(PartTable.Meta):
        order_by = "order"

    def render_is_programme_team(self, value: bool) -> str:
        return "Yes" if value else NONE

    def value_is_programme_team(self, value: bool) -> str:
        return "yes" if value else "no"


class SourceTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    name = NameColumn("finance:sources:edit", source="slug")
    short_name = PortalColumn(verbose_name="Short name")
    kind = PortalColumn()
    organisation = PortalColumn(verbose_name="Whose money it is", order_by="organisation__name")

    class Meta(PartTable.Meta):
        order_by = "order"


class LinkColumn(NameColumn):
    """A link to a thing that the row is about, beside the one that names the row."""

    row_header = False


class ReadColumn(AmountColumn):
    """An amount that ``read`` finds in the row; where it finds none, a dash on the page and an
    empty cell in a download: that an amount does not apply is for somebody to have stated."""

    pence = False

    def __init__(self, read: Callable[[Any], Amount | None], **kwargs: Any) -> None:
        super().__init__(accessor="pk", **kwargs)
        self.read = read

    def render(self, record: Any) -> str:
        amount = self.read(record)
        return NONE if amount is None else formats.money(amount, pence=self.pence)

    def value(self, record: Any) -> Amount | None:
        return self.read(record)


class PenceColumn(ReadColumn):
    """The same to the penny."""

    pence = True


class SourceColumn(PenceColumn):
    """What some sources pay together of each line, and of all of them."""

    def __init__(
        self, heading: str, slugs: Collection[str], funding: Callable[[BudgetLine], Breakdown]
    ) -> None:
        def paid(record: BudgetLine) -> list[Amount]:
            found = funding(record)
            return [paid_by(found, each) for each in slugs]

        super().__init__(
            lambda record: _stated(total(paid(record))),
            verbose_name=heading,
            orderable=False,
            footer=lambda table: _printed(part for each in table.data for part in paid(each)),
        )


class LineTable(PortalTable):
    description = NameColumn(
        "finance:lines:detail",
        year="year__slug",
        line="ref",
        column={"verbose_name": "Line", "footer": FOOT},
    )
    category = PortalColumn(
        accessor="category__name", verbose_name="Category", order_by=("category__order",)
    )
    project = LinkColumn(
        "finance:project",
        project="project__ref",
        column={
            "accessor": "project__label",
            "verbose_name": "Project",
            "order_by": ("project__order",),
        },
    )
    nature = PortalColumn(verbose_name="Revenue or capital")
    amount = PenceColumn(
        lambda line: line.amount,
        verbose_name="Amount",
        order_by=("amount_pounds",),
        footer=lambda table: _printed(each.amount for each in table.data),
    )


def source_columns(sources: Sources, together: str = "") -> list[tuple[str, SourceColumn]]:
    """A column for each source of a programme, and for what has none yet; where the lines of
    several sources are asked for, one of what those pay ``together`` (a key of ``GROUPS``). Each
    line is split once for all of them."""
    known: dict[int, Breakdown] = {}

    def funding(line: BudgetLine) -> Breakdown:
        if line.pk not in known:
            known[line.pk] = funding_of(line, sources)
        return known[line.pk]

    shown = [*sources.values(), NO_SOURCE]
    columns = [
        (f"source_{each.slug}", SourceColumn(each.short_name, [each.slug], funding))
        for each in shown
    ]
    if together in GROUPS:
        own = [each.slug for each in shown if each.is_grant is (together == GRANTS)]
        columns.append((f"source_{together}", SourceColumn(GROUPS[together], own, funding)))
    return columns


class ActualTable(PortalTable):
    line = NameColumn(
        "finance:lines:detail",
        year="line__year__slug",
        line="line__ref",
        column={"accessor": "line__description", "verbose_name": "Line", "footer": FOOT},
    )
    month = MonthColumn()
    category = PortalColumn(
        accessor="line__category__name",
        verbose_name="Category",
        order_by=("line__category__order",),
    )
    project = LinkColumn(
        "finance:project",
        project="line__project__ref",
        column={
            "accessor": "line__project__label",
            "verbose_name": "Project",
            "order_by": ("line__project__order",),
        },
    )
    source = PortalColumn(
        accessor="source__name", verbose_name="Source", order_by=("source__order",)
    )
    pounds = PenceColumn(
        lambda actual: Amount.exact(actual.pounds),
        verbose_name="Spent",
        order_by=("pounds",),
        footer=lambda table: _spent(table.data.data),
    )


class GrantTable(PortalTable):
    name = NameColumn(
        "finance:grants:detail", grant="slug", column={"verbose_name": "Grant", "footer": FOOT}
    )
    year = LinkColumn(
        "finance:years:detail",
        year="year__slug",
        column={
            "accessor": "year__label",
            "verbose_name": "Year",
            "order_by": ("year__starts_on",),
        },
    )
    awarded_by = PortalColumn(accessor="awarded_by__name", verbose_name="Awarded by")
    held_by = PortalColumn(accessor="held_by__name", verbose_name="Held by")
    source = PortalColumn(
        accessor="source__name", verbose_name="Part of the budget as", default="Held outside it"
    )
    awarded_on = DayColumn()
    amount = AmountColumn(
        order_by=("amount_pounds",),
        footer=lambda table: formats.money_total(total(each.amount for each in table.data)),
    )


class LifeColumn(ReadColumn):
    """A figure of a benefit over all years, each amount counted once."""

    def __init__(self, figure: Callable[[ClassTotals], AmountTotal], **kwargs: Any) -> None:
        def read(benefit: Benefit) -> Amount | None:
            life = life_of(benefit)
            return _stated(figure(life)) if life else None

        super().__init__(read, orderable=False, **kwargs)


class BenefitTable(PortalTable):
    name = NameColumn("finance:benefits:detail", benefit="ref", column={"verbose_name": "Benefit"})
    benefit_class = PortalColumn(verbose_name="Class")
    project = LinkColumn(
        "finance:project",
        project="project__ref",
        column={
            "accessor": "project__label",
            "verbose_name": "Project",
            "default": "The programme",
            "order_by": ("project__order",),
        },
    )
    owner_post = PortalColumn(verbose_name="Owner")
    target = LifeColumn(lambda life: life.against_target.target, verbose_name="Target")
    forecast = LifeColumn(lambda life: life.against_target.forecast, verbose_name="Forecast")
    realised = LifeColumn(
        lambda life: life.realised.validated, verbose_name="Realised and validated"
    )
    unvalidated = LifeColumn(
        lambda life: life.realised.unvalidated, verbose_name="Not yet validated"
    )


def _stated(amounts: AmountTotal) -> Amount | None:
    return None if amounts.nothing else amounts.as_amount()


def _printed(amounts: Any) -> str:
    together = total(amounts)
    if together.nothing:
        return NONE
    return formats.money_total(together, pence=True)


def _spent(rows: QuerySet) -> str:
    """The sum of all rows of a list of spend, in one query."""
    return formats.pounds(rows.order_by().aggregate(all=Sum("pounds"))["all"] or 0, pence=True)
