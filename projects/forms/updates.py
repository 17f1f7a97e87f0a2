"""A status update: how a project stands in a period, in words and as ratings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from programme.common.english import listed
from programme.common.formfields import DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.common.richfield import RichTextField
from programme.common.widgets import LabelWithHint
from programme.extremes import Extremes
from programme.forms.base import OfProgramme
from programme.models import Dimension, RatingLevel
from programme.selectors import level_facts
from projects.models import RatedAs, Rating, StatusUpdate
from projects.ratings import level_field, reason_field
from projects.selectors.last_time import LastTime

NOT_RATED = "Not rated yet"


class _StepForm(OfProgramme, PortalModelForm):
    """The questions of one step of an update, which begin with what was said the ``last`` time."""

    # A draft may have gaps anywhere; what is needed to hand it in, the hints say.
    mark_optional = False

    def __init__(self, *args: Any, last: LastTime, **kwargs: Any) -> None:
        self.last = last
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        for name, text in self.last.unchanged.items():
            if name in self.fields:
                field = self.fields[name]
                field.help_text = f"{field.help_text} This text is {text.words}.".strip()

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class UpdateWordsForm(_StepForm):
    """How a project stands in a period, in words."""

    narrative = RichTextField(
        label="How it stands",
        required=False,
        help_text="For everybody who reads about the project, the public version of papers too.",
    )
    restricted_narrative = RichTextField(
        label="Not for the public version",
        required=False,
        rows=4,
        help_text="What only the boards may read, such as a price that is being negotiated. The "
        "public version of a paper leaves it out; do not repeat it above.",
    )

    class Meta:
        model = StatusUpdate
        fields = ("status_line", "narrative", "restricted_narrative")
        labels = {"status_line": "The project in one line"}
        help_texts = {
            "status_line": "Stands in papers and on the project’s page. Needed to hand it in."
        }


class UpdateRatingsForm(_StepForm):
    """How a project is rated in a period, and what gets it back on track.

    ``dimensions`` are those rated in the period, with the levels of their scales; ``because`` is
    the sentence for what is proposed, by the slug of the dimension. Whoever writes for others
    ``says_whose`` judgement the ratings are. What follows from the others is not asked.
    """

    rated_as = forms.ChoiceField(
        label="Whose judgement the ratings are that you change here",
        choices=RatedAs.choices,
        initial=RatedAs.OWNER.value,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = StatusUpdate
        fields = ("path_to_green", "path_to_green_by", "path_to_green_owner")
        field_classes = {"path_to_green_by": DateField}
        labels = {
            "path_to_green": "What gets it back on track",
            "path_to_green_by": "By when",
            "path_to_green_owner": "Who sees to it",
        }
        help_texts = {"path_to_green_owner": "A post, never a person’s name."}
        widgets = {"path_to_green": forms.Textarea({"rows": 3})}

    def __init__(
        self,
        *args: Any,
        dimensions: list[Dimension],
        because: Mapping[str, str],
        ends: Extremes,
        says_whose: bool = False,
        **kwargs: Any,
    ) -> None:
        self.dimensions = [each for each in dimensions if not each.is_derived]
        self.derived = [each for each in dimensions if each.is_derived]
        self._says_whose, self._ends, self._because = says_whose, ends, because
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        self.fields["path_to_green"].help_text = self._ends.asked_below
        given = {}
        if self.instance.pk:
            given = {row.dimension_id: row for row in self.instance.ratings.select_related("level")}
        for dimension in self.dimensions:
            row = given.get(dimension.pk)
            self.fields[level_field(dimension.slug)] = self._level(dimension, row)
            self.fields[reason_field(dimension.slug)] = self._reason(dimension)
            before = row or self.last.ratings.get(dimension.slug)
            self.initial[level_field(dimension.slug)] = row.level.code if row else ""
            self.initial[reason_field(dimension.slug)] = before.reason if before else ""
        if not self._says_whose or not self.dimensions:
            del self.fields["rated_as"]
        way_back = list(self.Meta.fields)
        first = [name for name in self.fields if name not in (*way_back, "rated_as")]
        self.order_fields([*first, *way_back])
        super().prepare_fields()

    def _level(self, dimension: Dimension, given: Rating | None) -> forms.ChoiceField:
        told = (self._because.get(dimension.slug), self._was(dimension))
        levels = [
            (level.code, LabelWithHint(_named(level), level.definition))
            for level in dimension.scale.levels.all()
            if level.withdrawn_on is None or (given is not None and given.level_id == level.pk)
        ]
        return forms.ChoiceField(
            label=dimension.name,
            choices=[("", NOT_RATED), *levels],
            required=False,
            widget=forms.RadioSelect,
            help_text=" ".join(filter(None, told)),
        )

    def _was(self, dimension: Dimension) -> str:
        before = self.last.ratings.get(dimension.slug)
        return f"Last time it was {before.level.word}." if before else ""

    def _reason(self, dimension: Dimension) -> forms.CharField:
        asking = [
            level.word
            for level in dimension.scale.levels.all()
            if level.withdrawn_on is None
            and (level.needs_reason or self._ends.is_below_best(level_facts(level)))
        ]
        text = "Needed for a rating better than what the data proposes."
        if asking:
            text = f"Needed for {listed(asking)}, and for a rating better than proposed."
        return forms.CharField(
            label=f"Reason for {dimension.name}",
            required=False,
            widget=forms.Textarea({"rows": 2}),
            help_text=text,
        )

    @property
    def ratings(self) -> dict[Dimension, tuple[RatingLevel, str] | None]:
        """The level and reason chosen for each dimension, None where it is not rated."""
        found = {}
        for dimension in self.dimensions:
            code = self.cleaned_data[level_field(dimension.slug)]
            levels = {level.code: level for level in dimension.scale.levels.all()}
            reason = self.cleaned_data[reason_field(dimension.slug)]
            found[dimension] = (levels[code], reason) if code else None
        return found

    @property
    def whose(self) -> str:
        """Whose judgement the ratings are: its owner's, unless somebody else says otherwise."""
        return str(self.cleaned_data.get("rated_as", RatedAs.OWNER.value))

    @property
    def rated_as_field(self) -> BoundField | None:
        """Whose judgement the ratings are, where that is asked."""
        return self["rated_as"] if "rated_as" in self.fields else None

    @property
    def way_back(self) -> Iterator[BoundField]:
        """What gets the project back on track."""
        return (self[name] for name in self.Meta.fields)

    @property
    def rated(self) -> Iterator[tuple[BoundField, BoundField]]:
        """For each dimension the level and the reason."""
        for dimension in self.dimensions:
            yield self[level_field(dimension.slug)], self[reason_field(dimension.slug)]


def _named(level: RatingLevel) -> str:
    return level.word if level.code == level.word else f"{level.code} – {level.word}"


class CorrectionForm(PortalForm):
    """Which rating of an update is corrected, to what, and why."""

    level = forms.ChoiceField(label="What it should have been")
    reason = forms.CharField(label="Why it is corrected", widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, ratings: list[Rating], **kwargs: Any) -> None:
        self._ratings = ratings
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        groups = [
            (
                f"{row.dimension.name}, now {row.level.word}",
                [
                    (f"{row.dimension.slug}:{level.code}", f"{row.dimension.name}: {level.word}")
                    for level in row.dimension.scale.levels.all()
                    if level.pk != row.level_id and level.withdrawn_on is None
                ],
            )
            for row in self._ratings
        ]
        self.fields["level"].choices = [("", "Choose one"), *groups]

    @property
    def values(self) -> dict[str, Any]:
        slug, _, code = self.cleaned_data["level"].partition(":")
        row = next(each for each in self._ratings if each.dimension.slug == slug)
        level = next(each for each in row.dimension.scale.levels.all() if each.code == code)
        reason = self.cleaned_data["reason"]
        return {"dimension": row.dimension, "level": level, "reason": reason}
