"""What is asked before texts of the record are redacted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from programme.common.forms import PortalForm


class RedactForm(PortalForm):
    """``texts`` are the texts on offer: names and what to call them."""

    texts = forms.MultipleChoiceField(
        label="Texts to redact",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the texts to redact"},
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 3}),
        help_text="Everybody who reads the record reads it. Do not repeat what you redact.",
    )

    def __init__(self, *args: Any, texts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texts"].choices = texts
