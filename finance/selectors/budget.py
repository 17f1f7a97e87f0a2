"""A year's budget: its lines, who funds them, and budget, funding and variance by source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from finance.facts import (
    NO_SOURCE,
    UNFUNDED,
    BudgetPosition,
    CategoryFacts,
    LineFacts,
    SourceFacts,
)
from finance.funding import Breakdown, breakdown
from finance.models import (
    BudgetLine,
    CostCategory,
    FinancialYear,
    FundingSource,
    Grant,
    LineFunding,
    PlannedContribution,
    SplitShare,
)
from finance.position import Payment, funding, matrix, variance_table
from programme.common.markings import highest
from programme.common.values import Amount, total
from programme.models import Programme


def budget_position(year: FinancialYear) -> BudgetPosition:
    """The money of a year as its lines and their funding make it. Six queries.

    Sources come in the programme's order, those that neither pay nor have agreed to pay anything
    this year left out; what nobody funds yet stands under the key ``UNFUNDED``.
    """
    return budget_positions([year])[0]


def budget_positions(years: Sequence[FinancialYear]) -> tuple[BudgetPosition, ...]:
    """The position of each of a programme's years, in their order. Six queries for all of them."""
    if not years:
        return ()
    stored = list(FundingSource.objects.of(years[0].programme_id))
    names = {each.pk: each.slug for each in stored}

    lines: dict[int, list[BudgetLine]] = defaultdict(list)
    rows = BudgetLine.objects.filter(year__in=years)
    splits = line_splits(years[0].programme_id, names, rows)
    for line in rows.select_related("category", "project", "split_rule"):
        lines[line.year_id].append(line)

    budgets: dict[int, dict[str, Amount]] = defaultdict(dict)
    for planned in PlannedContribution.objects.filter(year__in=years):
        budgets[planned.year_id][names[planned.source_id]] = planned.amount
    marked: dict[int, list[str]] = defaultdict(list)
    granted: dict[int, dict[str, list[Amount]]] = defaultdict(lambda: defaultdict(list))
    for grant in Grant.objects.filter(year__in=years, source__isnull=False):
        granted[grant.year_id][names[grant.source_id]].append(grant.amount)
        marked[grant.year_id].append(grant.sensitivity)
    for year_id, by_source in granted.items():
        for source, amounts in by_source.items():
            budgets[year_id].setdefault(source, total(amounts).as_amount())

    sources = source_facts(stored)
    return tuple(
        _position(year, sources, lines[year.pk], splits, budgets[year.pk], marked[year.pk])
        for year in years
    )


@dataclass(frozen=True, slots=True)
class Splits:
    """Stored funding by keys of sources: fixed pounds by line, percent by split rule."""

    fixed: Mapping[int, Mapping[str, Decimal]]
    shares: Mapping[int, Mapping[str, Decimal]]

    def of(self, line: BudgetLine) -> Breakdown[str]:
        """How a line is funded."""
        return breakdown(
            line.amount, self.fixed.get(line.pk, {}), self.shares.get(line.split_rule_id or 0, {})
        )


def line_splits(
    programme: Programme | int, names: Mapping[int, str], lines: QuerySet[BudgetLine]
) -> Splits:
    """The fixed funding of lines and the shares of all rules of their programme, whose sources
    have the slugs ``names``. Two queries."""
    shares: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for share in SplitShare.objects.of(programme):
        shares[share.rule_id][names[share.source_id]] = share.percent
    fixed: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for part in LineFunding.objects.filter(line__in=lines):
        fixed[part.line_id][names[part.source_id]] = part.pounds
    return Splits(fixed, shares)


def _position(
    year: FinancialYear,
    sources: Sequence[SourceFacts],
    stored: Iterable[BudgetLine],
    splits: Splits,
    budgets: Mapping[str, Amount],
    markings: Iterable[str],
) -> BudgetPosition:
    lines, categories = [], {}
    for line in stored:
        categories[line.category.slug] = line.category
        lines.append(line_facts(line, splits.of(line)))
    entries = [
        Payment(line.category, source, amount) for line in lines for source, amount in line.funding
    ]
    used = {entry.source for entry in entries} | set(budgets)
    shown = tuple(each for each in sources if each.slug in used)
    if UNFUNDED in used:
        shown += (NO_SOURCE,)
    order = [each.slug for each in shown]
    ordered = category_facts(categories.values())
    table = matrix(entries, categories=[each.slug for each in ordered], sources=order)
    return BudgetPosition(
        year=year.label,
        year_slug=year.slug,
        sources=shown,
        categories=ordered,
        lines=tuple(lines),
        matrix=table,
        funding=funding(
            entries,
            sources=order,
            grants=[each.slug for each in shown if each.is_grant],
            team_salaries=[each.slug for each in ordered if each.is_programme_team],
            nobody=(UNFUNDED,),
        ),
        variance=variance_table(
            budgets,
            dict(zip(table.sources, table.totals, strict=True)),
            sources=order,
            nobody=(UNFUNDED,),
        ),
        sensitivity=highest([*markings, *(each.sensitivity for each in lines)]),
    )


def source_facts(sources: Iterable[FundingSource]) -> tuple[SourceFacts, ...]:
    return tuple(SourceFacts(each.slug, each.name, each.short_name, each.kind) for each in sources)


def category_facts(categories: Iterable[CostCategory]) -> tuple[CategoryFacts, ...]:
    """Cost categories in the programme's order."""
    return tuple(
        CategoryFacts(each.slug, each.name, each.is_programme_team)
        for each in sorted(categories, key=lambda category: (category.order, category.pk))
    )


def line_facts(line: BudgetLine, found: Breakdown[str]) -> LineFacts:
    """A line whose category, project and split rule have been fetched with it."""
    paid = [(part.source, part.total) for part in found.parts]
    if found.problem:
        paid.append((UNFUNDED, found.unfunded))
    return LineFacts(
        ref=line.ref,
        description=line.description,
        category=line.category.slug,
        project=line.project.ref if line.project else "",
        nature=line.nature,
        amount=line.amount,
        rule=line.split_rule.name if line.split_rule else "",
        funding=tuple(paid),
        problem=found.problem,
        parts=found.parts,
        sensitivity=line_marking(line),
    )


def line_marking(line: BudgetLine) -> str:
    """The marking of a line whose project has been fetched with it: the higher of the two."""
    of_project = [line.project.sensitivity] if line.project else []
    return highest((line.sensitivity, *of_project))
