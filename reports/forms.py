"""Forms of the top floor: paper templates of boards, and papers."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.common.forms import PortalForm, PortalModelForm
from programme.common.words import say
from programme.forms import PLACE, PartForm
from programme.forms.base import CHOOSE, OfProgramme
from programme.models import Board, MarkingChoices, Meeting, ReportingPeriod
from reports.builtin import BUILTINS
from reports.models import Paper, PaperTemplate


class NewTemplateForm(OfProgramme, PortalForm):
    """Which of the built-in papers a board gets."""

    builtin = forms.ChoiceField(label="Paper")
    board = forms.ModelChoiceField(Board.objects.all(), label="For which board")

    def prepare_fields(self) -> None:
        super().prepare_fields()
        known = PaperTemplate.objects.of(self.programme).values_list("slug", flat=True)
        left = [(each.slug, each.name) for each in BUILTINS.values() if each.slug not in known]
        self.fields["builtin"].choices = [("", CHOOSE), *left]
        if not left:
            self.fields["builtin"].help_text = say("Every built-in paper has its board already.")


class TemplateForm(OfProgramme, PartForm):
    class Meta:
        model = PaperTemplate
        fields = ("name", "title", "board", "numbering", "purpose", "author_post", "order")
        labels = {
            "title": "Title on the paper",
            "purpose": "What it asks of the board",
            "author_post": "Author’s post",
            "order": PLACE["label"],
        }
        help_texts = {
            "name": "As the portal’s lists show it.",
            "author_post": "Papers name posts, never people.",
            "order": PLACE["help_text"],
        }
        widgets = {
            "numbering": forms.RadioSelect,
            "purpose": forms.RadioSelect,
            "order": PLACE["widget"],
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["numbering"].choices = PaperTemplate.Numbering.choices
        self.fields["purpose"].choices = PaperTemplate.Purpose.choices


class _PaperForm(OfProgramme, PortalModelForm):
    def prepare_fields(self) -> None:
        super().prepare_fields()
        meeting = self.fields["meeting"]
        meeting.empty_label = "Not fixed yet"
        meeting.queryset = meeting.queryset.select_related("board").order_by("-held_on")
        meeting.label_from_instance = _meeting_label


class NewPaperForm(_PaperForm):
    """A template filled for a period; the rest is the template's until somebody changes it."""

    class Meta:
        model = Paper
        fields = ("template", "period", "meeting")
        labels = {"template": "Paper", "meeting": "For which meeting"}
        help_texts = {
            "period": "The paper reports the position at its as-at date.",
            "meeting": "Of the board whose paper it is.",
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["template"].label_from_instance = _template_label
        self.fields["template"].queryset = self.fields["template"].queryset.select_related("board")
        self.fields["period"].label_from_instance = _period_label


class PaperForm(_PaperForm):
    class Meta:
        model = Paper
        fields = ("title", "meeting", "purpose", "marking", "author_post")
        labels = {
            "meeting": "For which meeting",
            "purpose": "What it asks of the board",
            "author_post": "Author’s post",
        }
        help_texts = {
            "marking": "The highest marking of its parts wins over a lower one.",
            "author_post": "Papers name posts, never people.",
        }
        widgets = {"purpose": forms.RadioSelect, "marking": forms.RadioSelect}

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["purpose"].choices = PaperTemplate.Purpose.choices
        self.fields["marking"].choices = MarkingChoices.choices
        meetings = self.fields["meeting"]
        board = self.instance.board_id
        meetings.queryset = meetings.queryset.filter(board=board)


def _meeting_label(meeting: Meeting) -> str:
    return str(meeting)


def _template_label(template: PaperTemplate) -> str:
    return f"{template.name}, {template.board.short_name}"


def _period_label(period: ReportingPeriod) -> Any:
    return f"{period.name}, as at {period.as_at:%-d %B %Y}"
