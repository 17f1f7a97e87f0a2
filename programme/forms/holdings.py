"""What passes from one person to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from programme.common.forms import PortalForm
from programme.forms.base import OfProgramme
from programme.holdings import Held
from programme.models import Person


class HandOverForm(OfProgramme, PortalForm):
    """``held`` is what ``person`` answers for and the reader may hand over, ticked to begin with;
    ``able`` are the people who may take some of it over."""

    mark_optional = False  # of each kind none may be chosen, which the page says once

    successor = forms.ModelChoiceField(Person.objects.all(), label="Who takes it over")

    def __init__(self, *args: Any, held: Sequence[Held], able: Any, **kwargs: Any) -> None:
        self.held, self.able = held, able
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["successor"].queryset = self.able
        self.fields["successor"].label_from_instance = _with_post
        for each in self.held:
            rows = [
                (str(row.pk), name) for row, (name, _) in zip(each.rows, each.named, strict=True)
            ]
            self.fields[each.key] = forms.MultipleChoiceField(
                label=each.heading,
                choices=rows,
                initial=[pk for pk, _ in rows],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def values(self) -> dict[str, Any]:
        what = {each.key: {int(pk) for pk in self.cleaned_data[each.key]} for each in self.held}
        return {"successor": self.cleaned_data["successor"], "what": what}


def _with_post(person: Person) -> str:
    return f"{person}, {person.post}" if person.post else str(person)
