"""The record of who did what: append-only, and the database itself refuses anything else."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from programme.models.base import scoped
from programme.models.programmes import Programme


class AuditEntry(models.Model):
    """One action of one person. ``before`` and ``after`` hold the fields that matter to a reader;
    ``object_label`` keeps the object's name as it was then."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="audit_entries",
        help_text="Empty for what a command of the system did.",
    )
    actor_label = models.CharField(max_length=200)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="audit_entries"
    )
    verb = models.CharField(max_length=60, help_text="Dotted: update.submitted")
    object_type = models.CharField(max_length=60, help_text="app_label.model_name")
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=300)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    correlation_id = models.CharField(max_length=36, db_index=True)

    objects = scoped()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.object_label}"
