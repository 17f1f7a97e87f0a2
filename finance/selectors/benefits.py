"""The benefits register, and what projects are thought to cost."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from finance.benefits import BenefitClass, Profile, against_target, whole_life
from finance.models import Benefit, BenefitProfile, CostEstimate
from finance.snapshot import BenefitFacts, BenefitPosition, CostFacts, ProfileFacts
from programme.models import Programme


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
    benefits = tuple(
        BenefitFacts(
            ref=each.ref,
            name=each.name,
            project=each.project.ref if each.project else "",
            benefit_class=each.benefit_class,
            class_label=each.get_benefit_class_display(),
            measure=each.measure,
            owner_post=each.owner_post,
            profile=tuple(profiles[each.pk]),
        )
        for each in Benefit.objects.of(programme)
        .filter(withdrawn_on__isnull=True)
        .select_related("project")
    )
    pure = tuple(
        Profile(
            benefit=benefit.ref,
            benefit_class=BenefitClass(benefit.benefit_class),
            year=part.year,
            target=part.target,
            forecast=part.forecast,
            realised=part.realised,
            validated=part.validated,
        )
        for benefit in benefits
        for part in benefit.profile
    )
    of_programme = {each.ref for each in benefits if not each.project}
    whole = whole_life(each for each in pure if each.benefit in of_programme)
    return BenefitPosition(
        benefits=benefits,
        profiles=pure,
        programme=against_target(
            (each.target for each in whole), (each.forecast for each in whole)
        ),
    )


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
            term=_term(each),
        )
        for each in newest.values()
    )


def _term(estimate: CostEstimate) -> str:
    if estimate.term == CostEstimate.Term.YEARLY:
        return "a year"
    if estimate.term == CostEstimate.Term.OVER_YEARS:
        return f"over {estimate.years} years"
    return ""
