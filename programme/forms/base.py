"""What forms about a programme share: choices from that programme only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from programme.models import Person, Programme, SetUpPart, User

CHOOSE = "Choose one"


class OfProgramme:
    """Mixin of a form whose choices are rows of one programme, given as ``programme``; of people
    those who accepted a role in it, of what the programme set up for itself what it has not
    withdrawn."""

    programme: Programme

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._offer(name, field)

    def keep(self, *names: str) -> None:
        """Adds to the choices of these fields what the row has already, so that a form which is
        sent back as it was changes nothing, whatever has become of that choice since."""
        row = getattr(self, "instance", None)
        if row is None or row.pk is None:
            return
        for name in names:
            field = self.fields[name]
            if not hasattr(row, name):
                continue  # an answer that the row does not keep
            if isinstance(field, forms.ModelMultipleChoiceField):
                kept = Q(pk__in=getattr(row, name).values("pk"))
            else:
                kept = Q(pk=getattr(row, f"{name}_id"))
            rows = field.queryset.model._default_manager
            field.queryset = rows.filter(Q(pk__in=field.queryset.values("pk")) | kept)

    def _offer(self, name: str, field: forms.ModelChoiceField) -> None:
        field.queryset = self._rows_of_programme(field.queryset)
        if field.queryset.model is User or issubclass(field.queryset.model, SetUpPart):
            self.keep(name)
        if field.empty_label == "---------":
            field.empty_label = CHOOSE if field.required else "None"

    def _rows_of_programme(self, rows: QuerySet) -> QuerySet:
        if rows.model is User:
            known = Person.objects.of(self.programme).filter(accepted_at__isnull=False)
            return rows.filter(is_active=True, pk__in=known.values("user"))
        rows = rows.of(self.programme)
        return rows.offered() if issubclass(rows.model, SetUpPart) else rows
