"""What a form asks of a body whose name it changes."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.common.formfields import DateField

CORRECTED, RENAMED = "corrected", "renamed"


class RenamingForm(forms.Form):
    """Mixin of the form of a body with earlier names: one that is there and gets another name is
    asked from which day it holds."""

    rename = forms.ChoiceField(
        label="If you change the name",
        required=False,
        choices=[
            (CORRECTED, "It was always called so: the name was wrong"),
            (RENAMED, "It is called so from a day on: papers of the time before keep the old name"),
        ],
        widget=forms.RadioSelect,
    )
    renamed_from = DateField(label="First day of the new name", required=False)

    def ask_of_names(self) -> None:
        """Leaves the question out where there is no name yet."""
        if self.instance._state.adding:
            del self.fields["rename"], self.fields["renamed_from"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if "rename" not in self.fields:
            return answers
        rename = answers.pop("rename", "")
        if not self._is_renamed(answers):
            answers["renamed_from"] = None
        elif not rename:
            self.add_error("rename", "You changed the name: say since when it is called so.")
        elif rename == CORRECTED:
            answers["renamed_from"] = None
        elif not answers.get("renamed_from") and "renamed_from" not in self.errors:
            self.add_error("renamed_from", "Enter the first day of the new name.")
        return answers

    def _is_renamed(self, answers: dict[str, Any]) -> bool:
        name = answers.get("name") or self.instance.name
        short = answers.get("short_name") or name[:60]
        return (name, short) != (self.instance.name, self.instance.short_name)
