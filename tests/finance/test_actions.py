"""Split rules and budget lines are written whole, in one transaction, with one audit entry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from finance.actions import save_budget_line, save_split_rule
from finance.models import BudgetLine, SplitRule
from programme.common.values import Amount
from programme.models import AuditEntry
from tests.builders import (
    make_category,
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
def fire(programme):
    return make_source(programme=programme, name="Fire")


@pytest.fixture
def police(programme):
    return make_source(programme=programme, name="Police")


def save_rule(programme, shares, by=None, **values):
    """The rule by its slug, added or changed."""
    values = {"slug": "equal", "name": "Equal shares", "shares": shares} | values
    rule = SplitRule.objects.filter(programme=programme, slug=values["slug"]).first()
    return save_split_rule(rule=rule or SplitRule(programme=programme), values=values, by=by)


def save_line(year, by=None, **values):
    """The line by its reference, added or changed; it has no fixed funding but what is given."""
    values = {
        "ref": "salaries",
        "description": "Salaries",
        "category": make_category(programme=year.programme),
        "amount": Amount.exact(1000),
        "fixed": {},
    } | values
    line = BudgetLine.objects.filter(year=year, ref=values["ref"]).first()
    return save_budget_line(line=line or BudgetLine(year=year), values=values, by=by)


def problems(raised) -> dict[str, list[str]]:
    return raised.value.message_dict


# --- split rules ------------------------------------------------------------------------------


def test_a_new_rule_has_its_shares_and_one_entry(programme, fire, police):
    office = make_user()

    rule = save_rule(programme, {fire: Decimal("69"), police: Decimal("31")}, by=office)

    assert {str(share) for share in rule.shares.all()} == {"Fire 69%", "Police 31%"}
    assert rule.version == 1
    entry = AuditEntry.objects.get()
    assert entry.verb == "split_rule.added"
    assert entry.actor == office
    assert entry.before == {}
    assert entry.after["shares"] == {"Fire": "69%", "Police": "31%"}


def test_a_changed_rule_keeps_no_old_share(programme, fire, police):
    third = make_source(programme=programme, name="Council")
    save_rule(programme, {fire: Decimal(50), police: Decimal(50)})

    rule = save_rule(programme, {fire: Decimal(60), third: Decimal(40)}, name="By use")

    assert SplitRule.objects.get() == rule
    assert rule.version == 2
    assert {str(share) for share in rule.shares.all()} == {"Fire 60%", "Council 40%"}
    entry = AuditEntry.objects.get(verb="split_rule.edited")
    assert entry.before["shares"] == {"Fire": "50%", "Police": "50%"}
    assert entry.before["name"] == "Equal shares"
    assert entry.after["name"] == "By use"


def test_saving_the_same_rule_again_changes_nothing(programme, fire, police):
    shares = {fire: Decimal(50), police: Decimal(50)}
    save_rule(programme, shares)

    rule = save_rule(programme, shares)

    assert rule.version == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("fire_share", "police_share", "message"),
    [
        ("50", "49", "The shares add up to 99%, not 100%."),
        ("50", "50.0001", "The shares add up to 100.0001%, not 100%."),
        ("-10", "110", "A share cannot be negative."),
    ],
)
def test_shares_must_be_the_whole(programme, fire, police, fire_share, police_share, message):
    with pytest.raises(ValidationError) as raised:
        save_rule(programme, {fire: Decimal(fire_share), police: Decimal(police_share)})

    assert problems(raised) == {"shares": [message]}
    assert not SplitRule.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_share_of_zero_is_refused_with_everything_else(programme, fire, police):
    with pytest.raises(ValidationError):
        save_rule(programme, {fire: Decimal(100), police: Decimal(0)})
    assert not SplitRule.objects.exists()


def test_a_rule_takes_sources_of_its_programme_only(programme, fire):
    with pytest.raises(ValidationError) as raised:
        save_rule(programme, {fire: Decimal(50), make_source(name="Theirs"): Decimal(50)})
    assert problems(raised) == {"shares": ["Choose from this programme’s funding sources."]}


def test_a_rule_cannot_end_before_it_begins(programme, fire):
    with pytest.raises(ValidationError, match="The end cannot be before the start"):
        save_rule(
            programme,
            {fire: Decimal(100)},
            in_force_from=date(2019, 4, 1),
            in_force_to=date(2018, 4, 1),
        )


# --- budget lines -----------------------------------------------------------------------------


def test_a_new_line_has_its_fixed_funding_and_one_entry(programme, fire, police):
    year = make_year(programme=programme)
    rule = make_split_rule(shares={police: 100})
    before = AuditEntry.objects.count()

    line = save_line(year, fixed={fire: Decimal("295.50")}, split_rule=rule)

    assert [(part.source, part.pounds) for part in line.fixed_funding.all()] == [
        (fire, Decimal("295.50"))
    ]
    assert AuditEntry.objects.count() == before + 1
    entry = AuditEntry.objects.get(verb="budget_line.added")
    assert entry.programme == programme
    assert entry.after["amount"] == "£1,000.00"
    assert entry.after["fixed"] == {"Fire": "£295.50"}


def test_new_lines_stand_in_the_order_they_came(programme):
    year = make_year(programme=programme)
    assert [save_line(year, ref=ref).order for ref in ("a", "b", "c")] == [1, 2, 3]
    assert save_line(year, ref="b", note="Changed").order == 2


def test_a_changed_line_replaces_its_fixed_funding(programme, fire, police):
    year = make_year(programme=programme)
    category = make_category(programme=programme)
    save_line(year, category=category, fixed={fire: Decimal(500), police: Decimal(500)})

    line = save_line(year, category=category, fixed={police: Decimal(900)})

    assert line.version == 2
    assert [(part.source, part.pounds) for part in line.fixed_funding.all()] == [
        (police, Decimal(900))
    ]
    entry = AuditEntry.objects.get(verb="budget_line.edited")
    assert entry.before["fixed"] == {"Fire": "£500.00", "Police": "£500.00"}


def test_saving_the_same_line_again_changes_nothing(programme, fire):
    year = make_year(programme=programme)
    same = {"category": make_category(programme=programme), "fixed": {fire: Decimal(500)}}
    save_line(year, **same)

    assert save_line(year, **same).version == 1
    assert AuditEntry.objects.filter(verb__startswith="budget_line").count() == 1


def test_fixed_funding_never_exceeds_a_known_amount(programme, fire, police):
    year = make_year(programme=programme)
    with pytest.raises(ValidationError) as raised:
        save_line(year, fixed={fire: Decimal(600), police: Decimal("400.01")})

    assert problems(raised) == {
        "fixed": ["Fixed funding of £1,000.01 is more than the line's £1,000."]
    }
    assert not BudgetLine.objects.exists()


def test_a_line_that_is_tbc_can_have_fixed_funding(programme, fire):
    line = save_line(
        make_year(programme=programme), amount=Amount.tbc(), fixed={fire: Decimal(600)}
    )
    assert line.amount == Amount.tbc()
    assert line.fixed_funding.count() == 1


def test_a_line_without_anybody_to_pay_is_stored(programme):
    assert save_line(make_year(programme=programme)).pk


@pytest.mark.parametrize("field", ["category", "project", "split_rule", "fixed"])
def test_a_line_relates_to_its_own_programme_only(programme, field):
    theirs = {
        "category": make_category,
        "project": make_project,
        "split_rule": lambda: make_split_rule(shares={make_source(): 100}),
        "fixed": lambda: {make_source(): Decimal(1)},
    }[field]()
    with pytest.raises(ValidationError) as raised:
        save_line(make_year(programme=programme), **{field: theirs})
    assert list(problems(raised)) == [field]


def test_a_line_cannot_be_negative(programme):
    with pytest.raises(ValidationError):
        save_line(make_year(programme=programme), amount=Amount.exact(-1))
