"""How a programme rates: its scales, their levels, what is rated on them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from programme.choices import Measure
from programme.common.formats import number
from programme.common.formfields import DateField
from programme.common.forms import PortalForm
from programme.forms.base import OfProgramme
from programme.forms.set_up import PLACE, PartForm
from programme.models import Dimension, RatingLevel, RatingScale
from programme.scales import SCALES
from programme.stored_tolerances import limit_field, limits_of

OWN_LEVELS = "Levels of your own, which you add next"


class ScaleForm(PartForm):
    """A scale's name; of a new one also the levels that it begins with."""

    preset = forms.ChoiceField(
        label="Levels to begin with",
        choices=[*((key, each.words) for key, each in SCALES.items()), ("", OWN_LEVELS)],
        required=False,
        widget=forms.RadioSelect,
        help_text="Each can be changed afterwards.",
    )

    class Meta:
        model = RatingScale
        fields = ("name",)
        help_texts = {"name": "Such as “Delivery confidence”."}

    def prepare_fields(self) -> None:
        super().prepare_fields()
        if not self.instance._state.adding:
            del self.fields["preset"]


class LevelForm(PartForm):
    class Meta:
        model = RatingLevel
        fields = ("word", "code", "rank", "colour", "definition", "needs_reason")
        labels = {
            "code": "Letters",
            "rank": "Place on the scale",
            "definition": "What it means",
            "needs_reason": "Whoever gives it must say why",
        }
        help_texts = {
            "code": "Up to four, as they stand in a small cell, such as A/R.",
            "rank": "1 for the best; the others move aside. Leave it empty for a state that is "
            "neither better nor worse, such as “Not applicable”.",
            "definition": "Printed in the key of papers and shown to whoever rates.",
        }
        error_messages = {"word": {"required": "Enter the word of the level"}}
        widgets = {
            "code": forms.TextInput({"class": "govuk-input--width-4"}),
            "rank": forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
            "definition": forms.Textarea({"rows": 3}),
        }


class DimensionForm(OfProgramme, PartForm):
    class Meta:
        model = Dimension
        fields = (
            "name",
            "scale",
            "is_overall",
            "rule",
            "measure",
            "figures",
            "in_force_from",
            "in_force_to",
            "order",
        )
        field_classes = {"in_force_from": DateField, "in_force_to": DateField}
        labels = {
            "name": "What is rated",
            "is_overall": "It stands for the project as a whole",
            "rule": "How it comes about",
            "measure": "A rating is proposed from",
            "figures": "Figures that papers print beside it",
            "in_force_from": "Rated from",
            "in_force_to": "Rated until",
            "order": PLACE["label"],
        }
        help_texts = {
            "name": "Such as time, costs, or the project overall.",
            "scale": "",
            "rule": "What stands for the project as a whole may follow from the others; anything "
            "else is judged.",
            "measure": "Which figure earns which level, its tolerances say.",
            "in_force_from": "Empty: it always was.",
            "in_force_to": "Empty: it goes on.",
            "order": PLACE["help_text"],
        }
        error_messages = {
            "scale": {"required": "Choose the scale. Where there is none, add a scale first"}
        }
        widgets = {
            "rule": forms.RadioSelect,
            "measure": forms.RadioSelect,
            "figures": forms.RadioSelect,
            "order": PLACE["widget"],
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["measure"].choices = Dimension._meta.get_field("measure").choices
        self.fields["figures"].choices = Dimension.Figures.choices
        self.fields["rule"].choices = Dimension.Rule.choices
        self.fields["rule"].required = False
        self.initial.setdefault("rule", Dimension.Rule.JUDGED.value)


class LimitField(forms.DecimalField):
    """The limit of a level, typed as a number; the column keeps two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=8,
            decimal_places=2,
            min_value=Decimal(0),
            required=False,
            widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "decimal"}),
            **kwargs,
        )


class TolerancesForm(OfProgramme, PortalForm):
    """The limit of each level of a dimension's scale."""

    mark_optional = False

    def __init__(self, *args: Any, dimension: Dimension, **kwargs: Any) -> None:
        self.dimension = dimension
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        stored = limits_of(self.dimension)
        self.levels = [
            level
            for level in self.dimension.scale.levels.order_by("rank")
            if level.rank is not None and level.withdrawn_on is None
        ]
        for level in self.levels:
            name = limit_field(level)
            self.fields[name] = LimitField(label=level.word, help_text=self._hint(level))
            # What is the last level now takes the rest, whatever its limit was.
            limit = None if level == self.levels[-1] else stored.get(level)
            self.initial[name] = "" if limit is None else number(limit)

    def _hint(self, level: RatingLevel) -> str:
        if level == self.levels[-1]:
            return "Leave it empty: it takes what is beyond the others."
        return HINTS[Measure(self.dimension.measure)]

    @property
    def values(self) -> dict[str, Any]:
        return {"limits": {level: self.cleaned_data[limit_field(level)] for level in self.levels}}


HINTS = {
    Measure.NONE: "",
    Measure.SLIP: "At most so many working days late.",
    Measure.COST: "At most so many percent over budget.",
    Measure.BENEFIT: "At least so many percent of its target.",
}
"""What the limit of a level means, by what is measured."""
