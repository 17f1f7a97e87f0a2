"""The portal as a whole: a new programme, and who administers the portal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from programme.common import formats
from programme.common.forms import PortalForm, PortalModelForm
from programme.common.slugs import LONGEST
from programme.models import MarkingChoices, Programme, User

LARGEST_FILE = 5_000_000
"""Bytes of a programme file that a browser may send: the example's has 200,000."""


class AsksForName(forms.Form):
    """Mixin of a form whose sender, ``by``, is asked for their name where they have said none: it
    will stand beside all that they do."""

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
        if self.by.name:
            del self.fields["your_name"]

    @property
    def programme(self) -> dict[str, Any]:
        """The answers about the programme."""
        return {
            name: answer
            for name, answer in self.values.items()
            if name not in ("your_name", "file")
        }


class NewProgrammeForm(AsksForName, PortalModelForm):
    """What a programme is from the start."""

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
            "calendar": "They are no working days. With none, every Monday to Friday is one.",
            "default_marking": "Parts of a paper can ask for more.",
        }
        widgets = {"calendar": forms.RadioSelect, "default_marking": forms.RadioSelect}

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


class ProgrammeFileForm(AsksForName, PortalForm):
    """A programme from a file, which names it itself unless it is to be called otherwise."""

    file = forms.FileField(
        label="Programme file",
        help_text="As a programme is exported: a file whose name ends in .yaml.",
        widget=forms.FileInput({"accept": ".yaml,.yml"}),
    )
    name = forms.CharField(
        max_length=200, required=False, help_text="Left empty, as the file says."
    )
    short_name = forms.CharField(
        max_length=60, required=False, help_text="Left empty, as the file says."
    )
    slug = forms.SlugField(
        label="Word in addresses",
        max_length=LONGEST,
        required=False,
        help_text="Left empty, as the file says. Another one is needed where a programme has it.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(f"The file must be {LARGEST_FILE // 1_000_000} MB or less.")
        return file


class ProgrammeFileUpload(PortalForm):
    """A programme's file, to be looked at before it is loaded."""

    file = forms.FileField(
        label="Programme file",
        help_text="Of this programme, as it was exported and edited: a file whose name ends in "
        ".yaml. You are shown first what it would do.",
        widget=forms.FileInput({"accept": ".yaml,.yml"}),
    )

    clean_file = ProgrammeFileForm.clean_file


class PortalAdministratorForm(PortalForm):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Whoever has no account yet gets a letter with a link to choose a password.",
        widget=forms.TextInput({"type": "email", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter an e-mail address in the form name@example.org"},
    )
