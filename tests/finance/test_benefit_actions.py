"""Benefits, contributions, grants and estimates: the rules beside what the record's test covers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from finance.actions import (
    save_benefit,
    save_benefit_profile,
    save_budget_line,
    save_contribution,
    save_cost_estimate,
    save_grant,
    save_grant_return,
    save_published_figure,
    save_split_rule,
    validate_realised,
    withdraw_benefit,
)
from finance.models import (
    Benefit,
    BenefitProfile,
    BudgetLine,
    CostEstimate,
    Grant,
    GrantReturn,
    PlannedContribution,
    PublishedFigure,
    SplitRule,
)
from programme.common.values import Amount
from programme.models import AuditEntry
from programme.writing import StaleVersion
from tests.builders import (
    make_benefit,
    make_category,
    make_grant,
    make_line,
    make_organisation,
    make_period,
    make_profile,
    make_programme,
    make_project,
    make_source,
    make_split_rule,
    make_user,
    make_year,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def year(programme):
    return make_year(programme=programme)


@pytest.fixture
def closed(programme):
    return make_year(programme=programme, starts_on=date(2017, 4, 1), state="closed")


def refused(action, /, *fields, by=None, **given) -> list[str]:
    """The messages with which an action refuses, all at the given fields."""
    with pytest.raises(ValidationError) as raised:
        action(**given, by=by)
    assert sorted(raised.value.message_dict) == sorted(fields)
    return [text for texts in raised.value.message_dict.values() for text in texts]


# --- benefits -----------------------------------------------------------------------------------


def test_benefits_are_numbered_on(programme):
    make_benefit(programme=programme, ref="b04")
    values = {"name": "Less rent", "benefit_class": "cash_releasing"}
    benefit = save_benefit(benefit=Benefit(programme=programme), values=values, by=None)
    assert benefit.ref == "b05"


def test_a_benefit_is_of_a_project_of_its_programme(programme):
    benefit = make_benefit(programme=programme)
    refused(save_benefit, "project", benefit=benefit, values={"project": make_project()})


def test_the_class_of_a_validated_value_does_not_change(programme):
    benefit = make_benefit(programme=programme)
    profile = make_profile(benefit=benefit, realised=Amount.exact(100))
    save_benefit(benefit=benefit, values={"benefit_class": "non_cash_releasing"}, by=None)
    validate_realised(profile=profile, validated_on=date(2019, 4, 30), by=make_user())
    refused(
        save_benefit, "benefit_class", benefit=benefit, values={"benefit_class": "cash_releasing"}
    )
    save_benefit(benefit=benefit, values={"name": "Less rent"}, by=None)


def test_a_withdrawn_benefit_stays_as_it_is():
    benefit = make_benefit()
    profile = make_profile(benefit=benefit, realised=Amount.exact(100))
    withdrawn = withdraw_benefit(benefit=benefit, reason="Counted elsewhere.", by=None)
    assert withdrawn.withdrawn_on == timezone.localdate()
    for change in (
        lambda: save_benefit(benefit=benefit, values={"name": "x"}, by=None),
        lambda: withdraw_benefit(benefit=benefit, reason="x", by=None),
        lambda: save_benefit_profile(profile=profile, values={"target": Amount.tbc()}, by=None),
        lambda: validate_realised(profile=profile, validated_on=date(2019, 4, 30), by=make_user()),
    ):
        with pytest.raises(ValidationError, match="This benefit was withdrawn"):
            change()


def test_a_benefit_has_one_profile_a_year_and_one_of_its_whole_life(programme, year):
    benefit = make_benefit(programme=programme)
    for of in (year, None):
        new = {"profile": BenefitProfile(benefit=benefit, year=of)}
        save_benefit_profile(**new, values={"target": Amount.exact(1)}, by=None)
        second = BenefitProfile(benefit=benefit, year=of)
        with pytest.raises(ValidationError, match="There is already a benefit profile"):
            save_benefit_profile(profile=second, values={"target": Amount.exact(1)}, by=None)
    assert benefit.profile.count() == 2


def test_a_realised_value_that_changes_is_validated_again():
    lead = make_user()
    profile = make_profile(target=Amount.exact(900), realised=Amount.exact(500))
    validate_realised(profile=profile, validated_on=date(2019, 4, 30), by=lead)
    kept = save_benefit_profile(profile=profile, values={"target": Amount.exact(1000)}, by=lead)
    assert kept.validated_by == lead
    values = {"realised": Amount.exact(600)}
    changed = save_benefit_profile(profile=profile, values=values, by=lead)
    assert (changed.validated_by, changed.validated_on) == (None, None)
    entry = AuditEntry.objects.first()
    assert entry.before["validated_on"] == "2019-04-30"
    assert entry.after == {
        "realised": "£600.00",
        "realised_changed_by": str(lead),
        "validated_by": None,
        "validated_on": None,
    }


def test_whoever_entered_a_realised_value_or_changed_it_last_does_not_validate_it():
    first, second, third = make_user(), make_user(), make_user()

    def enter(by, pounds):
        values = {"realised": Amount.exact(pounds) if pounds else Amount.tbc()}
        save_benefit_profile(profile=profile, values=values, by=by)

    def may(by):
        profile.refresh_from_db()
        try:
            with transaction.atomic():
                validate_realised(profile=profile, validated_on=date(2019, 4, 30), by=by)
                transaction.set_rollback(True)
        except ValidationError as error:
            return "somebody else validates it" not in str(error)
        return True

    profile = make_profile(target=Amount.exact(900))
    enter(first, 500)
    assert [may(each) for each in (first, second, third)] == [False, True, True]
    save_benefit_profile(profile=profile, values={"target": Amount.exact(1)}, by=third)
    assert [may(each) for each in (first, second, third)] == [False, True, True]
    enter(second, 600)
    assert [may(each) for each in (first, second, third)] == [False, False, True]
    enter(second, None)
    enter(third, 600)
    assert [may(each) for each in (first, second, third)] == [True, True, False]
    new = BenefitProfile(
        benefit=profile.benefit, year=make_year(programme=profile.benefit.programme)
    )
    values = {"realised": Amount.circa(5)}
    profile = save_benefit_profile(profile=new, values=values, by=first)
    assert [may(each) for each in (first, second)] == [False, True]
    enter(None, 7)
    assert [may(each) for each in (first, second)] == [False, True]


def test_only_a_person_validates_and_only_what_is_there():
    given = {"validated_on": date(2019, 4, 30)}
    profile = make_profile(realised=Amount.exact(500))
    with pytest.raises(ValidationError, match="by a person"):
        validate_realised(profile=profile, **given, by=None)
    refused(validate_realised, "realised", profile=make_profile(), **given, by=make_user())
    validate_realised(profile=profile, **given, by=make_user())
    with pytest.raises(ValidationError, match="has validated this value already"):
        validate_realised(profile=profile, **given, by=make_user())


def test_whoever_validates_must_have_seen_the_value():
    profile = make_profile(realised=Amount.exact(500))
    save_benefit_profile(profile=profile, values={"realised": Amount.exact(5000)}, by=None)
    with pytest.raises(StaleVersion):
        validate_realised(
            profile=profile, validated_on=date(2019, 4, 30), expected_version=1, by=make_user()
        )


# --- a year that is closed ----------------------------------------------------------------------


def test_a_person_does_not_change_the_budget_of_a_closed_year(programme, closed):
    office, source = make_user(), make_source(programme=programme)
    line = make_line(year=closed)
    message = "The year 2017/18 is closed"
    with pytest.raises(ValidationError, match=message):
        save_budget_line(
            line=line, values={"description": "Other", "amount": Amount.exact(1)}, by=office
        )
    contribution = PlannedContribution(year=closed, source=source)
    with pytest.raises(ValidationError, match=message):
        save_contribution(contribution=contribution, values={"amount": Amount.tbc()}, by=office)
    grant = make_grant(year=closed, source=make_source(programme=programme, kind="grant"))
    with pytest.raises(ValidationError, match=message):
        save_grant(grant=grant, values={"amount": Amount.exact(1)}, by=office)
    save_grant(grant=grant, values={"purpose": "Vehicles"}, by=office)
    assert save_contribution(contribution=contribution, values={"amount": Amount.tbc()}, by=None).pk


def test_what_an_old_paper_printed_is_recorded_for_a_closed_year(closed):
    values = {"document": "Outturn 2017/18", "pounds": Decimal("622485")}
    figure = save_published_figure(
        figure=PublishedFigure(year=closed), values=values, by=make_user()
    )
    assert figure.pounds == 622485
    refused(
        save_published_figure,
        "document",
        figure=PublishedFigure(year=closed),
        values={"pounds": Decimal(1)},
    )


def test_a_published_figure_is_of_the_programme_s_own_words(year):
    values = {"document": "Paper", "pounds": Decimal(1), "category": make_category()}
    refused(save_published_figure, "category", figure=PublishedFigure(year=year), values=values)


# --- contributions and grants -------------------------------------------------------------------


def test_a_contribution_is_of_a_source_of_the_programme(year):
    theirs = PlannedContribution(year=year, source=make_source())
    refused(save_contribution, "source", contribution=theirs, values={"amount": Amount.exact(1)})


def test_the_award_of_a_grant_is_its_budget(programme, year):
    source = make_source(programme=programme, kind="grant")
    row = PlannedContribution(year=year, source=source)
    refused(save_contribution, "source", contribution=row, values={"amount": Amount.exact(1)})


def test_unknown_zero_and_not_applicable_stay_three_values(programme, year):
    source = make_source(programme=programme)
    row = PlannedContribution(year=year, source=source)
    for amount in (Amount.tbc(), Amount.exact(0), Amount.not_applicable()):
        row = save_contribution(contribution=row, values={"amount": amount}, by=None)
        row.refresh_from_db()
        assert row.amount == amount
    assert row.version == 3
    refused(save_contribution, "amount", contribution=row, values={"amount": Amount.exact(-1)})


def test_a_grant_has_a_source_of_its_kind_or_none(programme, year):
    values = {
        "slug": "ope",
        "name": "One estate",
        "year": year,
        "awarded_by": make_organisation(programme=programme),
        "amount": Amount.exact(100_000),
    }
    grant = save_grant(grant=Grant(programme=programme), values=values, by=None)
    refused(save_grant, "source", grant=grant, values={"source": make_source(programme=programme)})
    refused(save_grant, "year", grant=grant, values={"year": make_year()})
    refused(save_grant, "projects", grant=grant, values={"projects": [make_project()]})


def test_a_return_has_a_name_of_its_own(year):
    grant = make_grant(year=year)
    values = {"name": "End of year", "due_on": date(2019, 4, 30)}
    save_grant_return(grant_return=GrantReturn(grant=grant), values=values, by=None)
    refused(save_grant_return, "name", grant_return=GrantReturn(grant=grant), values=values)


# --- estimates ----------------------------------------------------------------------------------


def test_an_estimate_over_years_says_how_many(programme):
    project, period = make_project(programme=programme), make_period(programme=programme)
    values = {"amount": Amount.exact(1_320_000), "term": "over_years"}
    new = {"estimate": CostEstimate(project=project, period=period)}
    refused(save_cost_estimate, "years", **new, values=values)
    refused(save_cost_estimate, "years", **new, values=values | {"years": 1})
    refused(save_cost_estimate, "years", **new, values=values | {"term": "yearly", "years": 2})
    assert save_cost_estimate(**new, values=values | {"years": 2}, by=None).years == 2


def test_an_estimate_of_a_closed_period_is_history(programme):
    project = make_project(programme=programme)
    period = make_period(programme=programme, state="closed")
    row = CostEstimate(project=project, period=period)
    with pytest.raises(ValidationError, match="The period March 2019 is closed"):
        save_cost_estimate(estimate=row, values={"amount": Amount.tbc()}, by=None)


def test_an_estimate_is_of_one_programme(programme):
    row = CostEstimate(project=make_project(programme=programme), period=make_period())
    refused(save_cost_estimate, "period", estimate=row, values={"amount": Amount.tbc()})


# --- budget lines and split rules saved from a page ---------------------------------------------


def test_a_line_saved_over_another_s_change_shows_both(year):
    line = make_line(year=year)
    at_first = {"line": line, "expected_version": 1, "by": None}
    save_budget_line(values={"amount": Amount.exact(90_000)}, **at_first)
    with pytest.raises(StaleVersion) as raised:
        save_budget_line(values={"amount": Amount.tbc()}, **at_first)
    assert raised.value.differing == ["amount"]
    assert raised.value.theirs["amount"] == "£90,000.00"
    assert raised.value.yours["amount"] == "TBC"


def test_a_new_line_or_rule_never_takes_the_place_of_one_that_is_there(year, programme):
    line, source = make_line(year=year), make_source(programme=programme)
    rule = make_split_rule(shares={source: 100})
    values = {
        "description": line.description,
        "category": line.category,
        "amount": line.amount,
        "split_rule": rule,
    }
    second = save_budget_line(line=BudgetLine(year=year), values=values, by=None)
    assert second.ref not in ("", line.ref)
    assert second.order > line.order
    shares = {source: Decimal(100)}
    other = save_split_rule(
        rule=SplitRule(programme=programme), values={"name": rule.name, "shares": shares}, by=None
    )
    assert other.slug not in ("", rule.slug)
    with pytest.raises(ValidationError):
        save_budget_line(line=BudgetLine(year=year), values=values | {"ref": line.ref}, by=None)


def test_fixed_funding_alone_is_a_change_of_the_line(year, programme):
    line, source = make_line(year=year), make_source(programme=programme, name="Fire")
    fixed = {source: Decimal("10.50")}
    saved = save_budget_line(line=line, values={"fixed": fixed}, by=None)
    assert saved.version == 2
    entry = AuditEntry.objects.first()
    assert (entry.before, entry.after) == ({"fixed": {}}, {"fixed": {"Fire": "£10.50"}})
