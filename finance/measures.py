"""What is measured of a project's money and benefits, to propose ratings from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from finance.benefits import BenefitClass, totals_by_class, whole_life
from finance.models import Actual, Benefit, BudgetLine, CostEstimate, FinancialYear
from finance.selectors.benefits import listed_benefits, profiles_of
from programme.choices import Measure
from programme.common import formats
from programme.common.values import Amount, AmountTotal, percent_of, total
from programme.common.words import say
from projects.measures import Measured, register
from projects.models import Project

_WHOLE = Decimal(100)
Term = CostEstimate.Term


def register_all() -> None:
    """Registers them."""
    register(Measure.COST, over_budget)
    register(Measure.BENEFIT, of_target)


def over_budget(project: Project, on: date) -> Measured | None:
    """By how many percent a project is over its budget: what it was last thought to cost against
    its budget lines, a cost a year against those of the year. Where nobody has stated a cost, what
    was spent in the year, once that is more than its budget. None where anything in it is to be
    confirmed. Four queries."""
    if not project.programme.keeps_money:
        return None
    lines = BudgetLine.objects.filter(project=project)
    year = (
        FinancialYear.objects.of(project.programme)
        .filter(starts_on__lte=on, ends_on__gte=on)
        .first()
    )
    stated = CostEstimate.objects.filter(project=project, period__as_at__lte=on)
    newest = stated.order_by("-period__as_at").values_list("period", flat=True).first()
    if newest is None:
        return _overspent(lines.filter(year=year), year)
    estimates = list(stated.filter(period=newest).select_related("period"))
    yearly = {each.term == Term.YEARLY for each in estimates}
    if len(yearly) > 1:  # what is paid once and what is paid every year do not add up
        return None
    budget = lines.filter(year=year) if True in yearly else lines
    cost, agreed = total(each.amount for each in estimates), _total(budget)
    over = _over(cost, agreed)
    if over is None:
        return None
    words = _over_words(over)
    working = say(
        f"it is thought to cost {formats.money_total(cost)}{' a year' if True in yearly else ''}, "
        f"as stated in {estimates[0].period}, against a budget of {formats.money_total(agreed)}: "
        f"{words}"
    )
    return Measured(over, words, working)


def of_target(project: Project, on: date) -> Measured | None:
    """What a project's benefits are forecast to reach, in percent of their target. Classes are
    never added up: the one that is furthest behind counts, and disbenefits do not. None where no
    class has both figures. Four queries."""
    if not project.programme.keeps_money:
        return None
    kept = listed_benefits(Benefit.objects.filter(project=project, withdrawn_on__isnull=True))
    totals = totals_by_class(part for each in kept for part in whole_life(profiles_of(each)))
    shares = [
        (each.against_target.share, each)
        for each in totals
        if each.benefit_class is not BenefitClass.DISBENEFIT
        and each.against_target.share is not None
    ]
    if not shares:
        return None
    share, furthest = min(shares, key=lambda pair: pair[0])
    held, words = furthest.against_target, f"{formats.percent(share)} of target"
    label = furthest.benefit_class.label.lower()
    working = say(
        f"{label} benefits are forecast at {formats.money_total(held.forecast)} of "
        f"{formats.money_total(held.target)}: {words}"
    )
    return Measured(share, words, working)


def _overspent(lines: Iterable[BudgetLine], year: FinancialYear | None) -> Measured | None:
    if year is None:
        return None
    agreed = _total(lines)
    spent = total(
        Amount.exact(each)
        for each in Actual.objects.filter(line__in=lines).values_list("pounds", flat=True)
    )
    over = _over(spent, agreed)
    if over is None or over <= 0:  # what is not spent yet says nothing of what it will cost
        return None
    words = _over_words(over)
    working = (
        f"{formats.money_total(spent)} was spent in {year.label} of a budget of "
        f"{formats.money_total(agreed)}: {words}"
    )
    return Measured(over, words, working)


def _total(lines: Iterable[BudgetLine]) -> AmountTotal:
    return total(each.amount for each in lines)


def _over(cost: AmountTotal, agreed: AmountTotal) -> Decimal | None:
    share = percent_of(cost.as_amount(), agreed.as_amount())
    return None if share is None else share - _WHOLE


def _over_words(over: Decimal) -> str:
    if over == 0:
        return "on budget"
    share = formats.percent(abs(over), 0 if abs(over) >= 1 else 1)
    return f"{share} {'over' if over > 0 else 'under'} budget"
