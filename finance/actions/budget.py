"""Split rules, and budget lines with their fixed funding: what must hold over several rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from finance.burden import Burden, Raise, raised
from finance.checks import refuse_closed, refuse_raising
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
from programme.checks import next_order, next_slug, refuse_other_programmes
from programme.common.formats import pounds
from programme.common.validation import validate
from programme.common.values import Amount
from programme.models import User
from programme.writing import Edit, locked
from projects.models import Project

Parts = Mapping[FundingSource, Decimal]
"""What each source carries: percent in a split rule, pounds in fixed funding."""


class SplitRuleInput(TypedDict, total=False):
    slug: str
    name: str
    shares: Parts
    in_force_from: date | None
    in_force_to: date | None


class BudgetLineInput(TypedDict, total=False):
    ref: str
    description: str
    category: CostCategory
    project: Project | None
    nature: str
    amount: Amount
    split_rule: SplitRule | None
    fixed: Parts
    note: str
    sensitivity: str
    order: int


@transaction.atomic
def save_split_rule(
    *,
    rule: SplitRule,
    values: SplitRuleInput,
    expected_version: int | None = None,
    by: User | None,
) -> SplitRule:
    """Adds or changes a split rule (``SplitRule(programme=…)``). Without a slug it gets one made
    from its name; ``shares``, where they are given, replace all its shares.

    Raises ValidationError unless the shares (in percent, each above zero) add up to exactly 100%
    and all sources are the programme's; where a person gives a rule other shares that splits lines
    of a closed year, whose figures stay; and where a person raises the share of a body, or what it
    pays of a line, without a right over its money.
    """
    programme = rule.programme
    edit = Edit(rule, expected_version=expected_version)
    stored = {} if edit.is_new else {each.source: each.percent for each in _shares(edit.row)}
    shares = values.get("shares", stored)
    refuse_other_programmes(programme, {"shares": list(shares)})
    with _split_errors("shares"):
        check_shares(shares)
    if edit.is_new and not values.get("slug"):
        rules = SplitRule.objects.of(programme)
        values = values | {"slug": next_slug(rules, values.get("name", ""))}
    edit.apply(_without(values, "shares"), SplitRuleInput)
    edit.part("shares", _in_percent(stored), _in_percent(shares))
    shared_anew = "shares" in edit.changed
    if shared_anew and not edit.is_new:
        edit.refuse_stale()
        _refuse_split_closed(edit.row, by)
        refuse_raising(
            _raised_by_shares(edit.row, stored, shares),
            right="budget.edit",
            programme=programme,
            field="shares",
            by=by,
        )
    rule = edit.save("split_rule", by=by)
    if shared_anew:
        _replace(rule.shares, SplitShare, "rule", rule, "percent", shares)
    return rule


@transaction.atomic
def save_budget_line(
    *,
    line: BudgetLine,
    values: BudgetLineInput,
    expected_version: int | None = None,
    by: User | None,
) -> BudgetLine:
    """Adds or changes a line of a year (``BudgetLine(year=…)``). Without a reference it gets one
    made from its description, without an ``order`` it goes to the end; ``fixed`` (in pounds), where
    it is given, replaces all its fixed funding.

    Raises ValidationError when fixed funding exceeds an amount that is known, when category,
    project, rule or a source is another programme's, and when a person changes a year that is
    closed or raises what a body pays without a right over its money (a command may do both). A
    line whose fixed funding does not cover it and that has no split rule is stored: it is a gap
    that the integrity check and papers report.
    """
    year = line.year
    edit = Edit(line, expected_version=expected_version)
    before = None if edit.is_new else _burden(edit.row)
    if edit.is_new:
        words = values.get("description", "")
        values = {"ref": next_slug(year.lines, words, "ref"), "order": next_order(year.lines)} | {
            name: value for name, value in values.items() if value or name not in ("ref", "order")
        }
    edit.apply(_without(values, "fixed"), BudgetLineInput)
    stored = {} if edit.is_new else {each.source: each.pounds for each in _fixed(edit.row)}
    fixed = dict(values.get("fixed", stored))
    refuse_other_programmes(year.programme, {"fixed": list(fixed)})
    amount, split_rule = edit.row.amount, edit.row.split_rule
    with _split_errors("fixed"):
        remainder(amount, fixed)
    edit.part("fixed", _in_pounds(stored), _in_pounds(fixed))
    if edit.changed:
        edit.refuse_stale()
        refuse_closed(year, by)
        after = Burden(amount, _in_order(fixed), _percent(split_rule))
        asked = [name for name in ("amount", "split_rule") if name in edit.changed]
        refuse_raising(
            raised(before, after).items(),
            right="budget.edit",
            programme=year.programme,
            field=[*asked, "fixed"][0],
            by=by,
        )
    funded_anew = "fixed" in edit.changed
    line = edit.save("budget_line", by=by)
    if funded_anew:
        _replace(line.fixed_funding, LineFunding, "line", line, "pounds", fixed)
    return line


def _without(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The values that are fields of the row; ``name`` are rows below it."""
    return {each: value for each, value in values.items() if each != name}


