"""Rows that addresses name: each function gives the parts of an address for one row of a programme,
the example's where it has one, else a row made for the purpose.

Rows that are made have names and days that no example has, so that an address which takes one
programme's row for another's is found out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db.models import Min
from django.utils import timezone

from finance.models import (
    Benefit,
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
from programme.common.values import Amount
from programme.imports import Reading, ReadRow
from programme.models import (
    Aim,
    AuditEntry,
    Board,
    BoardMember,
    Dimension,
    Meeting,
    Organisation,
    Partnership,
    PlanPriority,
    Principle,
    Programme,
    RatingScale,
    ReportingPeriod,
    RiskLevel,
    RoleAssignment,
    Stage,
    Theme,
    User,
)
from programme.site import uploads
from projects.actions import withdraw_milestone
from projects.models import Action, Decision, Milestone, Project, Risk, StatusUpdate, Workstream
from reports.actions import install_template
from reports.models import Paper, PaperTemplate, RenderedFile
from tests import builders

At = Callable[[Programme], dict[str, Any]]

FIRE, POLICE = "ecfrs", "essex-police"
KEPT_BOARD, OTHER_BOARD = "pr-scrutiny", "cog"
"""A board of the example's secretary, and one that somebody else keeps."""

_numbers = count(1)
_LONG_AGO = date(1999, 1, 4)


def _ref() -> str:
    """A reference that no row of the example has."""
    return f"made-{next(_numbers)}"


def _is_example(programme: Programme) -> bool:
    return programme.slug == "essex"


# --- rows themselves ----------------------------------------------------------------------------


def find_project(programme: Programme, led_by: str = POLICE) -> Project:
    found = Project.objects.of(programme).filter(withdrawn_on__isnull=True)
    if _is_example(programme):
        return found.filter(lead_organisation__slug=led_by, lead_user=None).first()
    return found.first() or builders.make_project(programme=programme)


def find_board(programme: Programme, slug: str = KEPT_BOARD) -> Board:
    found = Board.objects.of(programme)
    if _is_example(programme):
        return found.get(slug=slug)
    return found.first() or builders.make_board(programme=programme)


def find_meeting(programme: Programme, board: str = KEPT_BOARD) -> Meeting:
    where = find_board(programme, board)
    return where.meetings.first() or _new_meeting(where)


def _new_meeting(where: Board) -> Meeting:
    return builders.make_meeting(board=where, held_on=date(1999, 1, next(_numbers) % 28 + 1))


def find_period(programme: Programme) -> ReportingPeriod:
    """The newest period that was opened."""
    found = ReportingPeriod.objects.of(programme).exclude(state="planned").order_by("-as_at")
    return found.first() or builders.make_period(
        programme=programme, as_at=_LONG_AGO, slug="long-ago", name="Long ago"
    )


def find_year(programme: Programme) -> FinancialYear:
    """A year whose budget still changes."""
    found = FinancialYear.objects.of(programme).exclude(state="closed").filter(lines__isnull=False)
    return found.first() or builders.make_year(programme=programme, starts_on=date(1998, 4, 1))


def find_organisation(programme: Programme) -> Organisation:
    return Organisation.objects.of(programme).first() or builders.make_organisation(
        programme=programme
    )


def find_source(programme: Programme, slug: str = "police") -> FundingSource:
    found = FundingSource.objects.of(programme)
    if _is_example(programme):
        return found.get(slug=slug)
    return found.first() or builders.make_source(programme=programme)


# --- their addresses ----------------------------------------------------------------------------


def project(led_by: str = POLICE) -> At:
    return lambda programme: {"project": find_project(programme, led_by).ref}


def milestone(led_by: str = POLICE) -> At:
    def at(programme: Programme) -> dict[str, Any]:
        where = find_project(programme, led_by)
        found = where.milestones.filter(actual_on__isnull=True, withdrawn_on__isnull=True)
        row = found.first() or builders.make_milestone(project=where)
        return {"project": row.project.ref, "milestone": row.pk}

    return at


def update(led_by: str = POLICE, state: str = "draft") -> At:
    """A project's update in the open period, in this state."""

    def at(programme: Programme) -> dict[str, Any]:
        where = find_project(programme, led_by)
        period = find_period(programme)
        row = StatusUpdate.objects.filter(project=where, period=period).first()
        row = row or builders.make_update(project=where, period=period, state=state)
        if row.state != state:
            StatusUpdate.objects.filter(pk=row.pk).update(
                state=state, handed_in_by=None, reviewed_by=None
            )
        return {"project": where.ref, "period": period.slug}

    return at


