"""Builders of stored rows for tests: each makes one row that the model accepts, and what it needs.

Every field has a default; keyword arguments override them and pass through to the model. Names
count up, so that two calls never clash.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from finance.actions import save_budget_line, save_split_rule
from finance.models import (
    Benefit,
    BenefitProfile,
    BudgetLine,
    CostCategory,
    FinancialYear,
    FundingSource,
    Grant,
    SplitRule,
)
from programme.common.values import Amount
from programme.models import (
    Board,
    BoardMember,
    Dimension,
    Meeting,
    Organisation,
    Person,
    Programme,
    RatingLevel,
    RatingScale,
    ReportingPeriod,
    RiskLevel,
    RiskScheme,
    RoleAssignment,
    Stage,
    User,
)
from projects.actions import begin_risk_scheme
from projects.choices import ChangeKind
from projects.models import (
    Action,
    Milestone,
    MilestoneChange,
    Project,
    Rating,
    Risk,
    RiskAssessment,
    StatusUpdate,
    Workstream,
)

AS_AT = date(2019, 3, 15)
"""The as-at date of a period unless another is given."""

PASSWORD = "correct horse battery"

_numbers = count(1)


def make_organisation(*, programme: Programme | None = None, **values: Any) -> Organisation:
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"organisation-{number}",
        "name": f"Organisation {number}",
        "short_name": f"Org {number}",
        "kind": Organisation.Kind.POLICE,
    }
    return _made(Organisation, defaults, values)


def make_programme(**values: Any) -> Programme:
    """A programme with an organisation that hosts it."""
    number = next(_numbers)
    defaults = {
        "slug": f"programme-{number}",
        "name": f"Programme {number}",
        "short_name": f"Programme {number}",
    }
    programme = _made(Programme, defaults, values)
    programme.host = make_organisation(programme=programme)
    programme.save()
    return programme


def make_user(
    *, programme: Programme | None = None, role: str = "", board: Board | None = None, **values: Any
) -> User:
    """Somebody who can sign in with ``PASSWORD``; with ``programme`` and ``role`` (a word of
    RoleAssignment.Role) they hold it there, for the programme's host where it needs a body."""
    number = next(_numbers)
    defaults = {"email": f"person{number}@example.org", "name": f"Person {number}"}
    user = User(**(defaults | values))
    user.set_password(PASSWORD)
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if programme is not None:
        roles = RoleAssignment.Role
        make_role(
            user=user,
            programme=programme,
            role=role or roles.OFFICE,
            organisation=programme.host if role == roles.FINANCE else None,
            board=board,
        )
    return user


def make_person(*, user: User, programme: Programme, **values: Any) -> Person:
    """Somebody in a programme, whose invitation they accepted."""
    defaults = {
        "user": user,
        "programme": programme,
        "email": user.email,
        "name": user.name,
        "accepted_at": timezone.now(),
    }
    return _made(Person, defaults, values)


def make_role(*, user: User, programme: Programme, **values: Any) -> RoleAssignment:
    """A confirmed role of somebody who is in the programme, the office's unless it says
    otherwise."""
    if not Person.objects.filter(user=user, programme=programme).exists():
        make_person(user=user, programme=programme)
    defaults = {
        "user": user,
        "programme": programme,
        "role": RoleAssignment.Role.OFFICE,
        "confirmed_at": timezone.now(),
    }
    return _made(RoleAssignment, defaults, values)


def make_board(*, programme: Programme | None = None, **values: Any) -> Board:
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"board-{number}",
        "name": f"Board {number}",
        "short_name": f"Board {number}",
        "kind": Board.Kind.STRATEGIC,
    }
    return _made(Board, defaults, values)


def make_member(*, board: Board | None = None, **values: Any) -> BoardMember:
    number = next(_numbers)
    board = board or make_board()
    organisation = values.pop("organisation", None) or board.programme.host
    defaults = {"board": board, "post": f"Post {number}", "organisation": organisation}
    return _made(BoardMember, defaults, values)


def make_meeting(*, board: Board | None = None, **values: Any) -> Meeting:
    defaults = {"board": board or make_board(), "held_on": date(2019, 3, 28)}
    return _made(Meeting, defaults, values)


def make_period(*, programme: Programme | None = None, **values: Any) -> ReportingPeriod:
    """A period of 90 days up to ``as_at``, named after it."""
    as_at = values.pop("as_at", AS_AT)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"{as_at:%Y-%m}",
        "name": f"{as_at:%B %Y}",
        "starts_on": date.fromordinal(as_at.toordinal() - 90),
        "as_at": as_at,
        "state": ReportingPeriod.State.OPEN,
    }
    return _made(ReportingPeriod, defaults, values)


