"""What the office does while a period is open: who may be late."""

from __future__ import annotations

from django.db import models

from programme.models import ReportingPeriod, scoped
from projects.models.projects import Project


class LateAdmission(models.Model):
    """The later day until which one project's update for a period is admitted, and why. Until then
    it is not late, and nobody is reminded of it."""

    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="late_admissions"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="late_admissions")
    until = models.DateField()
    reason = models.TextField()

    objects = scoped("period__programme")

    class Meta:
        ordering = ["period__as_at", "project__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period"], name="late_admission_once_per_period"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="late_admission_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.label}, {self.period}"
