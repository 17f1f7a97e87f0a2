"""The second floor's part of a programme's file: sources, years, grants, benefits."""

from __future__ import annotations

from dataclasses import dataclass, field

from finance import actions
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
    PlannedContribution,
    PublishedFigure,
    SplitRule,
)
from programme.common.values import Amount
from programme.models import MarkingChoices
from programme.programme_file.loading import UNSAID, Rows, each
from programme.programme_file.parts import ProgrammeParts, numbered
from programme.programme_file.yamlfile import Entry
from projects.models import Project
from projects.programme_file.load import ProjectParts


@dataclass
class FinanceParts:
    """What the second floor loads with, by the names that the file uses."""

    below: ProgrammeParts
    projects: dict[str, Project]
    sources: dict[str, FundingSource] = field(default_factory=dict)
    categories: dict[str, CostCategory] = field(default_factory=dict)
    rules: dict[str, SplitRule] = field(default_factory=dict)
    years: dict[str, FinancialYear] = field(default_factory=dict)


def load(file: Entry, first_floor: ProjectParts) -> FinanceParts:
    """Loads what the second floor keeps. Problems stay with the loading; runs in the caller's
    transaction."""
    parts = FinanceParts(first_floor.below, first_floor.projects)
    section = parts.below.loading.section
    with section():
        _cost_estimates(file, parts)
    finance = None
    with section():
        finance = file.entry("finance")
    if finance is None:
        return parts
    for build in (
        _sources,
        _categories,
        _split_rules,
        _years,
        _contributions,
        _lines,
        _published_figures,
        _grants,
        _benefits,
    ):
        with section():
            build(finance, parts)
    return parts


def _cost_estimates(file: Entry, parts: FinanceParts) -> None:
    below = parts.below
    stored = CostEstimate.objects.filter(project__programme=below.programme)
    rows = below.loading.rows(stored, "project", "period", "label")

    def build(entry: Entry) -> None:
        project = parts.projects[str(entry.text("ref"))]
        terms = CostEstimate.Term
        for one in entry.entries("cost_estimates"):
            rows.put(
                one,
                project=project,
                period=one.ref("period", below.periods),
                label=one.text("label", ""),
                amount=one.amount("amount"),
                term=one.choice("term", terms.values, terms.ONE_OFF.value),
                years=one.integer("years", None),
            )

    each(file.entries("projects"), build)
    rows.finish()


def _sources(finance: Entry, parts: FinanceParts) -> None:
    below, entries = parts.below, finance.entries("sources")
    rows = below.loading.rows(FundingSource.objects.filter(programme=below.programme), "slug")
    place = numbered(entries)

    def build(entry: Entry) -> FundingSource:
        return rows.put(
            entry,
            programme=below.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            short_name=entry.text("short_name", None) or entry.text("name"),
            kind=entry.choice("kind", FundingSource.Kind.values),
            organisation=entry.ref("organisation", below.organisations, None),
            order=place(entry),
            withdrawn_on=entry.day("withdrawn_on", None),
        )

    parts.sources = {row.slug: row for row in each(entries, build)}
    rows.finish()


def _categories(finance: Entry, parts: FinanceParts) -> None:
    below, entries = parts.below, finance.entries("cost_categories")
    rows = below.loading.rows(CostCategory.objects.filter(programme=below.programme), "slug")
    place = numbered(entries)

    def build(entry: Entry) -> CostCategory:
        return rows.put(
            entry,
            programme=below.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            is_programme_team=entry.boolean("is_programme_team", False),
            order=place(entry),
            withdrawn_on=entry.day("withdrawn_on", None),
        )

    parts.categories = {row.slug: row for row in each(entries, build)}
    rows.finish()