def handed_in(led_by: str = POLICE) -> At:
    """A project's update in the open period, handed in."""
    return update(led_by, state="handed_in")


def empty_period(programme: Programme) -> dict[str, Any]:
    """A planned period in which nothing was reported, before all others of the programme."""
    first = programme.periods.aggregate(first=Min("starts_on"))["first"] or date(1990, 6, 30)
    day = first - timedelta(days=10)
    row = builders.make_period(
        programme=programme, as_at=day, slug=_ref(), name=_ref(), state="planned"
    )
    return {"period": row.slug}


def period(programme: Programme) -> dict[str, Any]:
    return {"period": find_period(programme).slug}


def period_that_is(state: str) -> At:
    def at(programme: Programme) -> dict[str, Any]:
        period = empty_period(programme)
        programme.periods.filter(slug=period["period"]).update(state=state)
        return period

    return at


def theme_row(programme: Programme) -> Theme:
    return Theme.objects.create(programme=programme, slug=_ref(), name="Made")


def principle_row(programme: Programme) -> Principle:
    return Principle.objects.create(programme=programme, text="Made")


def aim_row(programme: Programme) -> Aim:
    return Aim.objects.create(programme=programme, text="Made")


def priority_row(programme: Programme) -> PlanPriority:
    number = 100 + next(_numbers)
    return PlanPriority.objects.create(programme=programme, number=number, text="Made")


def stage_row(programme: Programme) -> Stage:
    return builders.make_stage(programme=programme, slug=_ref())


def accepted(programme: Programme) -> dict[str, Any]:
    """A project's accepted update, with a rating."""
    where = builders.make_project(programme=programme, ref=_ref())
    period = find_period(programme)
    row = builders.make_update(project=where, period=period, state="accepted")
    dimension = programme.dimensions.first() or builders.make_dimension(programme=programme)
    row.ratings.create(dimension=dimension, level=dimension.scale.levels.first())
    return {"project": where.ref, "period": period.slug}


def workstream_row(programme: Programme) -> Workstream:
    return builders.make_workstream(programme=programme, slug=_ref())


def scale_row(programme: Programme) -> RatingScale:
    one = (("G", "Green", "green", 1),)
    return builders.make_scale(programme=programme, slug=_ref(), levels=one)


def scale(programme: Programme) -> dict[str, Any]:
    return {"scale": scale_row(programme).slug}


def level(**values: Any) -> At:
    """A level of a scale of its own."""

    def at(programme: Programme) -> dict[str, Any]:
        row = scale_row(programme).levels.first()
        type(row).objects.filter(pk=row.pk).update(**values or {"order": 1})
        return {"scale": row.scale.slug, "level": row.pk}

    return at


def dimension_row(programme: Programme) -> Dimension:
    return builders.make_dimension(programme=programme, slug=_ref(), measure="slip")


def dimension(programme: Programme) -> dict[str, Any]:
    return {"dimension": dimension_row(programme).slug}


def risk_level_row(programme: Programme) -> RiskLevel:
    return builders.make_risk_level(programme=programme, slug=_ref())


def upload(programme: Programme) -> dict[str, Any]:
    """What the example's programme office uploaded: a workbook that adds a workstream."""
    office = User.objects.filter(email="office@example.org").first() or builders.make_user()
    row = ReadRow("Workstreams", 2, {"slug": "", "name": _ref()})
    data = Reading((row,), {"Workstreams": {"slug": "A", "name": "B"}}).stored()
    return {"upload": uploads.keep(office, programme, "projects", "rows.xlsx", data).key}


def workstream(programme: Programme) -> dict[str, Any]:
    row = Workstream.objects.of(programme).first()
    return {"workstream": (row or builders.make_workstream(programme=programme)).slug}


def risk(led_by: str = POLICE) -> At:
    """A risk of a project that the organisation leads; of the programme for ''."""

    def at(programme: Programme) -> dict[str, Any]:
        where = find_project(programme, led_by) if led_by else None
        row = Risk.objects.of(programme).open().filter(project=where).first()
        return {
            "risk": (row or builders.make_risk(programme=programme, project=where, ref=_ref())).ref
        }

    return at


def decision(board: str = KEPT_BOARD) -> At:
    def at(programme: Programme) -> dict[str, Any]:
        where = find_board(programme, board)
        row = Decision.objects.filter(board=where).first()
        row = row or Decision.objects.create(
            programme=programme,
            ref=_ref(),
            board=where,
            taken_on=_LONG_AGO,
            text="Noted.",
        )
        return {"decision": row.ref}

    return at


