"""The money on home: drawings with their tables, each figure leading to its rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from finance.facts import BenefitGlance, FundingGlance
from programme.common import cells, charts
from programme.common.blocks import Chart, ColumnKind, RowKind
from programme.common.english import listed, within
from programme.common.formats import money_total, percent, pounds
from reports.refs import Addresses
from reports.sections.benefits import chart_by_class, table_by_class
from reports.sections.budget import variance_chart


@dataclass(frozen=True, slots=True)
class Printed:
    """A table's cell as HTML, and whether it holds a figure."""

    html: SafeString
    figure: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a panel's table: its header, its cells, whether it is the total."""

    header: SafeString
    cells: tuple[Printed, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    figure: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A drawing with the sentence that it is there to say, and the same figures as a table.
    ``url`` leads to the pages behind it, and is empty where there are none."""

    key: str
    title: str
    says: str
    drawing: SafeString
    caption: str
    columns: tuple[Heading, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    url: str


def funding_panel(glance: FundingGlance | None, addresses: Addresses) -> Panel | None:
    """Funding by source against its budget; None before a year has any money in it."""
    if glance is None or not glance.variance.rows:
        return None
    url = addresses.page("finance:year", year=glance.year_slug)
    return _panel(
        "funding", "Money by source", _funding_words(glance), variance_chart(glance), url, addresses
    )


def benefit_panel(glance: BenefitGlance, addresses: Addresses) -> Panel | None:
    """Benefits by class against their targets; None where none is kept in money."""
    table = table_by_class(glance.programme, glance.projects)
    chart = chart_by_class(glance.programme, glance.projects, table)
    if chart is None:
        return None
    url = addresses.page("finance:benefits:list")
    return _panel("benefits", "Benefits", _benefit_words(glance), chart, url, addresses)


def _funding_words(glance: FundingGlance) -> str:
    """Who is over budget and whose budget is not known yet, in one or two sentences."""
    table = glance.variance
    total = f"{glance.year} costs {money_total(table.funding)}."
    over = [
        f"{within(glance.source(row.source).name)} by {pounds(-(row.variance.pounds or 0))}"
        for row in table.overspent
    ]
    waiting = [within(glance.source(row.source).name) for row in table.rows if not row.budget.known]
    words = [total]
    if over:
        words.append(f"Over budget: {listed(over)}.")
    if waiting:
        words.append(f"Still to be confirmed: the budget of {listed(waiting)}.")
    if not over and not waiting:
        words.append("Every source is within its budget.")
    return " ".join(words)


def _benefit_words(glance: BenefitGlance) -> str:
    sentences = [
        f"The programme forecasts {money_total(held.forecast)} of "
        f"{each.benefit_class.label.lower()} benefits against a target of "
        f"{money_total(held.target)} ({percent(held.share)})."
        for each in glance.programme
        if (held := each.against_target).share is not None
    ]
    if sentences:
        return " ".join(sentences)
    if any(each.against_target.target.counted for each in (*glance.programme, *glance.projects)):
        return "The programme as a whole has no forecast and target that can be compared."
    return "No target is stored to hold the forecasts against."


def _panel(key: str, title: str, says: str, chart: Chart, url: str, addresses: Addresses) -> Panel:
    table = chart.table
    figures = [column.kind is ColumnKind.FIGURE for column in table.columns]
    return Panel(
        key=key,
        title=title,
        says=says,
        drawing=mark_safe(charts.draw(chart, key)),  # noqa: S308 - the drawing escapes its texts
        caption=table.caption,
        columns=tuple(
            Heading(column.heading, figure)
            for column, figure in zip(table.columns, figures, strict=True)
        ),
        lines=tuple(
            Line(
                cells.cell(row.cells[0], addresses.resolve),
                tuple(
                    Printed(cells.cell(value, addresses.resolve), figure)
                    for value, figure in zip(row.cells[1:], figures[1:], strict=True)
                ),
                row.kind is RowKind.TOTAL,
            )
            for group in table.groups
            for row in group.rows
        ),
        notes=tuple(str(note) for note in table.notes),
        url=url,
    )
