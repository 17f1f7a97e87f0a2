"""How a programme rates: scales, levels, dimensions, tolerances, and its risk matrix."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.choices import Measure
from programme.common.fields import in_order
from programme.models.base import Colour, Order, ScopedQuerySet, SetUpPart, scoped
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

    def __str__(self) -> str:
        return self.word


class DimensionQuerySet(ScopedQuerySet):
    def in_force(self, on: date) -> DimensionQuerySet:
        """Dimensions that are rated on the given day."""
        return self.filter(
            Q(in_force_from__isnull=True) | Q(in_force_from__lte=on),
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=on),
        )


_MEASURES = [(each.value, each.label) for each in Measure]


class Dimension(SetUpPart):
    """What is rated. ``measure`` names the figure its rating can be proposed from, ``figures``
    the amounts that a paper prints beside it."""

    class Figures(models.TextChoices):
        NONE = "none", "None"
        COSTS = "costs", "Cost estimates"
        SAVINGS = "savings", "Money benefits"
        BENEFITS = "benefits", "Other benefits"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="dimensions")
    slug = models.SlugField()
    name = models.CharField(max_length=60)
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="dimensions")
    is_overall = models.BooleanField(default=False)
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
                condition=Q(is_overall=True),
                name="dimension_one_overall",
                violation_error_message="A programme has one overall dimension.",
            ),
            in_order("dimension", "in_force_from", "in_force_to"),
        ]

    def __str__(self) -> str:
        return self.name


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

    def __str__(self) -> str:
        return self.word


ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class RiskMatrixCell(models.Model):
    """The level of one likelihood and impact. Bodies draw their bands differently and not always
    by the product, so all 25 cells are stored."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="risk_cells")
    likelihood = models.PositiveSmallIntegerField(validators=ONE_TO_FIVE)
    impact = models.PositiveSmallIntegerField(validators=ONE_TO_FIVE)
    level = models.ForeignKey(RiskLevel, on_delete=models.PROTECT, related_name="cells")

    objects = scoped()

    class Meta:
        ordering = ["likelihood", "impact"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "likelihood", "impact"], name="risk_cell_unique"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="risk_cell_on_five_by_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.impact}: {self.level}"