def make_scale(
    *,
    programme: Programme | None = None,
    levels: tuple[tuple[str, str, str, int | None], ...] = (
        ("G", "Green", "green", 1),
        ("A", "Amber", "amber", 2),
        ("R", "Red", "red", 3),
        ("N/A", "Not applicable", "grey", None),
    ),
    **values: Any,
) -> RatingScale:
    """A scale with its levels (code, word, colour, rank); amber and red need a reason."""
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"scale-{number}",
        "name": f"Scale {number}",
    }
    scale = _made(RatingScale, defaults, values)
    for order, (code, word, colour, rank) in enumerate(levels, 1):
        level = {"scale": scale, "code": code, "word": word, "colour": colour, "rank": rank}
        _made(RatingLevel, level | {"needs_reason": (rank or 0) > 1, "order": order}, {})
    return scale


def make_dimension(
    *, programme: Programme | None = None, scale: RatingScale | None = None, **values: Any
) -> Dimension:
    number = next(_numbers)
    programme = programme or (scale.programme if scale else make_programme())
    defaults = {
        "programme": programme,
        "slug": f"dimension-{number}",
        "name": f"Dimension {number}",
        "scale": scale or make_scale(programme=programme),
        "order": number,
    }
    return _made(Dimension, defaults, values)


def make_risk_scheme(*, programme: Programme | None = None, preset: str = "default") -> RiskScheme:
    """The programme's way to score risks, that of a preset where it has none yet."""
    programme = programme or make_programme()
    stored = RiskScheme.objects.filter(programme=programme).first()
    return stored or begin_risk_scheme(
        scheme=RiskScheme(programme=programme), preset=preset, by=None
    )


def make_risk_level(*, programme: Programme | None = None, **values: Any) -> RiskLevel:
    """A level above all that the programme has."""
    number = next(_numbers)
    programme = programme or make_programme()
    defaults = {
        "programme": programme,
        "slug": f"risk-level-{number}",
        "word": f"Risk level {number}",
        "colour": "red",
        "rank": programme.risk_levels.count() + 1,
    }
    return _made(RiskLevel, defaults, values)


def make_stage(*, programme: Programme | None = None, **values: Any) -> Stage:
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"stage-{number}",
        "name": f"Stage {number}",
        "kind": Stage.Kind.LIVE,
        "order": number,
    }
    return _made(Stage, defaults, values)


def make_workstream(*, programme: Programme | None = None, **values: Any) -> Workstream:
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"workstream-{number}",
        "name": f"Workstream {number}",
        "order": number,
    }
    return _made(Workstream, defaults, values)


def make_project(*, programme: Programme | None = None, **values: Any) -> Project:
    """A live project, in the programme's first workstream and at its first live stage, each made
    when there is none."""
    number = next(_numbers)
    programme = programme or make_programme()
    workstream = values.pop("workstream", None) or programme.workstreams.first()
    stage = values.pop("stage", None) or programme.stages.filter(kind=Stage.Kind.LIVE).first()
    defaults = {
        "programme": programme,
        "ref": f"p{number}",
        "name": f"Project {number}",
        "workstream": workstream or make_workstream(programme=programme),
        "lead_organisation": programme.host,
        "lead_post": "Project lead",
        "stage": stage or make_stage(programme=programme),
        "order": number,
    }
    return _made(Project, defaults, values)


def make_update(
    *,
    project: Project | None = None,
    period: ReportingPeriod | None = None,
    ratings: Mapping[Dimension, str] | None = None,
    **values: Any,
) -> StatusUpdate:
    """An accepted update. ``ratings`` gives dimensions the codes of their levels, each with a
    reason where its level needs one."""
    project = project or make_project()
    defaults = {
        "project": project,
        "period": period or make_period(programme=project.programme),
        "state": StatusUpdate.State.ACCEPTED,
        "status_line": "Going well.",
        "narrative": "<p>All that was planned has been done.</p>",
    }
    update = _made(StatusUpdate, defaults, values)
    for dimension, code in (ratings or {}).items():
        level = dimension.scale.levels.get(code=code)
        reason = "Because of the weather." if level.needs_reason else ""
        rating = {"update": update, "dimension": dimension, "level": level, "reason": reason}
        _made(Rating, rating, {})
    return update


def make_milestone(
    *, project: Project | None = None, day: date = date(2019, 6, 28), **values: Any
) -> Milestone:
    """A milestone set for ``day`` when its project began to be reported."""
    number = next(_numbers)
    defaults = {
        "project": project or make_project(),
        "name": f"Milestone {number}",
        "baseline_day": day,
        "forecast_day": day,
        "order": number,
    }
    milestone = _made(Milestone, defaults, values)
    change = {"milestone": milestone, "kind": ChangeKind.SET, "date_day": day}
    _made(MilestoneChange, change | {"stated_on": date(2019, 1, 2)}, {})
    return milestone


