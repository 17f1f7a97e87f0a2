"""What was spent, and grants, as tables, every figure leading to its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from finance.display import (
    FIGURE,
    NOTHING,
    figures,
    money,
    share,
    stated,
    table,
    text,
    total,
    variance,
    word,
)
from finance.facts import SourceFacts
from finance.funding import Breakdown
from finance.models import Grant, GrantReturn
from finance.selectors.lines import GRANTS, PARTNERS, Spent
from finance.selectors.outturn import ComparedFigure
from finance.selectors.years import YearSummary
from finance.views.addresses import Url, YearUrls
from programme.common import formats
from programme.common.blocks import Blank, Column, Table
from programme.common.values import Amount
from programme.common.values import total as add_up


def years_grid(years: Iterable[YearSummary], url: Url) -> Table:
    """The programme's years, the newest first: what each costs, who meets it, what was spent."""
    rows = []
    for year in years:
        urls = YearUrls(url, year.slug)
        funding, compared = year.position.funding, year.position.variance
        rows.append(
            (
                text(year.label, urls.page("years:detail"), quiet=year.state),
                total(funding.total, urls.lines()),
                total(funding.grant, urls.lines(source=GRANTS)),
                total(funding.match_fund, urls.lines(source=PARTNERS)),
                total(compared.budget, urls.compared()),
                variance(compared.variance) if compared.rows else money(Amount.not_applicable()),
                total(year.spent, urls.page("years:outturn")),
            )
        )
    heads = ("Forecast spend", "Grant", "After grants", "Budget", "Variance", "Spent")
    return table(
        "Financial years, the newest first",
        (Column("Year"), *figures(*heads)),
        tuple(rows),
        notes=(
            "Budget is what the sources have agreed to put in. Variance is budget less forecast "
            "spend: minus is over budget.",
        ),
    )


def published_grid(
    year: str, compared: Iterable[ComparedFigure], change: Callable[[int], str]
) -> Table:
    """Figures as papers printed them beside what the rows make; ``change`` gives the address to
    correct a printed one by its key, or ''."""
    rows = []
    for each in compared:
        address = change(each.key)
        rows.append(
            (
                text(each.label, quiet=each.document),
                text(formats.money(each.printed)),
                money(each.computed),
                text("Agrees") if each.agrees else stated(each.difference),
                text(each.note),
                text("Edit", address, hidden=f"figure for {each.label}") if address else Blank(),
            )
        )
    heads = figures("Printed", "Computed", "Printed less computed")
    return table(
        f"Published figures of {year} beside the computed ones",
        (Column("Figure"), *heads, Column("Note"), Column("Edit")),
        tuple(rows),
        notes=("What was printed is kept as it was printed; neither is put right in silence.",),
    ).without_empty_columns()


def funding_grid(line: Breakdown[str], amount: Amount, names: dict[str, str]) -> Table:
    """To the penny what each source pays of one line: fixed funding first, the rest by shares."""
    none = NOTHING
    rows = [
        (
            text(names.get(part.source, part.source)),
            money(part.fixed, pence=True),
            share(part.percent),
            money(part.shared, pence=True),
            money(part.total, pence=True),
        )
        for part in line.parts
    ]
    if line.problem:
        missing = text("No source yet", quiet=line.problem)
        rows.append((missing, none, none, none, money(line.unfunded, pence=True)))
    return table(
        "Who pays",
        (Column("Source"), *figures("Fixed", "Share", "By share", "In all")),
        tuple(rows),
        total=(
            text("The line"),
            total(add_up(part.fixed for part in line.parts), pence=True),
            none,
            money(line.remainder, pence=True),
            stated(amount, pence=True),
        ),
        notes=(
            "Fixed funding comes first; what it leaves is shared. Every split adds up to the "
            "penny.",
        ),
    )


def spent_grid(spent: Spent) -> Table:
    """A line's spend by month and source."""
    heads = figures(*(each.short_name for each in spent.sources), "Total")
    return table(
        "Spent by month and source",
        (Column("Month"), *heads),
        tuple(
            (
                text(_month(row.category)),
                *(total(cell, pence=True) for cell in row.cells),
                total(row.total, pence=True),
            )
            for row in spent.table.rows
        ),
        total=(
            text("Total"),
            *(total(each, pence=True) for each in spent.table.totals),
            total(spent.table.grand_total, pence=True),
        ),
    )


def _month(day: date) -> str:
    return formats.month(day)


def grants_grid(year: str, grants: Iterable[Grant], url: Url) -> Table:
    """The grants of a year, with whether they are part of its budget."""
    return table(
        f"Grants, {year}",
        (Column("Grant"), Column("Awarded by"), Column("In the budget"), Column("Amount", FIGURE)),
        tuple(
            (
                text(each.name, url("finance:grants:detail", grant=each.slug)),
                text(each.awarded_by.name),
                text(each.source.name if each.source else "No: held outside it, only reported"),
                stated(each.amount),
            )
            for each in grants
        ),
    )


def returns_grid(
    returns: Iterable[GrantReturn], today: date, change: Callable[[GrantReturn], str]
) -> Table:
    """The reports that the awarding body asks for, as they stand on a day."""
    rows = []
    for each in returns:
        address = change(each)
        rows.append(
            (
                text(each.name),
                word(_day(each.due_on), otherwise="Not stated"),
                text(return_state(each, today)),
                text("Edit", address, hidden=each.name) if address else Blank(),
            )
        )
    return table(
        "Returns",
        (Column("Return"), Column("Due"), Column("State"), Column("Edit")),
        tuple(rows),
    ).without_empty_columns()


def return_state(each: GrantReturn, today: date) -> str:
    """Where a return stands: "submitted on 3 May 2018, late", "overdue", "due"."""
    if each.submitted_on:
        state = f"Submitted on {formats.day(each.submitted_on)}"
        if each.due_on:
            state += ", on schedule" if each.submitted_on <= each.due_on else ", late"
        return state
    if each.on_schedule:
        return "Submitted on schedule"
    if each.due_on is None:
        return "Not submitted yet"
    return "Due" if each.due_on >= today else "Overdue"


def _day(day: date | None) -> str:
    return formats.day(day) if day else ""


def source_names(sources: Iterable[SourceFacts]) -> dict[str, str]:
    return {each.slug: each.name for each in sources}
