"""Grants, the returns made on them, and figures as old papers printed them."""

from __future__ import annotations

from django import forms

from finance.models import FundingSource, Grant, GrantReturn, PublishedFigure
from programme.common.formfields import AmountField, DateField, MoneyField, RowsField
from programme.common.forms import PortalModelForm
from programme.forms.base import OfProgramme
from projects.forms.base import project_label


class GrantForm(OfProgramme, PortalModelForm):
    amount = AmountField(help_text="The award.")

    class Meta:
        model = Grant
        fields = (
            "name",
            "year",
            "source",
            "awarded_by",
            "held_by",
            "awarded_on",
            "purpose",
            "projects",
            "sensitivity",
        )
        field_classes = {"awarded_on": DateField, "projects": RowsField}
        labels = {
            "source": "Part of the budget as",
            "awarded_by": "Awarded by",
            "held_by": "Held by",
            "awarded_on": "Awarded on",
            "purpose": "What it is for",
            "projects": "Projects that it supports",
            "sensitivity": "Marking",
        }
        help_texts = {
            "source": "Its award is then this source’s budget of the year. A grant held outside "
            "the programme’s budget is only reported.",
            "awarded_by": "An organisation that is not here is added to the organisations first.",
        }
        widgets = {
            "purpose": forms.Textarea({"rows": 4}),
            "projects": forms.CheckboxSelectMultiple,
            "sensitivity": forms.RadioSelect,
        }

    field_order = ("name", "year", "amount", "source")

    def prepare_fields(self) -> None:
        super().prepare_fields()
        source = self.fields["source"]
        source.queryset = source.queryset.filter(kind=FundingSource.Kind.GRANT)
        source.empty_label = "Nothing: held outside it, only reported"
        # Whoever awards a grant need not be a partner.
        self.fields["held_by"].empty_label = "Not stated"
        self.fields["projects"].label_from_instance = project_label


class GrantReturnForm(PortalModelForm):
    class Meta:
        model = GrantReturn
        fields = ("name", "due_on", "submitted_on", "on_schedule")
        field_classes = {"due_on": DateField, "submitted_on": DateField}
        labels = {
            "name": "Return",
            "due_on": "Due on",
            "submitted_on": "Submitted on",
            "on_schedule": "Submitted on schedule?",
        }
        help_texts = {
            "name": "Such as: End-of-year report 2018/19",
            "on_schedule": "Only where the days themselves are not known.",
        }
        widgets = {
            "on_schedule": forms.RadioSelect(
                choices=[("", "Not stated"), ("True", "Yes"), ("False", "No")]
            )
        }


class PublishedFigureForm(OfProgramme, PortalModelForm):
    """A figure as an old paper printed it; it stands beside the computed one."""

    pounds = MoneyField(label="Printed figure", negative=True, help_text="In pounds, as printed.")

    class Meta:
        model = PublishedFigure
        fields = ("document", "category", "source", "note")
        labels = {"document": "Paper"}
        help_texts = {
            "document": "The paper that printed it, as a sentence would name it: the strategic "
            "board paper of May 2018",
            "category": "Which row of the year’s outturn table.",
            "source": "Which column of the year’s outturn table.",
        }

    field_order = ("document", "category", "source", "pounds", "note")

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["category"].empty_label = "All categories"
        self.fields["source"].empty_label = "All sources"
