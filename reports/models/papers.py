"""Papers: a template filled for a period, what people wrote in it, and its frozen issues."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from programme.models import (
    Board,
    MarkingChoices,
    Meeting,
    Order,
    ReportingPeriod,
    RoleAssignment,
    Versioned,
    scoped,
)
from reports.models.templates import PaperTemplate, TemplateSection


class Paper(Versioned):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        APPROVED = "approved", "Approved"
        ISSUED = "issued", "Issued"

    OPEN = (State.DRAFT, State.IN_REVIEW)
    LETS_MEETING_GO = Q(state__in=OPEN)
    """Papers that do not keep a meeting with its board when another takes it over."""

    template = models.ForeignKey(PaperTemplate, on_delete=models.PROTECT, related_name="papers")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="papers")
    board = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        related_name="papers",
        help_text="The board that receives it: its template’s when it was opened.",
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    title = models.CharField(max_length=200)
    purpose = models.CharField(
        max_length=10, choices=PaperTemplate.Purpose, default=PaperTemplate.Purpose.NOTE
    )
    marking = models.CharField(
        max_length=20, choices=MarkingChoices, default=MarkingChoices.OFFICIAL
    )
    author_post = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    objects = scoped("template__programme")

    class Meta:
        ordering = ["-period__as_at", "template__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "period"],
                name="paper_once_per_period",
                violation_error_message="This paper already exists for the period.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.period}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """A paper belongs to whom its board does."""
        return self.board.owned_by(assignment)


class PaperSection(Versioned):
    """What somebody wrote for one section of one paper, and whether the public may read it."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="sections")
    section = models.ForeignKey(TemplateSection, on_delete=models.PROTECT, related_name="texts")
    narrative = models.TextField(blank=True, help_text="Rich text, cleaned when it is written.")
    is_public = models.BooleanField(default=True)
    withheld_ground = models.CharField(max_length=200, blank=True)

    objects = scoped("paper__template__programme")

    class Meta:
        ordering = ["section__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "section"], name="paper_section_once_per_paper"
            ),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(withheld_ground=""),
                name="paper_section_withheld_on_a_ground",
                violation_error_message="Give the ground on which the section is withheld.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.section.heading}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        return self.paper.owned_by(assignment)


class PaperRecommendation(Versioned):
    """What a paper asks of its board."""

    class Verb(models.TextChoices):
        NOTE = "note", "Note"
        ENDORSE = "endorse", "Endorse"
        APPROVE = "approve", "Approve"
        DECIDE = "decide", "Decide"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="recommendations")
    verb = models.CharField(max_length=10, choices=Verb, default=Verb.NOTE)
    text = models.TextField()
    order = Order()

    objects = scoped("paper__template__programme")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "order"], name="recommendation_order_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.text}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        return self.paper.owned_by(assignment)


class Issue(models.Model):
    """A paper as it was issued: its data, document and PDF, frozen with their hash."""

    class Audience(models.TextChoices):
        BOARD = "board", "The board"
        PUBLIC = "public", "The public"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.BOARD)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="issues"
    )
    data = models.JSONField()
    document = models.JSONField()
    pdf = models.FileField(upload_to="issues/")
    sha256 = models.CharField(max_length=64)

    objects = scoped("paper__template__programme")

    class Meta:
        ordering = ["paper", "number", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number", "audience"], name="issue_number_unique"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="issue_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}, issue {self.number}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        return self.paper.owned_by(assignment)