def make_risk(
    *, programme: Programme | None = None, score: tuple[int, int] = (3, 4), **values: Any
) -> Risk:
    """A risk assessed once, with the likelihood and impact of ``score``."""
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "ref": f"r{number}",
        "title": f"Risk {number}",
        "inherent_likelihood": score[0],
        "inherent_impact": score[1],
        "raised_on": date(2019, 1, 7),
    }
    risk = _made(Risk, defaults, values)
    assessment = {"risk": risk, "likelihood": score[0], "impact": score[1]}
    _made(RiskAssessment, assessment | {"assessed_on": risk.raised_on}, {})
    return risk


def make_action(*, board: Board | None = None, **values: Any) -> Action:
    """An open action that a board asked for in January 2019."""
    number = next(_numbers)
    board = board or make_board()
    defaults = {
        "programme": board.programme,
        "ref": f"a{number}",
        "text": f"Action {number}",
        "board": board,
        "owner_post": "Head of Estates",
        "raised_on": date(2019, 1, 7),
    }
    return _made(Action, defaults, values)


def make_year(*, programme: Programme | None = None, **values: Any) -> FinancialYear:
    """The financial year that starts on ``starts_on``, 1 April 2018 unless given."""
    starts_on = values.pop("starts_on", date(2018, 4, 1))
    ends_on = date.fromordinal(starts_on.replace(year=starts_on.year + 1).toordinal() - 1)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"{starts_on.year}-{(starts_on.year + 1) % 100:02d}",
        "label": f"{starts_on.year}/{(starts_on.year + 1) % 100:02d}",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "state": FinancialYear.State.AGREED,
    }
    return _made(FinancialYear, defaults, values)


def make_source(*, programme: Programme | None = None, **values: Any) -> FundingSource:
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"source-{number}",
        "name": f"Source {number}",
        "short_name": f"Source {number}",
        "kind": FundingSource.Kind.CONTRIBUTION,
        "order": number,
    }
    return _made(FundingSource, defaults, values)


def make_category(*, programme: Programme | None = None, **values: Any) -> CostCategory:
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "slug": f"category-{number}",
        "name": f"Category {number}",
        "order": number,
    }
    return _made(CostCategory, defaults, values)


def make_split_rule(
    *, shares: Mapping[FundingSource, int | str | Decimal], **values: Any
) -> SplitRule:
    """A rule of the sources' programme; shares are in percent and add up to 100."""
    number = next(_numbers)
    programme = next(iter(shares)).programme
    slug = values.get("slug", f"rule-{number}")
    stored = SplitRule.objects.filter(programme=programme, slug=slug).first()
    given = {
        "slug": slug,
        "name": f"Rule {number}",
        "shares": {source: Decimal(share) for source, share in shares.items()},
    }
    return save_split_rule(
        rule=stored or SplitRule(programme=programme), values=given | values, by=None
    )


def make_line(*, year: FinancialYear | None = None, **values: Any) -> BudgetLine:
    """A line of £100,000, carried wholly by one new source unless it says otherwise."""
    number = next(_numbers)
    year = year or make_year()
    if "split_rule" not in values and "fixed" not in values:
        values["split_rule"] = make_split_rule(shares={make_source(programme=year.programme): 100})
    category = values.pop("category", None) or make_category(programme=year.programme)
    defaults = {
        "ref": f"line-{number}",
        "description": f"Line {number}",
        "category": category,
        "amount": Amount.exact(100_000),
    }
    return save_budget_line(line=BudgetLine(year=year), values=defaults | values, by=None)


def make_grant(*, year: FinancialYear | None = None, **values: Any) -> Grant:
    """A grant of £100,000 held outside the budget unless it is given a source."""
    number = next(_numbers)
    year = year or make_year()
    defaults = {
        "programme": year.programme,
        "slug": f"grant-{number}",
        "name": f"Grant {number}",
        "year": year,
        "awarded_by": year.programme.host,
    }
    amount = values.pop("amount", Amount.exact(100_000))
    return _made(Grant, defaults | {"amount": amount}, values)


def make_benefit(*, programme: Programme | None = None, **values: Any) -> Benefit:
    number = next(_numbers)
    defaults = {
        "programme": programme or make_programme(),
        "ref": f"b{number}",
        "name": f"Benefit {number}",
        "benefit_class": Benefit.Class.CASH_RELEASING,
        "order": number,
    }
    return _made(Benefit, defaults, values)


def make_profile(*, benefit: Benefit | None = None, **values: Any) -> BenefitProfile:
    """The whole life of a benefit unless a year is given; amounts not given do not apply."""
    return _made(BenefitProfile, {"benefit": benefit or make_benefit()}, values)


def _made(model: Any, defaults: dict[str, Any], values: dict[str, Any]) -> Any:
    row = model(**(defaults | values))
    row.full_clean()
    row.save()
    return row