def _split_rules(finance: Entry, parts: FinanceParts) -> None:
    below = parts.below
    rows = below.loading.rows(SplitRule.objects.filter(programme=below.programme), "slug")

    def build(entry: Entry) -> SplitRule:
        slug, shares = entry.text("slug"), entry.entry("shares")
        if shares is None:
            raise entry.problem("'shares' is missing")
        by_source = {shares.name(key, parts.sources): shares.decimal(key) for key in shares.keys}
        values = {
            "slug": slug,
            "name": entry.text("name"),
            "shares": by_source,
            "in_force_from": entry.day("in_force_from", None),
            "in_force_to": entry.day("in_force_to", None),
        }
        return rows.put_by(
            entry,
            lambda stored: actions.save_split_rule(
                rule=stored or SplitRule(programme=below.programme), values=values, by=None
            ),
            also={"withdrawn_on": entry.day("withdrawn_on", None)},
            slug=slug,
        )

    parts.rules = {row.slug: row for row in each(finance.entries("split_rules"), build)}
    rows.finish()


def _years(finance: Entry, parts: FinanceParts) -> None:
    below = parts.below
    rows = below.loading.rows(FinancialYear.objects.filter(programme=below.programme), "slug")

    def build(entry: Entry) -> FinancialYear:
        states = FinancialYear.State
        return rows.put(
            entry,
            programme=below.programme,
            slug=entry.text("slug"),
            label=entry.text("label"),
            starts_on=entry.day("starts_on"),
            ends_on=entry.day("ends_on"),
            state=entry.choice("state", states.values, states.DRAFT.value),
        )

    parts.years = {row.slug: row for row in each(finance.entries("years"), build)}
    rows.finish()


def _contributions(finance: Entry, parts: FinanceParts) -> None:
    stored = PlannedContribution.objects.filter(year__programme=parts.below.programme)
    rows = parts.below.loading.rows(stored, "year", "source")

    def build(entry: Entry) -> None:
        year = parts.years[str(entry.text("slug"))]
        for one in entry.entries("planned_contributions"):
            rows.put(
                one,
                year=year,
                source=one.ref("source", parts.sources),
                amount=one.amount("amount"),
                note=one.text("note", ""),
            )

    each(finance.entries("years"), build)
    rows.finish()


def _lines(finance: Entry, parts: FinanceParts) -> None:
    below = parts.below
    stored = BudgetLine.objects.filter(year__programme=below.programme)
    rows = below.loading.rows(stored, "year", "ref")
    stored_actuals = Actual.objects.filter(line__year__programme=below.programme)
    actuals = below.loading.rows(stored_actuals, "line", "source", "month")

    def build(pair: tuple[FinancialYear, int, Entry]) -> None:
        year, order, entry = pair
        line = _line(rows, year, order, entry, parts)
        for one in entry.entries("actuals"):
            actuals.put(
                one,
                line=line,
                source=one.ref("source", parts.sources),
                month=one.day("month"),
                pounds=one.pounds("pounds"),
            )

    each(
        [
            (parts.years[str(year.text("slug"))], line.integer("order", place), line)
            for year in finance.entries("years")
            for place, line in enumerate(year.entries("lines"), 1)
        ],
        build,
    )
    rows.finish()
    actuals.finish()


def _line(
    rows: Rows[BudgetLine], year: FinancialYear, order: int, entry: Entry, parts: FinanceParts
) -> BudgetLine:
    fixed = entry.entry("fixed")
    by_source = (
        {fixed.name(key, parts.sources): fixed.pounds(key) for key in fixed.keys} if fixed else {}
    )
    natures = BudgetLine.Nature
    values = {
        "ref": entry.text("ref"),
        "description": entry.text("description"),
        "category": entry.ref("category", parts.categories),
        "project": entry.ref("project", parts.projects, None),
        "nature": entry.choice("nature", natures.values, natures.REVENUE.value),
        "amount": entry.amount("amount"),
        "split_rule": entry.ref("split_rule", parts.rules, None),
        "note": entry.text("note", ""),
        "sensitivity": _marking(entry),
        "fixed": by_source,
        "order": order,
    }
    return rows.put_by(
        entry,
        lambda stored: actions.save_budget_line(
            line=stored or BudgetLine(year=year), values=values, by=None
        ),
        year=year,
        ref=values["ref"],
    )


