import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import programme.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("programme", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_templates",
                        to="programme.programme",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_templates",
                        to="programme.board",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=100)),
                ("title", models.CharField(help_text="Printed on the paper.", max_length=200)),
                (
                    "numbering",
                    models.CharField(
                        choices=[
                            ("paragraphs", "Paragraphs numbered through the paper"),
                            ("decimal", "Sections numbered 1.0, 2.0 and 6.1"),
                            ("none", "No numbers"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("note", "To note"),
                            ("endorse", "To endorse"),
                            ("approve", "To approve"),
                            ("decide", "To decide"),
                            ("discuss", "For discussion and direction"),
                        ],
                        default="note",
                        max_length=10,
                    ),
                ),
                ("author_post", models.CharField(blank=True, max_length=150)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="paper_template_slug_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="reports.papertemplate",
                    ),
                ),
                ("key", models.SlugField()),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsections",
                        to="reports.templatesection",
                    ),
                ),
                ("kind", models.SlugField()),
                ("heading", models.CharField(max_length=150)),
                ("options", models.JSONField(blank=True, default=dict)),
                ("standing_text", models.TextField(blank=True)),
                ("new_page", models.BooleanField(default=False)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("template", "key"), name="template_section_key_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("template", "order"), name="template_section_order_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="reports.papertemplate",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="programme.reportingperiod",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="programme.meeting",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("note", "To note"),
                            ("endorse", "To endorse"),
                            ("approve", "To approve"),
                            ("decide", "To decide"),
                            ("discuss", "For discussion and direction"),
                        ],
                        default="note",
                        max_length=10,
                    ),
                ),
                (
                    "marking",
                    models.CharField(
                        choices=[
                            ("official", "OFFICIAL"),
                            ("official_sensitive", "OFFICIAL-SENSITIVE"),
                        ],
                        default="official",
                        max_length=20,
                    ),
                ),
                ("author_post", models.CharField(blank=True, max_length=150)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("approved", "Approved"),
                            ("issued", "Issued"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["-period__as_at", "template__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("template", "period"),
                        name="paper_once_per_period",
                        violation_error_message="This paper already exists for the period.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="reports.paper",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="reports.templatesection",
                    ),
                ),
                (
                    "narrative",
                    models.TextField(
                        blank=True, help_text="Rich text, cleaned when it is written."
                    ),
                ),
                ("is_public", models.BooleanField(default=True)),
                ("withheld_ground", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["section__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "section"), name="paper_section_once_per_paper"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", True),
                            models.Q(("withheld_ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="paper_section_withheld_on_a_ground",
                        violation_error_message="Give the ground on which the section is withheld.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperRecommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="reports.paper",
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("note", "Note"),
                            ("endorse", "Endorse"),
                            ("approve", "Approve"),
                            ("decide", "Decide"),
                        ],
                        default="note",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "order"), name="recommendation_order_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to="reports.paper",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[("board", "The board"), ("public", "The public")],
                        default="board",
                        max_length=10,
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issues",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("data", models.JSONField()),
                ("document", models.JSONField()),
                ("pdf", models.FileField(upload_to="issues/")),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["paper", "number", "audience"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "number", "audience"), name="issue_number_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="issue_number_from_one"
                    ),
                ],
            },
        ),
    ]