def action(board: str = KEPT_BOARD, led_by: str = "") -> At:
    """An open action of the board, about a project of the organisation where one is named."""

    def at(programme: Programme) -> dict[str, Any]:
        where = find_board(programme, board)
        about = find_project(programme, led_by) if led_by else None
        row = Action.objects.filter(board=where, project=about).open().first()
        return {"task": (row or builders.make_action(board=where, project=about, ref=_ref())).ref}

    return at


def ended_risk(led_by: str = POLICE) -> At:
    """A closed risk of a project that the organisation leads."""

    def at(programme: Programme) -> dict[str, Any]:
        found = risk(led_by)(programme)
        row = Risk.objects.of(programme).get(ref=found["risk"])
        Risk.objects.filter(pk=row.pk).update(closed_on=row.raised_on, closing_note="Over.")
        return found

    return at


def ended_milestone(led_by: str = POLICE) -> At:
    """A milestone of a project that the organisation leads, withdrawn."""

    def at(programme: Programme) -> dict[str, Any]:
        found = milestone(led_by)(programme)
        row = Milestone.objects.get(pk=found["milestone"])
        withdraw_milestone(milestone=row, reason="Not needed.", by=None)
        return found

    return at


def ended_action(programme: Programme) -> dict[str, Any]:
    """An action that was done, about a project of the lead's body."""
    found = action(OTHER_BOARD, POLICE)(programme)
    row = Action.objects.of(programme).get(ref=found["task"])
    Action.objects.filter(pk=row.pk).update(completed_on=row.raised_on, outcome="Done.")
    return found


def withdrawn_project(programme: Programme) -> dict[str, Any]:
    row = builders.make_project(programme=programme, ref=_ref())
    type(row).objects.filter(pk=row.pk).update(withdrawn_on=_LONG_AGO, withdrawn_reason="Made")
    return {"project": row.ref}


def withdrawn_benefit(programme: Programme) -> dict[str, Any]:
    """A benefit of the lead's body, withdrawn."""
    found = benefit()(programme)
    Benefit.objects.of(programme).filter(ref=found["benefit"]).update(withdrawn_on=_LONG_AGO)
    return found


def board(slug: str = KEPT_BOARD) -> At:
    return lambda programme: {"board": find_board(programme, slug).slug}


def seat(slug: str = KEPT_BOARD) -> At:
    def at(programme: Programme) -> dict[str, Any]:
        where = find_board(programme, slug)
        row = BoardMember.objects.filter(board=where, to_day__isnull=True).first()
        row = row or builders.make_member(board=where)
        return {"board": where.slug, "member": row.pk}

    return at


def meeting(slug: str = KEPT_BOARD) -> At:
    def at(programme: Programme) -> dict[str, Any]:
        row = find_meeting(programme, slug)
        return {"board": row.board.slug, "meeting": row.held_on}

    return at


def planned_meeting(slug: str = KEPT_BOARD) -> At:
    """A meeting whose day has come and of which nobody has said that it took place."""

    def at(programme: Programme) -> dict[str, Any]:
        row = _new_meeting(find_board(programme, slug))
        return {"board": row.board.slug, "meeting": row.held_on}

    return at


def organisation(programme: Programme) -> dict[str, Any]:
    """A partner of the programme."""
    part = Partnership.objects.of(programme).select_related("organisation").first()
    if part is None:
        part = Partnership.objects.create(
            programme=programme, organisation=builders.make_organisation(programme=programme)
        )
    return {"organisation": part.organisation.slug}


def _member(programme: Programme) -> RoleAssignment:
    found = RoleAssignment.objects.of(programme).filter(role="member").first()
    if found is None:
        builders.make_user(
            programme=programme, role="member", board=builders.make_board(programme=programme)
        )
        found = RoleAssignment.objects.of(programme).get(role="member")
    return found


def portal_administrator(programme: Programme | None) -> dict[str, Any]:
    """Somebody beside the example's own; in no programme."""
    return {"user": builders.make_user(administers_portal=True).pk}


def person(programme: Programme) -> dict[str, Any]:
    return {"person": _member(programme).person.pk}


def invited(programme: Programme) -> dict[str, Any]:
    """Somebody who was invited and has not accepted yet."""
    user = builders.make_user(programme=programme, role="auditor")
    user.known_as.update(accepted_at=None)
    return {"person": user.known_as.get().pk}


def other_person(programme: Programme) -> dict[str, Any]:
    """Somebody who is not one of the example's."""
    return {"person": builders.make_user(programme=programme, role="auditor").known_as.get().pk}


def answering_person(programme: Programme) -> dict[str, Any]:
    """Somebody who is not one of the example's and leads a project."""
    lead = builders.make_user(programme=programme, role="lead")
    builders.make_project(programme=programme, ref=_ref(), lead_user=lead)
    return {"person": lead.known_as.get().pk}


