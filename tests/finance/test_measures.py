"""What is measured of a project's money and benefits, to propose ratings from."""

from datetime import date

import pytest

from finance.measures import of_target, over_budget
from finance.models import Actual, CostEstimate
from programme.common.values import Amount
from tests import builders

pytestmark = pytest.mark.django_db
DAY = date(2019, 3, 15)


@pytest.fixture
def line():
    year = builders.make_year()
    project = builders.make_project(programme=year.programme)
    return builders.make_line(year=year, project=project)


def estimate(line, amount: Amount, as_at: date = DAY, **values) -> None:
    programme = line.year.programme
    period = programme.periods.filter(as_at=as_at).first()
    period = period or builders.make_period(programme=programme, as_at=as_at)
    CostEstimate.objects.create(project=line.project, period=period, amount=amount, **values)


def test_what_it_is_thought_to_cost_is_held_against_its_budget(line):
    estimate(line, Amount.exact(90_000), date(2018, 12, 31))
    estimate(line, Amount.exact(120_000))
    found = over_budget(line.project, DAY)
    assert (found.value, found.figure) == (20, "20% over budget")
    assert "£120,000, as stated in March 2019, against a budget of £100,000" in found.working
    assert over_budget(line.project, date(2019, 1, 31)).figure == "10% under budget"


def test_a_cost_a_year_is_held_against_the_year(line):
    later = builders.make_year(programme=line.year.programme, starts_on=date(2019, 4, 1))
    builders.make_line(year=later, project=line.project, amount=Amount.exact(500_000))
    estimate(line, Amount.exact(110_000), term=CostEstimate.Term.YEARLY)
    assert over_budget(line.project, DAY).figure == "10% over budget"
    estimate(line, Amount.exact(1), label="Once")
    assert over_budget(line.project, DAY) is None, "one and the other do not add up"


@pytest.mark.parametrize(("spent", "figure"), [(100_400, "0.4% over budget"), (99_000, None)])
def test_without_an_estimate_what_was_overspent_counts(line, spent, figure):
    source = builders.make_source(programme=line.year.programme)
    Actual.objects.create(line=line, source=source, month=date(2018, 5, 1), pounds=spent)
    found = over_budget(line.project, DAY)
    assert (found.figure if found else None) == figure


def test_what_is_to_be_confirmed_proposes_nothing(line):
    estimate(line, Amount.tbc())
    assert over_budget(line.project, DAY) is None


def test_a_programme_that_keeps_no_money_measures_none(line):
    estimate(line, Amount.exact(120_000))
    line.project.programme.keeps_money = False
    assert over_budget(line.project, DAY) is None
    assert of_target(line.project, DAY) is None


def test_of_benefits_the_class_furthest_behind_counts(line):
    for kind, forecast in (
        ("cash_releasing", 80_000),
        ("quantifiable", 95_000),
        ("disbenefit", 1_000),
    ):
        benefit = builders.make_benefit(
            programme=line.year.programme, project=line.project, benefit_class=kind
        )
        target, expected = Amount.exact(100_000), Amount.exact(forecast)
        builders.make_profile(benefit=benefit, target=target, forecast=expected)
    found = of_target(line.project, DAY)
    assert (found.value, found.figure) == (80, "80% of target")
    assert found.working.startswith("cash-releasing benefits are forecast at £80,000 of £100,000")


def test_without_targets_benefits_propose_nothing(line):
    benefit = builders.make_benefit(programme=line.year.programme, project=line.project)
    builders.make_profile(benefit=benefit, forecast=Amount.exact(100_000))
    assert of_target(line.project, DAY) is None
