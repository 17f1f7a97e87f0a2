"""An update as it is written: a list of steps, a form for each of them, and handing it in."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import render

from programme.access import Owned
from programme.common import formats
from programme.common.forms import PortalForm
from programme.common.words import say
from programme.pages import EditPage
from programme.pages.base import Link, ProgrammePage
from programme.selectors import extremes
from projects.actions import hand_in_update, save_update
from projects.cells import score_words
from projects.forms import UpdateRatingsForm, UpdateWordsForm
from projects.models import Milestone, Risk, StatusUpdate
from projects.ratings import level_field
from projects.selectors.last_time import LastTime, last_time
from projects.selectors.project_page import milestone_rows
from projects.selectors.registers import present_score, risk_cells, scored_risks
from projects.selectors.update_page import Questions, questions, shut_because
from projects.selectors.update_tasks import UpdateGap, update_tasks
from projects.steps import UpdateStep
from projects.views.updates import OfUpdate

State = StatusUpdate.State
SAVED = "The draft is saved. Hand it in when it is complete."
NOT_YET = "The draft is saved. It cannot be handed in yet: what is missing stands below."


class _Writing(OfUpdate, EditPage):
    """What the pages share on which an update is written, new or begun."""

    def get_permission_object(self) -> Owned:
        return self.project

    @cached_property
    def shut(self) -> str:
        """Why nothing can be written here, empty where it can."""
        return shut_because(self.period, self.update)

    def over(self) -> HttpResponseBase | None:
        """What could not be saved is not asked. Text that was typed before keeps its form, so that
        it can be read and copied."""
        if (ended := super().over()) is not None:
            return ended
        if not self.shut or self.request.method != "GET" or self.wants_draft:
            return None
        context = ProgrammePage.get_context_data(
            self, buttons=[], shut_because=self.shut, offered=self.kept
        )
        return render(self.request, "projects/update_shut.html", context, status=409)

    @property
    def begun(self) -> StatusUpdate:
        """The update, or a new one that nobody has saved."""
        return self.update or StatusUpdate(project=self.project, period=self.period)

    def get_success_text(self, obj: StatusUpdate) -> str:
        return say("The update is handed in.") if obj.state == State.HANDED_IN else SAVED

    def get_success_url(self, obj: StatusUpdate) -> str:
        return self.beside("detail" if obj.state == State.HANDED_IN else "edit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(update=self.update, shut_because=self.shut, **kwargs)


class UpdateEdit(_Writing):
    """What there is to say in an update, how far each part is, and all that is missing."""

    permission = "updates.edit"
    row = "update"
    template_name = "projects/update_tasks.html"
    form_class = PortalForm
    button = "Hand in"
    cancel = "Leave it as a draft"
    autosave = False

    def get_title(self) -> str:
        return f"{say('Update')}: {self.period}"

    def perform(self, form: Any) -> StatusUpdate:
        update, by = self.update, self.request.user
        if update is None:
            update = save_update(update=self.begun, values={}, by=by)
            return hand_in_update(update=update, by=by)
        return hand_in_update(update=update, expected_version=self.expected_version(form), by=by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = update_tasks(self.project, self.period, self.update)
        return super().get_context_data(
            tasks=[(each, self.beside(each.step.value)) for each in tasks.steps],
            gaps=[(each.text, self._place(each)) for each in tasks.gaps],
            **kwargs,
        )

    def _place(self, gap: UpdateGap) -> str:
        """The address of the question that is not answered."""
        part = ""
        if gap.field.startswith(level_field("")):
            part = "_0"  # the first of its levels
        elif gap.field == "path_to_green_by":
            part = "_day"
        return f"{self.beside(gap.step.value)}#id_{gap.field}{part}"


class _StepPage(_Writing):
    """One step, saved by itself: it waits for nobody who writes another one. It has two buttons:
    one saves the draft, one hands in what is complete."""

    step: ClassVar[UpdateStep]
    template_name = "projects/update_step.html"
    button = "Save draft"
    cancel = "Back to the update"

    def get_title(self) -> str:
        return self.step.heading(rates=True)

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), (str(self.period), self.beside("edit"))]

    def get_initial(self) -> dict[str, Any]:
        version = getattr(self.update, self.step.column, 0)
        return {**super().get_initial(), "version": version}

    def answers(self, form: Any) -> dict[str, Any]:
        """What the form says, by the names that the action takes."""
        return {"values": form.values}

    def perform(self, form: Any) -> StatusUpdate:
        saved = save_update(
            update=self.begun,
            step=self.step,
            expected_version=self.expected_version(form),
            by=self.request.user,
            **self.answers(form),
        )
        if "hand_in" not in self.request.POST:
            return saved
        try:
            with transaction.atomic():
                return hand_in_update(update=saved, by=self.request.user)
        except ValidationError:
            return saved  # the list of steps says what is missing

    def get_success_text(self, obj: StatusUpdate) -> str:
        if "hand_in" in self.request.POST and obj.state != State.HANDED_IN:
            return NOT_YET
        return super().get_success_text(obj)


class _QuestionsStep(_StepPage):
    """A step of questions, which begin with what was said the last time."""

    @cached_property
    def last(self) -> LastTime:
        return last_time(self.project, self.period, self.update)

    def get_form_kwargs(self) -> dict[str, Any]:
        new = StatusUpdate(project=self.project, period=self.period, **self.last.texts)
        return {"instance": new} | super().get_form_kwargs() | {"last": self.last}


class UpdateWords(_QuestionsStep):
    permission = "updates.edit"
    row = "update"
    step = UpdateStep.WORDS
    form_class = UpdateWordsForm


class UpdateRatings(_QuestionsStep):
    permission = "updates.edit"
    row = "update"
    step = UpdateStep.RATINGS
    template_name = "projects/update_ratings.html"
    form_class = UpdateRatingsForm

    @cached_property
    def questions(self) -> Questions:
        return questions(self.project, self.period)

    def get_title(self) -> str:
        return self.step.heading(rates=bool(self.questions.dimensions))

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = self.questions
        return super().get_form_kwargs() | {
            "dimensions": asked.dimensions,
            "because": asked.because,
            "ends": extremes(self.programme, on=self.period.as_at),
            "says_whose": self.allows("updates.review"),
        }

    def answers(self, form: UpdateRatingsForm) -> dict[str, Any]:
        return {"values": form.values, "ratings": form.ratings, "rated_as": form.whose}


class _RegisterStep(_StepPage):
    """A step that leads to rows of a register, which are stated in the period from here."""

    template_name = "projects/update_register.html"
    button = "Mark as looked through"
    form_class = PortalForm
    autosave = False

    def answers(self, form: Any) -> dict[str, Any]:
        return {"values": {}}

    def inside(self, name: str, **parts: Any) -> str:
        """The address of a form that states what it says in the period, and leads back here."""
        return self.url(name, query={"in": self.period.slug}, **parts)


class UpdateMilestones(_RegisterStep):
    permission = "updates.edit"
    row = "update"
    step = UpdateStep.MILESTONES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.allows("milestones.edit", Milestone(project=self.project))
        at = {"project": self.project.ref}
        offered = [("Move forecast", "move"), ("Record as reached", "reach")] if may else []
        rows = milestone_rows(
            self.project.milestones.open().with_first_date(),
            today=self.period.as_at,
            calendar=self.programme.calendar,
        )
        return super().get_context_data(
            rows=[
                (
                    each.name,
                    self.url("projects:milestones:detail", milestone=each.pk, **at),
                    f"Expected {formats.plain_date(each.forecast)}: {each.slip_words}",
                    [
                        (words, self.inside(f"projects:milestones:{name}", milestone=each.pk, **at))
                        for words, name in offered
                    ],
                )
                for each in rows
            ],
            add=(say("Add a milestone"), self.inside("projects:milestones:add", **at))
            if may
            else (),
            nothing=say("This project has no open milestone."),
            **kwargs,
        )


class UpdateRisks(_RegisterStep):
    permission = "updates.edit"
    row = "update"
    step = UpdateStep.RISKS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.allows("risks.edit", Risk(programme=self.programme, project=self.project))
        cells = risk_cells(self.programme)
        rows = scored_risks(self.programme).filter(project=self.project).open().order_by("ref")
        new = self.url(
            "projects:risks:add", query={"project": self.project.ref, "in": self.period.slug}
        )
        return super().get_context_data(
            rows=[
                (
                    f"{each.ref.upper()} {each.title}",
                    self.url("projects:risks:detail", risk=each.ref),
                    self._score(each, cells),
                    [("Assess", self.inside("projects:risks:assess", risk=each.ref))]
                    if may
                    else [],
                )
                for each in rows
            ],
            add=(say("Add a risk or an issue"), new) if may else (),
            nothing=say("No open risk or issue of this project is on the register."),
            **kwargs,
        )

    def _score(self, risk: Risk, cells: Any) -> str:
        now = present_score(risk, cells)
        words = score_words(now)
        return f"{words}, {now.level.word}" if now.level else words
