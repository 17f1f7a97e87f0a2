"""Everything a paper is made from, as frozen facts. Sections read this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from finance.facts import BenefitPosition, BudgetPosition, CostFacts, GrantFacts, OutturnPosition
from programme.common.values import PlainDate
from programme.facts import (
    MeetingFacts,
    PeriodFacts,
    PriorityFacts,
    ProgrammeFacts,
    RatingSetup,
)
from projects.facts import DeliveryPosition, EngagementFacts, MilestoneFacts, RiskFacts


class Part(StrEnum):
    """A part of the stored data that a section may need. Only what a template's sections need is
    loaded."""

    PRINCIPLES = "principles"
    PRIORITIES = "priorities"
    DELIVERY = "delivery"
    RATINGS = "ratings"
    MILESTONES = "milestones"
    RISKS = "risks"
    ENGAGEMENTS = "engagements"
    BUDGET = "budget"
    OUTTURN = "outturn"
    GRANTS = "grants"
    BENEFITS = "benefits"
    COSTS = "costs"
    MEETINGS = "meetings"


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One section as the template asks for it, with what people wrote for this paper.

    Texts are cleaned rich text. ``parent`` is the key of the section it stands below. Where a
    section is withheld, ``narrative`` is empty and ``withheld_ground`` says why; where it is
    printed although the public does not see it, ``restricted_ground`` does.
    """

    key: str
    kind: str
    heading: str
    parent: str
    options: Mapping[str, Any]
    standing_text: str
    narrative: str
    new_page: bool
    withheld_ground: str = ""
    restricted_ground: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperData:
    """A paper's data as at its period's date. A part that no section needs is None; so is a
    budget or outturn for which the programme has no financial year."""

    programme: ProgrammeFacts
    board: str
    template: str
    numbering: str
    title: str
    period: PeriodFacts
    previous: PeriodFacts | None
    meeting: PlainDate
    author_post: str
    purpose: str
    marking: str
    status: str
    sections: tuple[SectionSpec, ...]
    recommendations: tuple[RecommendationFacts, ...]
    has_finance: bool = False
    last_meeting: MeetingFacts | None = None
    next_meeting: MeetingFacts | None = None
    principles: tuple[str, ...] = ()
    priorities: tuple[PriorityFacts, ...] = ()
    delivery: DeliveryPosition | None = None
    ratings: RatingSetup | None = None
    milestones: tuple[MilestoneFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    engagements: tuple[EngagementFacts, ...] = ()
    budget: BudgetPosition | None = None
    outturn: OutturnPosition | None = None
    grants: tuple[GrantFacts, ...] = ()
    benefits: BenefitPosition | None = None
    costs: tuple[CostFacts, ...] = ()
