"""One budget line: its page, and the form that shows its split to the penny before it is saved."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from finance.actions import save_budget_line
from finance.display import Fact, stated, text, word
from finance.forms import LineForm
from finance.models import BudgetLine, FundingSource
from finance.selectors.lines import funded, funding_of, payers, sources_of, spent_on
from finance.views.base import YearPage
from finance.views.spend_grids import funding_grid, source_names, spent_grid
from programme import access
from programme.access import ANYTHING, Anything, Owned
from programme.common.blocks import Table
from programme.common.words import say
from programme.models import RoleAssignment
from programme.pages import DetailPage, EditPage, InAddress
from programme.pages.base import Link
from programme.roles import Scope

LINES = ("Budget lines", "finance:lines:list")


class OfLine(YearPage):
    """Mixin of the pages about one line of a year."""

    line = InAddress(
        lambda page: funded(BudgetLine.objects.filter(year=page.year)),
        detail="finance:lines:detail",
        among=LINES,
        words=lambda line: line.description,
    )


class LineDetail(OfLine, DetailPage):
    permission = "finance.view"
    row = "line"
    template_name = "finance/line.html"

    def get_title(self) -> str:
        return self.line.description

    def get_buttons(self) -> list[Link]:
        if self.is_open and self.allows("budget.edit", self.line):
            return [("Edit", self.beside("edit"))]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sources = sources_of(self.programme)
        spent = spent_on(self.line, sources)
        return super().get_context_data(
            facts=list(self._facts()),
            funding=funding_grid(
                funding_of(self.line, sources), self.line.amount, source_names(sources.values())
            ),
            spent=spent_grid(spent) if spent.table.rows else None,
            history=self.history_of(self.line),
            **kwargs,
        )

    def _facts(self) -> Any:
        line = self.line
        yield Fact("Amount", stated(line.amount, pence=True))
        yield Fact(
            "Category", text(line.category.name, self.urls.lines(category=line.category.slug))
        )
        project = line.project
        address = self.url("finance:project", project=project.ref) if project else ""
        label = project.label if project else ""
        yield Fact(say("Project"), word(label, address, otherwise=say("No single project")))
        yield Fact("Revenue or capital", text(line.get_nature_display()))
        rule = line.split_rule
        address = self.url("finance:split_rules:detail", rule=rule.slug) if rule else ""
        yield Fact("Split rule", word(rule.name if rule else "", address, otherwise="None"))
        yield Fact("Note", word(line.note, otherwise="None"))
        yield Fact("Marking", text(line.get_sensitivity_display()))


class _LineForm(EditPage):
    """What adding and editing a line share: the split shown to the penny before it is saved."""

    permission = "budget.edit"
    row = "line"
    template_name = "finance/line_form.html"
    form_class = LineForm
    action = save_budget_line
    detail = "finance:lines:detail"

    @cached_property
    def sources(self) -> list[FundingSource]:
        fixed = self.object.fixed_funding.all() if self.object else ()
        return payers(self.programme, kept=[each.source_id for each in fixed])

    def get_form_kwargs(self) -> dict[str, Any]:
        own = own_money(self)
        return {**super().get_form_kwargs(), "sources": self.sources, "own": own}

    def owner_of(self, form: LineForm) -> Owned:
        return Payers(form.payers())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "_preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        preview = self.preview(form)
        if request.htmx:
            template = "finance/includes/split_preview.html"
            return render(request, template, {"preview": preview, "form": form})
        return self.render_to_response(
            self.get_context_data(form=form, preview=preview, asked=True)
        )

    def preview(self, form: LineForm) -> Table | None:
        """Who would pay what; None while an answer is wrong."""
        if not form.is_valid():
            return None
        names = {each.slug: each.name for each in self.sources}
        return funding_grid(form.breakdown(), form.cleaned_data["amount"], names)


class LineAdd(YearPage, _LineForm):
    title = "Add a budget line"
    beneath = (LINES,)

    def get_permission_object(self) -> Anything:
        return ANYTHING

    def get_initial(self) -> dict[str, Any]:
        return {
            **super().get_initial(),
            "nature": BudgetLine.Nature.REVENUE,
            "sensitivity": self.programme.default_marking,
        }

    def get_new_row(self, form: Any) -> BudgetLine:
        return BudgetLine(year=self.year)


class LineEdit(OfLine, _LineForm):
    def get_initial(self) -> dict[str, Any]:
        line = self.line
        slugs = {each.pk: each.slug for each in self.sources}
        fixed = {
            f"{LineForm.prefix_of_sources}_{slugs[part.source_id]}": part.pounds
            for part in line.fixed_funding.all()
        }
        kept = ("description", "category", "project", "nature", "amount", "split_rule", "note")
        return {
            **super().get_initial(),
            **{name: getattr(line, name) for name in (*kept, "sensitivity")},
            **fixed,
        }


class Payers:
    """The sources on which something would fall, as the owner that a right is held against."""

    def __init__(self, sources: list[FundingSource]) -> None:
        self.sources = sources

    def owned_by(self, assignment: RoleAssignment) -> bool:
        return any(source.owned_by(assignment) for source in self.sources)


def own_money(page: Any) -> frozenset[int] | None:
    """Ids of the organisations whose money the reader may set by the page's right; None for all."""
    held = access.permissions(page.request.user, page.programme)
    if held.get(page.permission) is Scope.ALL:
        return None
    return access.own_organisations(page.request.user, page.permission, page.programme)
