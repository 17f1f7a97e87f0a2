"""A programme of any size to measure with, made without the example's file."""

from __future__ import annotations

from datetime import date, timedelta

from programme.models import (
    Board,
    Dimension,
    Meeting,
    Organisation,
    Programme,
    RatingLevel,
    RatingScale,
    ReportingPeriod,
    Stage,
)
from projects.models import (
    Milestone,
    MilestoneChange,
    Project,
    Rating,
    StageChange,
    StatusUpdate,
    Workstream,
)
from reports.actions import install_template
from reports.models import PaperTemplate

NARRATIVE = (
    "<p>" + "The work goes on as planned and its partners have agreed the next step. " * 6 + "</p>"
)
LEVELS = (("G", "Green", "green", 1), ("A", "Amber", "amber", 2), ("R", "Red", "red", 3))
DIMENSIONS = ("overall", "time", "costs", "savings", "benefits")
AS_AT = date(2019, 3, 15)


def make_programme(slug: str, projects: int) -> PaperTemplate:
    """A programme with so many projects, each with a narrative, five ratings and a milestone, and
    the quarterly scrutiny template installed; returns that template."""
    programme = Programme.objects.create(slug=slug, name=slug, short_name=slug)
    host = Organisation.objects.create(
        programme=programme, slug=slug, name=slug, short_name=slug, kind="police"
    )
    board = Board.objects.create(
        programme=programme,
        slug="scrutiny",
        name="Scrutiny",
        short_name="Scrutiny",
        kind="scrutiny",
    )
    earlier, period = (
        ReportingPeriod.objects.create(
            programme=programme,
            slug=as_at.strftime("%Y-%m"),
            name=as_at.strftime("%B %Y"),
            starts_on=as_at - timedelta(days=90),
            as_at=as_at,
            state=ReportingPeriod.State.CLOSED,
        )
        for as_at in (AS_AT - timedelta(days=91), AS_AT)
    )
    Meeting.objects.create(board=board, held_on=AS_AT + timedelta(days=13), period=period)
    scale = RatingScale.objects.create(programme=programme, slug="rag", name="RAG")
    levels = [
        RatingLevel.objects.create(
            scale=scale, code=code, word=word, colour=colour, rank=rank, order=rank
        )
        for code, word, colour, rank in LEVELS
    ]
    dimensions = [
        Dimension.objects.create(
            programme=programme,
            slug=name,
            name=name.title(),
            scale=scale,
            is_overall=name == "overall",
            order=order,
        )
        for order, name in enumerate(DIMENSIONS, start=1)
    ]
    stage = Stage.objects.create(
        programme=programme, slug="delivery", name="Delivery", kind="live", order=1
    )
    streams = [
        Workstream.objects.create(
            programme=programme, slug=f"w{number}", name=f"Workstream {number}", order=number
        )
        for number in range(1, 6)
    ]
    rows = Project.objects.bulk_create(
        Project(
            programme=programme,
            ref=f"p{number}",
            name=f"Project number {number}",
            workstream=streams[number % len(streams)],
            lead_organisation=host,
            stage=stage,
            order=number,
        )
        for number in range(projects)
    )
    StageChange.objects.bulk_create(
        StageChange(project=row, to_stage=stage, changed_on=AS_AT - timedelta(days=400))
        for row in rows
    )
    updates = StatusUpdate.objects.bulk_create(
        StatusUpdate(
            project=row,
            period=when,
            state=StatusUpdate.State.ACCEPTED,
            status_line="In delivery",
            narrative=NARRATIVE,
        )
        for row in rows
        for when in (earlier, period)
    )
    Rating.objects.bulk_create(
        Rating(update=update, dimension=dimension, level=levels[(place + shift) % len(levels)])
        for place, update in enumerate(updates)
        for shift, dimension in enumerate(dimensions)
    )
    milestones = Milestone.objects.bulk_create(
        Milestone(project=row, name="Go-live", baseline_day=AS_AT, forecast_day=AS_AT)
        for row in rows
    )
    MilestoneChange.objects.bulk_create(
        MilestoneChange(milestone=row, kind="set", stated_on=AS_AT, date_day=AS_AT)
        for row in milestones
    )
    install_template(programme=programme, builtin="quarterly-scrutiny", board=board, by=None)
    return PaperTemplate.objects.select_related("programme", "board").get(programme=programme)


def period_of(template: PaperTemplate) -> ReportingPeriod:
    """The period that the made programme reports."""
    return ReportingPeriod.objects.get(programme=template.programme, as_at=AS_AT)
