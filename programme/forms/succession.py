"""Who takes over from a board or an organisation, since when, and what."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from programme.common.formfields import DateField
from programme.common.forms import PortalForm
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.models import Board, Organisation, Partnership
from programme.succession import OpenCharge

OTHER_THINGS = (
    "As at this last day, something else is open than you were shown. Look at the list once more, "
    "and send it again."
)


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
    listed = forms.CharField(widget=forms.HiddenInput, required=False)
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
        self.initial["listed"] = self._listed()
        self.fields["what"].choices = [(each.key, each.named) for each in self.charges]
        self.fields["what"].initial = [each.key for each in self.charges]
        if not self.charges:
            del self.fields["what"]

    def _listed(self) -> str:
        """Exactly which things are listed, in a short word, and which kinds."""
        rows = [(each.key, [row.pk for row in each.rows]) for each in self.charges]
        digest = hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
        return " ".join([digest, *(each.key for each in self.charges)])

    def clean(self) -> dict[str, Any]:
        """Nothing changes hands that was not on the list that was sent: where the last day, or
        somebody else, made it another one, the new list is shown first."""
        answers = super().clean() or self.cleaned_data
        listed = answers.pop("listed", "")
        shown = listed.split()[1:]
        if listed != self._listed() and "last_day" not in self.errors:
            self.data = self.data.copy()
            self.data["listed"] = self._listed()
            # What was left out stays so; what is listed for the first time is ticked.
            ticked = set(self.data.getlist("what"))
            keys = [each.key for each in self.charges]
            self.data.setlist("what", [key for key in keys if key in ticked or key not in shown])
            self.errors.pop("what", None)  # what was ticked on the earlier list is no mistake
            self.add_error("what" if "what" in self.fields else None, OTHER_THINGS)
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

    def prepare_fields(self) -> None:
        super().prepare_fields()
        field = self.fields["succeeded_by"]
        left = Partnership.objects.of(self.programme).filter(left_on__lt=timezone.localdate())
        field.queryset = field.queryset.exclude(pk__in=left.values("organisation"))
