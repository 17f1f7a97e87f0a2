"""One case or more for each public action: a call that changes something, what the record must then
say, and how the same call goes wrong. tests/test_actions.py runs them all, and misses none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.utils import timezone

from finance.models import (
    Benefit,
    BenefitProfile,
    BudgetLine,
    CostCategory,
    CostEstimate,
    FinancialYear,
    FundingSource,
    Grant,
    GrantReturn,
    PlannedContribution,
    PublishedFigure,
    SplitRule,
)
from programme.actions import save_board
from programme.common.values import Amount, PlainDate
from programme.models import (
    Aim,
    AuditEntry,
    Board,
    BoardMember,
    Dimension,
    Meeting,
    Organisation,
    Partnership,
    Person,
    PlanPriority,
    Principle,
    Programme,
    RatingLevel,
    RatingScale,
    ReportingPeriod,
    RiskLevel,
    RiskMatrixCell,
    RiskScheme,
    RoleAssignment,
    Stage,
    Theme,
    User,
)
from programme.period_calendar import planned_periods
from projects.models import (
    Action,
    Decision,
    Milestone,
    Project,
    ReminderRule,
    Risk,
    StatusUpdate,
    Workstream,
)
from reports.models import Paper, PaperTemplate
from tests import builders

Arguments = dict[str, Any]

SPRING = planned_periods(
    "month", date(2019, 4, 1), 2, due_before=None, opens_before=None, calendar="none"
)


class World:
    """A programme with one row of each kind, each made when a case first asks for it."""

    @cached_property
    def programme(self):
        return builders.make_programme()

    @cached_property
    def ended_programme(self):
        self.programme.ended_on = date(2019, 3, 1)
        self.programme.save()
        return self.programme

    @cached_property
    def office(self) -> User:
        return builders.make_user(programme=self.programme, role="office", name="Office")

    @cached_property
    def lead(self) -> User:
        return builders.make_user(programme=self.programme, role="lead")

    @cached_property
    def organisation(self) -> Organisation:
        return builders.make_organisation(programme=self.programme, name="Fire Service")

    @cached_property
    def withdrawn_stage(self) -> Stage:
        return builders.make_stage(
            programme=self.programme, kind="paused", withdrawn_on=date(2019, 3, 1)
        )

    @cached_property
    def board(self) -> Board:
        return builders.make_board(programme=self.programme, name="The Board")

    @cached_property
    def meeting(self) -> Meeting:
        return builders.make_meeting(board=self.board)

    @cached_property
    def project(self) -> Project:
        return builders.make_project(programme=self.programme)

    @cached_property
    def period(self):
        return builders.make_period(programme=self.programme)

    @cached_property
    def reported_period(self) -> ReportingPeriod:
        period = builders.make_period(programme=self.programme, as_at=date(2018, 6, 30))
        builders.make_update(project=self.project, period=period)
        return period

    @cached_property
    def awaited(self) -> Project:
        return builders.make_project(programme=self.programme, name="The estate")

    @cached_property
    def led(self) -> Project:
        """One that somebody leads by name."""
        return builders.make_project(
            programme=self.programme, name="The fleet", lead_user=self.lead
        )

    @cached_property
    def awaited_period(self) -> ReportingPeriod:
        """One for which a project has not written."""
        builders.make_update(project=self.awaited, period=self.period)
        due = {"as_at": date(2018, 10, 31), "due_on": date(2018, 11, 10)}
        return builders.make_period(programme=self.programme, **due)

    @cached_property
    def dimension(self):
        return builders.make_dimension(programme=self.programme, name="Time")

    @cached_property
    def scale(self):
        return builders.make_scale(programme=self.programme, name="Points")

    @cached_property
    def measured(self):
        return builders.make_dimension(programme=self.programme, name="Time", measure="slip")

    def limits(self, *given):
        levels = self.measured.scale.levels.filter(rank__isnull=False)
        return dict(zip(levels, given, strict=True))

    @cached_property
    def scheme(self):
        return builders.make_risk_scheme(programme=self.programme, preset="three")

    def cells(self, at, to):
        levels = {each.slug: each for each in self.programme.risk_levels.all()}
        stored = RiskMatrixCell.objects.of(self.scheme.programme).select_related("level")
        found = {(cell.likelihood, cell.impact): cell.level for cell in stored}
        return found | {at: levels[to]}

    @cached_property
    def accepted(self) -> StatusUpdate:
        update = self.update("accepted")
        green = self.dimension.scale.levels.get(code="G")
        update.ratings.create(dimension=self.dimension, level=green)
        return update

    @cached_property
    def red(self):
        return self.dimension.scale.levels.get(code="R")

    @cached_property
    def milestone(self) -> Milestone:
        return builders.make_milestone(project=self.project)

    @cached_property
    def risk(self) -> Risk:
        return builders.make_risk(programme=self.programme)

    @cached_property
    def action(self) -> Action:
        return builders.make_action(board=self.board)

    @cached_property
    def withdrawn_project(self) -> Project:
        return builders.make_project(
            programme=self.programme,
            withdrawn_on=date(2019, 3, 1),
            withdrawn_reason="Entered twice.",
        )

    @cached_property
    def reached_milestone(self) -> Milestone:
        day = date(2019, 7, 1)
        milestone = builders.make_milestone(project=self.project, actual_on=day)
        milestone.changes.create(kind="reached", stated_on=day, date_day=day)
        return milestone

    @cached_property
    def closed_risk(self) -> Risk:
        return builders.make_risk(
            programme=self.programme, closed_on=date(2019, 3, 1), closing_note="Signed."
        )

    @cached_property
    def done_action(self) -> Action:
        return builders.make_action(
            board=self.board, completed_on=date(2019, 3, 29), outcome="Done."
        )

    @cached_property
    def year(self):
        return builders.make_year(programme=self.programme)

    @cached_property
    def year_with_a_line(self):
        year = builders.make_year(programme=self.programme, starts_on=date(2016, 4, 1))
        builders.make_line(year=year)
        return type(year).objects.get(pk=year.pk)

    @cached_property
    def template(self) -> PaperTemplate:
        return PaperTemplate.objects.create(
            programme=self.programme, board=self.board, slug="update", name="Update", title="Update"
        )

    @cached_property
    def source(self):
        return builders.make_source(programme=self.programme, name="Fire")

    @cached_property
    def grant_source(self):
        return builders.make_source(programme=self.programme, kind="grant")

    @cached_property
    def benefit(self) -> Benefit:
        return builders.make_benefit(programme=self.programme)

    @cached_property
    def withdrawn_benefit(self) -> Benefit:
        return builders.make_benefit(programme=self.programme, withdrawn_on=date(2019, 3, 1))

    @cached_property
    def profile(self) -> BenefitProfile:
        return builders.make_profile(benefit=self.benefit, realised=Amount.exact(500))

    def update(self, state: str = "draft", **values: Any) -> StatusUpdate:
        """An update of a project of its own, so that there can be several."""
        project = builders.make_project(programme=self.programme)
        return builders.make_update(project=project, period=self.period, state=state, **values)

    def person(self, **values: Any) -> Person:
        """Somebody whom the programme invited."""
        return builders.make_person(
            user=builders.make_user(), programme=self.programme, **{"accepted_at": None} | values
        )

    def entry(self) -> AuditEntry:
        """What the record says of a text that was written."""
        save_board(board=self.board, values={"remit": "Said once."}, by=None)
        return AuditEntry.objects.latest("pk")

    def asked(self) -> Person:
        """The actor's own invitation, before they answered it."""
        self.office.known_as.update(accepted_at=None)
        return self.office.known_as.get()

    def waiting(self, **values: Any) -> RoleAssignment:
        """A role that a second person has to confirm."""
        given = {"user": self.person(accepted_at=timezone.now()).user, "role": "administrator"}
        given |= {"programme": self.programme, "confirmed_at": None}
        return builders.make_role(**(given | values))

    def runs_the_portal(self) -> User:
        """The actor, who administers the portal from now on."""
        self.office.administers_portal = True
        self.office.save()
        return self.office

    def assignment(self, **values: Any) -> RoleAssignment:
        given = {"user": self.lead, "programme": self.programme, "role": "auditor"}
        return builders.make_role(**(given | values))