def guide_of_office(programme: Programme) -> dict[str, Any]:
    """A page of the guide, which is no row of any programme."""
    return {"guide": "office"}


def ending(programme: Programme) -> dict[str, Any]:
    """No row: a programme whose last day is known and yet to come."""
    last = timezone.localdate() + timedelta(days=30)
    Programme.objects.filter(pk=programme.pk).update(ended_on=last, end_reason="All is done.")
    return {}


def closed(programme: Programme) -> dict[str, Any]:
    """Somebody whose account the programme closed."""
    user = builders.make_user(programme=programme, role="auditor", is_active=False)
    user.known_as.update(closed_at=timezone.now())
    return {"person": user.known_as.get().pk}


def unconfirmed(programme: Programme) -> dict[str, Any]:
    """A role that a second person has to confirm."""
    held = builders.make_role(
        user=builders.make_user(programme=programme, role="auditor"),
        programme=programme,
        role="administrator",
        confirmed_at=None,
    )
    return {"person": held.person.pk, "assignment": held.pk}


def role(programme: Programme) -> dict[str, Any]:
    held = _member(programme)
    return {"person": held.person.pk, "assignment": held.pk}


def entry(programme: Programme) -> dict[str, Any]:
    row = AuditEntry.objects.of(programme).first()
    if row is None:
        save_board(
            board=Board(programme=programme),
            values={"slug": "recorded", "name": "Recorded", "kind": "panel"},
            by=None,
        )
        row = AuditEntry.objects.of(programme).first()
    return {"entry": row.pk}


def entry_with_text(programme: Programme) -> dict[str, Any]:
    """An entry that holds a text."""
    board = builders.make_board(programme=programme, slug=f"said-{next(_numbers)}")
    save_board(board=board, values={"remit": "Said once."}, by=None)
    return {"entry": AuditEntry.objects.of(programme).filter(object_id=board.pk).latest("pk").pk}


def year(programme: Programme) -> dict[str, Any]:
    return {"year": find_year(programme).slug}


def empty_year(programme: Programme) -> dict[str, Any]:
    """A year for which nothing is entered."""
    days = date(1000 + next(_numbers), 4, 1)
    return {"year": builders.make_year(programme=programme, starts_on=days).slug}


def category_row(programme: Programme) -> CostCategory:
    return builders.make_category(programme=programme, slug=_ref())


def source_row(programme: Programme) -> FundingSource:
    organisation = find_organisation(programme)
    return builders.make_source(programme=programme, slug=_ref(), organisation=organisation)


def line(sources: str = "both") -> At:
    """A line that only the police pays for ("police"), or fire ("fire"), or everybody ("both")."""

    def at(programme: Programme) -> dict[str, Any]:
        where = find_year(programme)
        if _is_example(programme) and sources != "both":
            carrier = find_source(programme, sources)
            found = [
                row
                for row in BudgetLine.objects.filter(year=where)
                if carriers(row) == {carrier.slug}
            ]
            row = (
                found[0]
                if found
                else builders.make_line(year=where, fixed={carrier: Decimal(100_000)})
            )
        else:
            row = BudgetLine.objects.filter(year=where).first() or builders.make_line(year=where)
        return {"year": where.slug, "line": row.ref}

    return at


def carriers(row: BudgetLine) -> set[str]:
    """Slugs of the sources that carry a line."""
    shared = row.split_rule.shares.all() if row.split_rule else []
    parts = [*row.fixed_funding.all(), *shared]
    return {part.source.slug for part in parts}


def grant(programme: Programme) -> dict[str, Any]:
    row = Grant.objects.of(programme).first()
    return {"grant": (row or builders.make_grant(year=find_year(programme))).slug}


def grant_return(programme: Programme) -> dict[str, Any]:
    row = GrantReturn.objects.filter(grant__programme=programme).first()
    row = row or GrantReturn.objects.create(
        grant=builders.make_grant(year=find_year(programme)), name="Return"
    )
    return {"grant": row.grant.slug, "grant_return": row.pk}


def contribution(source: str = "police") -> At:
    def at(programme: Programme) -> dict[str, Any]:
        where, whose = find_year(programme), find_source(programme, source)
        PlannedContribution.objects.get_or_create(
            year=where, source=whose, defaults={"amount_pounds": 1, "amount_certainty": "exact"}
        )
        return {"year": where.slug, "source": whose.slug}

    return at


