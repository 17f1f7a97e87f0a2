"""Decisions of boards and the actions that follow from them."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from programme.common.formfields import DateField, RowsField
from programme.common.forms import PortalForm, PortalModelForm
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.models import Meeting
from projects.forms.base import offer_writers, project_label
from projects.models import Action, Decision


class DecisionForm(OfProgramme, PortalModelForm):
    class Meta:
        model = Decision
        fields = ("text", "kind", "board", "meeting", "taken_on", "reasons", "projects")
        field_classes = {"taken_on": DateField, "projects": RowsField}
        labels = {
            "text": "What was resolved",
            "kind": "Kind of decision",
            "taken_on": "Taken on",
            "projects": "Projects that it is about",
        }
        help_texts = {
            "kind": "What was considered and not pursued is kept, with its reasons.",
            "meeting": "None for a decision taken between meetings.",
            "taken_on": "The day of the meeting when you leave it empty.",
            "reasons": "Needed when something was considered and not pursued.",
        }
        error_messages = {"text": {"required": "Say what was resolved"}}
        widgets = {
            "text": forms.Textarea({"rows": 4}),
            "kind": forms.RadioSelect,
            "reasons": forms.Textarea({"rows": 4}),
            "projects": forms.CheckboxSelectMultiple,
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        _offer_meetings(self)
        self.fields["projects"].label_from_instance = project_label
        # Left empty beside a meeting, the action takes the meeting's day.
        self.fields["taken_on"].required = False

    def clean(self) -> dict:
        answers = super().clean() or self.cleaned_data
        if {"taken_on", "meeting"} <= set(answers) and not (
            answers["taken_on"] or answers["meeting"]
        ):
            self.add_error("taken_on", "Enter the day, or choose the meeting")
        return answers


class ActionForm(OfProgramme, PortalModelForm):
    asks_for = ""
    """What a page asks for besides: "board or project" of whoever writes only for theirs."""

    class Meta:
        model = Action
        fields = (
            "text",
            "owner_post",
            "owner_user",
            "owner_organisation",
            "due_on",
            "board",
            "meeting",
            "decision",
            "project",
            "raised_on",
        )
        field_classes = {"due_on": DateField, "raised_on": DateField}
        labels = {
            "text": "What is to be done",
            "owner_post": "Who does it",
            "owner_user": "Their account",
            "owner_organisation": "Organisation",
            "due_on": "By when",
            "board": "Board that asked for it",
            "decision": "Decision that it follows from",
            "raised_on": "Asked for on",
        }
        help_texts = {
            "owner_post": "A post, never a person’s name.",
            "owner_user": "Who records here that it is done, besides those who may anyway.",
            "board": "None for an action that no board asked for.",
            "raised_on": "The day of the meeting, or today, when you leave it empty.",
        }
        error_messages = {
            "text": {"required": "Say what is to be done"},
            "owner_post": {"required": "Say who does it"},
        }
        widgets = {"text": forms.Textarea({"rows": 3})}

    def prepare_fields(self) -> None:
        super().prepare_fields()
        _offer_meetings(self)
        self.keep("owner_organisation")
        self.fields["project"].label_from_instance = project_label
        self.fields["raised_on"].required = False
        self.fields["board"].empty_label = say("No board")
        offer_writers(self, "owner_user", "actions.edit", nobody="Nobody with an account")

    def clean(self) -> dict:
        answers = super().clean() or self.cleaned_data
        if self.asks_for and not (answers.get("board") or answers.get("project")):
            self.add_error("project", say("Choose your project, or your board above"))
        return answers


class CompleteActionForm(OfProgramme, PortalForm):
    completed_on = DateField(label="Done on", help_text="For example, 27 3 2026")
    outcome = forms.CharField(
        label="What came of it",
        widget=forms.Textarea({"rows": 3}),
        help_text="The board that asked reads this under matters arising.",
        error_messages={"required": "Say what came of it"},
    )

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["completed_on"].initial = timezone.localdate()


def _offer_meetings(form: DecisionForm | ActionForm) -> None:
    """Meetings to choose from, each with the board that it names; cancelled ones were never
    held."""
    field = form.fields["meeting"]
    field.queryset = field.queryset.exclude(state=Meeting.State.CANCELLED)
    form.keep("meeting")
    field.queryset = field.queryset.select_related("board")
