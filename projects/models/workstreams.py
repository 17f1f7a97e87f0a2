"""Workstreams: how a programme groups its projects."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from programme.common.words_later import say_later
from programme.models import Dimension, Order, Programme, SetUpPart, scoped


class Workstream(SetUpPart):
    """A grouping of projects in a paper; a workstream may stand below another."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="workstreams")
    slug = models.SlugField()
    number = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=150)
    summary = models.TextField(blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    order = Order()
    dimensions: models.ManyToManyField = models.ManyToManyField(
        Dimension,
        blank=True,
        related_name="workstreams",
        help_text="What is rated only in this workstream and those below it.",
    )

    objects = scoped()

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="workstream_slug_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="workstream_not_below_itself",
                violation_error_message=say_later("A workstream cannot stand below itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
