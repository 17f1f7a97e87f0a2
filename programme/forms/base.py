"""What forms about a programme share: choices from that programme only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from programme.models import Person, Programme, User

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
        """Rows of this programme, people who accepted a role in it, and whom the row has
        already."""
        if field.queryset.model is User:
            kept = Q(pk=getattr(getattr(self, "instance", None), f"{name}_id", None))
            known = Person.objects.of(self.programme).filter(accepted_at__isnull=False)
            known = known.filter(user__is_active=True).values("user")
            field.queryset = User.objects.filter(Q(pk__in=known) | kept)
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
