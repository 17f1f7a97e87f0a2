"""Benefits by class and year: target, forecast, and what was realised.

Cashable and non-cashable benefits are never added together, nor is a disbenefit taken off in
silence (HM Treasury's Green Book keeps the classes of a benefits register apart). A realised
amount counts once a finance lead has validated it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from programme.common.values import Amount, AmountTotal, Certainty, difference, percent_of, total
from programme.common.words import say


class BenefitClass(StrEnum):
    """What kind of benefit it is; papers also say cashable and non-cashable."""

    CASH_RELEASING = "cash_releasing"
    NON_CASH_RELEASING = "non_cash_releasing"
    QUANTIFIABLE = "quantifiable"
    QUALITATIVE = "qualitative"
    DISBENEFIT = "disbenefit"

    @property
    def label(self) -> str:
        return {
            BenefitClass.CASH_RELEASING: "Cash-releasing",
            BenefitClass.NON_CASH_RELEASING: "Non-cash-releasing",
            BenefitClass.QUANTIFIABLE: "Quantifiable",
            BenefitClass.QUALITATIVE: "Qualitative",
            BenefitClass.DISBENEFIT: "Disbenefit",
        }[self]


class MixedBenefitClasses(ValueError):
    """An attempt to add benefits of different classes."""


class CountedTwice(ValueError):
    """An attempt to add a benefit's whole life to its single years."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One benefit in one year, or over its whole life (``year`` None).

    ``validated`` says whether a finance lead confirms the realised amount.
    """

    benefit: str
    benefit_class: BenefitClass
    year: str | None
    target: Amount
    forecast: Amount
    realised: Amount
    validated: bool = False


@dataclass(frozen=True, slots=True)
class Attainment:
    """A forecast (or a realised amount) held against its target.

    ``ahead`` is forecast less target, negative when behind; ``share`` the forecast as unrounded
    percent of the target. Both are absent (TBC, None) while either side has a part TBC.
    """

    target: AmountTotal
    forecast: AmountTotal
    ahead: Amount
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Realised:
    """What was realised: ``validated`` is what counts, ``unvalidated`` still waits for it."""

    validated: AmountTotal
    unvalidated: AmountTotal


@dataclass(frozen=True, slots=True)
class ClassTotals:
    """One class of benefits over the years that were asked for."""

    benefit_class: BenefitClass
    against_target: Attainment
    realised: Realised


def against_target(targets: Iterable[Amount], forecasts: Iterable[Amount]) -> Attainment:
    """Hold the sum of forecasts against the sum of targets."""
    target, forecast = total(targets), total(forecasts)
    return Attainment(
        target,
        forecast,
        ahead=difference(forecast.as_amount(), target.as_amount()),
        share=percent_of(forecast.as_amount(), target.as_amount()),
    )


def realised(profiles: Iterable[Profile]) -> Realised:
    """Realised amounts of one class, those that a finance lead validated apart from the rest.

    Raises ``MixedBenefitClasses`` when the profiles are of several classes.
    """
    profiles = tuple(profiles)
    _refuse_mixture(each.benefit_class for each in profiles)
    return Realised(
        validated=total(each.realised for each in profiles if each.validated),
        unvalidated=total(each.realised for each in profiles if not each.validated),
    )


def whole_life(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """The profiles with each amount left standing once, ready to be totalled over all years.

    Where a benefit states an amount for its whole life, the same amount of its single years
    becomes not applicable; an amount that it states only by year stays there.
    """
    profiles = tuple(profiles)
    whole = {each.benefit: each for each in profiles if each.year is None}

    def once(profile: Profile) -> Profile:
        life = whole.get(profile.benefit)
        if life is None or profile.year is None:
            return profile
        return replace(
            profile,
            target=_unless_stated(profile.target, life.target),
            forecast=_unless_stated(profile.forecast, life.forecast),
            realised=_unless_stated(profile.realised, life.realised),
        )

    return tuple(once(each) for each in profiles)


def totals_by_class(profiles: Iterable[Profile]) -> tuple[ClassTotals, ...]:
    """Each class that occurs, with its own totals, in the order of ``BenefitClass``.

    Raises ``CountedTwice`` where a benefit's amount stands both for its whole life and for a
    year; ``whole_life`` leaves one of the two.
    """
    profiles = tuple(profiles)
    if whole_life(profiles) != profiles:
        raise CountedTwice(say("A benefit's whole life and its single years are not added up."))
    rows = {
        kind: [each for each in profiles if each.benefit_class is kind] for kind in BenefitClass
    }
    return tuple(
        ClassTotals(
            kind,
            against_target((each.target for each in own), (each.forecast for each in own)),
            realised(own),
        )
        for kind, own in rows.items()
        if own
    )


def add_up(amounts: Iterable[tuple[BenefitClass, Amount]]) -> AmountTotal:
    """Add amounts of one class. Raises ``MixedBenefitClasses`` for more than one."""
    amounts = tuple(amounts)
    _refuse_mixture(kind for kind, _ in amounts)
    return total(amount for _, amount in amounts)


def _unless_stated(of_the_year: Amount, of_the_whole_life: Amount) -> Amount:
    stated = of_the_whole_life.certainty is not Certainty.NOT_APPLICABLE
    return Amount.not_applicable() if stated else of_the_year


def _refuse_mixture(kinds: Iterable[BenefitClass]) -> None:
    found = sorted(set(kinds), key=list(BenefitClass).index)
    if len(found) > 1:
        names = " and ".join(kind.label.lower() for kind in found)
        raise MixedBenefitClasses(f"Benefits of different classes are not added up: {names}.")
