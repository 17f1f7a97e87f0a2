"""The money at a glance, for a page that shows much else: few queries, totals only.

The arithmetic is that of the full positions (``breakdown``, ``variance_table``, ``whole_life``);
only fewer columns are read for it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import F, FilteredRelation, Q

from finance.benefits import BenefitClass, ClassTotals, Profile, totals_by_class, whole_life
from finance.facts import (
    NO_SOURCE,
    UNFUNDED,
    BenefitGlance,
    FundingGlance,
    SourceFacts,
    UnvalidatedBenefit,
)
from finance.funding import breakdown
from finance.models import BenefitProfile, BudgetLine, FinancialYear, FundingSource
from finance.position import Payment, matrix, variance_table
from programme.common.values import Amount, Certainty, total
from programme.models import Programme


def funding_at_a_glance(programme: Programme, *, day: date) -> FundingGlance | None:
    """The year in which a day falls, or else the newest one; None before there is any.

    Three queries, however many lines there are.
    """
    years = FinancialYear.objects.of(programme).annotate(
        holds_day=Q(starts_on__lte=day, ends_on__gte=day)
    )
    year = years.order_by("-holds_day", "-starts_on").first()
    if year is None:
        return None
    sources, budgets, owners = _sources(programme, year)
    entries = _entries(year)
    if any(entry.source == UNFUNDED for entry in entries):
        sources += (NO_SOURCE,)
    used = {entry.source for entry in entries} | set(budgets)
    shown = tuple(each for each in sources if each.slug in used)
    order = [each.slug for each in shown]
    table = matrix(entries, sources=order)
    return FundingGlance(
        year=year.label,
        year_slug=year.slug,
        sources=shown,
        variance=variance_table(
            budgets,
            dict(zip(table.sources, table.totals, strict=True)),
            sources=order,
            nobody=(UNFUNDED,),
        ),
        owners=tuple((slug, owner) for slug, owner in owners.items() if owner and slug in used),
    )


def _sources(
    programme: Programme, year: FinancialYear
) -> tuple[tuple[SourceFacts, ...], dict[str, Amount], dict[str, int | None]]:
    """The programme's sources, what each agreed to put in (a grant: its award), whose it is."""
    rows = (
        FundingSource.objects.of(programme)
        .annotate(
            planned=FilteredRelation(
                "planned_contributions", condition=Q(planned_contributions__year=year)
            ),
            granted=FilteredRelation("grants", condition=Q(grants__year=year)),
        )
        .values_list(
            "slug",
            "name",
            "short_name",
            "kind",
            "organisation_id",
            "planned__amount_pounds",
            "planned__amount_certainty",
            "granted__amount_pounds",
            "granted__amount_certainty",
        )
        .order_by("order", "pk", "granted__pk")
    )
    sources: dict[str, SourceFacts] = {}
    owners: dict[str, int | None] = {}
    planned: dict[str, Amount] = {}
    granted: dict[str, list[Amount]] = defaultdict(list)
    for slug, name, short_name, kind, owner, *amounts in rows:
        sources[slug] = SourceFacts(slug, name, short_name, kind)
        owners[slug] = owner
        if amounts[1]:
            planned[slug] = _amount(amounts[0], amounts[1])
        if amounts[3]:
            granted[slug].append(_amount(amounts[2], amounts[3]))
    awards = {slug: total(each).as_amount() for slug, each in granted.items()}
    return tuple(sources.values()), awards | planned, owners


def _entries(year: FinancialYear) -> list[Payment[str, str]]:
    """What each source pays of each line, as the line's fixed funding and split rule make it."""
    rows = (
        BudgetLine.objects.filter(year=year)
        .values_list(
            "pk",
            "amount_pounds",
            "amount_certainty",
            "fixed_funding__source__slug",
            "fixed_funding__pounds",
            "split_rule__shares__source__slug",
            "split_rule__shares__percent",
        )
        .order_by(
            "order",
            "pk",
            F("fixed_funding__source__order").asc(nulls_last=True),
            F("split_rule__shares__source__order").asc(nulls_last=True),
        )
    )
    amounts: dict[int, Amount] = {}
    fixed: dict[int, dict[str, Decimal]] = defaultdict(dict)
    shares: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for pk, pounds, certainty, payer, paid, sharer, percent in rows:
        amounts[pk] = _amount(pounds, certainty)
        if payer:
            fixed[pk][payer] = paid
        if sharer:
            shares[pk][sharer] = percent
    entries = []
    for pk, amount in amounts.items():
        split = breakdown(amount, fixed[pk], shares[pk])
        entries += [Payment("", part.source, part.total) for part in split.parts]
        if split.unfunded.certainty is not Certainty.NOT_APPLICABLE:
            entries.append(Payment("", UNFUNDED, split.unfunded))
    return entries


def benefits_at_a_glance(programme: Programme) -> BenefitGlance:
    """Totals by class, and what still has to be validated. One query."""
    rows = (
        BenefitProfile.objects.of(programme)
        .filter(benefit__withdrawn_on__isnull=True)
        .select_related("benefit__project", "year")
    )
    profiles: dict[tuple[str, bool], list[Profile]] = defaultdict(list)
    waiting = []
    for row in rows:
        benefit = row.benefit
        profiles[benefit.ref, benefit.project_id is not None].append(
            Profile(
                benefit=benefit.ref,
                benefit_class=BenefitClass(benefit.benefit_class),
                year=row.year.label if row.year else None,
                target=row.target,
                forecast=row.forecast,
                realised=row.realised,
                validated=row.validated_on is not None,
            )
        )
        if row.realised.known and row.validated_on is None:
            owners = {benefit.owner_organisation_id}
            if benefit.project:
                owners.add(benefit.project.lead_organisation_id)
            waiting.append(
                UnvalidatedBenefit(
                    benefit.ref,
                    benefit.name,
                    row.year.label if row.year else None,
                    frozenset(each for each in owners if each),
                    frozenset(
                        each
                        for each in (row.realised_entered_by_id, row.realised_changed_by_id)
                        if each
                    ),
                )
            )

    def totals(*, of_projects: bool) -> tuple[ClassTotals, ...]:
        return totals_by_class(
            part
            for (_, of_project), own in profiles.items()
            if of_project is of_projects
            for part in whole_life(own)
        )

    return BenefitGlance(totals(of_projects=False), totals(of_projects=True), tuple(waiting))


def _amount(pounds: Decimal | None, certainty: str) -> Amount:
    return Amount(pounds, Certainty(certainty))
