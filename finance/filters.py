"""Filters of the lists of money; every choice stands in the address by its slug or reference."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpRequest

from finance.facts import NO_SOURCE, UNFUNDED
from finance.models import (
    Benefit,
    BudgetLine,
    CostCategory,
    FinancialYear,
    FundingSource,
)
from finance.selectors.at_a_glance import benefits_at_a_glance
from finance.selectors.lines import GROUPS, funded_by
from programme.access import assignments
from programme.common.filters import (
    ChoiceFilter,
    Choices,
    PortalFilterSet,
    RowFilter,
    SearchFilter,
)
from programme.common.words import say
from programme.models import Organisation, RoleAssignment
from projects.models import Project

WITH, WITHOUT = "with", "without"
# In place of a project's reference: benefits of the programme as a whole, or of any project.
PROGRAMME, PROJECTS = "programme", "projects"


def _sources(request: HttpRequest) -> Choices:
    return FundingSource.objects.of(request.programme).values_list("slug", "name")


def _paying(request: HttpRequest) -> Choices:
    return [*_sources(request), *GROUPS.items(), (UNFUNDED, NO_SOURCE.name)]


def _categories(request: HttpRequest) -> Choices:
    return CostCategory.objects.of(request.programme).values_list("slug", "name")


def _years(request: HttpRequest) -> Choices:
    return FinancialYear.objects.of(request.programme).values_list("slug", "label")


def _projects_of(path: str) -> Callable[[HttpRequest], Choices]:
    """Projects that have a row of money: ``path`` leads from a project to it."""

    def rows(request: HttpRequest) -> Choices:
        found = Project.objects.of(request.programme).filter(**{f"{path}__isnull": False})
        pairs = found.distinct().values_list("ref", "short_name", "name")
        return [(ref, short_name or name) for ref, short_name, name in pairs]

    return rows


class LineFilterSet(PortalFilterSet):
    search = SearchFilter("description", "ref", "note", "project__name")
    source = RowFilter(_paying, label="Funding source", method="by_source")
    category = RowFilter(_categories, label="Category", field_name="category__slug")
    project = RowFilter(_projects_of("budget_lines"), label="Project", field_name="project__ref")
    nature = ChoiceFilter(label="Revenue or capital", choices=BudgetLine.Nature.choices)
    team = ChoiceFilter(
        label="The programme team",
        choices=[(WITH, "Only its costs"), (WITHOUT, "Without its costs")],
        method="by_team",
    )

    def by_source(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return funded_by(lines, value)

    def by_team(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter(category__is_programme_team=value == WITH)


class ActualFilterSet(PortalFilterSet):
    search = SearchFilter("line__description", "line__ref")
    source = RowFilter(_sources, label="Funding source", field_name="source__slug")
    category = RowFilter(_categories, label="Category", field_name="line__category__slug")
    project = RowFilter(
        _projects_of("budget_lines__actuals"), label="Project", field_name="line__project__ref"
    )


class GrantFilterSet(PortalFilterSet):
    search = SearchFilter("name", "purpose", "awarded_by__name")
    year = RowFilter(_years, label="Year", field_name="year__slug")
    source = RowFilter(
        lambda request: _sources(request).filter(kind=FundingSource.Kind.GRANT),
        label="Part of the budget as",
        field_name="source__slug",
    )


def _owners(request: HttpRequest) -> Choices:
    found = Organisation.objects.filter(owned_benefits__programme=request.programme)
    return found.distinct().values_list("slug", "name")


class BenefitFilterSet(PortalFilterSet):
    search = SearchFilter("name", "ref", "measure", "project__name", "owner_post")
    benefit_class = ChoiceFilter(label="Class", choices=Benefit.Class.choices)
    project = RowFilter(
        lambda request: [
            (PROGRAMME, "The programme as a whole"),
            (PROJECTS, say("All projects")),
            *_projects_of("benefits")(request),
        ],
        label="Project",
        method="by_project",
    )
    owner = RowFilter(_owners, label="Owner", field_name="owner_organisation__slug")
    state = ChoiceFilter(
        label="State",
        choices=[
            ("waiting", "Waits for validation"),
            ("mine", "Waits for my validation"),
            ("withdrawn", "Withdrawn"),
        ],
        empty_label="In the register",
        method="by_state",
    )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Withdrawn benefits are listed only when they are asked for."""
        withdrawn = self.form.cleaned_data.get("state") == "withdrawn"
        return super().filter_queryset(queryset.filter(withdrawn_on__isnull=not withdrawn))

    def by_project(self, benefits: QuerySet, name: str, value: str) -> QuerySet:
        if value == PROGRAMME:
            return benefits.filter(project__isnull=True)
        if value == PROJECTS:
            return benefits.filter(project__isnull=False)
        return benefits.filter(project__ref=value)

    def by_state(self, benefits: QuerySet, name: str, value: str) -> QuerySet:
        if value == "mine":
            request = self.request
            bodies = {
                each.organisation_id
                for each in assignments(request.user, request.programme)
                if each.role == RoleAssignment.Role.FINANCE
            }
            waiting = benefits_at_a_glance(request.programme).unvalidated
            mine = {each.ref for each in waiting if each.is_for(request.user.pk, bodies)}
            return benefits.filter(ref__in=mine)
        if value != "waiting":
            return benefits
        return benefits.filter(
            profile__realised_pounds__isnull=False, profile__validated_on__isnull=True
        ).distinct()
