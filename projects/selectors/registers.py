"""The registers as lists show them: risks on the matrix, actions by what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import F, OuterRef, PositiveSmallIntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programme.common.blocks import Movement
from programme.common.formats import count
from programme.models import Programme, RiskMatrixCell, RiskScheme
from projects.models import Action, Risk, RiskAssessment
from projects.risk import (
    DEFAULT,
    Cells,
    RiskLevelFacts,
    RiskMatrixError,
    RiskScore,
    level_of,
    movement,
)
from projects.states import action_state

FEW = 3
"""So many risks are named in a cell of the matrix; more are counted."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A likelihood and an impact with their level; None where the programme has no matrix."""

    score: RiskScore
    level: RiskLevelFacts | None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell with the risks that stand in it."""

    likelihood: int
    impact: int
    impact_word: str
    level: RiskLevelFacts
    risks: tuple[Risk, ...]

    @property
    def count(self) -> str:
        """How many stand in it, in words."""
        return count(len(self.risks), "entry", "entries")

    @property
    def few(self) -> tuple[Risk, ...]:
        """Its risks where there is room to name them."""
        return self.risks if len(self.risks) <= FEW else ()

    @property
    def query(self) -> str:
        """What narrows the register to them."""
        return urlencode({"state": "open", "score": f"{self.likelihood}-{self.impact}"})

    @property
    def colour_class(self) -> str:
        """The level's colour as the stylesheet names it."""
        return self.level.colour.replace("_", "-")


@dataclass(frozen=True, slots=True)
class RiskMatrixRow:
    """The cells of one likelihood, by rising impact, with its word."""

    likelihood: int
    word: str
    cells: tuple[MatrixCell, ...]


def risk_cells(programme: Programme) -> Cells:
    """The programme's matrix, empty where it has none. One query."""
    return {
        (cell.likelihood, cell.impact): RiskLevelFacts(
            cell.level.slug, cell.level.word, cell.level.colour, cell.level.rank
        )
        for cell in RiskMatrixCell.objects.of(programme).select_related("level")
    }


@dataclass(frozen=True, slots=True)
class RiskWords:
    """The words of the steps of likelihood and of impact, each from the lowest."""

    likelihood: tuple[str, ...]
    impact: tuple[str, ...]

    @property
    def size(self) -> tuple[int, int]:
        return len(self.likelihood), len(self.impact)


def risk_words(programme: Programme) -> RiskWords:
    """The steps in which the programme scores risks, those of the default where it has set up
    none. One query."""
    scheme = RiskScheme.objects.of(programme).first()
    if scheme is None:
        return RiskWords(DEFAULT.likelihood, DEFAULT.impact)
    return RiskWords(tuple(scheme.likelihood), tuple(scheme.impact))


def scored_risks(programme: Programme) -> QuerySet[Risk]:
    """Risks and issues with their present score (``likelihood``, ``impact``: the newest assessment,
    inherent before the first), the one before (``was_likelihood``, ``was_impact``) and the rank of
    the present level (``level_rank``, empty without a matrix). One query."""
    newest = RiskAssessment.objects.filter(risk=OuterRef("pk")).order_by("-assessed_on")

    def assessed(field: str, place: int) -> Subquery:
        return Subquery(
            newest.values(field)[place : place + 1], output_field=PositiveSmallIntegerField()
        )

    rank = RiskMatrixCell.objects.filter(
        programme=OuterRef("programme"),
        likelihood=OuterRef("likelihood"),
        impact=OuterRef("impact"),
    ).values("level__rank")[:1]
    return (
        Risk.objects.of(programme)
        .select_related("project", "owner_organisation")
        .annotate(
            likelihood=Coalesce(assessed("likelihood", 0), F("inherent_likelihood")),
            impact=Coalesce(assessed("impact", 0), F("inherent_impact")),
            assessed_once=assessed("likelihood", 0),
            was_likelihood=Coalesce(assessed("likelihood", 1), F("inherent_likelihood")),
            was_impact=Coalesce(assessed("impact", 1), F("inherent_impact")),
        )
        .annotate(level_rank=Subquery(rank, output_field=PositiveSmallIntegerField()))
    )


@dataclass(frozen=True, slots=True)
class TopRisk:
    """An open risk or issue where little room is: its score now on the colour of its level."""

    ref: str
    title: str
    is_issue: bool
    project: str
    owner_post: str
    score: Scored


