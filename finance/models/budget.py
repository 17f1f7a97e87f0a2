"""Budget lines, how each is funded, what was spent, and what old papers printed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from finance.models.years import FinancialYear, FundingSource, SplitRule
from programme.common.fields import (
    CertaintyField,
    MoneyField,
    amount_property,
    known_when_certain,
    not_negative,
)
from programme.models import (
    Order,
    Programme,
    ReportingPeriod,
    RoleAssignment,
    SetUpPart,
    Versioned,
    marking_field,
    scoped,
)
from projects.models import Project


class CostCategory(SetUpPart):
    """What money is spent on, in the programme's own words."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="cost_categories"
    )
    slug = models.SlugField()
    name = models.CharField(max_length=100)
    is_programme_team = models.BooleanField(
        default=False,
        help_text="Salaries of the programme team; contributions are also shown without them.",
    )
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "cost categories"
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="cost_category_slug_unique")
        ]

    def __str__(self) -> str:
        return self.name


class BudgetLine(Versioned):
    """A planned cost of a year. Its fixed funding comes first; what remains is shared by the
    split rule. Fixed funding never exceeds the line, which the action that writes it checks."""

    class Nature(models.TextChoices):
        REVENUE = "revenue", "Revenue"
        CAPITAL = "capital", "Capital"

    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="lines")
    ref = models.SlugField(max_length=40)
    description = models.CharField(max_length=200)
    category = models.ForeignKey(CostCategory, on_delete=models.PROTECT, related_name="lines")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="budget_lines"
    )
    nature = models.CharField(max_length=10, choices=Nature, default=Nature.REVENUE)
    amount_pounds = MoneyField(null=True, blank=True)
    amount_certainty = CertaintyField()
    split_rule = models.ForeignKey(
        SplitRule,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lines",
        help_text="Who carries what fixed funding leaves.",
    )
    note = models.TextField(blank=True)
    sensitivity = marking_field()
    order = Order()

    amount = amount_property("amount")

    objects = scoped("year__programme")

    class Meta:
        ordering = ["year", "order", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["year", "ref"], name="budget_line_ref_unique"),
            known_when_certain("budget_line", "amount", "pounds"),
            not_negative("budget_line", "amount_pounds"),
        ]

    def __str__(self) -> str:
        return f"{self.description}, {self.year}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether one of the sources that carry it is. Two queries, none for a role that is for no
        organisation."""
        if assignment.organisation_id is None:
            return False
        fixed = self.fixed_funding.select_related("source") if self.pk else []
        if any(part.source.owned_by(assignment) for part in fixed):
            return True
        return self.split_rule is not None and self.split_rule.owned_by(assignment)


class LineFunding(models.Model):
    """A fixed amount that a source puts towards a line."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="fixed_funding")
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="line_funding")
    pounds = MoneyField()

    objects = scoped("line__year__programme")

    class Meta:
        ordering = ["source__order"]
        constraints = [
            models.UniqueConstraint(fields=["line", "source"], name="line_funding_once_per_source"),
            not_negative("line_funding", "pounds"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.source}"


class Actual(models.Model):
    """What was spent on a line from a source in a month; negative for a correction."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="actuals")
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="actuals")
    month = models.DateField(help_text="The first day of the month.")
    pounds = MoneyField()

    objects = scoped("line__year__programme")

    class Meta:
        ordering = ["month", "line__order", "source__order"]
        constraints = [
            models.UniqueConstraint(fields=["line", "source", "month"], name="actual_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="actual_month_starts_on_first"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.source}, {self.month:%B %Y}"


class PublishedFigure(Versioned):
    """A figure as an old paper printed it, kept beside the computed one.

    ``category`` and ``source`` say which cell of the year's outturn table it was: both empty is
    the grand total, one empty is the total of the other.
    """

    year = models.ForeignKey(
        FinancialYear, on_delete=models.PROTECT, related_name="published_figures"
    )
    document = models.CharField(max_length=200, help_text="The paper that printed it.")
    category = models.ForeignKey(
        CostCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        FundingSource, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pounds = MoneyField()
    note = models.CharField(max_length=300, blank=True)

    objects = scoped("year__programme")

    class Meta:
        ordering = ["year", "category__order", "source__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "document", "category", "source"], name="published_cell_unique"
            ),
            models.UniqueConstraint(
                fields=["year", "document", "category"],
                condition=Q(source__isnull=True, category__isnull=False),
                name="published_category_total_unique",
            ),
            models.UniqueConstraint(
                fields=["year", "document", "source"],
                condition=Q(category__isnull=True, source__isnull=False),
                name="published_source_total_unique",
            ),
            models.UniqueConstraint(
                fields=["year", "document"],
                condition=Q(category__isnull=True, source__isnull=True),
                name="published_grand_total_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.year}"


class CostEstimate(Versioned):
    """What a project is thought to cost, as stated in a period: once, a year, or over years."""

    class Term(models.TextChoices):
        ONE_OFF = "one_off", "In all"
        YEARLY = "yearly", "A year"
        OVER_YEARS = "over_years", "Over several years"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="cost_estimates")
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="cost_estimates"
    )
    label = models.CharField(max_length=60, blank=True)
    amount_pounds = MoneyField(null=True, blank=True)
    amount_certainty = CertaintyField()
    term = models.CharField(max_length=10, choices=Term, default=Term.ONE_OFF)
    years = models.PositiveSmallIntegerField(null=True, blank=True)

    amount = amount_property("amount")

    objects = scoped("project__programme")

    class Meta:
        ordering = ["project", "period", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period", "label"], name="cost_estimate_once_per_period"
            ),
            known_when_certain("cost_estimate", "amount", "pounds"),
            not_negative("cost_estimate", "amount_pounds"),
            models.CheckConstraint(
                condition=Q(term="over_years", years__isnull=False, years__gte=2)
                | (~Q(term="over_years") & Q(years__isnull=True)),
                name="cost_estimate_years_when_over_years",
                violation_error_message="Say over how many years (two or more).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.label}, {self.period}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """What a project is thought to cost belongs to whom the project does."""
        return self.project.owned_by(assignment)
