"""What forms about a programme share: choices from that programme only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from programme.models import Organisation, Programme, User
from programme.selectors import organisations_of

CHOOSE = "Choose one"


class OfProgramme:
    """Mixin of a form whose choices are rows of one programme, given as ``programme``.

    ``values`` are the cleaned values by the names that the form's action takes.
    """

    programme: Programme
    # Fields of the form that are no fact of the row.
    not_facts: frozenset[str] = frozenset({"version"})

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            if isinstance(field, forms.ModelChoiceField):
                self._offer(name, field)

    def _offer(self, name: str, field: forms.ModelChoiceField) -> None:
        """Rows of this programme, organisations that have to do with it, people who hold a role in
        it, and what the row has already."""
        model = field.queryset.model
        kept = Q(pk=getattr(getattr(self, "instance", None), f"{name}_id", None))
        if model is Organisation:
            known = organisations_of(self.programme).values("pk")
            field.queryset = Organisation.objects.filter(Q(pk__in=known) | kept)
        elif model is User:
            held = User.objects.filter(role_assignments__programme=self.programme, is_active=True)
            field.queryset = User.objects.filter(Q(pk__in=held.values("pk")) | kept)
        elif hasattr(field.queryset, "of"):
            field.queryset = field.queryset.of(self.programme)
        if field.empty_label == "---------":
            field.empty_label = CHOOSE if field.required else "None"

    @property
    def values(self) -> dict[str, Any]:
        """What was answered, without the form's own fields."""
        return {
            name: value
            for name, value in self.cleaned_data.items()  # type: ignore[attr-defined]
            if name not in self.not_facts
        }