@dataclass(frozen=True)
class Case:
    """``given`` makes the call's arguments, ``wrong`` what to replace in them so that the action
    refuses. ``before`` and ``after`` are parts of the audit entry, None a key that must be absent.
    ``row`` names the argument that the action writes to, where it can be sent again; ``programme``
    gives that in whose record the entry stands, ``writes`` a model where no argument is its row."""

    verb: str
    given: Callable[[World], Arguments]
    wrong: Callable[[World], Arguments]
    after: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    row: str = ""
    programme: Callable[[World], Any] = attrgetter("programme")
    writes: type[Model] | None = None


def added(row: str, noun: str, given, wrong, after) -> Case:
    """A new row from its values."""
    return Case(f"{noun}.added", given, wrong, after, row=row)


def edited(row: str, noun: str, given, wrong, before, after) -> Case:
    """A stored row with other values."""
    return Case(f"{noun}.edited", given, wrong, after, before, row=row)


def giving(**values: Any) -> Callable[[World], Arguments]:
    return lambda world: {"values": values}


PROGRAMME = {
    "save_organisation": [
        added(
            "organisation",
            "organisation",
            lambda w: {
                "organisation": Organisation(programme=w.programme),
                "values": {"slug": "mere", "name": "Mere College", "kind": "academic"},
            },
            giving(slug="mere", name="Mere College", kind="wizards"),
            {
                "name": "Mere College",
                "short_name": "Mere College",
                "kind": "University or research body",
            },
        ),
        edited(
            "organisation",
            "organisation",
            lambda w: {
                "organisation": w.organisation,
                "values": {"name": "Fire and Rescue Service"},
            },
            giving(name=""),
            {"name": "Fire Service", "kind": None},
            {"name": "Fire and Rescue Service"},
        ),
    ],
    "save_partnership": [
        added(
            "partnership",
            "partnership",
            lambda w: {
                "partnership": Partnership(programme=w.programme, organisation=w.organisation),
                "values": {"role": "funder"},
            },
            giving(joined_on=date(2019, 1, 2), left_on=date(2019, 1, 1)),
            {"organisation": "Fire Service", "role": "Funder", "order": 1},
        ),
    ],
    "save_board": [
        added(
            "board",
            "board",
            lambda w: {
                "board": Board(programme=w.programme),
                "values": {
                    "slug": "panel",
                    "name": "Panel",
                    "kind": "panel",
                    "reports_to": w.board,
                },
            },
            giving(slug="panel", name="Panel", kind=""),
            {"name": "Panel", "reports_to": "The Board", "order": 2},
        ),
        edited(
            "board",
            "board",
            lambda w: {"board": w.board, "values": {"name": "The New Board"}},
            lambda w: {"values": {"reports_to": w.board}},
            {"name": "The Board", "slug": None},
            {"name": "The New Board"},
        ),
    ],
    "hand_over_board": [
        Case(
            "board.succeeded",
            lambda w: {
                "board": w.board,
                "succeeded_by": builders.make_board(programme=w.programme, name="The Panel"),
                "last_day": date(2019, 3, 31),
                "what": [],
            },
            lambda w: {"succeeded_by": w.board},
            {"ended_on": "2019-03-31", "succeeded_by": "The Panel"},
            {"ended_on": None, "succeeded_by": None},
        ),
    ],
    "hand_over_organisation": [
        Case(
            "organisation.succeeded",
            lambda w: {
                "organisation": w.organisation,
                "succeeded_by": builders.make_organisation(
                    programme=w.programme, name="The Authority"
                ),
                "last_day": date(2019, 3, 31),
                "what": [],
            },
            lambda w: {"last_day": date(2999, 1, 1)},
            {"succeeded_by": "The Authority"},
            {"succeeded_by": None},
        ),
    ],
    "save_board_member": [
        added(
            "member",
            "board_member",
            lambda w: {
                "member": BoardMember(board=w.board),
                "values": {
                    "post": "Chief Officer",
                    "organisation": w.organisation,
                    "role": "chair",
                },
            },
            lambda w: {"values": {"post": "Chief Officer", "user": builders.make_user()}},
            {"post": "Chief Officer", "organisation": "Fire Service", "role": "Chair"},
        ),
    ],
    "end_board_member": [
        Case(
            "board_member.ended",
            lambda w: {
                "member": builders.make_member(board=w.board, from_day=date(2019, 1, 1)),
                "to_day": date(2019, 3, 31),
            },
            lambda w: {"to_day": date(2018, 12, 31)},
            {"to_day": "2019-03-31"},
            {"to_day": None},
        ),
    ],
    "save_meeting": [
        added(
            "meeting",
            "meeting",
            lambda w: {
                "meeting": Meeting(board=w.board),
                "values": {"held_on": date(2019, 6, 27), "place": "Hall", "period": w.period},
            },
            lambda w: {"values": {"held_on": date(2019, 6, 27), "period": builders.make_period()}},
            {"held_on": "2019-06-27", "place": "Hall", "period": "March 2019"},
        ),
        edited(
            "meeting",
            "meeting",
            lambda w: {"meeting": w.meeting, "values": {"place": "Hall"}},
            giving(held_on=None),
            {"place": ""},
            {"place": "Hall"},
        ),
    ],
    "mark_meeting_held": [
        Case(
            "meeting.held",
            lambda w: {"meeting": w.meeting},
            lambda w: {"meeting": builders.make_meeting(board=w.board, held_on=date(2999, 1, 1))},
            {"state": "Held"},
            {"state": "Planned"},
        ),
    ],
    "cancel_meeting": [
        Case(
            "meeting.cancelled",
            lambda w: {"meeting": w.meeting, "reason": "Too few could come."},
            lambda w: {"reason": " "},
            {"state": "Cancelled", "reason": "Too few could come."},
            {"state": "Planned"},
        ),
    ],
    "invite_user": [
        Case(
            "person.invited",
            lambda w: {
                "programme": w.programme,
                "email": "New.Lead@Example.org",
                "person": {"name": "New lead", "post": "Programme manager"},
                "role": {"role": "finance", "organisation": w.organisation},
            },
            lambda w: {"role": {"role": "finance"}},
            {"email": "new.lead@example.org", "role": "Finance lead, Fire Service"},
        ),
    ],
    "change_person": [
        Case(
            "person.edited",
            lambda w: {"person": w.person(), "values": {"post": "Head"}},
            lambda w: {"person": w.person(accepted_at=timezone.now()), "values": {"name": "Nick"}},
            {"post": "Head"},
            {"post": ""},
            row="person",
        ),
    ],
    "renew_invitation": [
        Case(
            "person.invited_again",
            lambda w: {"person": w.person(declined_at=timezone.now())},
            lambda w: {"person": w.person(accepted_at=timezone.now())},
            {"declined_at": None},
            row="person",
        ),
    ],
    "accept_invitation": [
        Case(
            "person.accepted",
            lambda w: {"person": w.asked()},
            lambda w: {"person": w.person(accepted_at=timezone.now())},
            {},
            {"accepted_at": None},
        ),
    ],
    "decline_invitation": [
        Case(
            "person.declined",
            lambda w: {"person": w.asked()},
            lambda w: {"person": w.person(accepted_at=timezone.now())},
            {},
            {"declined_at": None},
        ),
    ],
    "create_programme": [
        Case(
            "programme.added",
            lambda w: {
                "values": {"name": "Harbour partners", "short_name": "Harbour"}
                if w.runs_the_portal()
                else {}
            },
            giving(name="Harbour partners", short_name="Harbour", slug="admin"),
            {"slug": "harbour", "roles": ["Administrator", "Programme office"]},
            programme=lambda w: Programme.objects.get(slug="harbour"),
            writes=Programme,
        ),
    ],
    "appoint_portal_administrator": [
        Case(
            "account.portal_given",
            lambda w: {"email": w.runs_the_portal() and "Second@Example.org"},
            lambda w: {"email": "nowhere"},
            {"administers_portal": True},
            {"administers_portal": False},
            programme=lambda w: None,
            writes=User,
        ),
    ],
    "dismiss_portal_administrator": [
        Case(
            "account.portal_taken",
            lambda w: {"user": w.runs_the_portal() and builders.make_user(administers_portal=True)},
            lambda w: {"user": w.lead},
            {"administers_portal": False},
            {"administers_portal": True},
            programme=lambda w: None,
        ),
    ],
    "redact_texts": [
        Case(
            "text.redacted",
            lambda w: {"entry": w.entry(), "texts": ["remit"], "reason": "It names a victim."},
            lambda w: {"reason": " "},
            {"texts": ["remit"], "label": False, "reason": "It names a victim."},
        ),
    ],
    "change_name": [
        Case(
            "person.renamed",
            lambda w: {"user": w.office, "name": "Ada Lovelace"},
            lambda w: {"name": " "},
            {"name": "Ada Lovelace"},
            row="user",
        ),
    ],
    "assign_role": [
        Case(
            "role.assigned",
            lambda w: {
                "user": w.lead,
                "programme": w.programme,
                "values": {"role": "member", "board": w.board},
            },
            giving(role="member"),
            {"role": "Board member", "board": "The Board"},
        ),
    ],
    "confirm_role": [
        Case(
            "role.confirmed",
            lambda w: {"assignment": w.waiting()},
            lambda w: {"assignment": w.waiting(granted_by=w.office)},
            {"confirmed_by": "Office"},
            {"confirmed_at": None},
        ),
    ],
    "hand_over_person": [
        Case(
            "risk.handed_over",
            lambda w: {
                "person": w.lead.known_as.get(),
                "successor": w.office.known_as.get(),
                "what": {
                    "risks": [
                        builders.make_risk(programme=w.programme, owner_user=w.lead, ref="r01").pk
                    ]
                },
            },
            lambda w: {"what": {}},
            {"owner_user": "Office"},
            writes=Risk,
        ),
    ],
    "close_account": [
        Case(
            "person.closed",
            lambda w: {"person": w.assignment().person, "reason": "She left."},
            lambda w: {"reason": " "},
            {"reason": "She left.", "roles": None},
            {"closed_at": None},
        ),
    ],
    "reopen_account": [
        Case(
            "person.reopened",
            lambda w: {"person": w.person(accepted_at=timezone.now(), closed_at=timezone.now())},
            lambda w: {"person": w.assignment().person},
            {"closed_at": None},
        ),
    ],
    "change_address": [
        Case(
            "person.address_changed",
            lambda w: {"user": w.lead, "email": "New@Example.org"},
            lambda w: {"email": "nowhere"},
            {"email": "new@example.org"},
        ),
    ],
    "change_role": [
        Case(
            "role.changed",
            lambda w: {
                "assignment": w.assignment(),
                "values": {"role": "finance", "organisation": w.organisation},
            },
            giving(role="lead"),
            {"role": "Finance lead", "organisation": "Fire Service"},
            {"role": "Auditor", "organisation": None},
            row="assignment",
        ),
    ],
    "save_stage": [
        added(
            "stage",
            "stage",
            lambda w: {
                "stage": Stage(programme=w.programme),
                "values": {"name": "Pilot", "kind": "live"},
            },
            giving(name=""),
            {"name": "Pilot", "slug": "pilot", "kind": "Live"},
        ),
        edited(
            "stage",
            "stage",
            lambda w: {"stage": w.project.stage, "values": {"kind": "paused"}},
            giving(name=""),
            {"kind": "Live"},
            {"kind": "Paused"},
        ),
    ],
    "save_scale": [
        added(
            "scale",
            "rating_scale",
            lambda w: {
                "scale": RatingScale(programme=w.programme),
                "values": {"name": "Light"},
                "preset": "words",
            },
            giving(name=""),
            {"name": "Light", "slug": "light", "levels": ["On track", "At risk", "Off track"]},
        ),
        edited(
            "scale",
            "rating_scale",
            lambda w: {"scale": w.scale, "values": {"name": "Light"}},
            giving(name=""),
            {"name": "Points"},
            {"name": "Light"},
        ),
    ],
    "save_level": [
        added(
            "level",
            "rating_level",
            lambda w: {
                "level": RatingLevel(scale=w.dimension.scale),
                "values": {"word": "Better", "code": "B", "colour": "blue", "rank": 1},
            },
            giving(code="R"),
            {"word": "Better", "code": "B", "colour": "Blue", "rank": 1},
        ),
        edited(
            "level",
            "rating_level",
            lambda w: {"level": w.red, "values": {"rank": 1}},
            giving(code="G"),
            {"rank": 3},
            {"rank": 1},
        ),
    ],
    "save_dimension": [
        added(
            "dimension",
            "dimension",
            lambda w: {
                "dimension": Dimension(programme=w.programme),
                "values": {"name": "Costs", "scale": w.dimension.scale, "measure": "cost"},
            },
            giving(name=""),
            {"name": "Costs", "slug": "costs", "measure": "Cost over budget, percent"},
        ),
        edited(
            "dimension",
            "dimension",
            lambda w: {"dimension": w.dimension, "values": {"name": "Days"}},
            giving(name=""),
            {"name": "Time"},
            {"name": "Days"},
        ),
    ],
    "save_tolerances": [
        Case(
            "dimension.tolerances_set",
            lambda w: {"dimension": w.measured, "limits": w.limits(10, 30, None)},
            lambda w: {"limits": w.limits(30, 10, None)},
            {"tolerances": {"Green": "10", "Amber": "30", "Red": "the rest"}},
            {"tolerances": {}},
        ),
    ],
    "end_programme": [
        Case(
            "programme.ended",
            lambda w: {
                "programme": w.programme,
                "ended_on": date(2019, 3, 1),
                "end_reason": "All is done.",
            },
            lambda w: {"end_reason": " "},
            {"ended_on": "2019-03-01", "end_reason": "All is done."},
            {"ended_on": None, "end_reason": ""},
        ),
    ],
    "reopen_programme": [
        Case(
            "programme.reopened",
            lambda w: {"programme": w.ended_programme, "reason": "A phase is left."},
            lambda w: {"reason": " "},
            {"ended_on": None, "reason": "A phase is left."},
            {"ended_on": "2019-03-01"},
        ),
    ],
    "save_programme": [
        Case(
            "programme.edited",
            lambda w: {
                "programme": w.programme,
                "values": {"vision": "Safer together", "calendar": "none"},
            },
            giving(name="", financial_year_start_month=13),
            {"vision": "Safer together", "calendar": "None"},
            {"vision": "", "calendar": "England and Wales"},
            row="programme",
        ),
    ],
    "save_words": [
        Case(
            "programme.words",
            lambda w: {
                "programme": w.programme,
                "words": {"project": {"one": "scheme", "many": "schemes"}},
            },
            lambda w: {"words": {"project": {"one": "", "many": "schemes"}}},
            {"words": {"project": {"one": "scheme", "many": "schemes"}}},
            {"words": {}},
            row="programme",
        ),
    ],
    "save_period": [
        added(
            "period",
            "period",
            lambda w: {
                "period": ReportingPeriod(programme=w.programme),
                "values": {
                    "name": "June 2019",
                    "starts_on": date(2019, 4, 1),
                    "as_at": date(2019, 6, 30),
                },
            },
            giving(name="June 2019", starts_on=date(2019, 7, 1), as_at=date(2019, 6, 30)),
            {"name": "June 2019", "slug": "2019-06"},
        ),
        edited(
            "period",
            "period",
            lambda w: {"period": w.reported_period, "values": {"name": "The first quarter"}},
            giving(as_at=date(2019, 6, 30)),
            {"as_at": None},
            {"name": "The first quarter"},
        ),
    ],
    "add_periods": [
        Case(
            "programme.periods_added",
            lambda w: {"programme": w.programme, "periods": SPRING},
            lambda w: {"periods": ()},
            {"periods": ["April 2019", "May 2019"]},
        ),
    ],
    "open_period": [
        Case(
            "period.opened",
            lambda w: {"period": builders.make_period(programme=w.programme, state="planned")},
            lambda w: {"period": w.reported_period},
            {"state": "Open"},
            {"state": "Planned"},
        ),
    ],
    "reopen_period": [
        Case(
            "period.reopened",
            lambda w: {
                "period": builders.make_period(programme=w.programme, state="closed"),
                "reason": "One came late.",
            },
            lambda w: {"reason": " "},
            {"state": "Open", "reason": "One came late."},
            {"state": "Closed"},
        ),
    ],
    "remove_period": [
        Case(
            "period.removed",
            lambda w: {
                "period": builders.make_period(programme=w.programme, as_at=date(2017, 3, 31))
            },
            lambda w: {"period": w.reported_period},
            {"removed": "nothing used it"},
        ),
    ],
    "save_theme": [
        added(
            "theme",
            "theme",
            lambda w: {"theme": Theme(programme=w.programme), "values": {"name": "Estates"}},
            giving(name=""),
            {"name": "Estates", "slug": "estates"},
        ),
    ],
    "save_principle": [
        added(
            "principle",
            "principle",
            lambda w: {
                "principle": Principle(programme=w.programme),
                "values": {"text": "Local first"},
            },
            giving(text=""),
            {"text": "Local first"},
        ),
    ],
    "save_aim": [
        added(
            "aim",
            "aim",
            lambda w: {"aim": Aim(programme=w.programme), "values": {"text": "Better value"}},
            giving(text=""),
            {"text": "Better value"},
        ),
    ],
    "save_priority": [
        added(
            "priority",
            "priority",
            lambda w: {
                "priority": PlanPriority(programme=w.programme),
                "values": {"number": 1, "text": "Safer roads"},
            },
            lambda w: {
                "values": {
                    "number": PlanPriority.objects.create(
                        programme=w.programme, number=7, text="Old"
                    ).number,
                    "text": "Safer roads",
                }
            },
            {"number": 1, "text": "Safer roads"},
        ),
    ],
    "withdraw_part": [
        Case(
            "stage.withdrawn",
            lambda w: {"part": w.project.stage},
            lambda w: {"part": w.withdrawn_stage},
            {"withdrawn_on": timezone.localdate().isoformat()},
            {"withdrawn_on": None},
        ),
        Case(
            "stage.removed",
            lambda w: {"part": builders.make_stage(programme=w.programme)},
            lambda w: {"part": w.withdrawn_stage},
            {"removed": "nothing used it"},
        ),
    ],
    "restore_part": [
        Case(
            "stage.restored",
            lambda w: {"part": w.withdrawn_stage},
            lambda w: {"part": w.project.stage},
            {"withdrawn_on": None},
            {"withdrawn_on": "2019-03-01"},
        ),
    ],
    "end_role": [
        Case(
            "role.ended",
            lambda w: {"assignment": w.assignment(), "to_day": date(2019, 3, 31)},
            lambda w: {"assignment": w.assignment(role="administrator")},
            {"to_day": "2019-03-31"},
            {"to_day": None},
        ),
    ],
}

