"""What is left to do of an update, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from programme.common.formats import count
from programme.common.words import say
from programme.models import ReportingPeriod
from projects.models import Project, StatusUpdate
from projects.selectors.dimension_scope import asked_of
from projects.selectors.last_time import last_time
from projects.selectors.proposals import proposals_for
from projects.selectors.update_gaps import gaps
from projects.steps import UpdateStep, step_of

DONE = "Done"


@dataclass(frozen=True, slots=True)
class UpdateGap:
    """What is missing: the field, in which step it is asked, and the sentence that says so."""

    field: str
    step: UpdateStep
    text: str


@dataclass(frozen=True, slots=True)
class StepTask:
    """A step with how far it is, and what there is to know before it is opened."""

    step: UpdateStep
    title: str
    state: str
    hint: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """The steps of an update, and all that it still lacks to be handed in."""

    steps: tuple[StepTask, ...]
    gaps: tuple[UpdateGap, ...]


def update_tasks(
    project: Project, period: ReportingPeriod, update: StatusUpdate | None
) -> UpdateProgress:
    """The steps of a project's update for a period, whether it was begun or not. Six queries, and
    those of what is measured to propose ratings."""
    missing: tuple[UpdateGap, ...] = ()
    if update is not None:
        proposed = {slug: each.level for slug, each in proposals_for(update).items()}
        missing = tuple(
            UpdateGap(field, step_of(field), text) for field, text in gaps(update, proposed).items()
        )
    open_milestones, risks = project.milestones.open(), project.risks.open()
    hints = {
        UpdateStep.WORDS: _begun_with(project, period, update),
        UpdateStep.RATINGS: "",
        UpdateStep.MILESTONES: count(open_milestones.count(), "open milestone"),
        UpdateStep.RISKS: count(risks.count(), "open risk or issue", "open risks and issues"),
    }
    rates = asked_of(project, on=period.as_at).exists()
    steps = []
    for step in UpdateStep:
        state = _state(step, update, missing)
        title = step.heading(rates=rates)
        steps.append(StepTask(step, title, state, hints[step], is_done=state == DONE))
    return UpdateProgress(tuple(steps), missing)


def _state(step: UpdateStep, update: StatusUpdate | None, missing: tuple[UpdateGap, ...]) -> str:
    if update is None or not getattr(update, step.column):
        return "Not started"
    return "Incomplete" if any(each.step == step for each in missing) else DONE


def _begun_with(project: Project, period: ReportingPeriod, update: StatusUpdate | None) -> str:
    """From when the words of an update are, while nobody has looked through them."""
    if update is not None and update.words_version:
        return ""
    last = last_time(project, period, update).update
    return say(f"Begins with the words of {last.period}") if last is not None else ""
