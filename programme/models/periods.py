"""Reporting periods: any calendar, each with an as-at date of its own."""

from __future__ import annotations

from datetime import date

from django.db import models

from programme.common.fields import in_order
from programme.models.base import ScopedQuerySet, Versioned, scoped
from programme.models.programmes import Programme


class ReportingPeriodQuerySet(ScopedQuerySet):
    def up_to(self, as_at: date) -> ReportingPeriodQuerySet:
        """Periods whose as-at date is not after the given day, newest first."""
        return self.filter(as_at__lte=as_at).order_by("-as_at")


class ReportingPeriod(Versioned):
    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="periods")
    slug = models.SlugField(help_text="As in addresses and commands: 2019-03")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    as_at = models.DateField(help_text="The day whose position the period's papers report.")
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="When updates are due.")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)

    objects = scoped(base=ReportingPeriodQuerySet)

    class Meta:
        ordering = ["-as_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="period_slug_unique"),
            models.UniqueConstraint(fields=["programme", "as_at"], name="period_as_at_unique"),
            in_order("period", "starts_on", "as_at"),
            in_order("period", "opens_on", "due_on"),
        ]

    def __str__(self) -> str:
        return self.name
