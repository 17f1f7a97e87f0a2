"""A period as the office follows it: it opens, updates come in, some are admitted late, it
closes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import RedirectView

from programme import openings
from programme.actions import open_period
from programme.common import formats
from programme.common.states import possible
from programme.common.words import say
from programme.models import ReportingPeriod
from programme.pages import SET_UP, ConfirmPage, EditPage, InAddress, ListPage, ProgrammePage
from programme.pages.base import Link
from programme.reference_day import ReferenceDay, reference_day
from programme.states import PERIOD
from projects import cells
from projects.actions import admit_late, close_period, remind, save_reminder_rule
from projects.filters import ProgressFilterSet
from projects.forms import AdmitLateForm, ChosenProjectsForm, ClosingForm, ReminderRuleForm
from projects.letters import recipients, send_reminders
from projects.models import Project, ReminderRule
from projects.selectors.progress import (
    asked_of_period,
    letters_about,
    missing_of,
    owed,
    progress,
    progress_rows,
)
from projects.tables import ProgressTable
from projects.views.base import HOME, PROJECTS

LETTERS = 20
"""How many letters a period's page lists, the newest first."""


class OfOnePeriod(ProgrammePage):
    """Mixin of the pages about a period and its updates."""

    above = (HOME, PROJECTS)
    period = InAddress(
        lambda page: ReportingPeriod.objects.of(page.programme),
        detail="projects:periods:progress",
    )


class PeriodNewest(ProgrammePage, RedirectView):
    """Leads to the newest period that was opened; before there is any, to where one is."""

    permission = "progress.view"
    http_method_names = ("get", "head", "options")

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        now = reference_day(self.programme)
        if period := now.period:
            return self.url("projects:periods:progress", period=period.slug)
        return self.url("programme:periods:list" if self.allows("programme.edit") else HOME[1])


class PeriodProgress(OfOnePeriod, ListPage):
    """How far a period is: a bar of all the projects that it asks, and a row for each."""

    permission = "progress.view"
    row = "period"
    template_name = "projects/period_progress.html"
    table_class = ProgressTable
    filterset_class = ProgressFilterSet
    things = ("project", "projects")
    empty_text = "This period asks no project for an update: none is live."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.now: ReferenceDay = reference_day(request.programme)
        request.measured_on = self.now.day
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return f"{self.period}: {say('how updates come in')}"

    def get_queryset(self) -> QuerySet[Project]:
        return progress_rows(self.period)

    @property
    def chooses(self) -> bool:
        """Whether the reader may do something to several rows at once."""
        can = "admitted_late" in possible(PERIOD, self.period.state)
        return can and self.allows("updates.review")

    def table_options(self) -> dict[str, Any]:
        return {
            "period": self.period,
            "day": self.now.day,
            "chooses": self.chooses and "format" not in self.request.GET,
            "reads_drafts": self.allows("updates.draft"),
        }

    def get_buttons(self) -> list[Link]:
        if not self.allows("programme.edit"):
            return []
        can = possible(PERIOD, self.period.state)
        pages = (
            ("Open", "opened", "projects:periods:open"),
            ("Close", "closed", "projects:periods:close"),
            ("Open again", "reopened", "programme:periods:reopen"),
            ("Edit its dates", "changed", "programme:periods:edit"),
        )
        return [(words, self.url(name, **self.parts)) for words, done, name in pages if done in can]

    def get_way_on(self) -> Link | None:
        may = self.allows("projects.edit")
        return (say("Add a project"), self.url("projects:add")) if may else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        far = progress(self.period, self.now.day)
        return super().get_context_data(
            progress=far,
            steps=[
                (step, cells.state_words(step.state), f"{self.request.path}?state={step.state}")
                for step in far.steps
            ],
            late_url=f"{self.request.path}?state=late",
            summary=formats.count(far.asked, "project"),
            now=self.now,
            admit_url=self.beside("admit") if self.chooses else "",
            remind_url=self.beside("remind") if self.chooses else "",
            letters=list(letters_about(self.period)[:LETTERS]),
            **kwargs,
        )


