"""Days that matter: meetings and milestones to come, and what is late already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from programme.common.blocks import Ref
from programme.common.calendar import working_days_between
from programme.common.formats import slip as slip_words
from programme.common.values import Certainty, PlainDate
from programme.models import Meeting, Programme
from projects.delivery import slip, slip_in_months
from projects.models import Action, rebaselined_from
from projects.selectors.attention import is_missed, milestone_words, open_milestones
from reports.refs import Addresses


@dataclass(frozen=True, slots=True)
class MeetingEntry:
    """A meeting to come. ``board`` is its board's slug."""

    board: str
    board_name: str
    url: str
    held_on: date
    place: str


@dataclass(frozen=True, slots=True)
class MilestoneEntry:
    """An open milestone. ``slip`` is in working days against its baseline, None where that is not
    known; ``missed`` whether the day it was forecast for has passed; ``first_date`` what it was
    first agreed for, where it has been re-baselined since; ``user_id`` the account that answers for
    it."""

    project: str
    ref: str
    name: str
    forecast: PlainDate
    slip: int | None
    slip_in_months: int | None
    missed: bool
    first_date: PlainDate | None
    user_id: int | None
    addresses: Addresses

    @property
    def url(self) -> str:
        """Its project's page. Asked for by the few that are shown, not made for all."""
        return self.addresses.of(Ref("project", self.ref))

    @property
    def standing(self) -> str:
        """How it stands against its baseline and its forecast, in words."""
        return milestone_words(
            self.slip,
            months=self.slip_in_months,
            current=self.forecast,
            missed=self.missed,
            first_date=self.first_date,
        )


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An overdue action. ``board`` is the slug of the board that asked for it, if one did,
    ``user_id`` the account that answers for it; ``late`` how many working days it is overdue."""

    ref: str
    text: str
    url: str
    due_on: date
    late: int
    owner_post: str
    owner_id: int | None
    user_id: int | None
    board: str

    @property
    def late_words(self) -> str:
        return slip_words(self.late)


@dataclass(frozen=True, slots=True)
class Diary:
    meetings: tuple[MeetingEntry, ...]
    coming: tuple[MilestoneEntry, ...]
    late: tuple[MilestoneEntry, ...]
    overdue: tuple[ActionEntry, ...]


def diary(programme: Programme, *, day: date, addresses: Addresses) -> Diary:
    """Meetings and milestones from a day on, soonest first; milestones that are late, the latest
    first; actions overdue on the day. Three queries."""
    milestones = _milestones(programme, day, addresses)
    late = [each for each in milestones if each.missed or (each.slip or 0) > 0]
    return Diary(
        meetings=_meetings(programme, day, addresses),
        coming=tuple(each for each in milestones if not each.missed),
        late=tuple(sorted(late, key=lambda each: (not each.missed, -(each.slip or 0)))),
        overdue=_overdue(programme, day, addresses),
    )


def _meetings(programme: Programme, day: date, addresses: Addresses) -> tuple[MeetingEntry, ...]:
    rows = (
        Meeting.objects.of(programme)
        .after(day - timedelta(days=1))
        .values_list("board__slug", "board__name", "held_on", "place")
    )
    return tuple(
        MeetingEntry(
            slug,
            name,
            addresses.page("programme:boards:meetings:detail", board=slug, meeting=on.isoformat()),
            on,
            place,
        )
        for slug, name, on, place in rows
    )


def _milestones(
    programme: Programme, day: date, addresses: Addresses
) -> tuple[MilestoneEntry, ...]:
    """Milestones of projects under way that are neither reached nor withdrawn and whose forecast
    is known, soonest first."""
    rows = (
        open_milestones(programme)
        .with_first_date()
        .annotate(project_name=F("project__name"), project_short=F("project__short_name"))
        .values_list(
            "project__ref",
            "project_short",
            "project_name",
            "name",
            "baseline_day",
            "baseline_certainty",
            "forecast_day",
            "forecast_certainty",
            "first_day",
            "first_certainty",
            "owner_user_id",
        )
    )
    return tuple(
        _milestone(
            short or long,
            ref,
            name,
            PlainDate(baseline_day, Certainty(baseline_certainty)),
            PlainDate(forecast_day, Certainty(forecast_certainty)),
            first=(first_day, first_certainty),
            user_id=user_id,
            day=day,
            calendar=programme.calendar,
            addresses=addresses,
        )
        for (
            ref,
            short,
            long,
            name,
            baseline_day,
            baseline_certainty,
            forecast_day,
            forecast_certainty,
            first_day,
            first_certainty,
            user_id,
        ) in rows
    )


def _milestone(
    project: str,
    ref: str,
    name: str,
    baseline: PlainDate,
    forecast: PlainDate,
    *,
    first: tuple[date | None, str | None],
    user_id: int | None,
    day: date,
    calendar: str,
    addresses: Addresses,
) -> MilestoneEntry:
    # Most milestones are where they were planned: no calendar has to be counted for them.
    late = 0 if baseline == forecast else slip(baseline, forecast, calendar=calendar)
    return MilestoneEntry(
        project,
        ref,
        name,
        forecast,
        late,
        slip_in_months(baseline, forecast),
        is_missed(forecast, day),
        rebaselined_from(*first, baseline),
        user_id,
        addresses,
    )


def _overdue(programme: Programme, day: date, addresses: Addresses) -> tuple[ActionEntry, ...]:
    rows = (
        Action.objects.of(programme)
        .overdue(day)
        .values_list(
            "ref",
            "text",
            "due_on",
            "owner_post",
            "owner_organisation_id",
            "owner_user_id",
            "board__slug",
        )
    )
    return tuple(
        ActionEntry(
            ref,
            text,
            addresses.page("projects:actions:detail", task=ref),
            due_on,
            working_days_between(due_on, day, programme.calendar),
            owner_post,
            owner,
            user_id,
            board or "",
        )
        for ref, text, due_on, owner_post, owner, user_id, board in rows
    )