PROJECTS = {
    "close_period": [
        Case(
            "period.closed",
            lambda w: {"period": w.reported_period},
            lambda w: {"period": builders.make_period(programme=w.programme, state="planned")},
            {"state": "Closed", "missing": None},
            {"state": "Open"},
        ),
        Case(
            "period.closed",
            lambda w: {"period": w.awaited_period, "reason": "One is missing."},
            lambda w: {"reason": " "},
            {"state": "Closed", "reason": "One is missing.", "missing": ["The estate"]},
        ),
    ],
    "save_reminder_rule": [
        Case(
            "reminder_rule.set",
            lambda w: {
                "rule": ReminderRule.objects.get_or_create(programme=w.programme)[0],
                "values": {"days_before": 7, "words": "Ask the office."},
            },
            giving(days_after=0),
            {"days_before": 7, "words": "Ask the office."},
            {"days_before": 5},
            row="rule",
        ),
    ],
    "remind": [
        Case(
            "period.reminded",
            lambda w: {"period": w.awaited_period, "projects": [w.led]},
            lambda w: {"projects": [w.awaited]},
            {"reminded": ["The fleet"]},
        ),
    ],
    "admit_late": [
        Case(
            "period.admitted_late",
            lambda w: {
                "period": w.awaited_period,
                "projects": [w.awaited],
                "until": date(2018, 11, 20),
                "reason": "The survey comes on the 18th.",
            },
            lambda w: {"until": date(2018, 11, 1)},
            {
                "admitted_until": {"The estate": "20 November 2018"},
                "reason": "The survey comes on the 18th.",
            },
        ),
    ],
    "save_workstream": [
        added(
            "workstream",
            "workstream",
            lambda w: {
                "workstream": Workstream(programme=w.programme),
                "values": {"slug": "estates", "name": "Estates"},
            },
            lambda w: {"values": {"name": "Estates", "parent": builders.make_workstream()}},
            {"name": "Estates", "slug": "estates"},
        ),
    ],
    "save_project": [
        added(
            "project",
            "project",
            lambda w: {
                "project": Project(programme=w.programme),
                "values": {
                    "ref": "t99",
                    "name": "Shared hub",
                    "workstream": w.project.workstream,
                    "stage": w.project.stage,
                    "partners": [w.organisation],
                },
                "stage_since": date(2019, 1, 7),
            },
            giving(ref="t99", name="Shared hub"),
            {"name": "Shared hub", "partners": ["Fire Service"]},
        ),
        edited(
            "project",
            "project",
            lambda w: {
                "project": w.project,
                "values": {"lead_post": "Head of Estates", "partners": [w.organisation]},
            },
            giving(starts_on=date(2019, 4, 1), ends_on=date(2018, 4, 1)),
            {"lead_post": "Project lead", "partners": [], "name": None},
            {"lead_post": "Head of Estates", "partners": ["Fire Service"]},
        ),
    ],
    "change_stage": [
        Case(
            "project.stage_changed",
            lambda w: {
                "project": w.project,
                "to_stage": builders.make_stage(
                    programme=w.programme, name="On hold", kind=Stage.Kind.PAUSED
                ),
                "changed_on": date(2019, 2, 1),
                "reason": "Waits for the lease.",
                "board": w.board,
            },
            lambda w: {"reason": ""},
            {
                "stage": "On hold",
                "changed_on": "2019-02-01",
                "reason": "Waits for the lease.",
                "board": "The Board",
            },
        ),
    ],
    "correct_first_stage": [
        Case(
            "project.first_stage_corrected",
            lambda w: {
                "project": w.project,
                "to_stage": builders.make_stage(programme=w.programme, name="Idea"),
                "changed_on": date(2017, 4, 1),
                "reason": "Entered late.",
            },
            lambda w: {"reason": ""},
            {"first_stage": "Idea", "changed_on": "2017-04-01", "reason": "Entered late."},
        ),
    ],
    "withdraw_project": [
        Case(
            "project.withdrawn",
            lambda w: {"project": w.project, "reason": "Entered twice."},
            lambda w: {"reason": ""},
            {"withdrawn_reason": "Entered twice."},
            {"withdrawn_reason": "", "withdrawn_on": None},
        ),
    ],
    "reopen_project": [
        Case(
            "project.reopened",
            lambda w: {"project": w.withdrawn_project, "reason": "It goes on."},
            lambda w: {"reason": ""},
            {"reason": "It goes on.", "withdrawn_reason": ""},
            {"withdrawn_reason": "Entered twice.", "withdrawn_on": "2019-03-01"},
        ),
    ],
    "save_update": [
        added(
            "update",
            "update",
            lambda w: {
                "update": StatusUpdate(project=w.project, period=w.period),
                "values": {
                    "status_line": "On course.",
                    "narrative": "<p>Good.</p><script>x</script>",
                },
                "ratings": {w.dimension: (w.red, "Late by a month.")},
            },
            lambda w: {"ratings": {builders.make_dimension(): (w.red, "")}},
            {
                "status_line": "On course.",
                "narrative": "<p>Good.</p>",
                "ratings": {"Time": "Red: Late by a month."},
            },
        ),
        edited(
            "update",
            "update",
            lambda w: {
                "update": w.update(ratings={w.dimension: "A"}),
                "values": {"status_line": "Late."},
                "ratings": {w.dimension: None},
            },
            lambda w: {"ratings": {w.dimension: (builders.make_scale().levels.first(), "")}},
            {
                "status_line": "Going well.",
                "ratings": {"Time": "Amber: Because of the weather."},
                "narrative": None,
            },
            {"status_line": "Late.", "ratings": {}},
        ),
    ],
    "pull_back_update": [
        Case(
            "update.pulled_back",
            lambda w: {"update": w.update("handed_in", handed_in_by=w.lead)},
            lambda w: {"update": w.update("accepted", handed_in_by=w.lead)},
            {"state": "Draft"},
            {"state": "Handed in"},
        ),
    ],
    "hand_in_update": [
        Case(
            "update.handed_in",
            lambda w: {"update": w.update(ratings={w.dimension: "G"})},
            lambda w: {"update": w.update(status_line="")},
            {"state": "Handed in"},
            {"state": "Draft"},
        ),
    ],
    "accept_update": [
        Case(
            "update.accepted",
            lambda w: {"update": w.update("handed_in", handed_in_by=w.lead)},
            lambda w: {"update": w.update("handed_in", handed_in_by=w.office)},
            {"state": "Accepted"},
            {"state": "Handed in"},
        ),
    ],
    "correct_rating": [
        Case(
            "update.corrected",
            lambda w: {
                "update": w.accepted,
                "dimension": w.dimension,
                "level": w.red,
                "reason": "A figure was left out.",
            },
            lambda w: {"reason": ""},
            {"ratings": {"Time": "Red"}, "reason": "A figure was left out."},
            {"ratings": {"Time": "Green"}},
        ),
    ],
    "return_update": [
        Case(
            "update.returned",
            lambda w: {
                "update": w.update("handed_in", handed_in_by=w.lead),
                "reason": "Say when it will be green.",
            },
            lambda w: {"reason": ""},
            {"state": "Returned", "reason": "Say when it will be green."},
            {"state": "Handed in"},
        ),
    ],
    "add_milestone": [
        Case(
            "milestone.added",
            lambda w: {
                "milestone": Milestone(project=w.project),
                "values": {"name": "Lease signed"},
                "baseline": PlainDate(date(2019, 6, 28)),
                "stated_on": date(2019, 1, 7),
            },
            giving(name=""),
            {"name": "Lease signed", "baseline": "28 June 2019", "stated_on": "2019-01-07"},
        ),
    ],
    "save_milestone": [
        edited(
            "milestone",
            "milestone",
            lambda w: {"milestone": w.milestone, "values": {"name": "Lease signed"}},
            giving(name=""),
            {},
            {"name": "Lease signed"},
        ),
    ],
    "move_forecast": [
        Case(
            "milestone.forecast_moved",
            lambda w: {
                "milestone": w.milestone,
                "forecast": PlainDate.tbc(),
                "reason": "The landlord has gone quiet.",
                "stated_on": date(2019, 3, 1),
            },
            lambda w: {"reason": ""},
            {"forecast": "TBC", "reason": "The landlord has gone quiet.", "baseline": None},
            {"forecast": "28 June 2019"},
        ),
    ],
    "rebaseline_milestone": [
        Case(
            "milestone.rebaselined",
            lambda w: {
                "milestone": w.milestone,
                "baseline": PlainDate(date(2019, 9, 30)),
                "board": w.board,
                "reason": "Agreed with the landlord.",
            },
            lambda w: {"board": builders.make_board()},
            {
                "baseline": "30 September 2019",
                "forecast": "30 September 2019",
                "board": "The Board",
            },
            {"baseline": "28 June 2019", "forecast": "28 June 2019"},
        ),
    ],
    "mark_reached": [
        Case(
            "milestone.reached",
            lambda w: {"milestone": w.milestone, "actual_on": date(2019, 7, 1)},
            lambda w: {"actual_on": date(2999, 1, 1)},
            {"actual_on": "2019-07-01"},
            {"actual_on": None},
        ),
    ],
    "withdraw_milestone": [
        Case(
            "milestone.withdrawn",
            lambda w: {"milestone": w.milestone, "reason": "No lease is needed."},
            lambda w: {"reason": ""},
            {"reason": "No lease is needed."},
            {"withdrawn_on": None},
        ),
    ],
    "reopen_milestone": [
        Case(
            "milestone.reopened",
            lambda w: {"milestone": w.reached_milestone, "reason": "The lease fell through."},
            lambda w: {"reason": ""},
            {"reason": "The lease fell through.", "actual_on": None},
            {"actual_on": "2019-07-01"},
        ),
    ],
    "begin_risk_scheme": [
        Case(
            "risk_scheme.added",
            lambda w: {"scheme": RiskScheme(programme=w.programme), "preset": "three"},
            lambda w: {"preset": "none"},
            {"impact": ["Low", "Medium", "High"], "levels": ["Low", "Medium", "High"]},
        ),
    ],
    "save_risk_scheme": [
        edited(
            "scheme",
            "risk_scheme",
            lambda w: {"scheme": w.scheme, "values": {"impact": ["Small", "Large"]}},
            giving(impact=["Small"]),
            {"impact": ["Low", "Medium", "High"]},
            {"impact": ["Small", "Large"]},
        ),
    ],
    "save_risk_matrix": [
        Case(
            "risk_scheme.matrix_set",
            lambda w: {"scheme": w.scheme, "cells": w.cells(at=(1, 3), to="high")},
            lambda w: {"cells": w.cells(at=(3, 3), to="low")},
            {"matrix": {"likelihood 1, impact 3": "High"}},
            {"matrix": {"likelihood 1, impact 3": "Medium"}},
        ),
    ],
    "save_risk_level": [
        added(
            "risk_level",
            "risk_level",
            lambda w: {
                "risk_level": RiskLevel(programme=w.scheme.programme),
                "values": {"word": "Extreme", "colour": "red"},
            },
            giving(word=""),
            {"word": "Extreme", "slug": "extreme", "rank": 4},
        ),
        edited(
            "risk_level",
            "risk_level",
            lambda w: {
                "risk_level": w.scheme.programme.risk_levels.get(slug="low"),
                "values": {"word": "Mild"},
            },
            giving(rank=3),
            {"word": "Low"},
            {"word": "Mild"},
        ),
    ],
    "save_risk": [
        added(
            "risk",
            "risk",
            lambda w: {
                "risk": Risk(programme=w.programme),
                "values": {
                    "title": "The lease falls through",
                    "owner_post": "Head of Estates",
                    "inherent_likelihood": 4,
                    "inherent_impact": 3,
                    "raised_on": date(2019, 1, 7),
                },
            },
            giving(title="The lease falls through", raised_on=date(2019, 1, 7)),
            {"ref": "r01", "title": "The lease falls through", "inherent_impact": 3},
        ),
        edited(
            "risk",
            "risk",
            lambda w: {"risk": w.risk, "values": {"owner_post": "Head of Estates"}},
            giving(target_likelihood=1),
            {"owner_post": "", "title": None},
            {"owner_post": "Head of Estates"},
        ),
    ],
    "assess_risk": [
        Case(
            "risk.assessed",
            lambda w: {
                "risk": w.risk,
                "assessed_on": date(2019, 2, 1),
                "score": (2, 4),
                "note": "The draft is agreed.",
            },
            lambda w: {"score": (6, 1)},
            {"assessment": "2 × 4 on 1 February 2019: The draft is agreed."},
            {"assessment": ""},
        ),
    ],
    "close_risk": [
        Case(
            "risk.closed",
            lambda w: {"risk": w.risk, "closed_on": date(2019, 3, 1), "closing_note": "Signed."},
            lambda w: {"closing_note": ""},
            {"closed_on": "2019-03-01", "closing_note": "Signed."},
            {"closed_on": None, "closing_note": ""},
        ),
    ],
    "reopen_risk": [
        Case(
            "risk.reopened",
            lambda w: {"risk": w.closed_risk, "reason": "It is back."},
            lambda w: {"reason": ""},
            {"reason": "It is back.", "closed_on": None, "closing_note": ""},
            {"closed_on": "2019-03-01", "closing_note": "Signed."},
        ),
    ],
    "save_decision": [
        added(
            "decision",
            "decision",
            lambda w: {
                "decision": Decision(programme=w.programme),
                "values": {
                    "board": w.board,
                    "meeting": w.meeting,
                    "kind": "approved",
                    "text": "Go ahead.",
                    "projects": [w.project],
                },
            },
            lambda w: {"values": {"board": w.board, "meeting": builders.make_meeting()}},
            {"ref": "d01", "taken_on": "2019-03-28", "kind": "Approved"},
        ),
    ],
    "save_action": [
        added(
            "task",
            "action",
            lambda w: {
                "task": Action(programme=w.programme),
                "values": {
                    "board": w.board,
                    "meeting": w.meeting,
                    "text": "Sign the lease.",
                    "owner_post": "Head of Estates",
                    "due_on": date(2019, 6, 28),
                },
            },
            lambda w: {"values": {"board": w.board, "text": "Sign the lease."}},
            {"ref": "a01", "raised_on": "2019-03-28", "due_on": "2019-06-28"},
        ),
    ],
    "complete_action": [
        Case(
            "action.completed",
            lambda w: {"task": w.action, "completed_on": date(2019, 6, 1), "outcome": "Signed."},
            lambda w: {"completed_on": date(2018, 1, 1)},
            {"completed_on": "2019-06-01", "outcome": "Signed."},
            {"completed_on": None, "outcome": ""},
        ),
    ],
    "withdraw_action": [
        Case(
            "action.withdrawn",
            lambda w: {"task": w.action, "reason": "No longer needed."},
            lambda w: {"reason": ""},
            {"outcome": "No longer needed."},
            {"withdrawn_on": None},
        ),
    ],
    "reopen_action": [
        Case(
            "action.reopened",
            lambda w: {"task": w.done_action, "reason": "It was not all."},
            lambda w: {"reason": ""},
            {"reason": "It was not all.", "completed_on": None, "outcome": ""},
            {"completed_on": "2019-03-29", "outcome": "Done."},
        ),
    ],
}

