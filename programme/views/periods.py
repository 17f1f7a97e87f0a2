"""The periods in which a programme reports."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from programme import uses
from programme.actions import add_periods, remove_period, save_period
from programme.forms import PeriodForm, PeriodsForm
from programme.models import ReportingPeriod
from programme.pages import SET_UP, ConfirmPage, EditPage, InAddress, ListPage, ProgrammePage
from programme.pages.base import Link
from programme.tables import PeriodTable

PERIODS = ("Reporting periods", "programme:periods:list")


class PeriodList(ListPage):
    permission = "programme.edit"
    title = "Reporting periods"
    above = SET_UP
    table_class = PeriodTable
    things = ("period", "periods")
    empty_text = "No period is set up yet. Add those of a year at once, as your calendar has them."

    def get_queryset(self) -> QuerySet[ReportingPeriod]:
        return ReportingPeriod.objects.of(self.programme)

    def get_buttons(self) -> list[Link]:
        return [
            ("Add periods", self.beside("plan")),
            ("Add a single period", self.beside("add")),
        ]


class OfPeriod(ProgrammePage):
    """Mixin of the pages about one period."""

    above = SET_UP
    period = InAddress(lambda page: ReportingPeriod.objects.of(page.programme), among=PERIODS)


class _PeriodForm(EditPage):
    """What adding and editing a period share."""

    permission = "programme.edit"
    row = "period"
    form_class = PeriodForm
    action = save_period


class PeriodAdd(_PeriodForm):
    title = "Add a reporting period"
    above = (*SET_UP, PERIODS)


class PeriodEdit(OfPeriod, _PeriodForm):
    template_name = "programme/part_page.html"

    def get_buttons(self) -> list[Link]:
        return [] if uses.uses(self.period) else [("Remove", self.beside("remove"))]


class PeriodRemove(OfPeriod, ConfirmPage):
    permission = "programme.edit"
    row = "period"
    action = remove_period
    button = "Remove"
    cancel = "Keep the period"
    success_text = "{obj} is removed."
    warning = "Nothing was reported in it, so nothing is lost."

    def get_title(self) -> str:
        return f"Remove {self.period}?"


class PeriodPlan(EditPage):
    """Periods as a calendar makes them, shown before they are added."""

    permission = "programme.edit"
    row = "programme"
    title = "Add reporting periods"
    button = "Add these periods"
    above = (*SET_UP, PERIODS)
    form_class = PeriodsForm
    action = add_periods
    template_name = "programme/periods_page.html"
    success_text = "The periods are added. Each can be changed."

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "_preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        planned = form.periods if form.is_valid() else ()
        return self.render_to_response(self.get_context_data(form=form, planned=planned))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("planned", ())
        return super().get_context_data(**kwargs)
