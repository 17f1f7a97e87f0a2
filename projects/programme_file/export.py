"""The first floor's part of a programme's file as it is written: workstreams, projects with all
that is said of them, the risk matrix and the registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from programme.models import (
    Board,
    Dimension,
    Meeting,
    RatingLevel,
    ReportingPeriod,
    RiskLevel,
    RiskMatrixCell,
    RiskScheme,
)
from programme.programme_file.writing import Tree, Writing, without_empty
from projects.models import (
    Action,
    ActionEnd,
    Decision,
    Engagement,
    LateAdmission,
    LeadTerm,
    Milestone,
    MilestoneChange,
    Project,
    ProjectEnd,
    Rating,
    RatingCorrection,
    ReminderRule,
    Risk,
    RiskAssessment,
    RiskEnd,
    StageChange,
    StatusUpdate,
    Workstream,
)
from projects.steps import UpdateStep


def written(writing: Writing, *, only_set_up: bool = False) -> Tree:
    """What the first floor keeps."""
    cells = RiskMatrixCell.objects.of(writing.programme)
    writing.keep(RiskLevel, cells.values_list("level", flat=True))
    writing.keep(Workstream, _above(Workstream.objects.of(writing.programme)))
    reminders = [writing.said(row, leave_out=("programme",)) for row in writing.rows(ReminderRule)]
    set_up = {
        "reminders": next(iter(reminders), {}),
        "risk_matrix": _matrix(writing),
        "workstreams": _workstreams(writing),
    }
    if only_set_up:
        return set_up
    return set_up | {
        "projects": _projects(writing),
        "risks": _risks(writing),
        "decisions": writing.all(Decision)[::-1],
        "actions": _actions(writing),
        "engagements": writing.all(Engagement),
    }


def _actions(writing: Writing) -> list[Tree]:
    """Actions; one that a board took over names the board at whose meeting it began."""
    ends = writing.below(ActionEnd, "action")
    boards = dict(Meeting.objects.of(writing.programme).values_list("pk", "board_id"))

    def build(row: Action) -> Tree:
        began = boards.get(row.meeting_id, row.board_id)
        tree = writing.said(row, leave_out=("programme",)) | _ends(writing, ends, row, "action")
        return tree if began == row.board_id else tree | {"meeting_of": writing.name(Board, began)}

    return writing.listed(writing.rows(Action), build)


def _ends(writing: Writing, ends: Mapping[Any, list[Any]], row: Any, of: str) -> Tree:
    """The ends of a row that were taken back."""
    return without_empty({"earlier_ends": _below(writing, ends, row, of)})


def _below(writing: Writing, rows: Mapping[Any, list[Any]], row: Any, of: str) -> list[Tree]:
    """What belongs to a row, without naming it again."""
    return [writing.said(each, leave_out=(of,)) for each in rows.get(row.pk, ())]


def _matrix(writing: Writing) -> Tree:
    scheme = RiskScheme.objects.of(writing.programme).first()
    if scheme is None:
        return {}
    levels = writing.rows(RiskLevel)
    slugs, ranks = {level.pk: level.slug for level in levels}, writing.ranks(levels)
    cells = {
        (cell.likelihood, cell.impact): slugs[cell.level_id]
        for cell in writing.rows(RiskMatrixCell)
    }
    return writing.said(scheme, leave_out=("programme",)) | {
        "levels": [
            writing.said(level, leave_out=("programme",)) | {"rank": ranks[level.pk]}
            for level in levels
        ],
        "cells": [
            [cells[likelihood, impact] for impact, _ in enumerate(scheme.impact, 1)]
            for likelihood, _ in enumerate(scheme.likelihood, 1)
        ],
    }


def _above(rows: Iterable[Workstream]) -> set[int]:
    """The keys of all below which a workstream stands that is in use."""
    parents = {row.pk: row.parent_id for row in rows}
    found: set[int] = set()
    for row in rows:
        key = None if row.withdrawn_on else row.parent_id
        while key is not None and key not in found:
            found.add(key)
            key = parents[key]
    return found


def _workstreams(writing: Writing) -> list[Tree]:
    """The tree of workstreams. One count goes through the whole of it."""
    below: dict[Any, list[Workstream]] = writing.below(Workstream, "parent")
    places = iter(range(1, 1 + writing.programme.workstreams.count()))

    def build(row: Workstream) -> Tree:
        place = next(places)
        tree = writing.said(row, leave_out=("programme", "parent"))
        if row.order != place and not writing.only_in_use:
            tree["order"] = row.order
        children = [build(child) for child in below.get(row.pk, ())]
        return tree | without_empty({"children": children})

    return [build(row) for row in below.get(None, ())]


def _projects(writing: Writing) -> list[Tree]:
    stages = writing.below(StageChange, "project")
    leads = writing.below(LeadTerm, "project")
    late = writing.below(LateAdmission, "project")
    ends = writing.below(ProjectEnd, "project")
    milestones = writing.below(Milestone, "project")
    changes = writing.below(MilestoneChange, "milestone")
    updates = writing.below(StatusUpdate, "project")
    ratings = writing.below(Rating, "update")
    corrections = writing.below(RatingCorrection, "rating")

    def milestone(row: Milestone) -> Tree:
        return writing.said(row, leave_out=("project", "actual_on", "withdrawn_on")) | {
            "changes": _below(writing, changes, row, "milestone")
        }

    def build(project: Project) -> Tree:
        tree = writing.said(project, leave_out=("programme",))
        tree |= _ends(writing, ends, project, "project")
        return tree | without_empty(
            {
                "stage_changes": _below(writing, stages, project, "project"),
                "earlier_leads": _below(writing, leads, project, "project"),
                "admitted_late": _below(writing, late, project, "project"),
                "milestones": writing.listed(milestones.get(project.pk, ()), milestone),
                "updates": {
                    writing.name(ReportingPeriod, each.period_id): _update(
                        writing, each, ratings.get(each.pk, []), corrections
                    )
                    for each in reversed(updates.get(project.pk, []))
                },
            }
        )

    return writing.listed(writing.rows(Project), build)


def _update(
    writing: Writing,
    update: StatusUpdate,
    ratings: list[Rating],
    corrections: Mapping[int, list[RatingCorrection]],
) -> Tree:
    def corrected(each: RatingCorrection) -> Tree:
        said = writing.said(each, leave_out=("rating", "from_level", "to_level"))
        return {"was": writing.name(RatingLevel, each.from_level_id)} | said

    return writing.said(
        update,
        leave_out=("project", "period", *(step.column for step in UpdateStep)),
        rich=("narrative", "restricted_narrative"),
    ) | without_empty(
        {
            "ratings": {
                writing.name(Dimension, each.dimension_id): writing.said(
                    each, leave_out=("update", "dimension")
                )
                | without_empty(
                    {"corrections": [corrected(one) for one in corrections.get(each.pk, ())]}
                )
                for each in ratings
            }
        }
    )


def _risks(writing: Writing) -> list[Tree]:
    assessments = writing.below(RiskAssessment, "risk")
    ends = writing.below(RiskEnd, "risk")
    scored = ("inherent_likelihood", "inherent_impact", "target_likelihood", "target_impact")

    def build(risk: Risk) -> Tree:
        tree = writing.said(risk, leave_out=("programme", *scored))
        tree["inherent"] = [risk.inherent_likelihood, risk.inherent_impact]
        if risk.target_likelihood is not None:
            tree["target"] = [risk.target_likelihood, risk.target_impact]
        return (
            tree
            | _ends(writing, ends, risk, "risk")
            | without_empty(
                {"assessments": [assessed(each) for each in reversed(assessments.get(risk.pk, []))]}
            )
        )

    def assessed(each: RiskAssessment) -> Tree:
        tree = writing.said(each, leave_out=("risk", "likelihood", "impact"))
        return tree | {"score": [each.likelihood, each.impact]}

    return writing.listed(writing.rows(Risk), build)
