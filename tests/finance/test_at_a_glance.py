"""The money at a glance says what the full positions say, in fewer queries."""

from datetime import date
from decimal import Decimal

import pytest

from finance.models import Benefit, BenefitProfile, FinancialYear
from finance.selectors import benefit_position, budget_position
from finance.selectors.at_a_glance import benefits_at_a_glance, funding_at_a_glance
from programme.common.values import Amount
from programme.models import Programme
from tests.builders import (
    make_benefit,
    make_grant,
    make_line,
    make_organisation,
    make_profile,
    make_programme,
    make_project,
    make_source,
    make_split_rule,
    make_user,
    make_year,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", params=["essex", "northmere"])
def name(request):
    """The slug of an example that is in the database."""
    request.getfixturevalue(request.param)
    return request.param


def test_every_year_agrees_with_its_full_position(name, django_assert_num_queries):
    programme = Programme.objects.get(slug=name)
    years = FinancialYear.objects.of(programme)
    assert years
    for year in years:
        full = budget_position(year)
        with django_assert_num_queries(3):
            glance = funding_at_a_glance(programme, day=year.starts_on)
        assert (glance.variance, glance.sources) == (full.variance, full.sources)


def test_benefits_agree_with_the_register(name, django_assert_num_queries):
    programme = Programme.objects.get(slug=name)
    full = benefit_position(programme)
    with django_assert_num_queries(1):
        glance = benefits_at_a_glance(programme)
    assert (glance.programme, glance.projects) == (full.programme, full.projects)


def test_fixed_funding_shares_grants_and_gaps_agree_as_well():
    year = make_year()
    programme = year.programme
    fire, police, grant = (make_source(programme=programme) for _ in range(3))
    for amount in (10_000, 25_000):
        make_grant(year=year, source=grant, amount=Amount.exact(amount))
    thirds = make_split_rule(shares={fire: "33.33", police: "66.67"})
    make_line(year=year, amount=Amount.exact("100.01"), split_rule=thirds)
    make_line(
        year=year,
        amount=Amount.exact(90),
        fixed={grant: Decimal(40), fire: Decimal(7)},
        split_rule=thirds,
    )
    make_line(year=year, amount=Amount.exact(500), fixed={grant: Decimal(100)})
    make_line(year=year, amount=Amount.tbc(), split_rule=thirds)
    full = budget_position(year)
    glance = funding_at_a_glance(programme, day=year.starts_on)
    assert glance.variance == full.variance
    assert [each.slug for each in glance.sources][-1] == "unfunded"


def test_the_newest_year_stands_in_where_none_holds_the_day():
    programme = make_programme()
    assert funding_at_a_glance(programme, day=date(2018, 6, 1)) is None
    make_year(programme=programme, starts_on=date(2016, 4, 1))
    make_year(programme=programme, starts_on=date(2017, 4, 1))
    assert funding_at_a_glance(programme, day=date(2016, 6, 1)).year == "2016/17"
    assert funding_at_a_glance(programme, day=date(2018, 6, 1)).year == "2017/18"


def test_what_waits_for_validation_names_the_bodies_that_may():
    programme = make_programme()
    owner = make_organisation(programme=programme)
    project = make_project(programme=programme)
    benefit = make_benefit(
        programme=programme, project=project, owner_organisation=owner, name="Fewer buildings"
    )
    make_profile(benefit=benefit, realised=Amount.exact(100))
    make_profile(benefit=make_benefit(programme=programme), target=Amount.exact(100))
    (waiting,) = benefits_at_a_glance(programme).unvalidated
    assert waiting.name == "Fewer buildings"
    assert waiting.owners == {owner.pk, project.lead_organisation_id}
    assert (waiting.is_for(1, {owner.pk, None}), waiting.is_for(1, {None})) == (True, False)
    author = make_user()
    BenefitProfile.objects.update(realised_changed_by=author)
    (waiting,) = benefits_at_a_glance(programme).unvalidated
    assert not waiting.is_for(author.pk, {owner.pk})
    Benefit.objects.update(withdrawn_on=date(2019, 1, 1))
    assert benefits_at_a_glance(programme).unvalidated == ()
