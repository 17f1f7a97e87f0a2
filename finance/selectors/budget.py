"""A year's budget: its lines, who funds them, and budget, funding and variance by source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from finance.funding import SplitError, Unfunded, split
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
from finance.position import Entry, funding, matrix, variance_table
from finance.snapshot import UNFUNDED, BudgetPosition, CategoryFacts, LineFacts, SourceFacts
from programme.common.values import Amount, total


def budget_position(year: FinancialYear) -> BudgetPosition:
    """The money of a year as its lines and their funding make it. Six queries.

    Sources come in the programme's order, those that neither pay nor have agreed to pay anything
    this year left out; what nobody funds yet stands under the key ``UNFUNDED``.
    """
    programme_id = year.programme_id
    stored = list(FundingSource.objects.of(programme_id))
    sources = source_facts(stored)
    names = {each.pk: each.slug for each in stored}
    shares: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for share in SplitShare.objects.of(programme_id):
        shares[share.rule_id][names[share.source_id]] = share.percent
    fixed: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for part in LineFunding.objects.filter(line__year=year):
        fixed[part.line_id][names[part.source_id]] = part.pounds

    lines, categories = [], {}
    rows = BudgetLine.objects.filter(year=year).select_related("category", "project", "split_rule")
    for line in rows:
        categories[line.category.slug] = line.category
        lines.append(_line_facts(line, fixed[line.pk], shares[line.split_rule_id or 0]))

    budgets = {
        names[each.source_id]: each.amount for each in PlannedContribution.objects.filter(year=year)
    }
    granted = defaultdict(list)
    for grant in Grant.objects.filter(year=year, source__isnull=False):
        granted[names[grant.source_id]].append(grant.amount)
    for source, amounts in granted.items():
        budgets.setdefault(source, total(amounts).as_amount())

    entries = [
        Entry(line.category, source, amount) for line in lines for source, amount in line.funding
    ]
    used = {entry.source for entry in entries} | set(budgets)
    shown = tuple(each for each in sources if each.slug in used)
    if UNFUNDED in used:
        shown += (SourceFacts(UNFUNDED, "No source yet", "No source yet", UNFUNDED),)
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
        ),
        variance=variance_table(
            budgets, dict(zip(table.sources, table.totals, strict=True)), sources=order
        ),
    )


def source_facts(sources: Iterable[FundingSource]) -> tuple[SourceFacts, ...]:
    return tuple(SourceFacts(each.slug, each.name, each.short_name, each.kind) for each in sources)


def category_facts(categories: Iterable[CostCategory]) -> tuple[CategoryFacts, ...]:
    """Cost categories in the programme's order."""
    return tuple(
        CategoryFacts(each.slug, each.name, each.is_programme_team)
        for each in sorted(categories, key=lambda category: (category.order, category.pk))
    )


def _line_facts(
    line: BudgetLine, fixed: dict[str, Decimal], shares: dict[str, Decimal]
) -> LineFacts:
    problem = ""
    try:
        parts = split(line.amount, fixed, shares)
    except Unfunded as unfunded:
        parts = {source: Amount.exact(pounds) for source, pounds in fixed.items()}
        parts[UNFUNDED] = unfunded.remainder
        problem = str(unfunded)
    except SplitError as error:
        parts = {UNFUNDED: line.amount}
        problem = str(error)
    return LineFacts(
        ref=line.ref,
        description=line.description,
        category=line.category.slug,
        project=line.project.ref if line.project else "",
        nature=line.nature,
        amount=line.amount,
        rule=line.split_rule.name if line.split_rule else "",
        funding=tuple(parts.items()),
        problem=problem,
    )
