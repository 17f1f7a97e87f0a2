"""How a programme scores risks: the words of its steps, its levels, its matrix."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from programme.choices import MOST_STEPS
from programme.common.forms import PortalForm
from programme.forms import PartForm
from programme.forms.base import OfProgramme
from programme.models import RiskLevel, RiskMatrixCell, RiskScheme
from programme.models.ratings import check_steps
from projects.risk import PRESETS, scores


class BeginSchemeForm(OfProgramme, PortalForm):
    preset = forms.ChoiceField(
        label="What the scheme begins with",
        choices=[(key, each.name) for key, each in PRESETS.items()],
        widget=forms.RadioSelect,
        help_text="Its size, words, levels and cells can all be changed afterwards.",
        error_messages={"required": "Choose what the scheme begins with"},
    )


class StepsField(forms.CharField):
    """The words of the steps, one on each line, the lowest first; cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 6}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        words = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        check_steps(words)
        return words

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.clean(data)
        except ValidationError:
            return True


class SchemeForm(OfProgramme, PortalForm):
    """The words of likelihood and of impact."""

    likelihood = StepsField(
        label="Steps of likelihood",
        help_text=f"From 2 to {MOST_STEPS}, each on a line of its own, the least likely first.",
    )
    impact = StepsField(
        label="Steps of impact",
        help_text=f"From 2 to {MOST_STEPS}, each on a line of its own, the mildest first.",
    )

    def __init__(self, *args: Any, scheme: RiskScheme, **kwargs: Any) -> None:
        self.scheme = scheme
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.initial["likelihood"] = self.scheme.likelihood
        self.initial["impact"] = self.scheme.impact


class RiskLevelForm(PartForm):
    class Meta:
        model = RiskLevel
        fields = ("word", "colour", "rank")
        labels = {"rank": "Place among the levels"}
        help_texts = {"rank": "1 for the lowest risk; the others move aside."}
        widgets = {
            "rank": forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"})
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        if self.instance._state.adding:
            self.fields["rank"].required = False
            self.fields["rank"].help_text += " Empty: it is the highest."


def cell_field(likelihood: int, impact: int) -> str:
    return f"cell_{likelihood}_{impact}"


class MatrixForm(OfProgramme, PortalForm):
    """The level of each likelihood with each impact, laid out as the matrix is drawn."""

    mark_optional = False

    def __init__(self, *args: Any, scheme: RiskScheme, **kwargs: Any) -> None:
        self.scheme = scheme
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        stored = {
            (cell.likelihood, cell.impact): cell.level
            for cell in RiskMatrixCell.objects.of(self.programme).select_related("level")
        }
        kept = {level.pk for level in stored.values()}
        self._levels = {
            level.slug: level
            for level in RiskLevel.objects.of(self.programme)
            if level.withdrawn_on is None or level.pk in kept
        }
        choices = [("", "None yet"), *((slug, each.word) for slug, each in self._levels.items())]
        for cell in scores((len(self.scheme.likelihood), len(self.scheme.impact))):
            name, words = cell_field(*cell), f"likelihood {cell[0]}, impact {cell[1]}"
            self.fields[name] = forms.ChoiceField(
                label=f"Level of {words}",
                choices=choices[1:] if cell in stored else choices,
                error_messages={"required": f"Choose the level of {words}"},
            )
            self.initial[name] = stored[cell].slug if cell in stored else ""

    @property
    def values(self) -> dict[str, Any]:
        size = len(self.scheme.likelihood), len(self.scheme.impact)
        chosen = {cell: self.cleaned_data[cell_field(*cell)] for cell in scores(size)}
        return {"cells": {cell: self._levels[slug] for cell, slug in chosen.items()}}

    @property
    def columns(self) -> list[tuple[int, str]]:
        """The steps of impact with their words, the mildest first."""
        return list(enumerate(self.scheme.impact, 1))

    @property
    def rows(self) -> list[tuple[int, str, list[BoundField]]]:
        """The steps of likelihood with their words and cells, the highest first."""
        steps = list(enumerate(self.scheme.likelihood, 1))
        return [
            (step, word, [self[cell_field(step, impact)] for impact, _ in self.columns])
            for step, word in reversed(steps)
        ]
