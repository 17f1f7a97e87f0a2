"""What a programme sets up for itself."""

from __future__ import annotations

from django import forms

from programme.common.formfields import DateField
from programme.common.forms import PortalModelForm
from programme.models import Aim, PlanPriority, Principle, Stage, Theme

PLACE = {
    "label": "Place in the list",
    "help_text": "1 for the first; the others move aside.",
    "widget": forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
}


class PartForm(PortalModelForm):
    """A form of a row of the set-up. One that has a place among others is asked for it once it
    is there: a new one goes to the end."""

    def prepare_fields(self) -> None:
        super().prepare_fields()
        if "order" in self.fields and self.instance._state.adding:
            del self.fields["order"]


class StageForm(PartForm):
    class Meta:
        model = Stage
        fields = ("name", "kind", "order")
        labels = {"kind": "What it means for a project", "order": PLACE["label"]}
        help_texts = {
            "kind": "Projects that are paused or closed are not asked for updates.",
            "order": PLACE["help_text"],
        }
        widgets = {"kind": forms.RadioSelect, "order": PLACE["widget"]}

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["kind"].choices = Stage.Kind.choices


class ThemeForm(PartForm):
    class Meta:
        model = Theme
        fields = ("name", "order")
        labels = {"order": PLACE["label"]}
        help_texts = {
            "name": "A subject that cuts across workstreams, such as estates.",
            "order": PLACE["help_text"],
        }
        widgets = {"order": PLACE["widget"]}


class _TextForm(PartForm):
    class Meta:
        fields = ("text", "order")
        labels = {"order": PLACE["label"]}
        help_texts = {"order": PLACE["help_text"]}
        widgets = {"text": forms.TextInput, "order": PLACE["widget"]}


class PrincipleForm(_TextForm):
    class Meta(_TextForm.Meta):
        model = Principle
        labels = {**_TextForm.Meta.labels, "text": "Principle"}


class AimForm(_TextForm):
    class Meta(_TextForm.Meta):
        model = Aim
        labels = {**_TextForm.Meta.labels, "text": "Aim"}


class PriorityForm(PartForm):
    class Meta:
        model = PlanPriority
        fields = ("number", "text", "in_force_from", "in_force_to")
        field_classes = {"in_force_from": DateField, "in_force_to": DateField}
        labels = {
            "number": "Number in the plan",
            "text": "Priority",
            "in_force_from": "In force from",
            "in_force_to": "In force until",
        }
        help_texts = {
            "in_force_from": "Empty: it always was.",
            "in_force_to": "Empty: it goes on. End the priorities of a plan that another replaces.",
        }
        widgets = {
            "number": forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
            "text": forms.TextInput,
        }
