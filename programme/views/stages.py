"""The stages at which a programme's projects can stand."""

from __future__ import annotations

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
    model = Stage
    table_class = StageTable
    things = ("stage", "stages")
    empty_text = "No stage is set up yet. Add the steps that a project takes, the first one first."


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


class StageEdit(OfStage, PartEdit):
    row = "stage"
    form_class = StageForm
    action = save_stage


class StageWithdraw(OfStage, PartWithdraw):
    row = "stage"


class StageRestore(OfStage, PartRestore):
    row = "stage"
