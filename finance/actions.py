"""Writes of the finance app that must hold over several rows.

Each is one transaction and leaves one audit entry. Saving what is already stored changes nothing,
counts no version up and leaves no entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from finance.funding import SplitError, check_shares, remainder
from finance.models import (
    BudgetLine,
    CostCategory,
    FinancialYear,
    FundingSource,
    LineFunding,
    SplitRule,
    SplitShare,
)
from programme import audit
from programme.common.formats import pounds
from programme.common.values import Amount
from programme.models import Programme, User
from projects.models import Project

Parts = Mapping[FundingSource, Decimal]
"""What each source carries: percent in a split rule, pounds in fixed funding."""


@transaction.atomic
def save_split_rule(
    *,
    programme: Programme,
    slug: str,
    name: str,
    shares: Parts,
    in_force_from: date | None = None,
    in_force_to: date | None = None,
    by: User | None,
) -> SplitRule:
    """Makes or changes the split rule that goes by ``slug``; ``shares`` replaces all its shares.

    Raises ValidationError unless the shares (in percent, each above nought) add up to exactly
    100% and all sources are the programme's.
    """
    _check_same_programme(programme, shares=list(shares))
    with _saying("shares"):
        check_shares(shares)
    rule = SplitRule.objects.filter(programme=programme, slug=slug).first()
    held = {} if rule is None else _parts(rule.shares, "percent")
    before = {} if rule is None else _rule_snapshot(rule, held)
    facts = _facts(rule, held)
    rule = rule or SplitRule(programme=programme, slug=slug)
    rule.name, rule.in_force_from, rule.in_force_to = name, in_force_from, in_force_to
    if _facts(rule, shares) == facts:
        return rule
    _save(rule)
    _replace(rule.shares, SplitShare, "rule", rule, "percent", shares)
    audit.record(
        verb="split_rule.changed" if before else "split_rule.made",
        obj=rule,
        before=before,
        after=_rule_snapshot(rule, shares),
        by=by,
    )
    return rule


@transaction.atomic
def save_budget_line(
    *,
    year: FinancialYear,
    ref: str,
    description: str,
    category: CostCategory,
    amount: Amount,
    project: Project | None = None,
    nature: str = BudgetLine.Nature.REVENUE,
    split_rule: SplitRule | None = None,
    fixed: Parts | None = None,
    note: str = "",
    order: int | None = None,
    by: User | None,
) -> BudgetLine:
    """Makes or changes the line of ``year`` that goes by ``ref``; ``fixed`` (in pounds) replaces
    all its fixed funding. A new line without an ``order`` goes to the end.

    Raises ValidationError when fixed funding exceeds an amount that is known, or when category,
    project, rule or a source is another programme's. A line whose fixed funding does not cover it
    and that has no split rule is stored: it is a gap that the integrity check and papers report.
    """
    fixed = dict(fixed or {})
    _check_same_programme(
        year.programme,
        category=[category],
        project=[project],
        split_rule=[split_rule],
        fixed=list(fixed),
    )
    with _saying("fixed"):
        remainder(amount, fixed)
    line = BudgetLine.objects.filter(year=year, ref=ref).first()
    held = {} if line is None else _parts(line.fixed_funding, "pounds")
    before = {} if line is None else _line_snapshot(line, held)
    facts = _facts(line, held)
    line = line or BudgetLine(year=year, ref=ref, order=_last_order(year) + 1)
    line.description, line.category, line.project = description, category, project
    line.nature, line.amount, line.split_rule, line.note = nature, amount, split_rule, note
    line.order = order or line.order
    if _facts(line, fixed) == facts:
        return line
    _save(line)
    _replace(line.fixed_funding, LineFunding, "line", line, "pounds", fixed)
    audit.record(
        verb="budget_line.changed" if before else "budget_line.made",
        obj=line,
        before=before,
        after=_line_snapshot(line, fixed),
        by=by,
    )
    return line


@contextmanager
def _saying(field: str) -> Iterator[None]:
    """Turns the sentence of a SplitError into a ValidationError of a field."""
    try:
        yield
    except SplitError as error:
        raise ValidationError({field: str(error)}) from error


def _check_same_programme(programme: Programme, **related: list[Any]) -> None:
    problems = {
        field: f"{row} is not of this programme."
        for field, rows in related.items()
        for row in rows
        if row is not None and audit.programme_of(row) != programme
    }
    if problems:
        raise ValidationError(problems)


def _save(row: SplitRule | BudgetLine) -> None:
    if not row._state.adding:
        row.version += 1
    row.full_clean()
    row.save()


def _facts(row: SplitRule | BudgetLine | None, parts: Parts) -> Any:
    """What makes two states of a row the same: its columns and the parts below it."""
    if row is None:
        return None
    columns = {item.attname: getattr(row, item.attname) for item in row._meta.concrete_fields}
    return columns, {source.pk: value for source, value in parts.items()}


def _parts(stored: Any, value: str) -> dict[FundingSource, Decimal]:
    return {part.source: getattr(part, value) for part in stored.select_related("source")}


def _replace(stored: Any, model: type, owner: str, row: Any, value: str, parts: Parts) -> None:
    """Makes the rows below ``row`` hold exactly ``parts``: those that stay keep their key."""
    existing = {part.source_id: part for part in stored.all()}
    wanted = {source.pk for source in parts}
    stored.exclude(source__in=wanted).delete()
    for source, amount in parts.items():
        part = existing.get(source.pk) or model(**{owner: row, "source": source})
        if getattr(part, value) != amount or part.pk is None:
            setattr(part, value, amount)
            part.full_clean()
            part.save()


def _rule_snapshot(rule: SplitRule, shares: Parts) -> dict[str, Any]:
    return {
        **audit.snapshot(rule, ["name", "in_force_from", "in_force_to"]),
        "shares": {source.name: f"{share.normalize():f}%" for source, share in shares.items()},
    }


def _line_snapshot(line: BudgetLine, fixed: Parts) -> dict[str, Any]:
    fields = ["description", "category", "project", "nature", "amount", "split_rule", "note"]
    return {
        **audit.snapshot(line, [*fields, "order"]),
        "fixed": {source.name: pounds(part, pence=True) for source, part in fixed.items()},
    }


def _last_order(year: FinancialYear) -> int:
    return year.lines.aggregate(last=Max("order"))["last"] or 0
