"""How a programme rates: its scales with their levels, and what is rated on them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programme.actions import save_dimension, save_level, save_scale, save_tolerances
from programme.choices import Measure
from programme.forms import DimensionForm, LevelForm, ScaleForm, TolerancesForm
from programme.models import Dimension, RatingLevel, RatingScale
from programme.pages import (
    SET_UP,
    EditPage,
    InAddress,
    PartAdd,
    PartEdit,
    PartList,
    PartRestore,
    PartWithdraw,
    ProgrammePage,
)
from programme.pages.base import Link
from programme.stored_tolerances import stopped_by_withdrawing, why_nothing_is_proposed
from programme.tables import DimensionTable, LevelTable, ScaleTable

SCALES = ("Rating scales", "programme:scales:list")
DIMENSIONS = ("What is rated", "programme:dimensions:list")


class ScaleList(PartList):
    title = "Rating scales"
    adds = "Add a scale"
    table_class = ScaleTable
    things = ("scale", "scales")
    empty_text = (
        "There is no scale yet, so nothing is rated, and pages and papers say nothing of ratings. "
        "To rate projects, add a scale, and then what is rated on it."
    )

    def get_queryset(self) -> QuerySet[RatingScale]:
        return RatingScale.objects.of(self.programme).prefetch_related("levels")


class OfScale(ProgrammePage):
    """Mixin of the pages about one scale."""

    above = SET_UP
    scale = InAddress(
        lambda page: RatingScale.objects.of(page.programme),
        detail="programme:scales:levels:list",
        among=SCALES,
    )


class ScaleAdd(PartAdd):
    row = "scale"
    title = "Add a scale"
    above = (*SET_UP, SCALES)
    form_class = ScaleForm
    action = save_scale
    detail = "programme:scales:levels:list"


class ScaleEdit(OfScale, PartEdit):
    row = "scale"
    form_class = ScaleForm
    action = save_scale


class ScaleWithdraw(OfScale, PartWithdraw):
    row = "scale"


class ScaleRestore(OfScale, PartRestore):
    row = "scale"


class LevelList(OfScale, PartList):
    """The levels of a scale: what the scale is."""

    adds = "Add a level"
    table_class = LevelTable
    things = ("level", "levels")
    empty_text = "This scale has no level yet. Add its levels, the best one first."

    def get_title(self) -> str:
        return self.scale.name

    def get_queryset(self) -> QuerySet[RatingLevel]:
        return RatingLevel.objects.filter(scale=self.scale).select_related("scale")

    def get_buttons(self) -> list[Link]:
        edit = self.url("programme:scales:edit", scale=self.scale.slug)
        return [*super().get_buttons(), ("Edit", edit)]


class OfLevel(OfScale):
    """Mixin of the pages about one level of a scale."""

    level = InAddress(lambda page: RatingLevel.objects.filter(scale=page.scale))


class LevelAdd(OfScale, PartAdd):
    row = "level"
    title = "Add a level"
    form_class = LevelForm
    action = save_level

    def get_new_row(self, form: Any) -> RatingLevel:
        return RatingLevel(scale=self.scale)


class LevelEdit(OfLevel, PartEdit):
    row = "level"
    form_class = LevelForm
    action = save_level


class LevelWithdraw(OfLevel, PartWithdraw):
    row = "level"

    def get_warning(self) -> str:
        return " ".join(filter(None, [stopped_by_withdrawing(self.level), super().get_warning()]))


class LevelRestore(OfLevel, PartRestore):
    row = "level"


class DimensionList(PartList):
    title = "What is rated"
    adds = "Add what is rated"
    table_class = DimensionTable
    things = ("dimension", "dimensions")
    empty_text = (
        "Nothing is rated, and pages and papers say nothing of ratings. To rate projects, add what "
        "is rated: time, costs, the project overall. It needs a scale first."
    )

    def get_queryset(self) -> QuerySet[Dimension]:
        return (
            Dimension.objects.of(self.programme)
            .select_related("scale")
            .prefetch_related("tolerances__level")
        )

    def get_buttons(self) -> list[Link]:
        return [*super().get_buttons(), ("Rating scales", self.url("programme:scales:list"))]


class OfDimension(ProgrammePage):
    """Mixin of the pages about one dimension."""

    above = SET_UP
    dimension = InAddress(
        lambda page: Dimension.objects.of(page.programme).select_related("scale", "programme"),
        among=DIMENSIONS,
    )


class DimensionAdd(PartAdd):
    row = "dimension"
    title = "Add what is rated"
    above = (*SET_UP, DIMENSIONS)
    form_class = DimensionForm
    action = save_dimension


class DimensionEdit(OfDimension, PartEdit):
    row = "dimension"
    form_class = DimensionForm
    action = save_dimension

    def get_buttons(self) -> list[Link]:
        links = super().get_buttons()
        if Measure(self.object.measure) is Measure.NONE:
            return links
        return [("Tolerances", self.beside("tolerances")), *links]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(note=why_nothing_is_proposed(self.dimension), **kwargs)


class DimensionTolerances(OfDimension, EditPage):
    template_name = "programme/part_page.html"
    permission = "programme.edit"
    row = "dimension"
    form_class = TolerancesForm
    action = save_tolerances
    success_text = "The tolerances of {obj} are saved."

    def get_title(self) -> str:
        return f"Tolerances of “{self.dimension}”"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"dimension": self.dimension}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(note=why_nothing_is_proposed(self.dimension), **kwargs)


class DimensionWithdraw(OfDimension, PartWithdraw):
    row = "dimension"


class DimensionRestore(OfDimension, PartRestore):
    row = "dimension"
