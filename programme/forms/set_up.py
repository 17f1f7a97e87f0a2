"""What a programme sets up for itself."""

from __future__ import annotations

from django import forms

from programme.common.forms import PortalModelForm
from programme.models import Stage

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
