"""The papers that a programme's boards get: chosen from the built-in ones."""

from __future__ import annotations

from django.db.models import QuerySet

from programme.pages import (
    SET_UP,
    EditPage,
    InAddress,
    PartEdit,
    PartList,
    PartRestore,
    PartWithdraw,
    ProgrammePage,
)
from programme.pages.base import Link
from reports.actions import install_template, save_template
from reports.builtin import BUILTINS
from reports.forms import NewTemplateForm, TemplateForm
from reports.models import PaperTemplate
from reports.tables import TemplateTable

TEMPLATES = ("Papers of boards", "reports:templates:list")


class TemplateList(PartList):
    title = "Papers of boards"
    adds = "Add a paper"
    table_class = TemplateTable
    things = ("paper", "papers")
    empty_text = "No board has a paper yet. Choose one of the built-in papers for a board."

    def get_queryset(self) -> QuerySet[PaperTemplate]:
        return PaperTemplate.objects.of(self.programme).select_related("board")

    def get_buttons(self) -> list[Link]:
        """Nothing to add once every built-in paper has its board."""
        known = PaperTemplate.objects.of(self.programme).values_list("slug", flat=True)
        return [] if set(BUILTINS) <= set(known) else super().get_buttons()


class OfTemplate(ProgrammePage):
    """Mixin of the pages about one template."""

    above = SET_UP
    template = InAddress(
        lambda page: PaperTemplate.objects.of(page.programme).select_related("board", "programme"),
        among=TEMPLATES,
    )


class TemplateAdd(EditPage):
    permission = "programme.edit"
    row = "template"
    title = "Add a paper of a board"
    above = (*SET_UP, TEMPLATES)
    form_class = NewTemplateForm
    success_text = "The board gets the {obj}."

    def perform(self, form: NewTemplateForm) -> PaperTemplate:
        """An action about a programme and a board: there is no row yet."""
        return install_template(
            programme=self.programme,
            builtin=form.cleaned_data["builtin"],
            board=form.cleaned_data["board"],
            by=self.request.user,
        )


class TemplateEdit(OfTemplate, PartEdit):
    row = "template"
    form_class = TemplateForm
    action = save_template


class TemplateWithdraw(OfTemplate, PartWithdraw):
    row = "template"


class TemplateRestore(OfTemplate, PartRestore):
    row = "template"
