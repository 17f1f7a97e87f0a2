"""The second floor's part of a programme's file as it is written: sources, years, grants,
benefits, and what projects are thought to cost."""

from __future__ import annotations

from collections.abc import Collection

from finance.models import (
    Actual,
    Benefit,
    BenefitProfile,
    BudgetLine,
    CostCategory,
    CostEstimate,
    FinancialYear,
    FundingSource,
    Grant,
    GrantReturn,
    LineFunding,
    PlannedContribution,
    PublishedFigure,
    SplitRule,
    SplitShare,
)
from programme.programme_file.writing import Row, Tree, Writing, without_empty


def written(writing: Writing, *, only_set_up: bool = False) -> Tree:
    """What the second floor keeps below the file's ``finance``."""
    shares = SplitShare.objects.of(writing.programme).filter(rule__withdrawn_on__isnull=True)
    writing.keep(FundingSource, shares.values_list("source", flat=True))
    set_up = {
        "sources": writing.all(FundingSource),
        "cost_categories": writing.all(CostCategory),
        "split_rules": _split_rules(writing),
    }
    if only_set_up:
        return without_empty(set_up)
    return without_empty(
        set_up
        | {
            "years": _years(writing),
            "grants": _grants(writing),
            "benefits": _benefits(writing),
        }
    )


def cost_estimates(writing: Writing) -> dict[str, list[Tree]]:
    """What each project is thought to cost, by the project's reference."""
    rows = writing.rows(CostEstimate)
    found: dict[str, list[Tree]] = {}
    for row in rows:
        ref = writing.name(CostEstimate._meta.get_field("project").related_model, row.project_id)
        found.setdefault(ref, []).append(writing.said(row, leave_out=("project",)))
    return found


def _parts(writing: Writing, rows: Collection[Row], *leave_out: str) -> list[Tree]:
    return [writing.said(row, leave_out=leave_out) for row in rows]


def _split_rules(writing: Writing) -> list[Tree]:
    shares = writing.below(SplitShare, "rule")

    def build(rule: SplitRule) -> Tree:
        return writing.said(rule, leave_out=("programme",)) | {
            "shares": {
                writing.name(FundingSource, share.source_id): share.percent
                for share in shares.get(rule.pk, ())
            }
        }

    return [build(rule) for rule in writing.rows(SplitRule)]


def _years(writing: Writing) -> list[Tree]:
    contributions = writing.below(PlannedContribution, "year")
    lines = writing.below(BudgetLine, "year")
    figures = writing.below(PublishedFigure, "year")
    fixed = writing.below(LineFunding, "line")
    actuals = writing.below(Actual, "line")

    def line(row: BudgetLine) -> Tree:
        return writing.said(row, leave_out=("year",)) | without_empty(
            {
                "fixed": {
                    writing.name(FundingSource, part.source_id): part.pounds
                    for part in fixed.get(row.pk, ())
                },
                "actuals": _parts(writing, actuals.get(row.pk, ()), "line"),
            }
        )

    def build(year: FinancialYear) -> Tree:
        return writing.said(year, leave_out=("programme",)) | without_empty(
            {
                "planned_contributions": _parts(writing, contributions.get(year.pk, ()), "year"),
                "lines": writing.listed(lines.get(year.pk, ()), line),
                "published_figures": _parts(writing, figures.get(year.pk, ()), "year"),
            }
        )

    return [build(year) for year in reversed(writing.rows(FinancialYear))]


def _grants(writing: Writing) -> list[Tree]:
    returns = writing.below(GrantReturn, "grant")
    return [
        writing.said(grant, leave_out=("programme",))
        | without_empty({"returns": _parts(writing, returns.get(grant.pk, ()), "grant")})
        for grant in writing.rows(Grant)
    ]


def _benefits(writing: Writing) -> list[Tree]:
    profiles = writing.below(BenefitProfile, "benefit")

    def build(benefit: Benefit) -> Tree:
        return writing.said(benefit, leave_out=("programme",)) | without_empty(
            {"profile": _parts(writing, profiles.get(benefit.pk, ()), "benefit")}
        )

    return writing.listed(writing.rows(Benefit), build)
