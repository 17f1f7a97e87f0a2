"""What forms about a programme share: choices from that programme only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from programme.common import formats
from programme.models import Board, Person, Programme, SetUpPart, User

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
        super().prepare_fields()
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._offer(name, field)

    def keep(self, *names: str) -> None:
        """Adds to the choices of these fields what the row has already, so that a form which is
        sent back as it was changes nothing, whatever has become of that choice since."""
        for name in names:
            field = self.fields[name]
            kept = self._kept(name, field)
            if kept is not None:
                rows = field.queryset.model._default_manager
                field.queryset = rows.filter(Q(pk__in=field.queryset.values("pk")) | kept)

    def _kept(self, name: str, field: forms.ModelChoiceField) -> Q | None:
        """Which rows the answer is that the form begins with; None for no answer. A form that is
        made of no row begins with what its page gives it."""
        row = getattr(self, "instance", None)
        if row is None:
            begins: Any = self.initial.get(name)
            return Q(pk=begins.pk) if isinstance(begins, field.queryset.model) else None
        if row.pk is None or not hasattr(row, name):
            return None
        if isinstance(field, forms.ModelMultipleChoiceField):
            return Q(pk__in=getattr(row, name).values("pk"))
        return Q(pk=getattr(row, f"{name}_id"))

    def _offer(self, name: str, field: forms.ModelChoiceField) -> None:
        field.queryset = self._rows_of_programme(field.queryset)
        if field.queryset.model is Board:
            field.label_from_instance = _board_label
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


def _board_label(board: Board) -> str:
    """A board among the choices of a form; one that has ended says so."""
    if board.ended_on is None or board.ended_on >= timezone.localdate():
        return str(board)
    return f"{board} (ended on {formats.day(board.ended_on)})"
