"""What a form asks where an answer replaces one that papers have printed: since when it holds."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from programme.common.formfields import DateField

CORRECTED, FROM_A_DAY = "corrected", "from_a_day"


class RenamingForm(forms.Form):
    """Mixin of the form of a body with earlier names: one that is there and gets another name is
    asked from which day it holds."""

    rename = forms.ChoiceField(
        label="If you change the name",
        required=False,
        choices=[
            (CORRECTED, "It was always called so: the name was wrong"),
            (
                FROM_A_DAY,
                "It is called so from a day on: papers of the time before keep the old name",
            ),
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
        if "rename" in self.fields:
            _settle(
                self,
                answers,
                changes=self._is_renamed(answers),
                question="rename",
                day="renamed_from",
                ask="You changed the name: say since when it is called so.",
                ask_day="Enter the first day of the new name.",
            )
        return answers

    def _is_renamed(self, answers: dict[str, Any]) -> bool:
        name = answers.get("name") or self.instance.name
        short = answers.get("short_name") or name[:60]
        return (name, short) != (self.instance.name, self.instance.short_name)


class HolderForm(forms.Form):
    """Mixin of the form of a thing that an organisation holds, which a subclass names: ``holder``
    is the field, ``holder_words`` what the organisation is. Another one is asked since when."""

    holder: ClassVar[str]
    holder_words: ClassVar[str]

    change_of_holder = forms.ChoiceField(
        required=False,
        choices=[
            (CORRECTED, "It always was this one: what stood here was wrong"),
            (
                FROM_A_DAY,
                "It is this one from a day on: papers of the time before keep the one before",
            ),
        ],
        widget=forms.RadioSelect,
    )
    held_since = DateField(required=False)

    def ask_of_holder(self) -> None:
        """Names the question, and leaves it out where nothing holds the thing yet."""
        if getattr(self.instance, f"{self.holder}_id") is None:
            del self.fields["change_of_holder"], self.fields["held_since"]
            return
        self.fields["change_of_holder"].label = f"If you change the {self.holder_words}"
        self.fields["held_since"].label = f"First day of the new {self.holder_words}"

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if "change_of_holder" in self.fields:
            was = getattr(self.instance, self.holder)
            _settle(
                self,
                answers,
                changes=answers.get(self.holder, was) != was,
                question="change_of_holder",
                day="held_since",
                ask=f"You changed the {self.holder_words}: say since when it is this one.",
                ask_day=f"Enter the first day of the new {self.holder_words}.",
            )
        return answers


def _settle(
    form: forms.Form,
    answers: dict[str, Any],
    *,
    changes: bool,
    question: str,
    day: str,
    ask: str,
    ask_day: str,
) -> None:
    """Takes the answer to the question out of the answers, and leaves the day only where a change
    holds from it on."""
    answer = answers.pop(question, "")
    if not changes or answer == CORRECTED:
        answers[day] = None
    elif not answer:
        form.add_error(question, ask)
    elif not answers.get(day) and day not in form.errors:
        form.add_error(day, ask_day)
