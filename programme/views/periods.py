"""The periods in which a programme reports."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from programme import uses
from programme.actions import (
    add_periods,
    remove_period,
    reopen_period,
    save_period,
)
from programme.common.states import possible
from programme.forms import PeriodForm, PeriodsForm
from programme.models import ReportingPeriod
from programme.pages import (
    SET_UP,
    ConfirmPage,
    EditPage,
    InAddress,
    ListPage,
    ProgrammePage,
    ReasonForm,
)
from programme.pages.base import Link
from programme.states import PERIOD
from programme.tables import PeriodTable

PERIODS = ("Reporting periods", "programme:periods:list")
MOVES = (
    ("Open", "opened", "projects:periods:open"),
    ("Follow how updates come in", "admitted_late", "projects:periods:progress"),
    ("Close", "closed", "projects:periods:close"),
    ("Open again", "reopened", "programme:periods:reopen"),
)
"""What can be done to a period: in words, as its state table says it, and the page for it, which
is the next floor's where it is about updates."""


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
        can = possible(PERIOD, self.period.state)
        links = [
            (words, self.url(name, **self.parts)) for words, done, name in MOVES if done in can
        ]
        return links if uses.uses(self.period) else [*links, ("Remove", self.beside("remove"))]

    def over(self) -> HttpResponseBase | None:
        """A closed period has no form: its page says so, with the way to open it again."""
        if (ended := super().over()) is not None:
            return ended
        if "changed" in possible(PERIOD, self.period.state) or self.request.method != "GET":
            return None
        return redirect(self.beside("reopen"))


class PeriodReopen(OfPeriod, ConfirmPage):
    permission = "programme.edit"
    row = "period"
    action = reopen_period
    form_class = ReasonForm
    button = "Open again"
    cancel = "Keep the period closed"
    success_text = "{obj} is open again."
    warning = "Updates can be written, returned and accepted again."

    def get_title(self) -> str:
        return f"Open {self.period} again?"

    def get_success_url(self, obj: ReportingPeriod) -> str:
        return self.url(PERIODS[1])


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
