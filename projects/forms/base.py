"""What the forms of the first floor share: choices from one programme only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from programme.models import Organisation, Programme
from projects.models import Project

CHOOSE = "Choose one"


class OfProgramme:
    """Mixin of a form whose choices are rows of one programme, given as ``programme``."""

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
        """Rows of this programme; of organisations those that take part in it."""
        if field.queryset.model is Organisation:
            field.queryset = Organisation.objects.filter(partnerships__programme=self.programme)
        elif hasattr(field.queryset, "of"):
            field.queryset = field.queryset.of(self.programme)
        if field.empty_label == "---------":
            field.empty_label = CHOOSE if field.required else "None"

    def keep(self, *names: str) -> None:
        """Adds to the choices of these fields what the row has already, so that a form which is
        sent back as it was changes nothing, whatever has become of that choice since."""
        row = getattr(self, "instance", None)
        if row is None or row.pk is None:
            return
        for name in names:
            field = self.fields[name]  # type: ignore[attr-defined]
            if isinstance(field, forms.ModelMultipleChoiceField):
                kept = Q(pk__in=getattr(row, name).values("pk"))
            else:
                kept = Q(pk=getattr(row, f"{name}_id"))
            rows = field.queryset.model._default_manager
            field.queryset = rows.filter(Q(pk__in=field.queryset.values("pk")) | kept)

    @property
    def values(self) -> dict[str, Any]:
        """The answers by the names that the form's action takes."""
        return {
            name: value
            for name, value in self.cleaned_data.items()  # type: ignore[attr-defined]
            if name not in self.not_facts
        }


def project_label(project: Project) -> str:
    """A project in a choice: its name, and its reference, by which people find it."""
    return f"{project.ref.upper()} {project.label}"
