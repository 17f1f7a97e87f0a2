"""The updates of a project: read, written, handed in, accepted or returned."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404

from programme import access
from programme.common.states import possible
from programme.common.words import say
from programme.models import ReportingPeriod
from programme.pages import ConfirmPage, DetailPage, EditPage, InAddress, ReasonForm
from programme.pages.base import Link
from programme.selectors import extremes
from projects.actions import (
    accept_update,
    correct_rating,
    pull_back_update,
    return_update,
)
from projects.forms import CorrectionForm, UpdateRatingsForm, UpdateWordsForm
from projects.last_time import Unchanged
from projects.models import RestrictedText, StatusUpdate
from projects.ratings import reason_field
from projects.selectors.last_time import TEXTS, last_time
from projects.selectors.project_page import project_standing
from projects.selectors.update_page import RatedDimension, rated
from projects.states import UPDATE
from projects.views.base import OfProject
from projects.views.projects import ProjectPage

UPDATES = ("Updates", "projects:updates:of_project")
OPEN = ReportingPeriod.State.OPEN
CLOSED = ReportingPeriod.State.CLOSED


class UpdateOfProject(ProjectPage):
    """What a project said of itself in every period, and what it has to say now."""

    template_name = "projects/project_updates.html"
    here = "projects:updates:of_project"

    def get_buttons(self) -> list[Link]:
        return self.update_links()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = project_standing(self.project, last=self.last)
        may_read = self.allows("updates.draft", self.project)
        return super().get_context_data(
            updates=[(each, each.is_accepted or may_read) for each in self.updates],
            standing=standing,
            **kwargs,
        )


class OfUpdate(OfProject):
    """Mixin of the pages about the update of a project for a period."""

    period = InAddress(lambda page: ReportingPeriod.objects.of(page.programme), among=UPDATES)

    @cached_property
    def update(self) -> StatusUpdate | None:
        """The project's update for the period, None while nobody has started it."""
        found = self.project.updates.filter(period=self.period).first()
        if found is not None:
            found.project, found.period = self.project, self.period
        return found


class OfStartedUpdate(OfUpdate):
    """Mixin of the pages about an update that somebody has started."""

    def get_object(self) -> StatusUpdate:
        if self.update is None:
            raise Http404(f"There is no update of {self.project} for {self.period}.")
        return self.update


class UpdateDetail(OfStartedUpdate, DetailPage):
    permission = "projects.view"
    row = "update"
    template_name = "projects/update_detail.html"

    def get_permission_object(self) -> None:
        """An update that nobody has accepted yet is for those who write it, and who review it."""
        found = StatusUpdate.objects.of(self.programme).filter(
            project__ref=self.kwargs["project"], period__slug=self.kwargs["period"]
        )
        update = found.select_related("project").first()
        if update is not None and not update.is_accepted:
            access.require(self.request.user, "updates.draft", self.programme, update)

    def get_title(self) -> str:
        return f"{self.project.label}: {self.period}"

    def get_buttons(self) -> list[Link]:
        """What the reader may do now: the owner writes, the office accepts or returns."""
        update = self.object
        can, links = possible(UPDATE, update.state), []
        if self.period.state == OPEN and self.allows("updates.edit", update):
            if "changed" in can:
                links.append(("Edit", self.beside("edit")))
            if "pulled_back" in can:
                links.append(("Pull back", self.beside("pull_back")))
        mine = update.handed_in_by_id == self.request.user.pk
        if self.period.state != CLOSED and not mine and self.allows("updates.review"):
            if "accepted" in can:
                links.append((say("Accept update"), self.beside("accept")))
            if "returned" in can:
                links.append(("Return", self.beside("return")))
        if "corrected" in can and self.allows("updates.review") and self.rated:
            links.append(("Correct a rating", self.beside("correct")))
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            update=self.object,
            rated=self.rated,
            way_back=extremes(self.programme, on=self.period.as_at).way_back,
            unchanged=self.unchanged(),
            history=self.history_of(self.object),
            shows_restricted=self.allows("updates.restricted", RestrictedText(self.object)),
            **kwargs,
        )

    @cached_property
    def rated(self) -> tuple[RatedDimension, ...]:
        return rated(self.object)

    def unchanged(self) -> list[tuple[str, Unchanged]]:
        """For whoever reviews: which texts stand for a while as they did, by what they are."""
        if not self.allows("updates.review"):
            return []
        last = last_time(self.project, self.period, self.object)
        asked = UpdateWordsForm.base_fields | UpdateRatingsForm.base_fields
        names = {name: say(str(asked[name].label)) for name in TEXTS} | {
            reason_field(slug): f"Reason for {row.dimension.name}"
            for slug, row in last.ratings.items()
        }
        return [(names[name], text) for name, text in last.unchanged.items() if text.is_old]


class _Review(OfStartedUpdate, ConfirmPage):
    permission = "updates.review"
    row = "update"

    def get_permission_object(self) -> None:
        """Nobody reviews what is their own: the right reaches all updates or none."""

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), (str(self.period), self.beside("detail"))]


class UpdateAccept(_Review):
    title = "Accept this update?"
    button = "Accept update"
    success_text = "The update is accepted."
    warning = "Boards and papers show it from now on. It can be returned while the period is open."
    action = accept_update


class UpdatePullBack(OfStartedUpdate, ConfirmPage):
    """Takes back what was handed in, to go on writing it."""

    permission = "updates.edit"
    row = "update"
    title = "Pull this update back?"
    button = "Pull back"
    cancel = "Leave it handed in"
    success_text = "The update is a draft again."
    warning = "The programme office no longer finds it among those to review until you hand it in."
    action = pull_back_update

    def get_success_url(self, obj: StatusUpdate) -> str:
        return self.beside("edit")


class UpdateCorrect(OfStartedUpdate, EditPage):
    """Corrects a rating that was accepted: both values are kept."""

    permission = "updates.review"
    row = "update"
    form_class = CorrectionForm
    action = correct_rating
    button = "Correct"
    success_text = "The rating is corrected. What had been accepted stays beside it."

    def get_permission_object(self) -> None:
        """As with a review: the right reaches all updates or none."""

    def get_title(self) -> str:
        return f"Correct a rating: {self.project.label}, {self.period}"

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), (str(self.period), self.beside("detail"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = self.object.ratings.select_related("dimension__scale", "level")
        ratings = [
            row
            for row in rows.prefetch_related("dimension__scale__levels")
            if not row.dimension.is_derived
        ]
        return super().get_form_kwargs() | {"ratings": ratings}

    def get_success_url(self, obj: StatusUpdate) -> str:
        return self.beside("detail")


class UpdateReturn(_Review):
    title = "Return this update?"
    form_class = ReasonForm
    action = return_update
    button = "Return"
    success_text = "The update is returned to its lead."
    warning = "Boards and papers leave it out until it is accepted again."
