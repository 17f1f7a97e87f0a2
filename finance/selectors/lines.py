"""Budget lines as lists and their own pages show them: who funds each, what was spent on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from finance.facts import UNFUNDED, SourceFacts
from finance.funding import Breakdown, breakdown
from finance.models import Actual, BudgetLine, FundingSource, LineFunding, SplitRule, SplitShare
from finance.position import Matrix, Payment, matrix
from programme.common.values import Amount, Certainty
from programme.models import Programme

GRANTS, PARTNERS = "all-grants", "all-but-grants"
GROUPS = {GRANTS: "All grants", PARTNERS: "All but grants"}
"""Sources that are asked for together, in place of one source's word: those that are grants, and
all that grants leave, what nobody pays yet among it."""

Sources = Mapping[int, SourceFacts]
"""A programme's funding sources by their keys, in its order."""


def sources_of(programme: Programme) -> Sources:
    """The programme's funding sources. One query."""
    return {
        each.pk: SourceFacts(each.slug, each.name, each.short_name, each.kind)
        for each in FundingSource.objects.of(programme)
    }


def payers(programme: Programme, *, kept: Iterable[int] = ()) -> list[FundingSource]:
    """The sources that a form offers: those in use, and those that the row pays from already, given
    by their keys. One query."""
    rows = FundingSource.objects.of(programme)
    return list(rows.filter(Q(withdrawn_on__isnull=True) | Q(pk__in=list(kept))))


def funded(lines: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """The lines with all that ``funding_of`` needs. Three queries, however many lines."""
    return lines.select_related("year", "category", "project", "split_rule").prefetch_related(
        "fixed_funding", "split_rule__shares"
    )


def funding_of(line: BudgetLine, sources: Sources) -> Breakdown[str]:
    """How a line of ``funded`` is paid for, sources by their slugs in the programme's order."""
    fixed = {each.source_id: each.pounds for each in line.fixed_funding.all()}
    shares = shares_of(line.split_rule) if line.split_rule else {}
    return breakdown(line.amount, _by_slug(fixed, sources), _by_slug(shares, sources))


def shares_of(rule: SplitRule) -> dict[int, Decimal]:
    """The percent of each source by its key; from what was prefetched where it was."""
    return {each.source_id: each.percent for each in rule.shares.all()}


def paid_by(found: Breakdown[str], source: str) -> Amount:
    """What a source pays of a line, or with ``UNFUNDED`` what nobody pays yet; not applicable
    where that is nothing."""
    if source == UNFUNDED:
        return found.unfunded
    paid = {part.source: part.total for part in found.parts}
    return paid.get(source, Amount.not_applicable())


def funded_by(lines: QuerySet[BudgetLine], source: str) -> QuerySet[BudgetLine]:
    """The lines on which a source or one of ``GROUPS`` pays, or with ``UNFUNDED`` those that lack
    a source."""
    if source == UNFUNDED:
        return _unfunded(lines)
    grant = FundingSource.Kind.GRANT
    meant = {GRANTS: Q(source__kind=grant), PARTNERS: ~Q(source__kind=grant)}
    paying = meant.get(source, Q(source__slug=source))
    fixed = LineFunding.objects.filter(paying, line=OuterRef("pk"))
    shared = SplitShare.objects.filter(paying, rule=OuterRef("split_rule"))
    found = Q(Exists(fixed) | Exists(shared))
    if source == PARTNERS:
        found |= Q(pk__in=_unfunded(lines).values("pk"))
    return lines.filter(found)


def _unfunded(lines: QuerySet[BudgetLine]) -> QuerySet[BudgetLine]:
    """Lines without a split rule whose fixed funding does not cover them, or cannot be known to."""
    fixed = (
        LineFunding.objects.filter(line=OuterRef("pk"))
        .order_by()
        .values("line")
        .annotate(together=Sum("pounds"))
        .values("together")
    )
    zero = Value(Decimal(0), output_field=DecimalField())
    return (
        lines.filter(split_rule__isnull=True)
        .annotate(fixed_pounds=Coalesce(Subquery(fixed), zero))
        .filter(Q(amount_certainty=Certainty.TBC.value) | Q(amount_pounds__gt=F("fixed_pounds")))
    )


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent on a line: months by sources, with the sources that paid."""

    table: Matrix[date, str]
    sources: tuple[SourceFacts, ...]


def spent_on(line: BudgetLine, sources: Sources) -> Spent:
    """A line's actuals by month. One query."""
    rows = list(Actual.objects.filter(line=line))
    paying = {each.source_id for each in rows}
    shown = tuple(each for key, each in sources.items() if key in paying)
    entries = [
        Payment(each.month, sources[each.source_id].slug, Amount.exact(each.pounds))
        for each in rows
    ]
    months = sorted({each.month for each in rows})
    return Spent(matrix(entries, categories=months, sources=[each.slug for each in shown]), shown)


def _by_slug(amounts: Mapping[int, Decimal], sources: Sources) -> dict[str, Decimal]:
    return {each.slug: amounts[key] for key, each in sources.items() if key in amounts}
