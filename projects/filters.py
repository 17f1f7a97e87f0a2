"""What the lists of the first floor can be narrowed to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from programme.access import assignments
from programme.common.filters import (
    ChoiceFilter,
    Choices,
    PortalFilterSet,
    RowFilter,
    SearchFilter,
)
from programme.filters import boards
from programme.models import Organisation, Person, RoleAssignment, Stage, Theme
from programme.reference_day import reference_day
from programme.selectors import extremes
from projects import cells
from projects.models import Action, Decision, Project, Risk, Workstream
from projects.selectors.attention import (
    SOON,
    attention,
    coming_milestones,
    due_milestones,
    late_milestones,
    missed_milestones,
    moved_milestones,
    to_be_written,
    unrated,
)
from projects.selectors.dimension_scope import without_ratings
from projects.selectors.listing import rated_at, to_review, with_newest_update
from projects.selectors.mine import by_name, own_actions, own_milestones, own_projects, own_risks
from projects.selectors.progress import STATES, late, owed
from projects.selectors.registers import risk_words
from projects.selectors.workstreams import below


def _whose(*more: tuple[str, str]) -> ChoiceFilter:
    """Narrows a list to what is the reader's own."""
    return ChoiceFilter(label="Whose", choices=[("mine", "Mine"), *more], method="owned")


def _by_name() -> ChoiceFilter:
    """As ``_whose``, of rows that have an owner's account."""
    return _whose(("named", "Mine by name"), ("nobody", "Without an owner’s account"))


def _held(filters: PortalFilterSet) -> tuple[RoleAssignment, ...]:
    return assignments(filters.request.user, filters.request.programme)


