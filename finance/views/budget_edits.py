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
from programme.common.words import say
from programme.pages import EditPage, InAddress

OUTTURN = ("Outturn", "finance:years:outturn")


class ContributionEdit(YearPage, EditPage):
    """What one source has agreed to put in; there is one such amount for each source and year."""

    permission = "contributions.edit"
    row = "contribution"
    form_class = ContributionForm
    action = save_contribution
    button = "Save"
    success_text = "The contribution is saved."

    @cached_property
    def source(self) -> FundingSource:
        sources = FundingSource.objects.of(self.programme)
        source = get_object_or_404(sources, slug=self.kwargs["source"])
        if source.kind == FundingSource.Kind.GRANT:
            raise Http404("The budget of a grant is its award.")
        return source

    @cached_property
    def contribution(self) -> PlannedContribution | None:
        return PlannedContribution.objects.filter(year=self.year, source=self.source).first()

    def get_permission_object(self) -> FundingSource:
        return self.source

    def get_title(self) -> str:
        return f"{say('Contribution')} of {self.source.name}, {self.year.label}"

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        if self.object:
            initial |= {"amount": self.object.amount, "note": self.object.note}
        return initial

    def get_new_row(self, form: Any) -> PlannedContribution:
        return PlannedContribution(year=self.year, source=self.source)

    def get_success_url(self, obj: PlannedContribution) -> str:
        return self.urls.contribution(self.source.slug)


class _PublishedForm(YearPage, EditPage):
    """What adding and editing a figure that a paper printed share."""

    permission = "budget.edit"
    row = "figure"
    form_class = PublishedFigureForm
    action = save_published_figure


class PublishedAdd(_PublishedForm):
    title = "Add a published figure"
    beneath = (OUTTURN,)

    def get_new_row(self, form: Any) -> PublishedFigure:
        return PublishedFigure(year=self.year)


class PublishedEdit(_PublishedForm):
    title = "Edit a published figure"
    figure = InAddress(lambda page: PublishedFigure.objects.filter(year=page.year), among=OUTTURN)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "pounds": self.figure.pounds}
