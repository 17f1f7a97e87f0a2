"""The portal as a whole: a new programme, and who administers the portal."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.common import formats
from programme.common.forms import PortalForm, PortalModelForm
from programme.models import MarkingChoices, Programme, User


class NewProgrammeForm(PortalModelForm):
    """What a programme is from the start. ``by`` is asked for their name where they have said none:
    it will stand beside all that they do."""

    class Meta:
        model = Programme
        fields = (
            "name",
            "short_name",
            "slug",
            "financial_year_start_month",
            "calendar",
            "default_marking",
        )
        labels = {
            "slug": "Word in addresses",
            "financial_year_start_month": "Month in which the year begins",
            "calendar": "Bank holidays",
            "default_marking": "Marking of papers",
        }
        help_texts = {
            "name": "In full, as papers print it.",
            "short_name": "As the portal’s pages show it, such as “Essex”.",
            "slug": "Small letters, figures and hyphens, such as “essex”. Left empty, it is made "
            "from the short name.",
            "financial_year_start_month": "The year that budgets are agreed for.",
            "calendar": "They are no working days.",
            "default_marking": "Parts of a paper can ask for more.",
        }
        widgets = {"calendar": forms.RadioSelect, "default_marking": forms.RadioSelect}

    your_name = forms.CharField(
        label="Your name",
        max_length=150,
        help_text="As people in the programme read it beside what you do.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["slug"].required = False
        begins = self.fields["financial_year_start_month"]
        self.fields["financial_year_start_month"] = forms.TypedChoiceField(
            label=begins.label,
            help_text=begins.help_text,
            initial=begins.initial,
            choices=list(enumerate(formats.MONTHS, 1)),
            coerce=int,
        )
        self.fields["calendar"].choices = Programme._meta.get_field("calendar").choices
        self.fields["default_marking"].choices = MarkingChoices.choices
        if self.by.name:
            del self.fields["your_name"]

    @property
    def programme(self) -> dict[str, Any]:
        """The answers about the programme."""
        return {name: text for name, text in self.values.items() if name != "your_name"}


class PortalAdministratorForm(PortalForm):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Whoever has no account yet gets a letter with a link to choose a password.",
        widget=forms.TextInput({"type": "email", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter an e-mail address in the form name@example.org"},
    )
