"""The tasks of setting a programme up: what there is of each part, and which parts are missing.

A step is a line of STEPS. All are counted in one query, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce

from finance.models import CostCategory, FinancialYear, FundingSource, SplitRule
from programme.common import formats
from programme.common.words import say
from programme.models import (
    Aim,
    Board,
    Dimension,
    Organisation,
    Person,
    PlanPriority,
    Principle,
    Programme,
    RatingScale,
    ReportingPeriod,
    RiskLevel,
    ScopedQuerySet,
    Stage,
    Theme,
)
from projects.models import Project, ReminderRule, Workstream
from reports.models import PaperTemplate


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the set-up: its words, the URL name of the page that sets it up, what is counted
    there with the words for one and for several, and whether a programme can do without."""

    words: str
    page: str
    rows: Callable[[], ScopedQuerySet]
    nouns: tuple[str, str]
    hint: str = ""
    needed: bool = True
    set: str = ""
    """What stands in place of a count, of what there is only one."""

    @property
    def is_of_money(self) -> bool:
        """Whether it is of no use to a programme that keeps no money here."""
        return self.page.startswith("finance:")


STEPS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    (
        "The programme",
        (
            Step(
                "What it says of itself",
                "programme:edit",
                lambda: Programme.objects.exclude(vision="", summary="", host=None),
                ("programme", "programmes"),
                "Its name and vision, the accountable body, the year, bank holidays, marking.",
                needed=False,
                set="Set",
            ),
            Step(
                "Principles",
                "programme:principles:list",
                lambda: Principle.objects.offered(),
                ("principle", "principles"),
                needed=False,
            ),
            Step(
                "Aims",
                "programme:aims:list",
                lambda: Aim.objects.offered(),
                ("aim", "aims"),
                needed=False,
            ),
            Step(
                "Plan priorities",
                "programme:priorities:list",
                lambda: PlanPriority.objects.offered(),
                ("priority", "priorities"),
                "Of the plan that the programme answers to.",
                needed=False,
            ),
            Step(
                "Themes",
                "programme:themes:list",
                lambda: Theme.objects.offered(),
                ("theme", "themes"),
                "Subjects that cut across workstreams.",
                needed=False,
            ),
        ),
    ),
    (
        "Who takes part",
        (
            Step(
                "Organisations and partners",
                "programme:organisations:list",
                lambda: Organisation.objects.all(),
                ("organisation", "organisations"),
            ),
            Step(
                "Boards",
                "programme:boards:list",
                lambda: Board.objects.all(),
                ("board", "boards"),
                "What reports to what, who sits on each, and when they meet.",
            ),
            Step(
                "People and their roles",
                "programme:people:list",
                lambda: Person.objects.all(),
                ("person", "people"),
                "Who reports, who decides, who looks after money; each is invited.",
            ),
        ),
    ),
    (
        "How work is told",
        (
            Step(
                "Reporting periods",
                "programme:periods:list",
                lambda: ReportingPeriod.objects.all(),
                ("period", "periods"),
                "As your calendar has them, each with its as-at date.",
            ),
            Step(
                "The first period opened",
                "programme:periods:list",
                lambda: ReportingPeriod.objects.exclude(state=ReportingPeriod.State.PLANNED),
                ("period opened", "periods opened"),
                "Project leads write updates while a period is open. Choose it, then “Open”.",
            ),
            Step(
                "Reminders",
                "projects:reminders:edit",
                lambda: ReminderRule.objects.all(),
                ("programme", "programmes"),
                "When people are reminded of updates by e-mail. Without it, at the usual times.",
                needed=False,
                set="Set",
            ),
            Step(
                "Words and signs",
                "programme:words",
                Programme.objects.with_own_words,
                ("programme", "programmes"),
                "What it calls its projects and boards; its currency; how movement is shown.",
                needed=False,
                set="Own words",
            ),
            Step(
                "Stages",
                "programme:stages:list",
                lambda: Stage.objects.offered(),
                ("stage", "stages"),
                "The way of a project from an idea to its end.",
            ),
            Step(
                "Rating scales",
                "programme:scales:list",
                lambda: RatingScale.objects.offered(),
                ("scale", "scales"),
                "The levels of ratings: colours, points, or words of your own.",
                needed=False,
            ),
            Step(
                "What is rated",
                "programme:dimensions:list",
                lambda: Dimension.objects.offered(),
                ("dimension", "dimensions"),
                "Time, costs, the project overall. Without any, nothing is said of ratings.",
                needed=False,
            ),
            Step(
                "Risk scheme",
                "projects:risk_scheme:detail",
                lambda: RiskLevel.objects.offered(),
                ("risk level", "risk levels"),
                "The matrix on which risks are scored: its size, words and levels.",
                needed=False,
            ),
            Step(
                "Workstreams",
                "projects:workstreams:list",
                lambda: Workstream.objects.offered(),
                ("workstream", "workstreams"),
                "The groups in which papers show projects.",
            ),
            Step(
                "Projects",
                "projects:list",
                lambda: Project.objects.filter(withdrawn_on__isnull=True),
                ("project", "projects"),
                "Each in its workstream, at a stage.",
            ),
        ),
    ),
    (
        "Money",
        (
            Step(
                "Financial years",
                "finance:years:list",
                lambda: FinancialYear.objects.all(),
                ("year", "years"),
                "For which budgets are agreed.",
                needed=False,
            ),
            Step(
                "Funding sources",
                "finance:sources:list",
                lambda: FundingSource.objects.offered(),
                ("source", "sources"),
                "Partners’ contributions, grants and reserves.",
                needed=False,
            ),
            Step(
                "Categories of costs",
                "finance:categories:list",
                lambda: CostCategory.objects.offered(),
                ("category", "categories"),
                "What the programme spends money on.",
                needed=False,
            ),
            Step(
                "Split rules",
                "finance:split_rules:list",
                lambda: SplitRule.objects.offered(),
                ("rule", "rules"),
                "The shares by which sources carry a cost.",
                needed=False,
            ),
        ),
    ),
    (
        "What boards read",
        (
            Step(
                "Papers of boards",
                "reports:templates:list",
                lambda: PaperTemplate.objects.offered(),
                ("paper", "papers"),
                "Which board gets which paper, under what title.",
            ),
        ),
    ),
)
"""All steps in the order in which they are best taken, under their headings."""