def _refuse_split_closed(rule: SplitRule, by: User | None) -> None:
    closed = FinancialYear.objects.filter(
        lines__split_rule=rule, state=FinancialYear.State.CLOSED
    ).first()
    if by is not None and closed is not None:
        raise ValidationError(
            {
                "shares": f"This rule splits lines of {closed}, which is closed: "
                f"add a new rule for other shares."
            }
        )


def _burden(line: BudgetLine) -> Burden[FundingSource]:
    """How a line falls on its sources as it is stored."""
    fixed = {part.source: part.pounds for part in _fixed(line)}
    return Burden(line.amount, _in_order(fixed), _percent(line.split_rule))


def _percent(rule: SplitRule | None) -> dict[FundingSource, Decimal]:
    """The shares of a rule, which nobody else changes until this transaction ends."""
    if rule is None:
        return {}
    return _in_order({share.source: share.percent for share in _shares(locked(rule))})


def _raised_by_shares(
    rule: SplitRule, stored: Parts, shares: Parts
) -> Iterator[tuple[FundingSource, Raise]]:
    """What other shares raise: a body's part of each line of the rule, and the share itself, by
    which the next line would be split."""
    before, after = _in_order(stored), _in_order(shares)
    found: dict[FundingSource, list[Raise]] = {}
    for line in rule.lines.prefetch_related("fixed_funding__source"):
        fixed = _in_order({part.source: part.pounds for part in line.fixed_funding.all()})
        was, now = Burden(line.amount, fixed, before), Burden(line.amount, fixed, after)
        for source, more in raised(was, now).items():
            found.setdefault(source, []).append(more)
    for source, percent in after.items():
        if percent > before.get(source, 0):
            found.setdefault(source, [None])
    for source, raises in found.items():
        yield from ((source, each) for each in raises)


def _in_order(parts: Parts) -> dict[FundingSource, Decimal]:
    """In the programme's order of sources, which decides who bears an odd penny."""
    return dict(sorted(parts.items(), key=lambda part: (part[0].order, part[0].pk)))


@contextmanager
def _split_errors(field: str) -> Iterator[None]:
    """Turns the sentence of a SplitError into a ValidationError of a field."""
    try:
        yield
    except SplitError as error:
        raise ValidationError({field: str(error)}) from error


def _replace(stored: Any, model: type, owner: str, row: Any, value: str, parts: Parts) -> None:
    """Makes the rows below ``row`` hold exactly ``parts``: those that stay keep their key."""
    existing = {part.source_id: part for part in stored.all()}
    wanted = {source.pk for source in parts}
    stored.exclude(source__in=wanted).delete()
    for source, amount in parts.items():
        part = existing.get(source.pk) or model(**{owner: row, "source": source})
        if getattr(part, value) != amount or part.pk is None:
            setattr(part, value, amount)
            validate(part)
            part.save()


def _shares(rule: SplitRule) -> Any:
    return rule.shares.select_related("source")


def _fixed(line: BudgetLine) -> Any:
    return line.fixed_funding.select_related("source")


def _in_percent(shares: Parts) -> dict[str, str]:
    return {source.name: f"{share.normalize():f}%" for source, share in shares.items()}


def _in_pounds(fixed: Parts) -> dict[str, str]:
    return {source.name: pounds(part, pence=True) for source, part in fixed.items()}
