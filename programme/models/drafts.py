"""What somebody typed or uploaded and has not saved yet, and which forms were sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from programme.models.base import scoped


class Draft(models.Model):
    """The answers of one user to the form at one address, as the browser sent them: kept while
    they type, and when their session had ended before they saved. Nobody else sees it, and it
    changes nothing until its owner saves the form.

    ``data`` maps the names of the form's controls to lists of texts.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    path = models.CharField(max_length=300)
    late = models.BooleanField(
        default=False,
        help_text="It came when the session had ended, and so stands beside what was kept before.",
    )
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "path", "late"], name="draft_once_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.path}"


class SentForm(models.Model):
    """A form that one user sent and that was saved: where that led to, by the key that the form
    carried. The same form sent again leads there too and saves nothing.

    ``digest`` stands for the answers, which are not kept here.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sent_forms"
    )
    key = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    leads_to = models.CharField(max_length=500)
    sent_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="sent_form_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.leads_to}"


class Upload(models.Model):
    """What somebody uploaded and has not confirmed: what was read of the file, not the file. Nobody
    else sees it, and it changes nothing until its owner confirms it.

    ``kind`` says what it brings, ``key`` is its word in addresses. ``data`` is what was read.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, related_name="uploads"
    )
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = scoped()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
