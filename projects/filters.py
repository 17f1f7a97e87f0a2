"""What the lists of the first floor can be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet

from programme.access import assignments
from programme.common.filters import PortalFilterSet, SearchFilter
from programme.models import Board, Organisation, Stage, Theme
from programme.reference_day import reference_day
from projects.models import Action, Decision, Project, Risk, Workstream
from projects.selectors.attention import (
    attention,
    coming_milestones,
    late_milestones,
    to_be_written,
    unrated,
)
from projects.selectors.listing import rated_at, to_review, with_newest_update
from projects.selectors.workstreams import below

ANY = "Any"


def _rows(model: Any) -> Any:
    return lambda request: model.objects.of(request.programme)


def _choice(model: Any, label: str, **kwargs: Any) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        queryset=_rows(model), label=label, empty_label=ANY, **kwargs
    )


class ProjectFilterSet(PortalFilterSet):
    """Its choices are read once, by word and not by row, so that a filter in force costs no query
    more. The view leaves the programme's dimensions on the request: its table needs them too."""

    search = SearchFilter("ref", "name", "short_name", "summary", label="Search")
    workstream = django_filters.ChoiceFilter(
        label="Workstream", empty_label=ANY, method="in_workstream"
    )
    stage = django_filters.ChoiceFilter(field_name="stage__slug", label="Stage", empty_label=ANY)
    lead = django_filters.ChoiceFilter(
        field_name="lead_organisation__slug", label="Lead organisation", empty_label=ANY
    )
    theme = django_filters.ChoiceFilter(field_name="themes__slug", label="Theme", empty_label=ANY)
    rating = django_filters.ChoiceFilter(label="Last rating", empty_label=ANY, method="rated")
    attention = django_filters.ChoiceFilter(
        label="Needs attention",
        empty_label=ANY,
        choices=[
            ("any", "Red or got worse"),
            ("red", "Rated red"),
            ("worse", "Got worse"),
            ("unrated", "Not rated"),
        ],
        method="attended",
    )
    update = django_filters.ChoiceFilter(
        label="Update of the newest period",
        empty_label=ANY,
        choices=[
            ("missing", "Not submitted yet"),
            ("mine", "Mine to write"),
            ("given", "Submitted"),
            ("review", "Submitted, to review"),
        ],
        method="updated",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.request.programme
        self.workstreams = list(Workstream.objects.of(programme))
        leads = Organisation.objects.of(programme).filter(led_projects__isnull=False).distinct()
        self._offer("workstream", [(each.slug, each.name) for each in self.workstreams])
        self._offer("stage", Stage.objects.of(programme).values_list("slug", "name"))
        self._offer("lead", leads.values_list("slug", "name"))
        self._offer("theme", Theme.objects.of(programme).values_list("slug", "name"))
        self._offer(
            "rating",
            [
                (f"{dimension.slug}:{level.code}", f"{dimension.name}: {level.word}")
                for dimension in self.request.rated_dimensions
                for level in dimension.levels
            ],
        )

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = list(choices)

    def in_workstream(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        """Projects of the workstream and of all that stand below it."""
        chosen = next(each for each in self.workstreams if each.slug == value)
        return projects.filter(workstream__in=below(chosen, self.workstreams))

    def rated(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        """Projects whose last report gave a level in a dimension: "time:A"."""
        dimension, _, code = value.partition(":")
        return rated_at(projects, dimension=dimension, code=code)

    def updated(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        if value == "review":
            return to_review(projects)
        found = with_newest_update(projects, given=value == "given")
        if value == "mine":
            request = self.request
            return to_be_written(found, assignments(request.user, request.programme))
        return found

    def attended(self, projects: QuerySet, name: str, value: str) -> QuerySet:
        """By what projects' last reports said; "unrated" are those that said nothing."""
        programme = self.request.programme
        found = attention(programme, day=reference_day(programme).day)
        if value == "unrated":
            return unrated(projects, found.rated)
        wanted = {"red": found.red, "worse": found.worse}.get(value, found.red | found.worse)
        return projects.filter(pk__in=wanted)


class MilestoneFilterSet(PortalFilterSet):
    search = SearchFilter("name", "project__name", "project__short_name", label="Search")
    standing = django_filters.ChoiceFilter(
        label="How it stands",
        empty_label=ANY,
        choices=[
            ("open", "Open"),
            ("late", "Late"),
            ("coming", "Still to come"),
            ("reached", "Reached"),
        ],
        method="stands",
    )
    project = _choice(Project, "Project", to_field_name="ref")

    def stands(self, milestones: QuerySet, name: str, value: str) -> QuerySet:
        programme = self.request.programme
        if value == "reached":
            return milestones.filter(actual_on__isnull=False)
        if value == "open":
            return milestones.filter(actual_on__isnull=True)
        day = reference_day(programme).day
        if value == "late":
            return milestones.filter(pk__in=late_milestones(programme, day))
        return milestones.filter(pk__in=coming_milestones(programme, day))


class RiskFilterSet(PortalFilterSet):
    search = SearchFilter(
        "ref", "title", "cause_and_effect", "mitigation", "owner_post", label="Search"
    )
    standing = django_filters.ChoiceFilter(
        label="Open or closed",
        empty_label=ANY,
        choices=[("open", "Open"), ("closed", "Closed")],
        method="stands",
    )
    kind = django_filters.ChoiceFilter(
        label="Risk or issue", empty_label=ANY, choices=Risk.Kind.choices
    )
    project = _choice(Project, "Project", to_field_name="ref")
    strategic = django_filters.ChoiceFilter(
        field_name="is_strategic",
        label="Goes to the board",
        empty_label=ANY,
        choices=[("True", "Whatever its score")],
    )

    def stands(self, risks: QuerySet, name: str, value: str) -> QuerySet:
        return risks.open() if value == "open" else risks.filter(closed_on__isnull=False)


class DecisionFilterSet(PortalFilterSet):
    search = SearchFilter("ref", "text", "reasons", label="Search")
    board = _choice(Board, "Board", to_field_name="slug")
    kind = django_filters.ChoiceFilter(label="Kind", empty_label=ANY, choices=Decision.Kind.choices)
    project = _choice(Project, "Project", to_field_name="ref", field_name="projects")


class ActionFilterSet(PortalFilterSet):
    search = SearchFilter("ref", "text", "owner_post", "outcome", label="Search")
    standing = django_filters.ChoiceFilter(
        label="Open or done",
        empty_label=ANY,
        choices=[
            ("open", "Open"),
            ("overdue", "Overdue"),
            ("completed", "Done"),
            ("withdrawn", "Withdrawn"),
        ],
        method="stands",
    )
    board = _choice(Board, "Board", to_field_name="slug")
    project = _choice(Project, "Project", to_field_name="ref")
    owner = django_filters.ModelChoiceFilter(
        field_name="owner_organisation",
        queryset=lambda request: Organisation.objects.filter(
            owned_actions__programme=request.programme
        ).distinct(),
        label="Organisation",
        empty_label=ANY,
        to_field_name="slug",
    )

    def stands(self, actions: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        if value == "open":
            return actions.open()
        if value == "overdue":
            return actions.overdue(reference_day(self.request.programme).day)
        if value == "completed":
            return actions.filter(completed_on__isnull=False)
        return actions.filter(withdrawn_on__isnull=False)
