"""What a programme calls its things: of each term the word for one and for several."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.common.forms import PortalForm
from programme.common.words import MOST_LETTERS, TERMS
from programme.models import Programme


class WordsForm(PortalForm):
    """An answer left empty is the default word."""

    counts_characters = False
    mark_optional = False

    currency_sign = forms.CharField(
        label="Sign of the currency",
        max_length=4,
        help_text="Stands before every sum: one sign, or letters such as CHF.",
        widget=forms.TextInput({"class": "govuk-input--width-3", "autocomplete": "off"}),
    )
    movement_signs = forms.ChoiceField(
        label="How a movement is shown",
        choices=Programme.MovementSigns.choices,
        widget=forms.RadioSelect,
    )

    def prepare_fields(self) -> None:
        for term in TERMS:
            self.fields[f"{term.key}_one"] = _word(
                f"{term.one.capitalize()}: one", f"As in “{term.one}”: {term.meaning}."
            )
            self.fields[f"{term.key}_many"] = _word(
                f"{term.one.capitalize()}: several", f"As in “{term.many}”."
            )

    @property
    def values(self) -> dict[str, Any]:
        """The words of each term that is not to have its default ones."""
        return {
            "currency_sign": self.cleaned_data["currency_sign"],
            "movement_signs": self.cleaned_data["movement_signs"],
            "words": {
                term.key: {
                    form: self.cleaned_data[f"{term.key}_{form}"] or getattr(term, form)
                    for form in ("one", "many")
                }
                for term in TERMS
            },
        }


def _word(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput({"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