@dataclass(frozen=True, slots=True)
class SetUpTask:
    """A step as it stands: how many rows it has."""

    step: Step
    number: int

    @property
    def is_missing(self) -> bool:
        return self.step.needed and not self.number

    @property
    def state(self) -> str:
        """As a page says it: "6 stages", "Missing", "None: you can do without"."""
        if self.number and self.step.set:
            return self.step.set
        if self.number:
            return formats.count(self.number, *self.step.nouns)
        if self.step.needed:
            return "Missing"
        return "Not yet" if self.step.set else "None yet"


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    tasks: tuple[SetUpTask, ...]


def tasks_of(programme: Programme) -> tuple[Group, ...]:
    """All steps of a programme with what there is of each. One query."""
    groups = [
        (heading, tuple(step for step in steps if programme.keeps_money or not step.is_of_money))
        for heading, steps in STEPS
    ]
    steps = [step for _, of_group in groups for step in of_group]
    counted = {f"n{at}": _number(step.rows(), programme) for at, step in enumerate(steps)}
    row = Programme.objects.filter(pk=programme.pk).annotate(**counted).values(*counted).get()
    numbers = {step.words: row[f"n{at}"] for at, step in enumerate(steps)}
    return tuple(
        Group(heading, tuple(SetUpTask(step, numbers[step.words]) for step in of_group))
        for heading, of_group in groups
        if of_group
    )


def missing(programme: Programme) -> tuple[SetUpTask, ...]:
    """The tasks without which papers cannot be made, in their order. One query."""
    return tuple(task for group in tasks_of(programme) for task in group.tasks if task.is_missing)


def standing(groups: tuple[Group, ...]) -> str:
    """How far the set-up is, as a sentence."""
    left = sum(task.is_missing for group in groups for task in group.tasks)
    if not left:
        return say("All that papers need is set up. All of it can be changed here at any time.")
    return say(
        f"{formats.count(left, 'step is', 'steps are')} missing before papers can be made. Take "
        "them in whatever order you like; all of it can be changed here at any time."
    )


def _number(rows: ScopedQuerySet, programme: Programme) -> Coalesce:
    path = rows.programme_path
    of: QuerySet = rows.of(programme).order_by().values(path).annotate(number=Count("pk"))
    return Coalesce(Subquery(of.values("number")), 0)