def top_risks(programme: Programme, *, most: int) -> tuple[TopRisk, ...]:
    """The open risks and issues that stand highest, strategic ones first among equals. One
    query."""
    level = RiskMatrixCell.objects.filter(
        programme=OuterRef("programme"),
        likelihood=OuterRef("likelihood"),
        impact=OuterRef("impact"),
    )
    names = ("slug", "word", "colour")
    rows = (
        scored_risks(programme)
        .open()
        .annotate(
            **{f"level_{name}": Subquery(level.values(f"level__{name}")[:1]) for name in names},
            product=F("likelihood") * F("impact"),
        )
        .order_by(F("level_rank").desc(nulls_last=True), "-product", "-is_strategic", "ref")[:most]
    )
    return tuple(
        TopRisk(
            risk.ref,
            risk.title,
            risk.kind == Risk.Kind.ISSUE,
            risk.project.label if risk.project else "",
            risk.owner_post,
            Scored(
                RiskScore(risk.likelihood, risk.impact),
                RiskLevelFacts(risk.level_slug, risk.level_word, risk.level_colour, risk.level_rank)
                if risk.level_rank is not None
                else None,
            ),
        )
        for risk in rows
    )


def scores_beyond(programme: Programme, size: tuple[int, int]) -> list[tuple[str, int, int]]:
    """The references of risks with each of their scores that a matrix of this size does not have:
    before mitigation, aimed at, or assessed on any day. Two queries."""
    risks = Risk.objects.of(programme).order_by("ref")
    pairs = ("inherent_likelihood", "inherent_impact"), ("target_likelihood", "target_impact")
    found = []
    for row in risks.values("ref", *pairs[0], *pairs[1]):
        found += [(row["ref"], row[pair[0]] or 0, row[pair[1]] or 0) for pair in pairs]
    assessed = RiskAssessment.objects.of(programme).order_by("risk__ref", "assessed_on")
    found += assessed.values_list("risk__ref", "likelihood", "impact")
    return [
        (ref.upper(), likelihood, impact)
        for ref, likelihood, impact in found
        if likelihood > size[0] or impact > size[1]
    ]


def present_score(risk: Risk, cells: Cells) -> Scored:
    """The present score of a risk of ``scored_risks``. No query."""
    return scored(risk.likelihood, risk.impact, cells)


def inherent_score(risk: Risk, cells: Cells) -> Scored:
    return scored(risk.inherent_likelihood, risk.inherent_impact, cells)


def target_score(risk: Risk, cells: Cells) -> Scored | None:
    """The score aimed at; None where none was set."""
    if risk.target_likelihood is None or risk.target_impact is None:
        return None
    return scored(risk.target_likelihood, risk.target_impact, cells)


def scored(likelihood: int, impact: int, cells: Cells) -> Scored:
    score = RiskScore(likelihood, impact)
    try:
        return Scored(score, level_of(score, cells))
    except RiskMatrixError:
        return Scored(score, None)


def risk_movement(risk: Risk, cells: Cells) -> Movement | None:
    """How a risk of ``scored_risks`` moved at its last assessment: since the one before, or since
    it was raised. None before the first assessment and where the programme has no matrix."""
    if not cells or risk.assessed_once is None:
        return None
    return movement(
        RiskScore(risk.was_likelihood, risk.was_impact),
        RiskScore(risk.likelihood, risk.impact),
        cells,
    )


def matrix(risks: Iterable[Risk], cells: Cells, words: RiskWords) -> tuple[RiskMatrixRow, ...]:
    """The matrix with the risks of ``scored_risks`` in their cells, the highest likelihood first
    as it is drawn; empty where the programme has none."""
    if not cells:
        return ()
    standing: dict[tuple[int, int], list[Risk]] = {}
    for risk in risks:
        standing.setdefault((risk.likelihood, risk.impact), []).append(risk)
    highest, widest = words.size
    return tuple(
        RiskMatrixRow(
            likelihood,
            words.likelihood[likelihood - 1],
            tuple(
                MatrixCell(
                    likelihood,
                    impact,
                    words.impact[impact - 1],
                    cells[likelihood, impact],
                    tuple(standing.get((likelihood, impact), ())),
                )
                for impact in range(1, widest + 1)
            ),
        )
        for likelihood in range(highest, 0, -1)
    )


def action_standing(action: Action, *, today: date) -> str:
    """open, overdue, completed or withdrawn. An action without a due date is never overdue."""
    state = action_state(action.completed_on, action.withdrawn_on)
    if state == "open" and action.due_on is not None and action.due_on < today:
        return "overdue"
    return state
