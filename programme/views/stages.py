"""The stages at which a programme's projects can stand."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programme.actions import save_stage
from programme.forms import StageForm
from programme.models import Stage
from programme.pages import (
    SET_UP,
    InAddress,
    PartAdd,
    PartEdit,
    PartList,
    PartRestore,
    PartWithdraw,
    ProgrammePage,
)
from programme.tables import StageTable

STAGES = ("Stages", "programme:stages:list")


class StageList(PartList):
    title = "Stages"
    adds = "Add a stage"
    table_class = StageTable
    things = ("stage", "stages")
    empty_text = "No stage is set up yet. Add the steps that a project takes, the first one first."

    def get_queryset(self) -> QuerySet[Stage]:
        return Stage.objects.of(self.programme)


class OfStage(ProgrammePage):
    """Mixin of the pages about one stage."""

    above = SET_UP
    stage = InAddress(lambda page: Stage.objects.of(page.programme), among=STAGES)


class StageAdd(PartAdd):
    row = "stage"
    title = "Add a stage"
    above = (*SET_UP, STAGES)
    form_class = StageForm
    action = save_stage

    def get_new_row(self, form: Any) -> Stage:
        return Stage(programme=self.programme)


class StageEdit(OfStage, PartEdit):
    row = "stage"
    form_class = StageForm
    action = save_stage


class StageWithdraw(OfStage, PartWithdraw):
    row = "stage"


class StageRestore(OfStage, PartRestore):
    row = "stage"
