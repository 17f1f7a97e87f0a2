"""What a programme sets up of its money."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from finance.models import CostCategory, FinancialYear, FundingSource
from programme.common.calendar import year_of
from programme.common.formfields import DateField
from programme.common.forms import PortalModelForm
from programme.forms import PLACE, PartForm
from programme.forms.base import OfProgramme
from programme.models import Programme


class YearForm(OfProgramme, PortalModelForm):
    """A year by its days. A new one follows the last, by the programme's own calendar."""

    class Meta:
        model = FinancialYear
        fields = ("starts_on", "ends_on", "label", "state")
        field_classes = {"starts_on": DateField, "ends_on": DateField}
        labels = {"starts_on": "First day", "ends_on": "Last day", "label": "As papers print it"}
        help_texts = {
            "label": "Such as 2018/19. Left empty, it is made from the two days.",
            "state": "The budget of a closed year no longer changes.",
        }
        widgets = {
            "label": forms.TextInput({"class": "govuk-input--width-10"}),
            "state": forms.RadioSelect,
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        if kwargs.get("instance") is None:
            starts_on, ends_on = next_year(programme)
            days = {"starts_on": starts_on, "ends_on": ends_on}
            kwargs["initial"] = days | (kwargs.get("initial") or {})
        super().__init__(*args, programme=programme, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["label"].required = False
        self.fields["state"].choices = FinancialYear.State.choices


class CategoryForm(PartForm):
    class Meta:
        model = CostCategory
        fields = ("name", "is_programme_team", "order")
        labels = {
            "is_programme_team": "Salaries of the programme team",
            "order": PLACE["label"],
        }
        help_texts = {
            "is_programme_team": "Contributions are also shown without them.",
            "order": PLACE["help_text"],
        }
        widgets = {"order": PLACE["widget"]}


class SourceForm(OfProgramme, PartForm):
    class Meta:
        model = FundingSource
        fields = ("name", "short_name", "kind", "organisation", "order")
        labels = {
            "short_name": "Short name",
            "kind": "Kind of source",
            "organisation": "Whose money it is",
            "order": PLACE["label"],
        }
        help_texts = {
            "short_name": "For table cells; the name stands there when this is empty.",
            "organisation": "Its finance lead answers for it.",
            "order": PLACE["help_text"],
        }
        widgets = {
            "short_name": forms.TextInput({"class": "govuk-input--width-20"}),
            "kind": forms.RadioSelect,
            "order": PLACE["widget"],
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["kind"].choices = FundingSource.Kind.choices
        self.fields["short_name"].required = False
        self.fields["organisation"].empty_label = "No single organisation"


def next_year(programme: Programme) -> tuple[date, date]:
    """The first and last day of the year after a programme's last one, or of the one that today
    falls in."""
    last = FinancialYear.objects.of(programme).order_by("-ends_on").first()
    day = last.ends_on + timedelta(days=1) if last else timezone.localdate()
    return year_of(day, programme.financial_year_start_month)