FINANCE = {
    "save_year": [
        added(
            "year",
            "year",
            lambda w: {
                "year": FinancialYear(programme=w.programme),
                "values": {"starts_on": date(2019, 4, 1), "ends_on": date(2020, 3, 31)},
            },
            giving(starts_on=date(2019, 4, 1), ends_on=date(2018, 3, 31)),
            {"label": "2019/20", "slug": "2019-20"},
        ),
        edited(
            "year",
            "year",
            lambda w: {"year": w.year_with_a_line, "values": {"state": "closed"}},
            giving(ends_on=date(2019, 12, 31)),
            {"state": "Agreed"},
            {"state": "Closed"},
        ),
    ],
    "remove_year": [
        Case(
            "year.removed",
            lambda w: {"year": w.year},
            lambda w: {"year": w.year_with_a_line},
            {"removed": "nothing used it"},
            {"label": "2018/19"},
        ),
    ],
    "save_category": [
        added(
            "category",
            "category",
            lambda w: {
                "category": CostCategory(programme=w.programme),
                "values": {"name": "Training"},
            },
            giving(name=""),
            {"name": "Training", "slug": "training", "order": 1},
        ),
    ],
    "save_source": [
        added(
            "source",
            "source",
            lambda w: {
                "source": FundingSource(programme=w.programme),
                "values": {
                    "name": "Fire contribution",
                    "kind": "contribution",
                    "organisation": w.organisation,
                },
            },
            giving(name="Fire contribution", kind="contribution"),
            {"name": "Fire contribution", "short_name": "Fire contribution", "order": 1},
        ),
        edited(
            "source",
            "source",
            lambda w: {"source": w.grant_source, "values": {"name": "Innovation grant"}},
            giving(kind="contribution"),
            {},
            {"name": "Innovation grant"},
        ),
    ],
    "save_split_rule": [
        added(
            "rule",
            "split_rule",
            lambda w: {
                "rule": SplitRule(programme=w.programme),
                "values": {"name": "Fire only", "shares": {w.source: Decimal(100)}},
            },
            lambda w: {"values": {"name": "Fire only", "shares": {w.source: Decimal(99)}}},
            {"slug": "fire-only", "name": "Fire only", "shares": {"Fire": "100%"}},
        ),
    ],
    "save_budget_line": [
        added(
            "line",
            "budget_line",
            lambda w: {
                "line": BudgetLine(year=w.year),
                "values": {
                    "description": "Hub",
                    "category": builders.make_category(programme=w.programme),
                    "amount": Amount.exact(1000),
                    "fixed": {w.source: Decimal(1000)},
                },
            },
            lambda w: {"values": {"amount": Amount.exact(999), "fixed": {w.source: Decimal(1000)}}},
            {
                "ref": "hub",
                "description": "Hub",
                "amount": "£1,000.00",
                "fixed": {"Fire": "£1,000.00"},
            },
        ),
    ],
    "save_contribution": [
        added(
            "contribution",
            "contribution",
            lambda w: {
                "contribution": PlannedContribution(year=w.year, source=w.source),
                "values": {"amount": Amount.exact(287_000)},
            },
            lambda w: {"contribution": PlannedContribution(year=w.year, source=w.grant_source)},
            {"source": "Fire", "amount": "£287,000.00"},
        ),
    ],
    "save_grant": [
        added(
            "grant",
            "grant",
            lambda w: {
                "grant": Grant(programme=w.programme),
                "values": {
                    "slug": "ptf",
                    "name": "Transformation fund",
                    "year": w.year,
                    "source": w.grant_source,
                    "awarded_by": w.organisation,
                    "amount": Amount.exact(129_500),
                    "projects": [w.project],
                },
            },
            lambda w: {"values": {"slug": "ptf", "name": "Fund", "source": w.source}},
            {"name": "Transformation fund", "amount": "£129,500.00"},
        ),
    ],
    "save_grant_return": [
        added(
            "grant_return",
            "grant_return",
            lambda w: {
                "grant_return": GrantReturn(
                    grant=builders.make_grant(year=w.year, source=w.grant_source)
                ),
                "values": {"name": "End of year", "submitted_on": date(2019, 4, 30)},
            },
            giving(name="End of year", submitted_on=date(2999, 1, 1)),
            {"name": "End of year", "submitted_on": "2019-04-30"},
        ),
    ],
    "save_published_figure": [
        added(
            "figure",
            "published_figure",
            lambda w: {
                "figure": PublishedFigure(year=w.year),
                "values": {
                    "document": "Board paper",
                    "source": w.source,
                    "pounds": Decimal("195074.00"),
                },
            },
            giving(document="", pounds=Decimal(1)),
            {"document": "Board paper", "source": "Fire", "pounds": "195074.00"},
        ),
    ],
    "save_benefit": [
        added(
            "benefit",
            "benefit",
            lambda w: {
                "benefit": Benefit(programme=w.programme),
                "values": {"name": "Less rent", "benefit_class": "cash_releasing"},
            },
            giving(name="Less rent"),
            {"ref": "b01", "name": "Less rent", "benefit_class": "Cash-releasing"},
        ),
    ],
    "withdraw_benefit": [
        Case(
            "benefit.withdrawn",
            lambda w: {"benefit": w.benefit, "reason": "Counted elsewhere."},
            lambda w: {"reason": ""},
            {"reason": "Counted elsewhere."},
            {"withdrawn_on": None},
        ),
    ],
    "reopen_benefit": [
        Case(
            "benefit.reopened",
            lambda w: {"benefit": w.withdrawn_benefit, "reason": "It is counted here."},
            lambda w: {"reason": ""},
            {"reason": "It is counted here.", "withdrawn_on": None},
            {"withdrawn_on": "2019-03-01"},
        ),
    ],
    "save_benefit_profile": [
        added(
            "profile",
            "benefit_profile",
            lambda w: {
                "profile": BenefitProfile(benefit=w.benefit, year=w.year),
                "values": {"target": Amount.exact(1000), "forecast": Amount.circa(900)},
            },
            lambda w: {
                "profile": BenefitProfile(benefit=w.benefit, year=builders.make_year()),
            },
            {"year": "2018/19", "target": "£1,000.00", "forecast": "circa £900.00"},
        ),
    ],
    "validate_realised": [
        Case(
            "benefit_profile.validated",
            lambda w: {"profile": w.profile, "validated_on": date(2019, 4, 30)},
            lambda w: {"validated_on": date(2999, 1, 1)},
            {"validated_on": "2019-04-30"},
            {"validated_on": None},
        ),
    ],
    "save_cost_estimate": [
        added(
            "estimate",
            "cost_estimate",
            lambda w: {
                "estimate": CostEstimate(project=w.project, period=w.period),
                "values": {"amount": Amount.circa(110_000), "term": "yearly"},
            },
            giving(amount=Amount.exact(1), term="over_years"),
            {"amount": "circa £110,000.00", "term": "A year"},
        ),
    ],
}

REPORTS = {
    "save_template": [
        edited(
            "template",
            "paper_template",
            lambda w: {"template": w.template, "values": {"title": "Progress"}},
            giving(title=""),
            {"title": "Update"},
            {"title": "Progress"},
        ),
    ],
    "save_paper": [
        added(
            "paper",
            "paper",
            lambda w: {
                "paper": Paper(template=w.template, period=w.period),
                "values": {"meeting": None},
            },
            lambda w: {"values": {"meeting": builders.make_meeting()}},
            {"title": "Update", "marking": "OFFICIAL"},
        ),
    ],
    "install_template": [
        Case(
            "paper_template.installed",
            lambda w: {"programme": w.programme, "builtin": "strategic-board", "board": w.board},
            lambda w: {"board": builders.make_board()},
            {},
        ),
    ],
}

CASES: dict[str, list[Case]] = {
    f"{app}.{name}": cases
    for app, actions in (
        ("programme", PROGRAMME),
        ("projects", PROJECTS),
        ("finance", FINANCE),
        ("reports", REPORTS),
    )
    for name, cases in actions.items()
}
"""By the app and the name of the action."""
