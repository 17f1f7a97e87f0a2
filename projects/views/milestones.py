"""The milestones of a project, and what is said of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from programme.common.states import possible
from programme.common.words import say
from programme.pages import ConfirmPage, DetailPage, InAddress, ListPage, ReasonForm
from programme.pages.base import Link
from programme.reference_day import reference_day
from projects.actions import (
    add_milestone,
    mark_reached,
    move_forecast,
    rebaseline_milestone,
    reopen_milestone,
    save_milestone,
    withdraw_milestone,
)
from projects.filters import MilestoneFilterSet
from projects.forms import (
    MilestoneForecastForm,
    MilestoneForm,
    MilestoneReachedForm,
    MilestoneRebaselineForm,
    NewMilestoneForm,
)
from projects.models import Milestone
from projects.selectors.attention import listed_milestones
from projects.selectors.project_page import milestone_rows
from projects.states import MILESTONE, milestone_state
from projects.steps import UpdateStep
from projects.tables import MilestoneTable
from projects.views.base import HOME, PROJECTS, OfProject, RegisterPage, StatedInPeriod
from projects.views.projects import ProjectPage

MILESTONES = ("Milestones", "projects:milestones:of_project")


class MilestoneList(RegisterPage, ListPage):
    """The milestones of all projects, where those that are late can be seen together."""

    permission = "projects.view"
    title = "Milestones"
    above = (HOME, PROJECTS)
    table_class = MilestoneTable
    filterset_class = MilestoneFilterSet
    things = ("milestone", "milestones")
    empty_text = "There is no milestone yet. Project leads add them on their project’s page."

    def get_way_on(self) -> Link:
        return (say("Projects"), self.url("projects:list"))

    def get_queryset(self) -> QuerySet[Milestone]:
        return listed_milestones(self.programme)

    def table_options(self) -> dict[str, Any]:
        return {
            "today": reference_day(self.programme).day,
            "calendar": self.programme.calendar,
        }


class MilestoneOfProject(ProjectPage):
    """All milestones of a project, withdrawn ones too."""

    template_name = "projects/project_milestones.html"
    here = "projects:milestones:of_project"

    def get_buttons(self) -> list[Link]:
        if self.project.withdrawn_on or not self.allows("milestones.edit", self.project):
            return []
        return [(say("Add a milestone"), self.beside("add"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = milestone_rows(
            self.project.milestones.with_first_date(),
            today=self.reference_day.day,
            calendar=self.programme.calendar,
            with_withdrawn=True,
        )
        return super().get_context_data(milestones=rows, **kwargs)


class OfMilestone(OfProject):
    """Mixin of the pages about one milestone of a project."""

    milestone = InAddress(
        lambda page: page.project.milestones.with_first_date().select_related("owner_user"),
        detail="projects:milestones:detail",
        among=MILESTONES,
        words=lambda milestone: milestone.name,
    )


class MilestoneDetail(OfMilestone, DetailPage):
    """A milestone: how it stands, and all that was ever said of its date."""

    permission = "projects.view"
    row = "milestone"
    template_name = "projects/milestone_detail.html"

    def get_title(self) -> str:
        return self.milestone.name

    def get_buttons(self) -> list[Link]:
        if not self.allows("milestones.edit", self.milestone):
            return []
        state = milestone_state(self.milestone.actual_on, self.milestone.withdrawn_on)
        can = possible(MILESTONE, state)
        offered = [
            ("forecast", "Move forecast", "move"),
            (
                "reached",
                "Correct the day" if state == "reached" else "Record as reached",
                "reach",
            ),
            ("rebaselined", "Re-baseline", "rebaseline"),
            ("changed", "Edit", "edit"),
            ("withdrawn", "Withdraw", "withdraw"),
            ("reopened", "Reopen", "reopen"),
        ]
        return [(words, self.beside(name)) for done, words, name in offered if done in can]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (row,) = milestone_rows(
            [self.milestone],
            today=reference_day(self.programme).day,
            calendar=self.programme.calendar,
            with_withdrawn=True,
        )
        return super().get_context_data(
            row=row,
            project_lead=say("The project’s lead"),
            said=self.milestone.changes.select_related("approved_by").order_by("-stated_on", "-pk"),
            history=self.history_of(self.milestone),
            **kwargs,
        )


class MilestoneAdd(OfProject, StatedInPeriod):
    """A new milestone with its baseline, which once agreed has a form of its own."""

    stated = "stated_on"
    step = UpdateStep.MILESTONES
    permission = "milestones.edit"
    row = "milestone"
    title = "Add a milestone"
    beneath = (MILESTONES,)
    form_class = NewMilestoneForm
    action = add_milestone

    def get_new_row(self, form: Any) -> Milestone:
        return Milestone(project=self.project)


class _MilestoneForm(OfMilestone, StatedInPeriod):
    """What the forms about a milestone share: they show what was said of its date."""

    step = UpdateStep.MILESTONES
    permission = "milestones.edit"
    row = "milestone"
    template_name = "projects/milestone_form.html"

    def stated_last(self) -> date | None:
        last = self.milestone.changes.last()
        return None if last is None else last.stated_on


class MilestoneEdit(_MilestoneForm):
    form_class = MilestoneForm
    action = save_milestone


class MilestoneMove(_MilestoneForm):
    title = "Move the forecast"
    stated = "stated_on"
    form_class = MilestoneForecastForm
    action = move_forecast
    success_text = "The forecast is moved; the baseline stays."


class MilestoneRebaseline(_MilestoneForm):
    title = "Give the milestone a new baseline"
    stated = "stated_on"
    form_class = MilestoneRebaselineForm
    action = rebaseline_milestone
    success_text = "The milestone has a new baseline; the first one stays on record."


class MilestoneReach(_MilestoneForm):
    title = "Record the milestone as reached"
    form_class = MilestoneReachedForm
    action = mark_reached
    success_text = "The milestone is recorded as reached."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "actual_on": self.milestone.actual_on}


class MilestoneWithdraw(OfMilestone, ConfirmPage):
    permission = "milestones.edit"
    row = "milestone"
    title = "Withdraw this milestone?"
    form_class = ReasonForm
    action = withdraw_milestone
    button = "Withdraw milestone"
    success_text = "The milestone is withdrawn. What was said of it stays on record."
    warning = "It leaves the plan from today on. Papers already made keep it."


class MilestoneReopen(OfMilestone, ConfirmPage):
    permission = "milestones.edit"
    row = "milestone"
    title = "Reopen this milestone?"
    form_class = ReasonForm
    action = reopen_milestone
    button = "Reopen milestone"
    success_text = "The milestone is open again. That it had ended stays on record."
    warning = (
        "It is expected again, for the date that was last forecast. Papers of days before today "
        "stay as they were."
    )
