"""An organisation, and its part in the programme."""

from __future__ import annotations

from django import forms

from programme.common.formfields import DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.forms.base import OfProgramme
from programme.forms.earlier import RenamingForm
from programme.models import Organisation, Partnership


class OrganisationForm(RenamingForm, OfProgramme, PortalModelForm):
    class Meta:
        model = Organisation
        fields = ("name", "short_name", "kind", "succeeded_by")
        labels = {
            "short_name": "Short name",
            "kind": "Kind of organisation",
            "succeeded_by": "Succeeded by",
        }
        help_texts = {
            "short_name": "For table cells; the name stands there when this is empty.",
            "succeeded_by": "Nothing changes hands by it: “Hand over to a successor” does that.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "short_name": forms.TextInput({"class": "govuk-input--width-20"}),
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["kind"].choices = Organisation.Kind.choices
        successor = self.fields["succeeded_by"]
        successor.queryset = successor.queryset.exclude(pk=self.instance.pk)
        successor.empty_label = "No other organisation"
        self.fields["short_name"].required = False
        self.ask_of_names()


class NewPartnerForm(PortalForm):
    """An organisation that is new to the programme, and what part it takes."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="In full, as the organisation writes it.",
    )
    short_name = forms.CharField(
        label="Short name",
        max_length=60,
        required=False,
        help_text="For table cells; the name stands there when this is empty.",
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )
    kind = forms.ChoiceField(
        label="Kind of organisation", choices=Organisation.Kind.choices, widget=forms.RadioSelect
    )
    role = forms.ChoiceField(
        label="Part in the programme",
        choices=Partnership.Role.choices,
        widget=forms.RadioSelect,
        initial=Partnership.Role.PARTNER.value,
    )
    joined_on = DateField(
        label="Joined on", required=False, help_text="Leave empty when it is not known."
    )


class PartnershipForm(PortalModelForm):
    class Meta:
        model = Partnership
        fields = ("role", "joined_on", "left_on")
        field_classes = {"joined_on": DateField, "left_on": DateField}
        labels = {"role": "Part in the programme", "joined_on": "Joined on", "left_on": "Left on"}
        help_texts = {
            "joined_on": "Leave empty when it is not known.",
            "left_on": "Leave empty while it takes part. What it did stays on record.",
        }
        widgets = {"role": forms.RadioSelect}

    def prepare_fields(self) -> None:
        self.fields["role"].choices = Partnership.Role.choices
