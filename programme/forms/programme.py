"""The programme's own facts."""

from __future__ import annotations

from django import forms

from programme.common import formats
from programme.common.formfields import DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.forms.base import OfProgramme
from programme.forms.earlier import HolderForm
from programme.models import MarkingChoices, Programme


class ProgrammeForm(HolderForm, OfProgramme, PortalModelForm):
    holder, holder_words = "host", "accountable body"

    class Meta:
        model = Programme
        fields = (
            "name",
            "short_name",
            "vision",
            "summary",
            "host",
            "financial_year_start_month",
            "calendar",
            "default_marking",
            "keeps_money",
        )
        labels = {
            "host": "Accountable body",
            "calendar": "Bank holidays",
            "default_marking": "Marking of papers",
            "keeps_money": "Budgets, spend, grants and benefits are kept here",
        }
        help_texts = {
            "name": "In full, as papers print it.",
            "short_name": "As the portal’s pages show it, such as “Essex”.",
            "vision": "What the programme is there for, in a sentence or two. Papers open with it.",
            "summary": "What a reader who is new to the programme should know.",
            "host": "The organisation that answers for the programme.",
            "calendar": "They are no working days. With none, every Monday to Friday is one. "
            "Lateness is counted anew; papers of the past stay as they are.",
            "default_marking": "Parts of a paper can ask for more.",
            "keeps_money": "Without them pages and papers say nothing of money.",
        }
        widgets = {
            "vision": forms.Textarea({"rows": 3}),
            "summary": forms.Textarea({"rows": 6}),
            "calendar": forms.RadioSelect,
            "default_marking": forms.RadioSelect,
        }

    field_order = [
        "name",
        "short_name",
        "vision",
        "summary",
        "host",
        "change_of_holder",
        "held_since",
    ]

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["host"].empty_label = "Not stated"
        self.ask_of_holder()
        self.fields["financial_year_start_month"] = month_of_year()
        self.fields["calendar"].choices = Programme._meta.get_field("calendar").choices
        self.fields["default_marking"].choices = MarkingChoices.choices


class ProgrammeEndForm(PortalForm):
    ended_on = DateField(
        label="Last day", help_text="Until this day is over, everything can still be written."
    )
    end_reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 4}))


def month_of_year() -> forms.TypedChoiceField:
    """Asks for the month in which years begin."""
    return forms.TypedChoiceField(
        label="Month in which the year begins",
        help_text="The year that budgets are agreed for. Years that are there already stay.",
        initial=Programme._meta.get_field("financial_year_start_month").default,
        choices=list(enumerate(formats.MONTHS, 1)),
        coerce=int,
    )