class PeriodOpen(OfOnePeriod, ConfirmPage):
    permission = "programme.edit"
    row = "period"
    action = open_period
    template_name = "projects/period_open.html"
    button = "Open"
    cancel = "Not yet"
    success_text = "{obj} is open for updates."
    warning = "Every live project is asked for an update, and leads can write it from now on."

    def get_title(self) -> str:
        return f"Open {self.period}?"

    def get_warning(self) -> str:
        """What opening it means, and what it lies before."""
        return " ".join((super().get_warning(), *openings.to_know(self.period)))

    def finish(self, saved: ReportingPeriod) -> None:
        """Whoever is asked is told at once."""
        super().finish(saved)
        if letters := send_reminders(self.programme):
            told = formats.count(len(letters), "person", "people")
            messages.success(self.request, f"{told} told by e-mail.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=list(asked_of_period(self.period)), **kwargs)


class _ChosenProjects(OfOnePeriod, EditPage):
    """What is done to several projects of a period at once: those that were ticked in its table."""

    def get_permission_object(self) -> None:
        """As with a review: the right reaches all updates or none."""

    def get_initial(self) -> dict[str, Any]:
        asked_for = self.request.GET.getlist("project")
        chosen = Project.objects.of(self.programme).filter(ref__in=asked_for)
        return {**super().get_initial(), "projects": [each.pk for each in chosen]}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"among": owed(progress_rows(self.period))}


class PeriodRemind(_ChosenProjects):
    """Writes to those who lead the projects, today."""

    permission = "updates.review"
    row = "period"
    title = "Remind these"
    form_class = ChosenProjectsForm
    action = remind
    button = "Send reminders"
    template_name = "projects/period_remind.html"
    autosave = False
    success_text = "The reminders are sent. What went to whom is listed below the projects."

    @cached_property
    def owing(self) -> tuple[list[Project], list[Project]]:
        """The projects that owe an update: those whose lead can be written to, and the others."""
        known = recipients(self.programme)
        every = list(owed(progress_rows(self.period)))
        reached = [each for each in every if known.of(each)]
        return reached, [each for each in every if each not in reached]

    def get_form_kwargs(self) -> dict[str, Any]:
        reached = [each.pk for each in self.owing[0]]
        return super().get_form_kwargs() | {"among": Project.objects.filter(pk__in=reached)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unreached=self.owing[1], **kwargs)


class PeriodAdmit(_ChosenProjects):
    """Gives some projects a later day than the others."""

    permission = "updates.review"
    row = "period"
    title = "Admit late updates"
    form_class = AdmitLateForm
    action = admit_late
    button = "Admit late"
    success_text = "The later day is kept. Until then they are not late."


class PeriodClose(OfOnePeriod, ConfirmPage):
    """Closes a period, with what is missing listed."""

    permission = "programme.edit"
    row = "period"
    action = close_period
    template_name = "projects/period_close.html"
    form_class = ClosingForm
    button = "Close"
    cancel = "Keep the period open"
    success_text = "{obj} is closed."
    warning = "Nothing of it can be written any more; what was accepted stands."

    def get_title(self) -> str:
        return f"Close {self.period}?"

    @cached_property
    def missing(self) -> tuple[tuple[str, Sequence[Project]], ...]:
        """The projects without an accepted update, by how theirs stands."""
        return missing_of(self.period)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"something_is_missing": bool(self.missing)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(missing=self.missing, **kwargs)


class ReminderRuleEdit(EditPage):
    """When the programme reminds of updates; the usual times while it has said nothing."""

    permission = "programme.edit"
    row = "rule"
    title = "Reminders"
    above = SET_UP
    form_class = ReminderRuleForm
    action = save_reminder_rule
    button = "Save"
    success_text = "The reminders are set."

    @cached_property
    def rule(self) -> ReminderRule | None:
        return ReminderRule.objects.of(self.programme).first()
