"""What sources agree to put in for a year, grants with their returns, and published figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from finance.burden import rise
from finance.checks import refuse_closed, refuse_raising
from finance.models import (
    CostCategory,
    FinancialYear,
    FundingSource,
    Grant,
    GrantReturn,
    PlannedContribution,
    PublishedFigure,
)
from programme.checks import next_slug, refuse_future
from programme.common.values import Amount
from programme.models import Organisation, User
from programme.writing import Edit
from projects.models import Project


class ContributionInput(TypedDict, total=False):
    amount: Amount
    note: str


class GrantInput(TypedDict, total=False):
    slug: str
    name: str
    year: FinancialYear
    source: FundingSource | None
    awarded_by: Organisation
    held_by: Organisation | None
    amount: Amount
    awarded_on: date | None
    purpose: str
    sensitivity: str
    projects: Iterable[Project]


class GrantReturnInput(TypedDict, total=False):
    name: str
    due_on: date | None
    submitted_on: date | None
    on_schedule: bool | None


class PublishedFigureInput(TypedDict, total=False):
    document: str
    category: CostCategory | None
    source: FundingSource | None
    pounds: Decimal
    note: str


@transaction.atomic
def save_contribution(
    *,
    contribution: PlannedContribution,
    values: ContributionInput,
    expected_version: int | None = None,
    by: User | None,
) -> PlannedContribution:
    """Adds or changes what a source has agreed for a year that is not closed
    (``PlannedContribution(year=…, source=…)``). A grant has none: its award is its budget. A person
    raises only what they have a right over."""
    edit = Edit(contribution, expected_version=expected_version)
    if edit.is_new:
        edit.set(source=contribution.source)
    if edit.row.source.kind == FundingSource.Kind.GRANT:
        raise ValidationError({"source": "The budget of a grant is its award: change the grant."})
    before = Amount.not_applicable() if edit.is_new else edit.row.amount
    edit.apply(values, ContributionInput)
    if edit.changed:
        edit.refuse_stale()
        refuse_closed(edit.row.year, by)
    source, more = edit.row.source, rise(before, edit.row.amount)
    if more != 0 and "amount" in edit.changed:
        refuse_raising(
            [(source, more)],
            right="contributions.edit",
            programme=source.programme,
            field="amount",
            by=by,
            does="puts in",
        )
    return edit.save("contribution", by=by)


@transaction.atomic
def save_grant(
    *, grant: Grant, values: GrantInput, expected_version: int | None = None, by: User | None
) -> Grant:
    """Adds or changes a grant (``Grant(programme=…)``). With a source, which is then of the kind
    that grants are, its award is part of the year's budget, so that the year is not closed;
    without one it is held outside and only reported."""
    edit = Edit(grant, expected_version=expected_version)
    edit.apply(values, GrantInput)
    source = edit.row.source
    if source is not None and source.kind != FundingSource.Kind.GRANT:
        raise ValidationError({"source": "Choose a source that is a grant."})
    if source is not None and edit.row.year_id and {"amount", "source", "year"} & {*edit.changed}:
        refuse_closed(edit.row.year, by)
    if not edit.row.slug:
        edit.set(slug=next_slug(Grant.objects.of(edit.row.programme), edit.row.name))
    return edit.save("grant", by=by)


@transaction.atomic
def save_grant_return(
    *,
    grant_return: GrantReturn,
    values: GrantReturnInput,
    expected_version: int | None = None,
    by: User | None,
) -> GrantReturn:
    """Adds or changes a report that the awarding body asks for (``GrantReturn(grant=…)``); the day
    on which it went is not in the future."""
    edit = Edit(grant_return, expected_version=expected_version)
    edit.apply(values, GrantReturnInput)
    refuse_future(submitted_on=edit.row.submitted_on)
    return edit.save("grant_return", by=by)


@transaction.atomic
def save_published_figure(
    *,
    figure: PublishedFigure,
    values: PublishedFigureInput,
    expected_version: int | None = None,
    by: User | None,
) -> PublishedFigure:
    """Adds or changes a figure as an old paper printed it (``PublishedFigure(year=…)``), in pounds;
    it stands beside the computed one and never replaces it, so that a closed year takes it too."""
    edit = Edit(figure, expected_version=expected_version)
    edit.apply(values, PublishedFigureInput)
    return edit.save("published_figure", by=by)
