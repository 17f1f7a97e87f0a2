"""Paper templates: which sections a board's paper has, in what order and numbering. All data."""

from __future__ import annotations

from django.db import models

from programme.models import Board, Order, Programme, RoleAssignment, SetUpPart, scoped


class PaperTemplate(SetUpPart):
    class Numbering(models.TextChoices):
        PARAGRAPHS = "paragraphs", "Paragraphs numbered through the paper"
        DECIMAL = "decimal", "Sections numbered 1.0, 2.0 and 6.1"
        NONE = "none", "No numbers"

    class Purpose(models.TextChoices):
        NOTE = "note", "To note"
        ENDORSE = "endorse", "To endorse"
        APPROVE = "approve", "To approve"
        DECIDE = "decide", "To decide"
        DISCUSS = "discuss", "For discussion and direction"

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="paper_templates"
    )
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="paper_templates")
    slug = models.SlugField()
    name = models.CharField(max_length=100)
    title = models.CharField(max_length=200, help_text="Printed on the paper.")
    numbering = models.CharField(max_length=10, choices=Numbering, default=Numbering.NONE)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.NOTE)
    author_post = models.CharField(max_length=150, blank=True)
    order = Order()

    PARTS = ("sections",)

    objects = scoped()

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="paper_template_slug_unique")
        ]

    def __str__(self) -> str:
        return self.name

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """A template belongs to whom its board does."""
        return self.board.owned_by(assignment)


class TemplateSection(models.Model):
    """One section of a template. ``kind`` names a registered section function, ``options`` what
    it is told; standing text is printed before what the function builds."""

    template = models.ForeignKey(PaperTemplate, on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subsections"
    )
    kind = models.SlugField()
    heading = models.CharField(max_length=150)
    options = models.JSONField(default=dict, blank=True)
    standing_text = models.TextField(blank=True)
    new_page = models.BooleanField(default=False)
    order = Order()

    objects = scoped("template__programme")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="template_section_key_unique"),
            models.UniqueConstraint(
                fields=["template", "order"], name="template_section_order_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}: {self.heading}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        return self.template.owned_by(assignment)
