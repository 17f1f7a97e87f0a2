"""Files made from papers, kept for a while so that none is made twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from programme.models import scoped
from reports.models.papers import Paper


class RenderedFile(models.Model):
    """A paper's PDF, being made or made. ``key`` is a hash of all that decides its bytes, so that
    whoever asks for the same gets the same row; ``document`` is what it is made from, and empty
    once it is made. A cache: every row may be deleted at any time."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RENDERING = "rendering", "Being made"
        DONE = "done", "Ready"
        FAILED = "failed", "Could not be made"

    key = models.SlugField(max_length=64, unique=True)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="files")
    with_restricted = models.BooleanField(default=False)
    name = models.CharField(max_length=300)
    document = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    problem = models.TextField(blank=True)
    content = models.BinaryField(null=True, blank=True)
    size = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rendered_files"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(auto_now_add=True)

    objects = scoped("paper__template__programme")

    class Meta:
        ordering = ["requested_at", "pk"]

    def __str__(self) -> str:
        return self.name
