"""A board's facts, its seats and its meetings."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from programme.common.formfields import DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.forms.earlier import RenamingForm
from programme.models import Board, BoardMember, Meeting

TIMES = ("%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p", "%I %p", "%I:%M %p")


class BoardForm(RenamingForm, OfProgramme, PortalModelForm):
    class Meta:
        model = Board
        fields = (
            "name",
            "short_name",
            "kind",
            "remit",
            "organisation",
            "reports_to",
            "succeeded_by",
            "set_up_on",
            "ended_on",
        )
        field_classes = {"set_up_on": DateField, "ended_on": DateField}
        labels = {
            "short_name": "Short name",
            "kind": "Kind of board",
            "organisation": "Whose board it is",
            "reports_to": "Reports to",
            "succeeded_by": "Succeeded by",
            "set_up_on": "Set up on",
            "ended_on": "Ended on",
        }
        help_texts = {
            "short_name": "For drawings and table cells; the name stands there when this is empty.",
            "remit": "What the board is there to decide, in a few sentences.",
            "organisation": "None for a joint board.",
            "succeeded_by": "The board that took over its work, if any. Nothing changes hands "
            "by it: “Hand over to a successor” does that.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "remit": forms.Textarea({"rows": 5}),
            "short_name": forms.TextInput({"class": "govuk-input--width-20"}),
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["kind"].choices = Board.Kind.choices
        self.fields["short_name"].required = False
        self.ask_of_names()
        self.fields["organisation"].empty_label = say("None: a joint board")
        self.fields["reports_to"].empty_label = say("No other board")
        self.fields["succeeded_by"].empty_label = say("No other board")
        for name in ("reports_to", "succeeded_by"):
            field = self.fields[name]
            field.queryset = field.queryset.exclude(pk=self.instance.pk)


class SeatForm(OfProgramme, PortalModelForm):
    class Meta:
        model = BoardMember
        fields = ("post", "organisation", "role", "user", "from_day", "to_day")
        field_classes = {"from_day": DateField, "to_day": DateField}
        labels = {
            "role": "Part on the board",
            "user": "Account",
            "from_day": "First day",
            "to_day": "Last day",
        }
        help_texts = {
            "post": "A post, never a person’s name.",
            "user": "Who holds the post now, if they sign in to the portal.",
            "from_day": "Leave empty when it is not known.",
            "to_day": "Leave empty while the seat is held.",
        }
        widgets = {"role": forms.RadioSelect}

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["role"].choices = BoardMember.Role.choices
        self.fields["user"].empty_label = "No account"


class EndSeatForm(PortalForm):
    to_day = DateField(
        label="Last day", help_text="Who held the seat until then stays on the board’s page."
    )

    def prepare_fields(self) -> None:
        self.fields["to_day"].initial = timezone.localdate()


class MeetingForm(OfProgramme, PortalModelForm):
    class Meta:
        model = Meeting
        fields = ("held_on", "starts_at", "place", "period")
        field_classes = {"held_on": DateField}
        labels = {
            "held_on": "Day",
            "starts_at": "Starts at",
            "period": "Reporting period",
        }
        help_texts = {
            "held_on": "For example, 27 3 2026",
            "starts_at": "For example, 10:30 or 2pm",
            "period": "The period whose papers the meeting receives.",
        }
        widgets = {
            "starts_at": forms.TimeInput(
                {"class": "govuk-input--width-5", "autocomplete": "off"}, format="%H:%M"
            )
        }
        error_messages = {
            "held_on": {"required": "Enter the day of the meeting"},
            "starts_at": {"invalid": "Enter a time, such as 10:30 or 2pm"},
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["starts_at"].input_formats = TIMES
        self.fields["period"].empty_label = "None"
