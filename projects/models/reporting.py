"""What the office does while a period is open: who may be late, who is reminded of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from programme.models import Programme, ReportingPeriod, Versioned, scoped
from projects.choices import ReminderKind
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


class ReminderRule(Versioned):
    """When a programme reminds of updates, and what its letters say first. Days are counted from
    the day on which an update is due; none is sent for a time that is left empty."""

    programme = models.OneToOneField(
        Programme, on_delete=models.PROTECT, related_name="reminder_rule"
    )
    is_on = models.BooleanField(default=True)
    on_opening = models.BooleanField(default=True)
    days_before = models.PositiveSmallIntegerField(null=True, blank=True, default=5)
    on_due = models.BooleanField(default=True)
    days_after = models.PositiveSmallIntegerField(null=True, blank=True, default=2)
    sponsor_after = models.PositiveSmallIntegerField(null=True, blank=True, default=14)
    words = models.TextField(blank=True)

    objects = scoped()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(days_after=0),
                name="reminder_rule_after_is_later",
                violation_error_message="Enter 1 day or more.",
            )
        ]

    def __str__(self) -> str:
        return f"Reminders of {self.programme}"


class Reminder(models.Model):
    """One letter to one person about all that they owe. There is one a day for each: whoever writes
    it first sends it. ``sent_at`` is empty until the mail server took it; ``problem`` says why it
    did not."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders"
    )
    day = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = scoped()

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "user", "day"], name="reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%-d %B %Y}"


class ReminderLine(models.Model):
    """One update that a letter reminds of."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="lines")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reminder_lines")
    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.CASCADE, related_name="reminder_lines"
    )
    kind = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in ReminderKind]
    )

    objects = scoped("period__programme")

    class Meta:
        ordering = ["project__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reminder", "project", "period"], name="reminder_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project.label}: {self.get_kind_display()}"
