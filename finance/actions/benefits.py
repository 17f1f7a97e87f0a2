"""Benefits and their profiles, and what projects are thought to cost."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from finance.models import Benefit, BenefitProfile, CostEstimate
from programme.checks import next_order, next_ref, refuse_empty, refuse_future
from programme.common.values import Amount
from programme.common.words import say
from programme.models import Organisation, ReportingPeriod, User
from programme.writing import Edit
from projects.models import Project


class BenefitInput(TypedDict, total=False):
    ref: str
    project: Project | None
    name: str
    benefit_class: str
    recurrence: str
    measure: str
    baseline: str
    evidence: str
    timescale: str
    owner_post: str
    owner_organisation: Organisation | None
    sensitivity: str
    order: int


class BenefitProfileInput(TypedDict, total=False):
    target: Amount
    forecast: Amount
    realised: Amount


class CostEstimateInput(TypedDict, total=False):
    label: str
    amount: Amount
    term: str
    years: int | None


@transaction.atomic
def save_benefit(
    *, benefit: Benefit, values: BenefitInput, expected_version: int | None = None, by: User | None
) -> Benefit:
    """Adds or changes a benefit (``Benefit(programme=…)``). Without a reference it gets the next
    one. The class of a benefit whose value has been validated no longer changes: cash-releasing
    and non-cash-releasing are never mixed."""
    edit = Edit(benefit, expected_version=expected_version)
    if edit.is_new:
        if not values.get("ref"):
            values = values | {"ref": next_ref(benefit.programme, Benefit.objects, "b")}
        edit.set(order=next_order(benefit.programme.benefits))
    else:
        _refuse_withdrawn(edit.row)
    edit.apply(values, BenefitInput)
    if not edit.is_new and "benefit_class" in edit.changed:
        _refuse_validated(edit.row)
    return edit.save("benefit", by=by)


@transaction.atomic
def withdraw_benefit(
    *, benefit: Benefit, reason: str, expected_version: int | None = None, by: User | None
) -> Benefit:
    """Takes a benefit out of the register as of today; the record keeps the reason."""
    refuse_empty(say("Say why the benefit is withdrawn."), reason=reason)
    edit = Edit(benefit, expected_version=expected_version)
    edit.refuse_stale()
    _refuse_withdrawn(edit.row)
    edit.set(withdrawn_on=timezone.localdate())
    edit.note(reason=reason.strip())
    return edit.save("benefit.withdrawn", by=by)


@transaction.atomic
def reopen_benefit(
    *, benefit: Benefit, reason: str, expected_version: int | None = None, by: User | None
) -> Benefit:
    """Takes a withdrawn benefit into the register again; the record keeps the reason."""
    refuse_empty(say("Say why the benefit is reopened."), reason=reason)
    edit = Edit(benefit, expected_version=expected_version)
    edit.refuse_stale()
    if edit.row.withdrawn_on is None:
        raise ValidationError(say("This benefit is not withdrawn: it cannot be reopened."))
    edit.set(withdrawn_on=None)
    edit.note(reason=reason.strip())
    return edit.save("benefit.reopened", by=by)


@transaction.atomic
def save_benefit_profile(
    *,
    profile: BenefitProfile,
    values: BenefitProfileInput,
    expected_version: int | None = None,
    by: User | None,
) -> BenefitProfile:
    """Adds or changes the target, forecast and realised value of a benefit in a year, or over its
    whole life (``BenefitProfile(benefit=…, year=… or None)``). A realised value that changes has
    to be validated again, by somebody who neither entered it nor changed it last."""
    edit = Edit(profile, expected_version=expected_version)
    _refuse_withdrawn(edit.row.benefit)
    if edit.is_new:
        edit.set(benefit=profile.benefit, year=profile.year)
    before = Amount.not_applicable() if edit.is_new else edit.row.realised
    edit.apply(values, BenefitProfileInput)
    if edit.row.realised != before:
        there = edit.row.realised.known
        edit.set(realised_changed_by=by if there else None)
        if not (there and before.known):
            edit.set(realised_entered_by=by if there else None)
    if not edit.is_new and "realised" in edit.changed:
        edit.set(validated_by=None, validated_on=None)
    return edit.save("benefit_profile", by=by)


@transaction.atomic
def validate_realised(
    *,
    profile: BenefitProfile,
    validated_on: date,
    expected_version: int | None = None,
    by: User,
) -> BenefitProfile:
    """Confirms a realised value as a finance lead, on a day that is not in the future. Never
    done by the system: a validation has somebody's name on it, and not that of whoever entered the
    value or changed it last."""
    if by is None:
        raise ValidationError("A realised value is validated by a person.")
    refuse_future(validated_on=validated_on)
    edit = Edit(profile, expected_version=expected_version)
    edit.refuse_stale()
    _refuse_withdrawn(edit.row.benefit)
    if not edit.row.realised.known:
        raise ValidationError({"realised": "There is no realised value to validate yet."})
    if edit.row.validated_by_id:
        raise ValidationError(f"{edit.row.validated_by} has validated this value already.")
    if edit.row.is_by(by):
        raise ValidationError(
            say(
                "You entered this value or changed it last, so somebody else validates it: ask "
                "another finance lead of the body that owns the benefit."
            )
        )
    edit.set(validated_by=by, validated_on=validated_on)
    return edit.save("benefit_profile.validated", by=by)


@transaction.atomic
def save_cost_estimate(
    *,
    estimate: CostEstimate,
    values: CostEstimateInput,
    expected_version: int | None = None,
    by: User | None,
) -> CostEstimate:
    """Adds or changes what a project is thought to cost as stated in a period
    (``CostEstimate(project=…, period=…)``), until the period is closed: history is not restated."""
    edit = Edit(estimate, expected_version=expected_version)
    if edit.is_new:
        edit.set(project=estimate.project, period=estimate.period)
    edit.apply(values, CostEstimateInput)
    over_years = edit.row.term == CostEstimate.Term.OVER_YEARS
    if over_years and (edit.row.years or 0) < 2:
        raise ValidationError({"years": "Say over how many years (two or more)."})
    if edit.changed and edit.row.period.state == ReportingPeriod.State.CLOSED:
        raise ValidationError(f"The period {edit.row.period} is closed.")
    return edit.save("cost_estimate", by=by)


def _refuse_validated(benefit: Benefit) -> None:
    if benefit.profile.filter(validated_by__isnull=False).exists():
        raise ValidationError({"benefit_class": "A value of this class has been validated."})


def _refuse_withdrawn(benefit: Benefit) -> None:
    if benefit.withdrawn_on:
        day = f"{benefit.withdrawn_on:%-d %B %Y}"
        raise ValidationError(say(f"This benefit was withdrawn on {day}: it no longer changes."))
