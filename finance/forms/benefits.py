"""Benefits, their profile by year, its validation, and what projects are thought to cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from finance.models import Benefit, CostEstimate, FinancialYear
from programme.common.formfields import AmountField, DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.models import ReportingPeriod
from projects.forms.base import project_label

WHOLE_LIFE = "whole-life"
"""In place of a year's slug: a benefit over its whole life."""


class BenefitForm(OfProgramme, PortalModelForm):
    class Meta:
        model = Benefit
        fields = (
            "name",
            "project",
            "benefit_class",
            "recurrence",
            "measure",
            "baseline",
            "timescale",
            "evidence",
            "owner_post",
            "owner_organisation",
            "sensitivity",
        )
        labels = {
            "name": "Benefit",
            "benefit_class": "Class",
            "measure": "Measure",
            "owner_post": "Owner’s post",
            "owner_organisation": "Owner’s organisation",
            "sensitivity": "Marking",
        }
        help_texts = {
            "project": "The one that is there to bring it.",
            "benefit_class": "Cash-releasing and non-cash-releasing benefits are never added up.",
            "baseline": "What it is measured against.",
            "timescale": "By when, such as: full-year value from 2019/20",
            "owner_post": "A post, never a person’s name.",
        }
        widgets = {
            "benefit_class": forms.RadioSelect,
            "recurrence": forms.RadioSelect,
            "sensitivity": forms.RadioSelect,
            "evidence": forms.Textarea({"rows": 4}),
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["project"].empty_label = "The programme as a whole"
        self.fields["project"].label_from_instance = project_label
        self.fields["owner_organisation"].empty_label = "Not stated"
        self.fields["benefit_class"].choices = Benefit.Class.choices


class ProfileForm(PortalForm):
    """A benefit's figures of a year, or of its whole life."""

    target = AmountField(help_text="What was aimed at.")
    forecast = AmountField(help_text="What is expected now.")
    realised = AmountField(
        help_text="What has come about. A finance lead validates it; a changed value has to be "
        "validated again."
    )


class NewProfileForm(ProfileForm):
    """The same for a year that the benefit has no figures for yet."""

    year = forms.ChoiceField()
    field_order = ("year",)

    def __init__(
        self, *args: Any, years: Sequence[FinancialYear], whole_life: bool, **kwargs: Any
    ) -> None:
        self.years = {each.slug: each for each in years}
        super().__init__(*args, **kwargs)
        whole = [(WHOLE_LIFE, say("The whole life of the benefit"))] if whole_life else []
        self.fields["year"].choices = [*whole, *((each.slug, each.label) for each in years)]

    def clean_year(self) -> FinancialYear | None:
        """The year; None for the whole life."""
        return self.years.get(self.cleaned_data["year"])

    @property
    def values(self) -> dict[str, Any]:
        """The figures; the year is what the new row belongs to."""
        return {name: value for name, value in super().values.items() if name != "year"}


class ValidateForm(PortalForm):
    """On which day a finance lead confirmed a realised value."""

    validated_on = DateField(label="Validated on")


class CostEstimateForm(OfProgramme, PortalForm):
    """What a project is thought to cost, as stated in a period."""

    period = forms.ModelChoiceField(ReportingPeriod.objects.all(), label="Stated in")
    label = forms.CharField(
        label="Of what",
        required=False,
        max_length=60,
        help_text="Where a project states several, such as: ANPR",
    )
    amount = AmountField()
    term = forms.ChoiceField(
        label="Over what time", choices=CostEstimate.Term.choices, widget=forms.RadioSelect
    )
    years = forms.IntegerField(
        label="How many years",
        required=False,
        min_value=2,
        max_value=50,
        widget=forms.TextInput({"class": "govuk-input--width-2", "inputmode": "numeric"}),
        help_text="Only for several years.",
    )

    def prepare_fields(self) -> None:
        super().prepare_fields()
        periods = self.fields["period"]
        periods.queryset = periods.queryset.exclude(state=ReportingPeriod.State.CLOSED)
        periods.empty_label = "Choose one"

    @property
    def values(self) -> dict[str, Any]:
        """What is estimated; the period is what the row belongs to."""
        return {name: value for name, value in super().values.items() if name != "period"}
