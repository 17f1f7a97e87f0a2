"""Organisations, and their part in a programme."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.db import transaction

from programme.checks import next_order, next_slug, refuse_circle
from programme.earlier import keep_name
from programme.models import Organisation, Partnership, User
from programme.writing import Edit


class OrganisationInput(TypedDict, total=False):
    slug: str
    name: str
    short_name: str
    kind: str
    succeeded_by: Organisation | None


class PartnershipInput(TypedDict, total=False):
    role: str
    joined_on: date | None
    left_on: date | None
    order: int


@transaction.atomic
def save_organisation(
    *,
    organisation: Organisation,
    values: OrganisationInput,
    renamed_from: date | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Organisation:
    """Adds an organisation to those of a programme (``Organisation(programme=…)``), or changes it.
    A short name left out is the name, a word for addresses is made from it. One that gets another
    name keeps the one it had for the days before ``renamed_from``; without it, it was wrong."""
    edit = Edit(organisation, expected_version=expected_version)
    edit.apply(values, OrganisationInput)
    refuse_circle(edit.row, "succeeded_by")
    if not edit.row.short_name:
        edit.set(short_name=edit.row.name[:60])
    keep_name(edit, renamed_from)
    if not edit.row.slug:
        known = Organisation.objects.of(edit.row.programme)
        edit.set(slug=next_slug(known, edit.row.short_name))
    return edit.save("organisation", by=by)


@transaction.atomic
def save_partnership(
    *,
    partnership: Partnership,
    values: PartnershipInput,
    expected_version: int | None = None,
    by: User | None,
) -> Partnership:
    """Adds an organisation to a programme (``Partnership(programme=…, organisation=…)``), or
    changes its part; it leaves by ``left_on``. A new one goes to the end of the list."""
    edit = Edit(partnership, expected_version=expected_version)
    if edit.is_new:
        edit.set(organisation=partnership.organisation)
        edit.set(order=next_order(partnership.programme.partnerships))
    edit.apply(values, PartnershipInput)
    return edit.save("partnership", by=by)
