"""Financial years, and where the money comes from in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from programme.common.fields import (
    CertaintyField,
    MoneyField,
    PercentField,
    amount_property,
    in_order,
    known_when_certain,
    not_negative,
)
from programme.common.words_later import say_later
from programme.models import (
    Order,
    Organisation,
    Programme,
    RoleAssignment,
    ScopedQuerySet,
    SetUpPart,
    Versioned,
    marking_field,
    scoped,
)


class FinancialYear(Versioned):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"
        CLOSED = "closed", "Closed"

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="financial_years"
    )
    slug = models.SlugField(help_text="As in addresses: 2018-19")
    label = models.CharField(max_length=20, help_text="As printed: 2018/19")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    objects = scoped(base=ScopedQuerySet)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "slug"], name="financial_year_slug_unique"
            ),
            models.UniqueConstraint(
                fields=["programme", "starts_on"], name="financial_year_start_unique"
            ),
            in_order("financial_year", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return self.label


class FundingSource(SetUpPart):
    """Where money comes from: a partner's contribution, a grant, a reserve."""

    class Kind(models.TextChoices):
        CONTRIBUTION = "contribution", say_later("Partner contribution")
        GRANT = "grant", "Grant"
        RESERVE = "reserve", "Reserve"
        EXTERNAL = "external", "Other external funding"

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="funding_sources"
    )
    slug = models.SlugField()
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=30)
    kind = models.CharField(max_length=15, choices=Kind)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="funding_sources",
        help_text="Whose money it is; its finance lead answers for it.",
    )
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="funding_source_slug_unique")
        ]

    def __str__(self) -> str:
        return self.name

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether the role was given for the body whose money it is."""
        return assignment.is_for(self.organisation_id)


class PlannedContribution(Versioned):
    """What a source has agreed to put in for a year: the budget that funding is held against."""

    year = models.ForeignKey(
        FinancialYear, on_delete=models.PROTECT, related_name="planned_contributions"
    )
    source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, related_name="planned_contributions"
    )
    amount_pounds = MoneyField(null=True, blank=True)
    amount_certainty = CertaintyField()
    note = models.CharField(max_length=300, blank=True)

    amount = amount_property("amount")

    objects = scoped("year__programme")

    class Meta:
        ordering = ["source__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "source"], name="planned_contribution_once_a_year"
            ),
            known_when_certain("planned_contribution", "amount", "pounds"),
            not_negative("planned_contribution", "amount_pounds"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.year}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """As its source."""
        return self.source.owned_by(assignment)


class Grant(Versioned):
    """Money awarded for a purpose. A grant with a source is part of the programme's budget;
    one without is held outside it and only reported."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="grants")
    slug = models.SlugField()
    name = models.CharField(max_length=150)
    year = models.ForeignKey(FinancialYear, on_delete=models.PROTECT, related_name="grants")
    source = models.ForeignKey(
        FundingSource, null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    awarded_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="grants_awarded"
    )
    held_by = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grants_held",
    )
    amount_pounds = MoneyField(null=True, blank=True)
    amount_certainty = CertaintyField()
    awarded_on = models.DateField(null=True, blank=True)
    purpose = models.TextField(blank=True)
    sensitivity = marking_field()
    projects: models.ManyToManyField = models.ManyToManyField(
        "projects.Project", blank=True, related_name="grants"
    )

    amount = amount_property("amount")

    objects = scoped()

    class Meta:
        ordering = ["-year__starts_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="grant_slug_unique"),
            known_when_certain("grant", "amount", "pounds"),
            not_negative("grant", "amount_pounds"),
        ]

    def __str__(self) -> str:
        return self.name


class GrantReturn(Versioned):
    """A report that the awarding body asks for, and when it went."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="returns")
    name = models.CharField(max_length=100)
    due_on = models.DateField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    on_schedule = models.BooleanField(
        null=True, blank=True, help_text="Where the due date itself is not known."
    )

    objects = scoped("grant__programme")

    class Meta:
        ordering = ["due_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "name"], name="grant_return_name_unique")
        ]

    def __str__(self) -> str:
        return f"{self.grant}: {self.name}"


class SplitRule(SetUpPart):
    """Named shares by which sources carry a cost. Its shares add up to 100%, which the action
    that writes them checks."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="split_rules")
    slug = models.SlugField()
    name = models.CharField(max_length=100)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_to = models.DateField(null=True, blank=True)

    PARTS = ("shares",)

    objects = scoped()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="split_rule_slug_unique"),
            in_order("split_rule", "in_force_from", "in_force_to"),
        ]

    def __str__(self) -> str:
        return self.name

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether one of its sources is. One query."""
        return any(
            share.source.owned_by(assignment) for share in self.shares.select_related("source")
        )


class SplitShare(models.Model):
    rule = models.ForeignKey(SplitRule, on_delete=models.CASCADE, related_name="shares")
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="split_shares")
    percent = PercentField()

    objects = scoped("rule__programme")

    class Meta:
        ordering = ["source__order"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "source"], name="split_share_once_per_source"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="split_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.percent.normalize():f}%"
