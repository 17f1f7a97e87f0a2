"""The risk register as at a date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from programme.common.markings import highest
from programme.models import Programme
from projects.facts import RiskFacts, ScoreFacts
from projects.models import Risk, RiskAssessment
from projects.risk import RiskScore, movement
from projects.selectors.registers import risk_cells


def risk_register(
    programme: Programme, *, as_at: date, since: date | None
) -> tuple[RiskFacts, ...]:
    """Risks and issues open on a day, highest current score first, with their movement since an
    earlier day. A risk without an assessment stands at its inherent score. Three queries.

    Where the programme has no matrix there are no levels, and so no register to print.
    """
    cells = risk_cells(programme)
    assessments = defaultdict(list)
    for each in (
        RiskAssessment.objects.of(programme)
        .filter(assessed_on__lte=as_at)
        .order_by("assessed_on", "pk")
    ):
        assessments[each.risk_id].append(each)

    def facts(score: RiskScore) -> ScoreFacts:
        return ScoreFacts(score.likelihood, score.impact, cells[score.likelihood, score.impact])

    register = []
    for risk in Risk.objects.of(programme).open(as_at).select_related("project"):
        inherent = RiskScore(risk.inherent_likelihood, risk.inherent_impact)
        scores = [
            (each.assessed_on, RiskScore(each.likelihood, each.impact))
            for each in assessments[risk.pk]
        ]
        current = scores[-1][1] if scores else inherent
        known = risk.raised_on <= since if since else False
        before = [score for day, score in scores if since and day <= since]
        earlier = before[-1] if before else (inherent if known else None)
        if not cells:
            continue
        register.append(
            RiskFacts(
                ref=risk.ref,
                kind=risk.kind,
                title=risk.title,
                project=risk.project.ref if risk.project else "",
                project_label=risk.project.label if risk.project else "",
                cause=risk.cause,
                mitigation=risk.mitigation,
                owner_post=risk.owner_post,
                is_strategic=risk.is_strategic,
                sensitivity=highest(
                    (risk.sensitivity, *([risk.project.sensitivity] if risk.project else []))
                ),
                inherent=facts(inherent),
                current=facts(current),
                target=(
                    facts(RiskScore(risk.target_likelihood, risk.target_impact))
                    if risk.target_likelihood and risk.target_impact
                    else None
                ),
                movement=movement(earlier, current, cells) if since else None,
            )
        )
    return tuple(
        sorted(
            register,
            key=lambda each: (
                -each.current.level.rank,
                -each.current.likelihood * each.current.impact,
                each.ref,
            ),
        )
    )
