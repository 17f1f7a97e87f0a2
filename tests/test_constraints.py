"""The rules that the database itself keeps, whatever the code does: each broken once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from finance.models import Actual, Benefit, BenefitProfile, BudgetLine, CostEstimate, SplitShare
from programme.models import (
    Board,
    Dimension,
    Organisation,
    RatingLevel,
    ReportingPeriod,
    RoleAssignment,
)
from projects.models import MilestoneChange, Project, Rating, Risk, RiskAssessment, StatusUpdate
from reports.models import PaperSection
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def again(row: models.Model) -> models.Model:
    """The same row once more."""
    row.pk = None
    row._state.adding = True
    return row


def changed(row: models.Model, **values: object) -> models.Model:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def first(model: type[models.Model], **filters: object) -> models.Model:
    return model._default_manager.filter(**filters).order_by("pk")[0]


def confirmed_by(whom: str) -> RoleAssignment:
    row = changed(first(RoleAssignment), granted_by=make_user())
    return changed(row, confirmed_by=getattr(row, whom))


def validated_by_its_author(did: str) -> BenefitProfile:
    row = first(BenefitProfile, validated_by__isnull=False)
    return changed(row, **{f"realised_{did}_by": row.validated_by})


BREACHES: dict[str, Callable[[], models.Model]] = {
    "two updates of a project in a period": lambda: again(first(StatusUpdate)),
    "two ratings of a dimension in an update": lambda: again(first(Rating)),
    "a project that ends before it starts": lambda: changed(
        first(Project), starts_on=date(2019, 2, 1), ends_on=date(2019, 1, 1)
    ),
    "a project that is part of itself": lambda: (lambda project: changed(project, parent=project))(
        first(Project)
    ),
    "a withdrawal without its reason": lambda: changed(
        first(Project), withdrawn_on=date(2019, 1, 1)
    ),
    "a period that starts after its as-at date": lambda: changed(
        first(ReportingPeriod), starts_on=date(2030, 1, 1)
    ),
    "a board that reports to itself": lambda: (lambda board: changed(board, reports_to=board))(
        first(Board)
    ),
    "two overall dimensions": lambda: changed(first(Dimension, is_overall=False), is_overall=True),
    "two levels of a scale at one rank": lambda: changed(first(RatingLevel, rank=1), rank=2),
    "an exact amount without a value": lambda: changed(
        first(BudgetLine, amount_certainty="exact"), amount_pounds=None
    ),
    "a TBC amount with a value": lambda: changed(
        first(BudgetLine, amount_certainty="tbc"), amount_pounds=Decimal(1)
    ),
    "a negative budget line": lambda: changed(
        first(BudgetLine, amount_certainty="exact"), amount_pounds=Decimal(-1)
    ),
    "a share above the whole": lambda: changed(first(SplitShare), percent=Decimal("100.01")),
    "an actual in mid-month": lambda: changed(first(Actual), month=date(2018, 3, 2)),
    "two actuals of a line, source and month": lambda: again(first(Actual)),
    "an estimate over an unstated number of years": lambda: changed(
        first(CostEstimate), term="over_years", years=None
    ),
    "an estimate over one year": lambda: changed(first(CostEstimate), term="over_years", years=1),
    "a second whole life of a benefit": lambda: again(first(BenefitProfile, year=None)),
    "a validation without a value": lambda: changed(
        first(BenefitProfile, validated_by__isnull=False),
        realised_pounds=None,
        realised_certainty="tbc",
    ),
    "a validation by whoever entered the value": lambda: validated_by_its_author("entered"),
    "a validation by whoever changed the value": lambda: validated_by_its_author("changed"),
    "a role confirmed by who holds it": lambda: confirmed_by("user"),
    "a role confirmed by who gave it": lambda: confirmed_by("granted_by"),
    "a role with a second person and no day": lambda: changed(
        first(RoleAssignment), confirmed_by=make_user(), confirmed_at=None
    ),
    "a re-baseline that no board approved": lambda: changed(
        first(MilestoneChange), kind="rebaseline", approved_by=None
    ),
    "a risk off the matrix": lambda: changed(first(Risk), inherent_impact=11),
    "half a target score": lambda: changed(first(Risk), target_likelihood=2, target_impact=None),
    "an assessment off the matrix": lambda: changed(first(RiskAssessment), likelihood=0),
    "a section withheld without its ground": lambda: changed(
        first(PaperSection), is_public=False, withheld_ground=""
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses(essex, name):
    row = BREACHES[name]()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "row",
    [
        lambda: first(Organisation, led_projects__isnull=False),
        lambda: first(Project, updates__isnull=False),
        lambda: first(ReportingPeriod, updates__isnull=False),
        lambda: first(RatingLevel, ratings__isnull=False),
        lambda: first(Benefit, profile__isnull=False),
        lambda: first(BudgetLine, actuals__isnull=False),
    ],
    ids=["organisation", "project", "period", "level", "benefit", "line"],
)
def test_what_others_refer_to_cannot_be_deleted(essex, row):
    with pytest.raises(ProtectedError):
        row().delete()
