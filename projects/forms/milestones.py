"""What is said of a milestone: its baseline, its forecast, the day it was reached."""

from __future__ import annotations

from django import forms

from programme.common.formfields import DateField, PlainDateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.forms.base import OfProgramme
from programme.models import Board
from projects.forms.base import OWNER_USER, offer_writers
from projects.models import Milestone

_STATED_ON = "The day of the report or the decision; today when you leave it empty."


def _reason(label: str) -> forms.CharField:
    """Why something changes; ``label`` begins with "Why", and so does what is said without one."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": f"Say {label[0].lower()}{label[1:]}"},
    )


class MilestoneForm(OfProgramme, PortalModelForm):
    """The name and the owner of a milestone; what is said of its dates has forms of its own."""

    class Meta:
        model = Milestone
        fields = ("name", "owner_post", "owner_user")
        labels = {"owner_post": "Owner’s post", "owner_user": OWNER_USER["label"]}
        help_texts = {
            "owner_post": "A post, never a person’s name. Empty where it is the project’s lead.",
            "owner_user": OWNER_USER["help_text"],
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        offer_writers(self, "owner_user", "milestones.edit", nobody="Nobody with an account")


class NewMilestoneForm(MilestoneForm):
    baseline = PlainDateField(
        label="Baseline", help_text="The date that was agreed. A month is enough when it is circa."
    )
    stated_on = DateField(label="Agreed on", required=False, help_text=_STATED_ON)

    field_order = ("name", "baseline", "stated_on", "owner_post", "owner_user")


class MilestoneForecastForm(OfProgramme, PortalForm):
    forecast = PlainDateField(label="Now expected")
    reason = _reason("Why the date moves")
    stated_on = DateField(label="Stated on", required=False, help_text=_STATED_ON)


class MilestoneRebaselineForm(OfProgramme, PortalForm):
    baseline = PlainDateField(label="New baseline")
    board = forms.ModelChoiceField(
        Board.objects.all(),
        label="Approved by",
        error_messages={"required": "Select the board that approved it"},
    )
    reason = _reason("Why the baseline changes")
    stated_on = DateField(label="Approved on", required=False, help_text=_STATED_ON)


class MilestoneReachedForm(OfProgramme, PortalForm):
    actual_on = DateField(label="Reached on", help_text="For example, 27 3 2026")
    reason = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Needed when you correct a day that was recorded before.",
    )
