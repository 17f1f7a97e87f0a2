"""Rules over several rows of projects, checked in what is stored."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from programme.integrity import Breach, circles, strangers
from programme.models import Programme
from projects.choices import ChangeKind
from projects.milestone_history import HistoryError, MilestoneDates, StatedChange, replay
from projects.models import Milestone, Project, Rating, StatusUpdate, Workstream
from projects.risk import RiskMatrixError, check_cells
from projects.selectors.registers import risk_cells, risk_words, scores_beyond


def breaches(programme: Programme) -> list[Breach]:
    """What is wrong in a programme's workstreams, projects, ratings, milestones and matrix."""
    workstreams = Workstream.objects.of(programme)
    projects = Project.objects.of(programme)
    return [
        *strangers("projects", programme),
        *circles(
            "Workstream",
            {row.pk: str(row) for row in workstreams},
            {row.pk: row.parent_id for row in workstreams},
        ),
        *circles(
            "Project",
            {row.pk: str(row) for row in projects},
            {row.pk: row.parent_id for row in projects},
        ),
        *_ratings(programme),
        *_stages(programme),
        *_milestones(programme),
        *_matrix(programme),
    ]


def _ratings(programme: Programme) -> Iterator[Breach]:
    ratings = Rating.objects.of(programme).select_related(
        "update__project", "update__period", "dimension__scale", "level"
    )
    for row in ratings.exclude(level__scale=F("dimension__scale")):
        yield Breach(
            str(row.update),
            f"{row.dimension} is rated {row.level}, which is not a level of {row.dimension.scale}.",
        )
    # A draft may still lack its reasons; what was handed in may not.
    handed_in = StatusUpdate.objects.of(programme).given()
    for row in ratings.filter(level__needs_reason=True, reason="", update__in=handed_in):
        yield Breach(str(row.update), f"{row.dimension} is {row.level} without a reason.")


def _stages(programme: Programme) -> Iterator[Breach]:
    projects = Project.objects.of(programme).select_related("stage")
    for project in projects.prefetch_related("stage_changes__to_stage"):
        where, moves = f"Project “{project}”", list(project.stage_changes.all())
        # The first move may start from a stage that nothing says since when it had.
        previous = moves[0].from_stage_id if moves else None
        for change in moves:
            if change.from_stage_id != previous:
                yield Breach(
                    where,
                    f"its move to {change.to_stage} on {change.changed_on} does not start from "
                    f"the stage it had.",
                )
            previous = change.to_stage_id
        if previous is not None and previous != project.stage_id:
            yield Breach(where, f"its stage is {project.stage}, but its last move led elsewhere.")


def _milestones(programme: Programme) -> Iterator[Breach]:
    milestones = Milestone.objects.of(programme).select_related("project")
    for milestone in milestones.prefetch_related("changes"):
        where = f"Milestone “{milestone}”"
        try:
            standing = standing_of(milestone)
        except HistoryError as error:
            yield Breach(where, str(error))
            continue
        if standing is None:
            yield Breach(where, "nothing says when it was set.")
            continue
        for name in ("baseline", "forecast", "actual_on", "withdrawn_on"):
            if getattr(milestone, name) != getattr(standing, name):
                yield Breach(where, f"its {name} is not what its changes lead to.")


def standing_of(milestone: Milestone) -> MilestoneDates | None:
    """How a milestone stands by its history; prefetch ``changes`` for many of them."""
    return replay(
        StatedChange(ChangeKind(change.kind), change.stated_on, change.date)
        for change in milestone.changes.all()
    )


def _matrix(programme: Programme) -> Iterator[Breach]:
    """Every score lies on the programme's matrix, which is whole; one that has set up no matrix
    scores in the steps of the default, without levels."""
    cells, size = risk_cells(programme), risk_words(programme).size
    if cells:
        try:
            check_cells(cells, size)
        except RiskMatrixError as error:
            yield Breach("Risk matrix", str(error))
    for risk, likelihood, impact in scores_beyond(programme, size):
        yield Breach(
            f"Risk “{risk}”",
            f"it is scored {likelihood} × {impact}, which is not on a matrix of "
            f"{size[0]} × {size[1]}.",
        )