class _Owned:
    """Mixin of rows with an owner's account, which a list asks for as ``whose``. A subclass says
    which are somebody's ``own``: of what is theirs by name, and of their projects."""

    own: Callable[[Iterable[RoleAssignment]], Q]

    def owned(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "nobody":
            return rows.filter(owner_user__isnull=True)
        return rows.filter((by_name if value == "named" else type(self).own)(_held(self)))


def projects(request: HttpRequest) -> Choices:
    """Every project by its reference, as its pages are called."""
    pairs = Project.objects.of(request.programme).values_list("ref", "short_name", "name")
    return [(ref, short_name or name) for ref, short_name, name in pairs]


def _workstreams(request: HttpRequest) -> Choices:
    return Workstream.objects.of(request.programme).values_list("slug", "name")


def _with_those_below(request: HttpRequest, slug: str) -> Collection[int]:
    """The keys of a workstream and of all that stand below it."""
    every = list(Workstream.objects.of(request.programme))
    return below(next(each for each in every if each.slug == slug), every)


def _stages(request: HttpRequest) -> Choices:
    return Stage.objects.of(request.programme).values_list("slug", "name")


def _themes(request: HttpRequest) -> Choices:
    return Theme.objects.of(request.programme).values_list("slug", "name")


def _leads(request: HttpRequest) -> Choices:
    found = Organisation.objects.of(request.programme).filter(led_projects__isnull=False)
    return found.distinct().values_list("slug", "name")


def _ratings(request: HttpRequest) -> Choices:
    """The levels of the programme's dimensions, which the page leaves on the request: its table
    needs them too."""
    return [
        (f"{dimension.slug}:{level.code}", f"{dimension.name}: {level.word}")
        for dimension in request.rated_dimensions
        for level in dimension.levels
    ]


def _attention(request: HttpRequest) -> Choices:
    """What there is to attend to, in the words of the programme's own levels."""
    programme = request.programme
    worst = extremes(programme, on=reference_day(programme).day).worst_words
    if worst:
        yield "any", f"Rated {worst}, or got worse"
        yield "worst", f"Rated {worst}"
    yield ("worse" if worst else "any"), "Got worse"
    yield "unrated", "Not rated"


class ProjectFilterSet(PortalFilterSet):
    search = SearchFilter("ref", "name", "short_name", "summary")
    whose = _whose(("sponsored", "Sponsored by me"), ("nobody", "Without a lead’s account"))
    workstream = RowFilter(_workstreams, label="Workstream", method="in_workstream")
    stage = RowFilter(_stages, label="Stage", field_name="stage__slug")
    lead = RowFilter(_leads, label="Lead organisation", field_name="lead_organisation__slug")
    theme = RowFilter(_themes, label="Theme", field_name="themes__slug")
    rating = RowFilter(_ratings, label="Last rating", method="rated")
    attention = RowFilter(_attention, label="Needs attention", method="attended")
    update = ChoiceFilter(
        label="Update of the newest period",
        choices=[
            ("missing", "Not handed in yet"),
            ("mine", "Mine to write"),
            ("given", "Handed in"),
            ("review", "Handed in, to review"),
        ],
        method="updated",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Where nothing is rated, nothing is asked about ratings."""
        super().__init__(*args, **kwargs)
        if not self.request.rated_dimensions:
            for name in ("rating", "attention"):
                del self.filters[name]

    def owned(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        if value == "nobody":
            return projects.filter(lead_user__isnull=True)
        if value == "sponsored":
            return projects.filter(sponsor_user=self.request.user)
        return projects.filter(own_projects(_held(self)))

    def in_workstream(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        """Projects of the workstream and of all that stand below it."""
        return projects.filter(workstream__in=_with_those_below(self.request, value))

    def rated(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        """Projects whose last report gave a level in a dimension: "time:A"."""
        dimension, _, code = value.partition(":")
        return rated_at(projects, dimension=dimension, code=code)

    def updated(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        if value == "review":
            return to_review(projects)
        found = with_newest_update(projects, given=value == "given")
        if value == "mine":
            return to_be_written(found, _held(self))
        return found

    def attended(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        """By what projects' last reports said; "unrated" are those that said nothing."""
        programme = self.request.programme
        day = reference_day(programme).day
        found = attention(programme, day=day)
        if value == "unrated":
            return unrated(projects, found.rated, without_ratings(programme, on=day))
        wanted = {"worst": found.worst, "worse": found.worse}.get(value, found.worst | found.worse)
        return projects.filter(pk__in=wanted)


def _led_by(request: HttpRequest) -> Choices:
    """Whose account leads a project, as pages of people are called."""
    found = Person.objects.of(request.programme).select_related("user")
    led = Project.objects.of(request.programme).order_by().values("lead_user")
    return [(str(each.pk), str(each)) for each in found.filter(user__in=led)]


class ProgressFilterSet(PortalFilterSet):
    """Of the projects that a period asks. The page leaves on the request the day against which
    ``late`` is measured."""

    search = SearchFilter("ref", "name", "short_name")
    state = ChoiceFilter(
        label="State",
        choices=[
            ("owed", "Still to be handed in"),
            ("late", "Late"),
            *((each, cells.state_words(each)) for each in STATES),
        ],
        method="in_state",
    )
    workstream = RowFilter(_workstreams, label="Workstream", method="in_workstream")
    lead = RowFilter(_led_by, label="Lead", method="led")
    organisation = RowFilter(
        _leads, label="Lead organisation", field_name="lead_organisation__slug"
    )

    def in_state(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        if value == "owed":
            return owed(projects)
        if value == "late":
            return late(projects, self.request.measured_on)
        return projects.filter(standing=value)

    def in_workstream(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        return projects.filter(workstream__in=_with_those_below(self.request, value))

    def led(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        return projects.filter(lead_user__known_as=value)


class MilestoneFilterSet(_Owned, PortalFilterSet):
    own = staticmethod(own_milestones)
    search = SearchFilter("name", "project__name", "project__short_name")
    whose = _by_name()
    state = ChoiceFilter(
        label="State",
        choices=[
            ("open", "Open"),
            ("late", "Late"),
            ("missed", "Late, its date has passed"),
            ("coming", "Still to come"),
            ("due", f"Due within {SOON} days"),
            ("moved", "Moved from what was first agreed"),
            ("undated", "Without a date"),
            ("reached", "Reached"),
        ],
        method="in_state",
    )
    project = RowFilter(projects, label="Project", field_name="project__ref")

    def in_state(self, milestones: QuerySet, name: str, value: str) -> QuerySet:
        programme = self.request.programme
        if value == "reached":
            return milestones.filter(actual_on__isnull=False)
        if value == "open":
            return milestones.open()
        day = reference_day(programme).day
        if value == "late":
            return milestones.filter(pk__in=late_milestones(programme, day))
        if value == "missed":
            return milestones.filter(pk__in=missed_milestones(programme, day))
        if value == "due":
            return milestones.filter(pk__in=due_milestones(programme, day))
        if value == "moved":
            return milestones.filter(pk__in=moved_milestones(programme))
        if value == "undated":
            return milestones.open().filter(forecast_day__isnull=True)
        return milestones.filter(pk__in=coming_milestones(programme, day))


def _scores(request: HttpRequest) -> Choices:
    """Every likelihood with every impact, the highest first."""
    words = risk_words(request.programme)
    return [
        (
            f"{likelihood}-{impact}",
            f"{likelihood} {words.likelihood[likelihood - 1]} × {impact} {word}",
        )
        for likelihood in range(len(words.likelihood), 0, -1)
        for impact, word in reversed(list(enumerate(words.impact, 1)))
    ]


class RiskFilterSet(_Owned, PortalFilterSet):
    own = staticmethod(own_risks)
    search = SearchFilter("ref", "title", "cause", "event", "effect", "mitigation", "owner_post")
    whose = _by_name()
    state = ChoiceFilter(
        label="State",
        choices=[("open", "Open"), ("review", "Open, its review is due"), ("closed", "Closed")],
        method="in_state",
    )
    kind = ChoiceFilter(label="Risk or issue", choices=Risk.Kind.choices)
    score = RowFilter(_scores, label="Likelihood × impact now", method="scored")
    project = RowFilter(projects, label="Project", field_name="project__ref")
    strategic = ChoiceFilter(
        field_name="is_strategic",
        label="Goes to the board",
        choices=[("True", "Whatever its score")],
    )

    def in_state(self, risks: QuerySet, name: str, value: str) -> QuerySet:
        if value == "closed":
            return risks.filter(closed_on__isnull=False)
        if value == "review":
            day = reference_day(self.request.programme).day
            return risks.open().filter(review_on__lte=day)
        return risks.open()

    def scored(self, risks: QuerySet, name: str, value: str) -> QuerySet:
        """Risks at a cell of the matrix: "4-3"."""
        likelihood, _, impact = value.partition("-")
        return risks.filter(likelihood=int(likelihood), impact=int(impact))


class DecisionFilterSet(PortalFilterSet):
    search = SearchFilter("ref", "text", "reasons")
    board = RowFilter(boards, label="Board", field_name="board__slug")
    kind = ChoiceFilter(label="Kind", choices=Decision.Kind.choices)
    project = RowFilter(projects, label="Project", field_name="projects__ref")


def _owners(request: HttpRequest) -> Choices:
    found = Organisation.objects.filter(owned_actions__programme=request.programme)
    return found.distinct().values_list("slug", "name")


class ActionFilterSet(_Owned, PortalFilterSet):
    own = staticmethod(own_actions)
    search = SearchFilter("ref", "text", "owner_post", "outcome")
    whose = _by_name()
    state = ChoiceFilter(
        label="State",
        choices=[
            ("open", "Open"),
            ("overdue", "Overdue"),
            ("completed", "Done"),
            ("withdrawn", "Withdrawn"),
        ],
        method="in_state",
    )
    board = RowFilter(boards, label="Board", field_name="board__slug")
    project = RowFilter(projects, label="Project", field_name="project__ref")
    owner = RowFilter(_owners, label="Organisation", field_name="owner_organisation__slug")

    def in_state(self, actions: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        if value == "open":
            return actions.open()
        if value == "overdue":
            return actions.overdue(reference_day(self.request.programme).day)
        if value == "completed":
            return actions.filter(completed_on__isnull=False)
        return actions.filter(withdrawn_on__isnull=False)