def split_rule(source: str = "police") -> At:
    """A rule by which this source carries all."""

    def at(programme: Programme) -> dict[str, Any]:
        return {"rule": builders.make_split_rule(shares={find_source(programme, source): 100}).slug}

    return at


def withdrawn_rule(programme: Programme) -> dict[str, Any]:
    rule = builders.make_split_rule(shares={find_source(programme): 100})
    SplitRule.objects.filter(pk=rule.pk).update(withdrawn_on=_LONG_AGO)
    return {"rule": rule.slug}


def benefit(owner: str = POLICE) -> At:
    def at(programme: Programme) -> dict[str, Any]:
        found = Benefit.objects.of(programme).filter(withdrawn_on__isnull=True)
        if _is_example(programme):
            whose = Organisation.objects.of(programme).get(slug=owner)
            row = found.filter(owner_organisation=whose, project__isnull=True).first()
            row = row or builders.make_benefit(
                programme=programme, owner_organisation=whose, ref=_ref()
            )
        else:
            row = found.first() or builders.make_benefit(programme=programme)
        return {"benefit": row.ref}

    return at


def profile(owner: str = POLICE) -> At:
    """A year's figures of a benefit, with a realised value that nobody has validated."""

    def at(programme: Programme) -> dict[str, Any]:
        ref = benefit(owner)(programme)["benefit"]
        row = Benefit.objects.get(programme=programme, ref=ref)
        first = FinancialYear.objects.of(programme).aggregate(first=Min("starts_on"))["first"]
        earlier = date((first or date(1990, 4, 1)).year - 2, 4, 1)
        when = builders.make_year(programme=programme, starts_on=earlier)
        builders.make_profile(benefit=row, year=when, realised=Amount.exact(1))
        return {"benefit": ref, "year": when.slug}

    return at


def cost(led_by: str = POLICE) -> At:
    """What a project of the organisation is thought to cost, as stated in the open period."""

    def at(programme: Programme) -> dict[str, Any]:
        where = find_project(programme, led_by)
        row = CostEstimate.objects.create(
            project=where,
            period=find_period(programme),
            label=f"Estimate {next(_numbers)}",
            amount_pounds=1,
            amount_certainty="exact",
        )
        return {"project": where.ref, "estimate": row.pk}

    return at


def published(programme: Programme) -> dict[str, Any]:
    row = PublishedFigure.objects.of(programme).first()
    row = row or PublishedFigure.objects.create(
        year=find_year(programme), document="A paper", pounds=1
    )
    return {"year": row.year.slug, "figure": row.pk}


def template_row(programme: Programme) -> PaperTemplate:
    """A template of a board that the example's secretary keeps; another programme gets another."""
    if _is_example(programme):
        return PaperTemplate.objects.of(programme).get(slug="strategic-board")
    row = install_template(
        programme=programme, builtin="strategic-board", board=find_board(programme), by=None
    )
    PaperTemplate.objects.filter(pk=row.pk).update(slug=_ref())  # a word that the example has not
    row.refresh_from_db()
    return row


def draft_paper(board: str = KEPT_BOARD) -> At:
    """A draft of a paper: of a board that the example's secretary keeps, or of another one, which
    gets the paper of one of theirs."""

    def at(programme: Programme) -> dict[str, Any]:
        template = template_row(programme)
        if _is_example(programme) and board != KEPT_BOARD:
            template = PaperTemplate.objects.of(programme).get(slug="quarterly-scrutiny")
            PaperTemplate.objects.filter(pk=template.pk).update(board=find_board(programme, board))
        period = empty_period(programme)["period"]
        Paper.objects.create(
            template=template,
            period=programme.periods.get(slug=period),
            board=PaperTemplate.objects.get(pk=template.pk).board,
            title="Made",
        )
        return {"template": template.slug, "period": period}

    return at


def paper(programme: Programme) -> dict[str, Any]:
    """A paper of the example; another programme's address is one that nobody has."""
    row = Paper.objects.of(programme).first()
    if row is None:
        return {"template": "no-such-template", "period": "no-such-period"}
    return {"template": row.template.slug, "period": row.period.slug}


def file_in_the_making(programme: Programme) -> dict[str, Any]:
    """A paper's file that is ready; another programme's is one that nobody has."""
    row = Paper.objects.of(programme).first()
    if row is None:
        return {**paper(programme), "file": "no-such-file"}
    file, _ = RenderedFile.objects.get_or_create(
        key="ready",
        defaults={
            "paper": row,
            "name": "ready.pdf",
            "state": RenderedFile.State.DONE,
            "content": b"%PDF-",
            "requested_by": User.objects.order_by("pk").first(),
        },
    )
    return {**paper(programme), "file": file.key}
