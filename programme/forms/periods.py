"""The periods in which a programme reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from programme.common.calendar import LAST_YEAR, year_of
from programme.common.formfields import DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.forms.base import OfProgramme
from programme.models import ReportingPeriod
from programme.period_calendar import MOST, PATTERNS, PlannedPeriod, planned_periods

_SHORT = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class PeriodForm(PortalModelForm):
    class Meta:
        model = ReportingPeriod
        fields = ("name", "starts_on", "as_at", "opens_on", "due_on")
        field_classes = dict.fromkeys(("starts_on", "as_at", "opens_on", "due_on"), DateField)
        labels = {
            "starts_on": "First day",
            "as_at": "As-at date",
            "opens_on": "Updates are asked for on",
            "due_on": "Updates are due on",
        }
        help_texts = {
            "as_at": "The day whose position its papers report. The meeting may be later.",
        }


class PeriodsForm(OfProgramme, PortalForm):
    """Periods one after another, as a calendar makes them."""

    pattern = forms.ChoiceField(
        label="How often the programme reports",
        choices=list(PATTERNS.items()),
        initial="quarter",
        widget=forms.RadioSelect,
    )
    starts_on = DateField(label="First day of the first period")
    number = forms.IntegerField(
        label="How many periods",
        min_value=1,
        max_value=MOST,
        initial=4,
        widget=forms.TextInput(_SHORT),
    )
    opens_before = forms.IntegerField(
        label="Updates are asked for so many working days before the as-at date",
        min_value=0,
        max_value=250,
        required=False,
        widget=forms.TextInput(_SHORT),
    )
    due_before = forms.IntegerField(
        label="Updates are due so many working days before the as-at date",
        min_value=0,
        max_value=250,
        required=False,
        widget=forms.TextInput(_SHORT),
    )

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.initial.setdefault("starts_on", self._first_day())

    def _first_day(self) -> date:
        """The day after the last period, or the first of the programme's year."""
        last = ReportingPeriod.objects.of(self.programme).order_by("-as_at").first()
        if last is not None:
            return date.fromordinal(last.as_at.toordinal() + 1)
        return year_of(timezone.localdate(), self.programme.financial_year_start_month)[0]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        opens, due = answers.get("opens_before"), answers.get("due_before")
        if opens is not None and due is not None and opens < due:
            self.add_error("opens_before", "Ask for updates before they are due.")
        if not self.errors and self.periods[-1].as_at.year > LAST_YEAR:
            self.add_error("number", f"The last of them would be after {LAST_YEAR}: add fewer.")
        return answers

    @property
    def periods(self) -> tuple[PlannedPeriod, ...]:
        """The periods that the answers come to."""
        answers = self.cleaned_data
        return planned_periods(
            answers["pattern"],
            answers["starts_on"],
            answers["number"],
            due_before=answers["due_before"],
            opens_before=answers["opens_before"],
            calendar=self.programme.calendar,
        )

    @property
    def values(self) -> dict[str, Any]:
        return {"periods": self.periods}
