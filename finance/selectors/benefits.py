"""The benefits register, and what projects are thought to cost."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from finance.benefits import (
    BenefitClass,
    ClassTotals,
    Profile,
    totals_by_class,
    whole_life,
)
from finance.facts import BenefitFacts, BenefitPosition, CostFacts, ProfileFacts, pure_profile
from finance.models import Benefit, BenefitProfile, CostEstimate
from programme.common.markings import highest
from programme.models import Programme, ScopedQuerySet


def benefit_position(programme: Programme) -> BenefitPosition:
    """Every benefit that has not been withdrawn, with its profile. Two queries."""
    profiles = defaultdict(list)
    for each in BenefitProfile.objects.of(programme).select_related("year"):
        profiles[each.benefit_id].append(
            ProfileFacts(
                year=each.year.label if each.year else None,
                target=each.target,
                forecast=each.forecast,
                realised=each.realised,
                validated=each.validated_on is not None,
            )
        )
    return BenefitPosition.of(
        _benefit_facts(each, tuple(profiles[each.pk]))
        for each in Benefit.objects.of(programme)
        .filter(withdrawn_on__isnull=True)
        .select_related("project")
    )


def _benefit_facts(benefit: Benefit, profile: tuple[ProfileFacts, ...]) -> BenefitFacts:
    life = totals_by_class(whole_life(pure_profile(benefit.ref, benefit.benefit_class, profile)))
    return BenefitFacts(
        ref=benefit.ref,
        name=benefit.name,
        project=benefit.project.ref if benefit.project else "",
        benefit_class=benefit.benefit_class,
        class_label=benefit.get_benefit_class_display(),
        measure=benefit.measure,
        owner_post=benefit.owner_post,
        sensitivity=highest(
            (benefit.sensitivity, *([benefit.project.sensitivity] if benefit.project else []))
        ),
        profile=profile,
        life=life[0] if life else None,
    )


def listed_benefits(benefits: ScopedQuerySet) -> ScopedQuerySet:
    """Benefits with all that ``profiles_of`` and a list need. Four queries with the rows, however
    many."""
    return benefits.select_related(
        "project__lead_organisation", "owner_organisation"
    ).prefetch_related("profile__year", "profile__validated_by__known_as")


def profiles_of(benefit: Benefit) -> tuple[Profile, ...]:
    """A benefit's profile as the arithmetic takes it: its years in order, its whole life first."""
    return tuple(
        Profile(
            benefit=benefit.ref,
            benefit_class=BenefitClass(benefit.benefit_class),
            year=each.year.label if each.year else None,
            target=each.target,
            forecast=each.forecast,
            realised=each.realised,
            validated=each.validated_on is not None,
        )
        for each in profile_rows(benefit)
    )


def profile_rows(benefit: Benefit) -> list[BenefitProfile]:
    """The rows of a benefit's profile: its whole life, then its years in order."""
    return sorted(
        benefit.profile.all(), key=lambda each: each.year.starts_on if each.year else date.min
    )


def life_of(benefit: Benefit) -> ClassTotals | None:
    """A benefit over all years, each amount counted once; None without a profile."""
    totals = totals_by_class(whole_life(profiles_of(benefit)))
    return totals[0] if totals else None


def cost_estimates(programme: Programme, *, as_at: date) -> tuple[CostFacts, ...]:
    """The newest estimate of each project and label stated by a day. One query."""
    rows = (
        CostEstimate.objects.of(programme)
        .filter(period__as_at__lte=as_at)
        .select_related("project", "period")
        .order_by("project__order", "project", "label", "period__as_at")
    )
    newest = {(each.project_id, each.label): each for each in rows}
    return tuple(
        CostFacts(
            project=each.project.ref,
            label=each.label,
            amount=each.amount,
            term=term_words(each),
        )
        for each in newest.values()
    )


def term_words(estimate: CostEstimate) -> str:
    """Over what time an estimate goes, as it reads on from the amount; '' for all at once."""
    if estimate.term == CostEstimate.Term.YEARLY:
        return "a year"
    if estimate.term == CostEstimate.Term.OVER_YEARS:
        return f"over {estimate.years} years"
    return ""
