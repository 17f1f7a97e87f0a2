"""Who takes over from a board or an organisation, since when, and what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from programme.common.formfields import DateField
from programme.common.forms import PortalForm
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.models import Board, Organisation
from programme.succession import OpenCharge


class _SuccessionForm(OfProgramme, PortalForm):
    """``body`` is the one that ends; ``charges`` is what is open in its name, which is offered."""

    last_day = DateField(label="Last day", help_text="What it did until then stays its own.")
    what = forms.MultipleChoiceField(
        label="What the successor takes over",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you leave out stays as it is, and can be handed over later. A role that "
        "takes two people waits for a second one again.",
    )
    field_order = ("succeeded_by", "last_day", "what")

    def __init__(
        self,
        *args: Any,
        body: Board | Organisation,
        charges: Sequence[OpenCharge],
        **kwargs: Any,
    ) -> None:
        self.body, self.charges = body, charges
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        successors = self.fields["succeeded_by"]
        successors.queryset = successors.queryset.exclude(pk=self.body.pk)
        self.fields["what"].choices = [(each.key, each.named) for each in self.charges]
        self.fields["what"].initial = [each.key for each in self.charges]
        if not self.charges:
            del self.fields["what"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        answers.setdefault("what", [])
        return answers


class BoardSuccessionForm(_SuccessionForm):
    succeeded_by = forms.ModelChoiceField(Board.objects.all(), label="Successor")

    def prepare_fields(self) -> None:
        super().prepare_fields()
        goes_on = Q(ended_on__isnull=True) | Q(ended_on__gte=timezone.localdate())
        field = self.fields["succeeded_by"]
        field.queryset = field.queryset.filter(goes_on)
        field.help_text = say("The board that takes over its work. Add it first if it is new.")


class OrganisationSuccessionForm(_SuccessionForm):
    succeeded_by = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Successor",
        help_text="The organisation that takes over its part. Add it first if it is new.",
    )