def _marking(entry: Entry) -> str:
    return entry.choice("sensitivity", MarkingChoices.values, MarkingChoices.OFFICIAL.value)


def _published_figures(finance: Entry, parts: FinanceParts) -> None:
    stored = PublishedFigure.objects.filter(year__programme=parts.below.programme)
    rows = parts.below.loading.rows(stored, "year", "document", "category", "source")

    def build(entry: Entry) -> None:
        year = parts.years[str(entry.text("slug"))]
        for one in entry.entries("published_figures"):
            rows.put(
                one,
                year=year,
                document=one.text("document"),
                category=one.ref("category", parts.categories, None),
                source=one.ref("source", parts.sources, None),
                pounds=one.pounds("pounds"),
                note=one.text("note", ""),
            )

    each(finance.entries("years"), build)
    rows.finish()


def _grants(finance: Entry, parts: FinanceParts) -> None:
    below = parts.below
    rows = below.loading.rows(Grant.objects.filter(programme=below.programme), "slug")
    stored = GrantReturn.objects.filter(grant__programme=below.programme)
    returns = below.loading.rows(stored, "grant", "name")

    def build(entry: Entry) -> None:
        grant = rows.put(
            entry,
            many={"projects": entry.refs("projects", parts.projects)},
            programme=below.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            year=entry.ref("year", parts.years),
            source=entry.ref("source", parts.sources, None),
            awarded_by=entry.ref("awarded_by", below.organisations),
            held_by=entry.ref("held_by", below.organisations, None),
            amount=entry.amount("amount"),
            awarded_on=entry.day("awarded_on", None),
            purpose=entry.text("purpose", ""),
            sensitivity=_marking(entry),
        )
        for one in entry.entries("returns"):
            returns.put(
                one,
                grant=grant,
                name=one.text("name"),
                due_on=one.day("due_on", None),
                submitted_on=one.day("submitted_on", None),
                on_schedule=one.boolean("on_schedule", None),
            )

    each(finance.entries("grants"), build)
    rows.finish()
    returns.finish()


def _benefits(finance: Entry, parts: FinanceParts) -> None:
    below, entries = parts.below, finance.entries("benefits")
    rows = below.loading.rows(Benefit.objects.filter(programme=below.programme), "ref")
    stored = BenefitProfile.objects.filter(benefit__programme=below.programme)
    profiles = below.loading.rows(stored, "benefit", "year")
    place = numbered(entries)

    def build(entry: Entry) -> None:
        recurrences = Benefit.Recurrence
        benefit = rows.put(
            entry,
            programme=below.programme,
            ref=entry.text("ref"),
            project=entry.ref("project", parts.projects, None),
            name=entry.text("name"),
            benefit_class=entry.choice("benefit_class", Benefit.Class.values),
            recurrence=entry.choice("recurrence", recurrences.values, recurrences.NOT_STATED.value),
            measure=entry.text("measure", ""),
            baseline=entry.text("baseline", ""),
            evidence=entry.text("evidence", ""),
            timescale=entry.text("timescale", ""),
            owner_post=entry.text("owner_post", ""),
            owner_organisation=entry.ref("owner_organisation", below.organisations, None),
            sensitivity=_marking(entry),
            withdrawn_on=entry.day("withdrawn_on", None),
            order=place(entry),
        )
        none = Amount.not_applicable()
        for one in entry.entries("profile"):
            profiles.put(
                one,
                benefit=benefit,
                year=one.ref("year", parts.years, None),
                target=one.amount("target", none),
                forecast=one.amount("forecast", none),
                realised=one.amount("realised", none),
                realised_entered_by=one.ref("realised_entered_by", below.users, UNSAID),
                realised_changed_by=one.ref("realised_changed_by", below.users, UNSAID),
                validated_by=one.ref("validated_by", below.users, UNSAID),
                validated_on=one.day("validated_on", None),
            )

    each(entries, build)
    rows.finish()
    profiles.finish()
