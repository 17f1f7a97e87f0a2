"""How a programme rates: scales, levels, dimensions, tolerances, and its risk matrix."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.choices import MEASURE_WORDS, MOST_STEPS, Measure
from programme.common.fields import in_order
from programme.common.validation import unseen
from programme.common.words_later import say_later
from programme.models.base import Colour, Order, ScopedQuerySet, SetUpPart, Versioned, scoped
from programme.models.programmes import Programme


class RatingScale(SetUpPart):
    """A set of rating levels, such as red, amber and green."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rating_scales")
    slug = models.SlugField()
    name = models.CharField(max_length=100)

    PARTS = ("levels",)

    objects = scoped()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="rating_scale_slug_unique")
        ]

    def __str__(self) -> str:
        return self.name


class RatingLevel(SetUpPart):
    """A level of a scale. Rank 1 is best; a level without a rank (not applicable, to be
    determined, exempt, reset) is off the scale: it neither improves nor worsens."""

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="levels")
    code = models.CharField(max_length=4, help_text="The letters printed in the cell: G, A/R, N/A")
    word = models.CharField(max_length=40)
    colour = models.CharField(max_length=15, choices=Colour)
    definition = models.TextField(blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_reason = models.BooleanField(default=False)
    order = Order()

    objects = scoped("scale__programme")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="rating_level_code_unique"),
            models.UniqueConstraint(fields=["scale", "rank"], name="rating_level_rank_unique"),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1), name="rating_level_rank_from_one"
            ),
        ]

    def siblings(self) -> models.QuerySet:
        return RatingLevel.objects.filter(scale=self.scale_id)

    def __str__(self) -> str:
        return self.word


class DimensionQuerySet(ScopedQuerySet):
    def in_force(self, on: date) -> DimensionQuerySet:
        """Dimensions that are rated on the given day: within their dates, not withdrawn by then."""
        return self.filter(
            Q(in_force_from__isnull=True) | Q(in_force_from__lte=on),
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=on),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on),
        )


_MEASURES = [(each.value, say_later(words)) for each, words in MEASURE_WORDS.items()]


class Dimension(SetUpPart):
    """What is rated. ``measure`` names the figure its rating can be proposed from, ``figures``
    the amounts that a paper prints beside it."""

    class Figures(models.TextChoices):
        NONE = "none", "None"
        COSTS = "costs", "Cost estimates"
        SAVINGS = "savings", say_later("Money benefits")
        BENEFITS = "benefits", say_later("Other benefits")

    class Rule(models.TextChoices):
        JUDGED = "judged", "Judged by whoever rates"
        WORST = "worst", "The worst of the other ratings on its scale"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="dimensions")
    slug = models.SlugField()
    name = models.CharField(max_length=60)
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="dimensions")
    is_overall = models.BooleanField(default=False)
    rule = models.CharField(
        "how it comes about",
        max_length=10,
        choices=Rule,
        default=Rule.JUDGED,
        help_text="An overall rating may follow from the others.",
    )
    measure = models.CharField(max_length=10, choices=_MEASURES, default=Measure.NONE.value)
    figures = models.CharField(max_length=10, choices=Figures, default=Figures.NONE)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_to = models.DateField(null=True, blank=True)
    order = Order()

    PARTS = ("tolerances",)

    objects = scoped(base=DimensionQuerySet)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="dimension_slug_unique"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(is_overall=True, withdrawn_on__isnull=True),
                name="dimension_one_overall",
                violation_error_message="A programme has one overall dimension.",
            ),
            models.CheckConstraint(
                condition=Q(rule="judged") | Q(is_overall=True),
                name="dimension_only_overall_is_derived",
                violation_error_message="Only the overall rating can follow from the others.",
            ),
            in_order("dimension", "in_force_from", "in_force_to"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_derived(self) -> bool:
        """Whether nobody judges it: it follows from the other ratings."""
        return self.rule != self.Rule.JUDGED


class Tolerance(models.Model):
    """The limit up to which a measure still earns a level; the level without a limit takes the
    rest. Slip and cost must be at most the limit, benefits at least."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="tolerances")
    level = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="tolerances")
    limit = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)

    objects = scoped("dimension__programme")

    class Meta:
        ordering = ["level__order"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "level"], name="tolerance_once_per_level"),
            models.UniqueConstraint(
                fields=["dimension"],
                condition=Q(limit__isnull=True),
                name="tolerance_one_level_without_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.level}"


class RiskLevel(SetUpPart):
    """A band of the risk matrix (low, medium, high, very high); rank 1 is lowest."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="risk_levels")
    slug = models.SlugField()
    word = models.CharField(max_length=40)
    colour = models.CharField(max_length=15, choices=Colour)
    rank = models.PositiveSmallIntegerField()

    objects = scoped()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="risk_level_slug_unique"),
            models.UniqueConstraint(fields=["programme", "rank"], name="risk_level_rank_unique"),
        ]

    def siblings(self) -> models.QuerySet:
        return RiskLevel.objects.filter(programme=self.programme_id)

    def __str__(self) -> str:
        return self.word


STEP_OF_RISK = [MinValueValidator(1), MaxValueValidator(MOST_STEPS)]
"""What holds for every programme; how many steps its own matrix has, its scheme says."""


LONGEST_STEP = 60
"""Characters in the word of a step."""


def check_steps(words: Any) -> None:
    """Refuses words that are not the 2 to 10 steps of likelihood or of impact, each once."""
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValidationError("Give the steps as a list of words.")
    if not 2 <= len(words) <= MOST_STEPS:
        raise ValidationError(f"Give from 2 to {MOST_STEPS} steps, each on a line of its own.")
    if not all(word.strip() for word in words):
        raise ValidationError("Give each step a word.")
    if len({word.strip().casefold() for word in words}) < len(words):
        raise ValidationError("Give each step a word of its own.")
    if problem := next(filter(None, map(unseen, words)), ""):
        raise ValidationError(f"{problem}.")
    if max(len(word) for word in words) > LONGEST_STEP:
        raise ValidationError(f"Give each step at most {LONGEST_STEP} characters.")


class RiskScheme(Versioned):
    """How a programme scores risks: the words of likelihood and of impact, each from the lowest to
    the highest. As many words as there are, so many steps its matrix has."""

    programme = models.OneToOneField(
        Programme, on_delete=models.PROTECT, related_name="risk_scheme"
    )
    likelihood = models.JSONField(validators=[check_steps])
    impact = models.JSONField(validators=[check_steps])

    objects = scoped()

    def __str__(self) -> str:
        return "Risk scheme"


class RiskMatrixCell(models.Model):
    """The level of one likelihood and impact. Bodies draw their bands differently and not always
    by the product, so every cell is stored."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="risk_cells")
    likelihood = models.PositiveSmallIntegerField(validators=STEP_OF_RISK)
    impact = models.PositiveSmallIntegerField(validators=STEP_OF_RISK)
    level = models.ForeignKey(RiskLevel, on_delete=models.PROTECT, related_name="cells")

    objects = scoped()

    class Meta:
        ordering = ["likelihood", "impact"]
        verbose_name = "cell of the risk matrix"
        verbose_name_plural = "cells of the risk matrix"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "likelihood", "impact"], name="risk_cell_unique"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, MOST_STEPS), impact__range=(1, MOST_STEPS)),
                name="risk_cell_on_a_matrix",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.impact}: {self.level}"
