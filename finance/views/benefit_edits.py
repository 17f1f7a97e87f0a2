"""Forms of a benefit, its figures by year and their validation."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from finance.actions import (
    reopen_benefit,
    save_benefit,
    save_benefit_profile,
    validate_realised,
    withdraw_benefit,
)
from finance.forms import BenefitForm, NewProfileForm, ProfileForm, ValidateForm
from finance.forms.benefits import WHOLE_LIFE
from finance.models import Benefit, BenefitProfile, FinancialYear
from finance.views.base import UP, FinancePage
from finance.views.benefit_grids import year_words
from finance.views.benefits import REGISTER, OfBenefit
from programme.access import ANYTHING, Anything
from programme.common import formats
from programme.common.values import Amount
from programme.pages import ConfirmPage, EditPage, ReasonForm
from projects.models import Project


class _BenefitForm(EditPage):
    """What adding and editing a benefit share."""

    permission = "benefits.edit"
    row = "benefit"
    form_class = BenefitForm
    action = save_benefit
    detail = "finance:benefits:detail"

    def owner_of(self, form: BenefitForm) -> Benefit:
        answers = form.cleaned_data
        return Benefit(
            programme=self.programme,
            project=answers["project"],
            owner_organisation=answers["owner_organisation"],
        )


class BenefitAdd(FinancePage, _BenefitForm):
    """A new benefit; ``?project=t03`` suggests whose."""

    title = "Add a benefit"
    above = (*UP, REGISTER)
    success_text = "The benefit is in the register. Now say by year what is aimed at and expected."

    def get_permission_object(self) -> Anything:
        return ANYTHING

    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "project": self.named(Project.objects.all(), "project"),
            "recurrence": Benefit.Recurrence.NOT_STATED,
            "sensitivity": self.programme.default_marking,
        }


class BenefitEdit(OfBenefit, _BenefitForm):
    pass


class BenefitWithdraw(OfBenefit, ConfirmPage):
    permission = "benefits.edit"
    row = "benefit"
    title = "Withdraw this benefit?"
    form_class = ReasonForm
    action = withdraw_benefit
    button = "Withdraw benefit"
    success_text = "The benefit is withdrawn. Its record stays."
    warning = (
        "It leaves the register and its totals. Nothing is deleted: papers already made keep it, "
        "and its page says why it was withdrawn and lets you reopen it."
    )


class BenefitReopen(OfBenefit, ConfirmPage):
    permission = "benefits.edit"
    row = "benefit"
    title = "Reopen this benefit?"
    form_class = ReasonForm
    action = reopen_benefit
    button = "Reopen benefit"
    success_text = "The benefit is on the register again."
    warning = "It counts in the register and its totals again."


class ProfileAdd(OfBenefit, EditPage):
    """Figures for a year, or for the whole life, that a benefit has none for yet."""

    permission = "benefits.edit"
    row = "profile"
    title = "Add a year’s figures"
    form_class = NewProfileForm
    action = save_benefit_profile
    success_text = "The figures are added."

    def get_form_kwargs(self) -> dict[str, Any]:
        years = FinancialYear.objects.of(self.programme)
        free = years.filter(~Q(benefit_profiles__benefit=self.benefit)).order_by("starts_on")
        whole = not self.benefit.profile.filter(year__isnull=True).exists()
        return {**super().get_form_kwargs(), "years": list(free), "whole_life": whole}

    def get_initial(self) -> dict[str, Any]:
        none = Amount.not_applicable()
        return {**super().get_initial(), "target": none, "forecast": none, "realised": none}

    def get_new_row(self, form: Any) -> BenefitProfile:
        return BenefitProfile(benefit=self.benefit, year=form.cleaned_data["year"])


class OfProfile(OfBenefit):
    """Mixin of the pages about the figures of one year, which the address names, or of the whole
    life."""

    @cached_property
    def profile(self) -> BenefitProfile:
        rows = BenefitProfile.objects.filter(benefit=self.benefit).select_related(
            "year", "benefit__project"
        )
        if self.kwargs["year"] == WHOLE_LIFE:
            return get_object_or_404(rows, year__isnull=True)
        return get_object_or_404(rows, year__slug=self.kwargs["year"])


class ProfileEdit(OfProfile, EditPage):
    permission = "benefits.edit"
    row = "profile"
    form_class = ProfileForm
    action = save_benefit_profile
    success_text = "The figures are saved."

    def get_title(self) -> str:
        return f"Edit the figures of {year_words(self.profile).lower()}"

    def get_initial(self) -> dict[str, Any]:
        figures = {name: getattr(self.profile, name) for name in ("target", "forecast", "realised")}
        return {**super().get_initial(), **figures}


class ProfileValidate(OfProfile, EditPage):
    """A finance lead confirms what was realised."""

    permission = "benefits.validate"
    row = "profile"
    form_class = ValidateForm
    action = validate_realised
    template_name = "finance/validate.html"
    button = "Validate"
    autosave = False
    success_text = "The realised value is validated and counts from now on."

    def get_title(self) -> str:
        realised = formats.money(self.profile.realised)
        return f"Validate {realised} realised, {year_words(self.profile).lower()}?"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "validated_on": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_own=self.profile.is_by(self.request.user), **kwargs)
