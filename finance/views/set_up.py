"""Pages on which a programme sets up its money: years, categories of costs, sources."""

from __future__ import annotations

from django.db.models import QuerySet

from finance.actions import remove_year, save_category, save_source, save_year
from finance.forms import CategoryForm, SourceForm, YearForm
from finance.models import CostCategory, FinancialYear, FundingSource
from finance.tables import CategoryTable, SourceTable, YearTable
from programme import uses
from programme.pages import (
    SET_UP,
    ConfirmPage,
    EditPage,
    InAddress,
    ListPage,
    PartAdd,
    PartEdit,
    PartList,
    PartRestore,
    PartWithdraw,
    ProgrammePage,
)
from programme.pages.base import Link

YEARS = ("Financial years", "finance:years:list")
CATEGORIES = ("Categories of costs", "finance:categories:list")
SOURCES = ("Funding sources", "finance:sources:list")


class YearList(ListPage):
    permission = "programme.edit"
    above = SET_UP
    title = "Financial years"
    table_class = YearTable
    things = ("year", "years")
    empty_text = "No financial year is set up yet. Add the one for which budgets are agreed first."

    def get_queryset(self) -> QuerySet[FinancialYear]:
        return FinancialYear.objects.of(self.programme)

    def get_buttons(self) -> list[Link]:
        return [("Add a year", self.beside("add"))]


class OfYear(ProgrammePage):
    """Mixin of the pages that set up one year."""

    above = SET_UP
    year = InAddress(
        lambda page: FinancialYear.objects.of(page.programme),
        among=YEARS,
        words=lambda year: year.label,
    )


class _YearForm(EditPage):
    """What adding and editing a year share."""

    permission = "programme.edit"
    row = "year"
    form_class = YearForm
    action = save_year


class YearAdd(_YearForm):
    title = "Add a financial year"
    above = (*SET_UP, YEARS)


class YearEdit(OfYear, _YearForm):
    template_name = "programme/part_page.html"

    def get_buttons(self) -> list[Link]:
        return [] if uses.uses(self.year) else [("Remove", self.beside("remove"))]


class YearRemove(OfYear, ConfirmPage):
    permission = "programme.edit"
    row = "year"
    action = remove_year
    button = "Remove"
    cancel = "Keep the year"
    success_text = "{obj} is removed."
    warning = "Nothing is entered for it, so nothing is lost."

    def get_title(self) -> str:
        return f"Remove {self.year}?"


class CategoryList(PartList):
    title = "Categories of costs"
    adds = "Add a category"
    model = CostCategory
    table_class = CategoryTable
    things = ("category", "categories")
    empty_text = "No category is set up yet. Add what the programme spends money on."


class OfCategory(ProgrammePage):
    """Mixin of the pages about one category."""

    above = SET_UP
    category = InAddress(lambda page: CostCategory.objects.of(page.programme), among=CATEGORIES)


class CategoryAdd(PartAdd):
    row = "category"
    title = "Add a category of costs"
    above = (*SET_UP, CATEGORIES)
    form_class = CategoryForm
    action = save_category


class CategoryEdit(OfCategory, PartEdit):
    row = "category"
    form_class = CategoryForm
    action = save_category


class CategoryWithdraw(OfCategory, PartWithdraw):
    row = "category"


class CategoryRestore(OfCategory, PartRestore):
    row = "category"


class SourceList(PartList):
    title = "Funding sources"
    adds = "Add a funding source"
    table_class = SourceTable
    things = ("source", "sources")
    empty_text = (
        "No funding source is set up yet. Add each partner’s contribution, and grants and reserves "
        "that pay for the programme."
    )

    def get_queryset(self) -> QuerySet[FundingSource]:
        return FundingSource.objects.of(self.programme).select_related("organisation")


class OfSource(ProgrammePage):
    """Mixin of the pages about one funding source."""

    above = SET_UP
    source = InAddress(
        lambda page: FundingSource.objects.of(page.programme).select_related("organisation"),
        among=SOURCES,
    )


class SourceAdd(PartAdd):
    row = "source"
    title = "Add a funding source"
    above = (*SET_UP, SOURCES)
    form_class = SourceForm
    action = save_source


class SourceEdit(OfSource, PartEdit):
    row = "source"
    form_class = SourceForm
    action = save_source


class SourceWithdraw(OfSource, PartWithdraw):
    row = "source"


class SourceRestore(OfSource, PartRestore):
    row = "source"
