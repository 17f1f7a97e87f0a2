"""What a programme sets up of its money: years, categories, and the sources that pay."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from finance.models import CostCategory, FinancialYear, FundingSource
from programme import uses
from programme.checks import next_slug
from programme.common.calendar import year_label
from programme.common.words import say
from programme.models import Organisation, User
from programme.places import arrange
from programme.writing import Edit


class YearInput(TypedDict, total=False):
    label: str
    starts_on: date
    ends_on: date
    state: str


class CategoryInput(TypedDict, total=False):
    name: str
    is_programme_team: bool
    order: int


class SourceInput(TypedDict, total=False):
    name: str
    short_name: str
    kind: str
    organisation: Organisation | None
    order: int


@transaction.atomic
def save_year(
    *, year: FinancialYear, values: YearInput, expected_version: int | None = None, by: User | None
) -> FinancialYear:
    """Adds a financial year (``FinancialYear(programme=…)``), or changes it. A label left out is
    made from its days: "2018/19". Its days stand once money is entered for it. Years may overlap:
    bodies keep years of their own."""
    edit = Edit(year, expected_version=expected_version)
    edit.apply(values, YearInput)
    if not edit.row.label and edit.row.starts_on and edit.row.ends_on:
        edit.set(label=year_label(edit.row.starts_on, edit.row.ends_on))
    moved = {"starts_on", "ends_on"} & set(edit.changed)
    if moved and not edit.is_new and (found := uses.uses(edit.row)):
        why = f"It stands: {uses.in_words(found)} belong to this year."
        raise ValidationError(dict.fromkeys(sorted(moved), why))
    if edit.is_new:
        years = FinancialYear.objects.of(edit.row.programme)
        edit.set(slug=next_slug(years, edit.row.label.replace("/", "-")))
    return edit.save("year", by=by)


@transaction.atomic
def remove_year(
    *, year: FinancialYear, expected_version: int | None = None, by: User | None
) -> FinancialYear:
    """Deletes a year for which nothing is entered. Raises ValidationError for any other: it is
    closed instead."""
    edit = Edit(year, expected_version=expected_version)
    edit.refuse_stale()
    if found := uses.uses(edit.row):
        raise ValidationError(
            f"{uses.in_words(found)} belong to {edit.row}. A year with money in it is closed, not "
            "removed."
        )
    uses.remove(edit, "year.removed", names=("label", "starts_on", "ends_on", "state"), by=by)
    return edit.row


@transaction.atomic
def save_category(
    *,
    category: CostCategory,
    values: CategoryInput,
    expected_version: int | None = None,
    by: User | None,
) -> CostCategory:
    """Adds a category of costs (``CostCategory(programme=…)``), or changes it; a new one goes to
    the end of the list."""
    edit = Edit(category, expected_version=expected_version)
    edit.apply(values, CategoryInput)
    siblings = CostCategory.objects.of(edit.row.programme)
    if not edit.row.slug:
        edit.set(slug=next_slug(siblings, edit.row.name))
    arrange(edit, siblings)
    return edit.save("category", by=by)


@transaction.atomic
def save_source(
    *,
    source: FundingSource,
    values: SourceInput,
    expected_version: int | None = None,
    by: User | None,
) -> FundingSource:
    """Adds a funding source (``FundingSource(programme=…)``), or changes it; a new one goes to the
    end of the list. A contribution is some organisation's. What kind a source is stands once money
    is entered for it: a grant's budget is its award, a contribution's what was agreed."""
    edit = Edit(source, expected_version=expected_version)
    edit.apply(values, SourceInput)
    row = edit.row
    if row.kind == FundingSource.Kind.CONTRIBUTION and row.organisation_id is None:
        raise ValidationError({"organisation": say("Choose the partner whose contribution it is.")})
    if "kind" in edit.changed and not edit.is_new and (found := uses.uses(row)):
        raise ValidationError({"kind": f"It stands: {uses.in_words(found)} refer to this source."})
    if not row.short_name:
        edit.set(short_name=row.name[:30])
    siblings = FundingSource.objects.of(row.programme)
    if not row.slug:
        edit.set(slug=next_slug(siblings, row.short_name))
    arrange(edit, siblings)
    return edit.save("source", by=by)
