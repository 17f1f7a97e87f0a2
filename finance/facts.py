"""What papers and pages read of the money: frozen facts, free of the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from finance.benefits import BenefitClass, ClassTotals, Profile, totals_by_class, whole_life
from finance.funding import LinePart
from finance.position import Funding, Matrix, VarianceTable
from finance.reconcile import Difference
from programme.common.values import Amount

UNFUNDED = "unfunded"
"""The source key of what no funding source pays for yet."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    slug: str
    name: str
    short_name: str
    kind: str

    @property
    def is_grant(self) -> bool:
        return self.kind == "grant"


NO_SOURCE = SourceFacts(UNFUNDED, "No source yet", "No source yet", UNFUNDED)
"""How what no source pays for yet stands among the sources."""


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    slug: str
    name: str
    is_programme_team: bool


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A budget line and what each source pays of it. ``problem`` is a sentence where the stored
    funding cannot be right, ``parts`` how each source's money comes about. ``sensitivity`` is the
    higher of its own and its project's."""

    ref: str
    description: str
    category: str
    project: str
    nature: str
    amount: Amount
    rule: str
    funding: tuple[tuple[str, Amount], ...]
    problem: str
    sensitivity: str
    parts: tuple[LinePart[str], ...] = ()

    def paid_by(self, source: str) -> Amount:
        """What a source pays of the line; not applicable where it pays nothing."""
        return dict(self.funding).get(source, Amount.not_applicable())


@dataclass(frozen=True, slots=True)
class BudgetPosition:
    """A year's lines, who funds them, and how that meets what each source agreed to. Its sums
    are as sensitive as the most sensitive line and grant in them."""

    year: str
    year_slug: str
    sources: tuple[SourceFacts, ...]
    categories: tuple[CategoryFacts, ...]
    lines: tuple[LineFacts, ...]
    matrix: Matrix[str, str]
    funding: Funding[str]
    variance: VarianceTable[str]
    sensitivity: str

    def source(self, slug: str) -> SourceFacts:
        return next(each for each in self.sources if each.slug == slug)


@dataclass(frozen=True, slots=True)
class PublishedDifference:
    document: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class OutturnPosition:
    """What was spent in a year by category and source, and where old papers printed otherwise.
    It is as sensitive as the most sensitive line that was spent on."""

    year: str
    year_slug: str
    sources: tuple[SourceFacts, ...]
    categories: tuple[CategoryFacts, ...]
    matrix: Matrix[str, str]
    differences: tuple[PublishedDifference, ...]
    sensitivity: str


@dataclass(frozen=True, slots=True)
class GrantReturnFacts:
    name: str
    due_on: date | None
    submitted_on: date | None
    on_schedule: bool | None


@dataclass(frozen=True, slots=True)
class GrantFacts:
    slug: str
    name: str
    year: str
    awarded_by: str
    held_by: str
    amount: Amount
    in_budget: bool
    purpose: str
    returns: tuple[GrantReturnFacts, ...]
    sensitivity: str


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """A benefit's figures for one year (its label) or, with ``year`` None, its whole life."""

    year: str | None
    target: Amount
    forecast: Amount
    realised: Amount
    validated: bool


def pure_profile(
    ref: str, benefit_class: str, profile: Iterable[ProfileFacts]
) -> tuple[Profile, ...]:
    """A benefit's profile as the arithmetic takes it."""
    return tuple(
        Profile(
            benefit=ref,
            benefit_class=BenefitClass(benefit_class),
            year=part.year,
            target=part.target,
            forecast=part.forecast,
            realised=part.realised,
            validated=part.validated,
        )
        for part in profile
    )


@dataclass(frozen=True, slots=True)
class BenefitFacts:
    """A benefit; ``life`` is its profile over all years, each amount counted once, and None for
    a benefit without a profile. ``sensitivity`` is the higher of its own and its project's."""

    ref: str
    name: str
    project: str
    benefit_class: str
    class_label: str
    measure: str
    owner_post: str
    sensitivity: str
    profile: tuple[ProfileFacts, ...]
    life: ClassTotals | None


@dataclass(frozen=True, slots=True)
class BenefitPosition:
    """The benefits register, with totals by class: those of the whole programme, and those of
    its projects, which are never added to them."""

    benefits: tuple[BenefitFacts, ...]
    programme: tuple[ClassTotals, ...]
    projects: tuple[ClassTotals, ...]

    @classmethod
    def of(cls, benefits: Iterable[BenefitFacts]) -> BenefitPosition:
        """The position that some benefits make, each amount counted once."""
        benefits = tuple(benefits)
        own = {
            of_projects: totals_by_class(
                part
                for each in benefits
                if bool(each.project) is of_projects
                for part in whole_life(pure_profile(each.ref, each.benefit_class, each.profile))
            )
            for of_projects in (False, True)
        }
        return cls(benefits, programme=own[False], projects=own[True])

    def only(self, projects: Collection[str]) -> BenefitPosition:
        """The position of the whole programme's own benefits and of those of some projects."""
        return self.of(each for each in self.benefits if each.project in {"", *projects})

    def of_project(self, ref: str) -> tuple[BenefitFacts, ...]:
        return tuple(each for each in self.benefits if each.project == ref)


@dataclass(frozen=True, slots=True)
class CostFacts:
    """What a project is thought to cost; ``term`` reads on from the amount ("a year")."""

    project: str
    label: str
    amount: Amount
    term: str


@dataclass(frozen=True, slots=True)
class FundingGlance:
    """Budget, funding and variance of a year by source, with each source's organisation."""

    year: str
    year_slug: str
    sources: tuple[SourceFacts, ...]
    variance: VarianceTable[str]
    owners: tuple[tuple[str, int], ...]

    def source(self, slug: str) -> SourceFacts:
        return next(each for each in self.sources if each.slug == slug)


@dataclass(frozen=True, slots=True)
class UnvalidatedBenefit:
    """A realised amount that no finance lead has validated. ``owners`` are the ids of the
    organisations whose finance lead may, ``by`` those of the people who entered it or changed it
    last and so may not."""

    ref: str
    name: str
    year: str | None
    owners: frozenset[int]
    by: frozenset[int]

    def is_for(self, user: int, bodies: Collection[int | None]) -> bool:
        """Whether a finance lead of these bodies may validate it."""
        return user not in self.by and not self.owners.isdisjoint(bodies)


@dataclass(frozen=True, slots=True)
class BenefitGlance:
    """Benefits by class: of the whole programme and, never added to them, of its projects."""

    programme: tuple[ClassTotals, ...]
    projects: tuple[ClassTotals, ...]
    unvalidated: tuple[UnvalidatedBenefit, ...]
