"""What ended once and was taken up again: when, how, and why it goes on."""

from __future__ import annotations

from django.db import models


class EarlierEnd(models.Model):
    """One end that was taken back. From ``reopened_on`` on the thing is open again; what is said of
    a day before goes by this row."""

    ended_on = models.DateField()
    reopened_on = models.DateField()
    note = models.TextField(blank=True, help_text="How it ended, as it was said then.")
    reason = models.TextField(help_text="Why it was opened again.")

    class Meta:
        abstract = True
        ordering = ["ended_on", "pk"]

    def __str__(self) -> str:
        return f"{self.ended_on:%-d %B %Y} to {self.reopened_on:%-d %B %Y}"
