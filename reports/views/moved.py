"""What moved since a chosen period or paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.views.generic import TemplateView

from programme.common.blocks import Blank, Cell, Day, OnPage, Score, Text
from programme.common.filters import FilterForm
from programme.common.formats import count
from programme.common.values import PlainDate
from programme.common.words import say
from programme.models import ReportingPeriod
from programme.pages import ProgrammePage
from programme.reference_day import reference_day
from projects.selectors.moved import Moved, what_moved
from projects.selectors.registers import Scored
from reports.models import Paper
from reports.sections.words import rating_cell
from reports.views.papers import HOME

MOST = 50
"""Rows of one kind that the page shows before it is asked for all."""


@dataclass(frozen=True, slots=True)
class MovedKind:
    """One kind of what moved: its rows, each cell with the heading of its column. ``more`` says how
    many rows are not shown."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, Cell], ...], ...]
    nothing: str
    more: str = ""


class WhatMoved(ProgrammePage, TemplateView):
    permission = "projects.view"
    title = "What moved"
    above = (HOME,)
    template_name = "reports/moved.html"

    @cached_property
    def periods(self) -> list[ReportingPeriod]:
        """Those that were opened, the newest first."""
        opened = ReportingPeriod.objects.of(self.programme)
        return list(opened.exclude(state=ReportingPeriod.State.PLANNED).order_by("-as_at"))

    @cached_property
    def days(self) -> dict[str, tuple[str, date]]:
        """From when it can be asked: by what stands in the address, words and day. Papers are of
        the day of their period."""
        until = self.until
        found = {each.slug: (each.name, each.as_at) for each in self.periods if each.as_at < until}
        for paper in (
            Paper.objects.of(self.programme)
            .filter(period__as_at__lt=until)
            .select_related("template", "period")
        ):
            key = f"{paper.template.slug}/{paper.period.slug}"
            found[key] = (f"{paper.title}, {paper.period.name}", paper.period.as_at)
        return found

    @cached_property
    def until(self) -> date:
        return reference_day(self.programme).day

    @cached_property
    def form(self) -> FilterForm:
        groups: dict[str, list[tuple[str, str]]] = {"Reporting periods": [], "Papers": []}
        for key, (words, _) in self.days.items():
            groups["Papers" if "/" in key else "Reporting periods"].append((key, words))
        form = FilterForm({"since": self.chosen})
        form.fields["since"] = forms.ChoiceField(
            label="Since", choices=[(name, each) for name, each in groups.items() if each]
        )
        return form

    @cached_property
    def chosen(self) -> str:
        """What was asked for; else the last period before the day that the page speaks of."""
        asked = self.request.GET.get("since", "")
        return asked if asked in self.days else next(iter(self.days), "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words, since = self.days.get(self.chosen, ("", None))
        moved = what_moved(self.programme, since=since, until=self.until) if since else None
        return super().get_context_data(
            form=self.form if moved else None,
            since=since,
            since_words=words,
            until=self.until,
            parts=self.kinds(moved) if moved else (),
            **kwargs,
        )

    def kinds(self, moved: Moved) -> tuple[MovedKind, ...]:
        project, reason = say("Project"), "Why"
        return (
            self.part(
                "ratings",
                "Ratings",
                (project, "Rated", "Now", reason),
                [
                    (
                        self.to_project(each),
                        Text.plain(each.dimension),
                        rating_cell(each.rating),
                        _text(each.rating.reason),
                    )
                    for each in moved.ratings
                ],
                "No rating moved.",
            ),
            self.part(
                "milestones",
                say("Milestones"),
                (say("Milestone"), "What", "Date", reason),
                [
                    (
                        OnPage(
                            Text.plain(each.name),
                            self.url(
                                "projects:milestones:detail", project=each.ref, milestone=each.pk
                            ),
                            each.project,
                        ),
                        Text.plain(each.deed),
                        _text(each.words),
                        _text(each.reason),
                    )
                    for each in moved.milestones
                ],
                say("No milestone moved."),
            ),
            self.part(
                "risks",
                say("Risks and issues"),
                (say("Risk or issue"), "What", "Was", "Now", reason),
                [
                    (
                        OnPage(
                            Text.plain(each.title),
                            self.url("projects:risks:detail", risk=each.ref),
                            each.project,
                        ),
                        Text.plain(each.deed),
                        _score(each.was),
                        _score(each.now),
                        _text(each.reason),
                    )
                    for each in moved.risks
                ],
                say("No risk or issue moved."),
            ),
            self.part(
                "projects",
                say("Projects and their stages"),
                (project, "What", "Stage", "When", reason),
                [
                    (
                        self.to_project(each),
                        Text.plain(each.deed),
                        _text(each.words),
                        Day(PlainDate(each.on)),
                        _text(each.reason),
                    )
                    for each in moved.projects
                ],
                say("No project came, went or changed its stage."),
            ),
        )

    def to_project(self, row: Any) -> Cell:
        return OnPage(Text.plain(row.project), self.url("projects:detail", project=row.ref))

    def part(
        self,
        key: str,
        title: str,
        headings: tuple[str, ...],
        rows: list[tuple[Cell, ...]],
        nothing: str,
    ) -> MovedKind:
        shown = rows if "all" in self.request.GET else rows[:MOST]
        left = len(rows) - len(shown)
        return MovedKind(
            key,
            title,
            headings,
            tuple(tuple(zip(headings, row, strict=True)) for row in shown),
            nothing,
            f"Show all {count(len(rows), 'row')}" if left else "",
        )


def _text(words: str) -> Cell:
    return Text.plain(words) if words else Blank()


def _score(value: Scored | None) -> Cell:
    if value is None:
        return Blank()
    score = value.score
    if value.level is None:
        return Text.plain(f"{score.likelihood} × {score.impact}")
    return Score(score.likelihood, score.impact, value.level.word, value.level.colour)
