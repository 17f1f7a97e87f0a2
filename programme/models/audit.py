"""The record of who did what: append-only, and the database itself refuses anything else.

Every entry is a link of one chain: the database hashes it onto the entry before it, in the order in
which transactions are committed (``programme.record_guards``), and keeps how long the chain is and
how it ends. Whatever is changed, taken out or slipped in past the guards breaks the chain.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from programme.models.base import scoped
from programme.models.programmes import Programme

REDACTED = "text.redacted"
"""The verb of an entry that hides texts of those before it (``programme.record_reading``)."""


class AuditEntry(models.Model):
    """One action of one person. ``before`` and ``after`` hold the fields that matter to a reader;
    ``object_label`` keeps the object's name as it was then."""

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
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
    digest = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of what the entry says."
    )

    objects = scoped()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(
                fields=["programme"],
                condition=models.Q(verb=REDACTED),
                name="audit_redactions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.object_label}"

    @property
    def model(self) -> type[models.Model] | None:
        """The kind of thing it is about; None for one that the portal has no more."""
        try:
            return apps.get_model(self.object_type)
        except (LookupError, ValueError):
            return None


class AuditLink(models.Model):
    """The place of an entry in the chain, written by the database when the entry is committed."""

    number = models.BigIntegerField(primary_key=True)
    # Not PROTECT: the database refuses to delete an entry, in its own words.
    entry = models.OneToOneField(AuditEntry, on_delete=models.DO_NOTHING, related_name="link")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class AuditHead(models.Model):
    """How many entries the chain has and how it ends: one row."""

    entries = models.BigIntegerField()
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.entries}:{self.hash}"
