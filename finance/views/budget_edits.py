"""Planned contributions and published figures of a year: the forms that change them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from finance.actions import save_contribution, save_published_figure
from finance.forms import ContributionForm, PublishedFigureForm
from finance.models import FundingSource, PlannedContribution, PublishedFigure
from finance.views.base import YearPage
from programme.pages import EditPage
from programme.pages.base import Link


class ContributionEdit(YearPage, EditPage):
    """What one source has agreed to put in; there is one such amount for each source and year."""

    permission = "contributions.edit"
    form_class = ContributionForm
    action = save_contribution
    row = "contribution"
    success_text = "The contribution is saved."

    @cached_property
    def source(self) -> FundingSource:
        sources = FundingSource.objects.of(self.programme)
        source = get_object_or_404(sources, slug=self.kwargs["source"])
        if source.kind == FundingSource.Kind.GRANT:
            raise Http404("The budget of a grant is its award.")
        return source

    def get_object(self) -> PlannedContribution | None:
        return PlannedContribution.objects.filter(year=self.year, source=self.source).first()

    def get_permission_object(self) -> FundingSource:
        return self.source

    def get_title(self) -> str:
        return f"Contribution of {self.source.name}, {self.year.label}"

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        if self.object:
            initial |= {"amount": self.object.amount, "note": self.object.note}
        return initial

    def get_new_row(self, form: Any) -> PlannedContribution:
        return PlannedContribution(year=self.year, source=self.source)

    def get_success_url(self, obj: PlannedContribution) -> str:
        return self.urls.contribution(self.source.slug)


class PublishedAdd(YearPage, EditPage):
    permission = "budget.edit"
    title = "Add a published figure"
    form_class = PublishedFigureForm
    action = save_published_figure
    row = "figure"
    button = "Add figure"
    success_text = "The published figure is added."

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), ("Outturn", self.urls.page("outturn"))]

    def get_new_row(self, form: Any) -> PublishedFigure:
        return PublishedFigure(year=self.year)

    def get_success_url(self, obj: PublishedFigure) -> str:
        return self.urls.page("outturn")


class PublishedEdit(PublishedAdd):
    title = "Change a published figure"
    button = "Save"
    success_text = "The published figure is saved."

    def get_object(self) -> PublishedFigure:
        figures = PublishedFigure.objects.filter(year=self.year)
        return get_object_or_404(figures, pk=self.kwargs["pk"])

    def get_permission_object(self) -> None:
        return None

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "pounds": self.object.pounds}
