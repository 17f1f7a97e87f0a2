"""What the office says of a period as a whole: why it closes, who may be late."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from programme.common.formfields import DateField, RowsField
from programme.common.forms import PortalForm
from programme.forms.base import OfProgramme
from projects.forms.base import project_label
from projects.models import Project


class ClosingForm(PortalForm):
    """Asks why a period closes although something of it is missing."""

    reason = forms.CharField(
        label="Why it closes now",
        help_text="It stays on record, with the projects that are missing.",
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, something_is_missing: bool, **kwargs: Any) -> None:
        self.something_is_missing = something_is_missing
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        """Where all is accepted, nobody has to say why."""
        super().prepare_fields()
        self.fields["reason"].required = self.something_is_missing


class ChosenProjectsForm(OfProgramme, PortalForm):
    """Asks for which projects of a period something is done: one or several of ``among``."""

    projects = RowsField(
        Project.objects.all(),
        label="Projects",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one project at least"},
    )

    def __init__(self, *args: Any, among: QuerySet[Project], **kwargs: Any) -> None:
        self.among = among
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        field = self.fields["projects"]
        field.queryset = field.queryset.filter(pk__in=self.among.order_by().values("pk"))
        field.label_from_instance = project_label


class AdmitLateForm(ChosenProjectsForm):
    until = DateField(label="Until when", help_text="Later than the day on which updates are due.")
    reason = forms.CharField(
        label="Why they may be late",
        help_text="It stays on record.",
        widget=forms.Textarea({"rows": 3}),
    )
