"""Benefits: classes kept apart, targets and forecasts, and what counts as realised."""

from itertools import combinations

import pytest

from finance.benefits import (
    BenefitClass,
    CountedTwice,
    MixedBenefitClasses,
    Profile,
    add_up,
    against_target,
    realised,
    totals_by_class,
    whole_life,
)
from finance.models import Benefit
from programme.common.values import Amount, total

CASH, NON_CASH = BenefitClass.CASH_RELEASING, BenefitClass.NON_CASH_RELEASING
NOT_STATED = Amount.not_applicable()


def profile(benefit, kind, year, target=None, forecast=None, realised=None, *, validated=False):
    def amount(pounds):
        return NOT_STATED if pounds is None else Amount.exact(pounds)

    return Profile(
        benefit, kind, year, amount(target), amount(forecast), amount(realised), validated
    )


@pytest.mark.parametrize(("one", "other"), list(combinations(BenefitClass, 2)))
def test_classes_are_never_added_together(one, other):
    with pytest.raises(MixedBenefitClasses):
        add_up([(one, Amount.exact(1)), (other, Amount.exact(2))])
    with pytest.raises(MixedBenefitClasses):
        realised([profile("a", one, "2018/19"), profile("b", other, "2018/19")])


def test_the_refusal_names_the_classes():
    with pytest.raises(MixedBenefitClasses, match="cash-releasing and non-cash-releasing"):
        add_up([(NON_CASH, Amount.tbc()), (CASH, Amount.exact(2))])


def test_one_class_adds_up():
    amounts = [(CASH, Amount.exact(1)), (CASH, Amount.tbc()), (CASH, Amount.circa(2))]
    assert add_up(amounts) == total([Amount.exact(1), Amount.tbc(), Amount.circa(2)])


def test_each_class_has_its_own_totals():
    profiles = [
        profile("a", NON_CASH, "2018/19", 100, 90),
        profile("b", CASH, "2018/19", 10, 12),
        profile("c", CASH, "2019/20", 20, 18),
    ]
    cash, non_cash = totals_by_class(profiles)
    assert (cash.benefit_class, non_cash.benefit_class) == (CASH, NON_CASH)
    assert cash.against_target.target.pounds == 30
    assert cash.against_target.forecast.pounds == 30
    assert cash.against_target.share == 100
    assert non_cash.against_target.ahead == Amount.exact(-10)
    assert non_cash.against_target.share == 90


def test_a_forecast_to_be_confirmed_has_no_share():
    held = against_target([Amount.exact(5)], [Amount.exact(4), Amount.tbc()])
    assert held.ahead == Amount.tbc()
    assert held.share is None


def test_a_forecast_without_a_target_has_no_share():
    held = against_target([NOT_STATED], [Amount.exact(4)])
    assert held.ahead == NOT_STATED
    assert held.share is None


def test_only_validated_amounts_count_as_realised():
    (cash,) = totals_by_class(
        [
            profile("a", CASH, "2018/19", realised=100, validated=True),
            profile("b", CASH, "2018/19", realised=40),
            profile("c", CASH, "2018/19"),
        ]
    )
    assert cash.realised.validated == total([Amount.exact(100)])
    assert cash.realised.unvalidated == total([Amount.exact(40)])


def test_a_whole_life_and_its_years_are_not_added_up():
    profiles = [
        profile("a", CASH, None, target=300),
        profile("a", CASH, "2018/19", target=100, forecast=90, realised=80, validated=True),
        profile("b", CASH, "2018/19", target=7),
    ]
    with pytest.raises(CountedTwice):
        totals_by_class(profiles)
    (cash,) = totals_by_class(whole_life(profiles))
    assert cash.against_target.target.pounds == 307
    assert cash.against_target.forecast.pounds == 90
    assert cash.realised.validated.pounds == 80


def test_the_classes_are_those_that_are_stored():
    assert [(kind.value, kind.label) for kind in BenefitClass] == list(Benefit.Class.choices)
