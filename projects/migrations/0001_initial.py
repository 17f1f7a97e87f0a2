import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import programme.common.fields
import programme.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("programme", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Workstream",
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
                        related_name="workstreams",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("number", models.CharField(blank=True, max_length=10)),
                ("name", models.CharField(max_length=150)),
                ("summary", models.TextField(blank=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="projects.workstream",
                    ),
                ),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="workstream_slug_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="workstream_not_below_itself",
                        violation_error_message="A workstream cannot stand below itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
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
                        related_name="projects",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.SlugField(help_text="As in addresses: t03", max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(blank=True, max_length=80)),
                ("summary", models.TextField(blank=True)),
                (
                    "workstream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.workstream",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="components",
                        to="projects.project",
                    ),
                ),
                (
                    "lead_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_projects",
                        to="programme.organisation",
                    ),
                ),
                ("lead_post", models.CharField(blank=True, max_length=150)),
                ("sponsor_post", models.CharField(blank=True, max_length=150)),
                (
                    "lead_user",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who may update it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_projects",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="programme.stage",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "statutory_basis",
                    models.CharField(
                        blank=True, help_text="Such as a section 22A agreement.", max_length=200
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("official", "OFFICIAL"),
                            ("official_sensitive", "OFFICIAL-SENSITIVE"),
                        ],
                        default="official",
                        max_length=20,
                    ),
                ),
                (
                    "in_papers_as_component",
                    models.BooleanField(
                        default=True, help_text="Whether its parent's entry in a paper lists it."
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("order", programme.models.base.Order(default=1)),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True, related_name="partner_projects", to="programme.organisation"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="projects", to="programme.theme"
                    ),
                ),
                (
                    "priorities",
                    models.ManyToManyField(
                        blank=True, related_name="projects", to="programme.planpriority"
                    ),
                ),
            ],
            options={
                "ordering": ["workstream__order", "order", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="project_ref_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("starts_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="project_starts_on_before_ends_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="project_not_part_of_itself",
                        violation_error_message="A project cannot be a component of itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="project_withdrawn_with_reason",
                        violation_error_message="Say why the project was withdrawn.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_changes",
                        to="projects.project",
                    ),
                ),
                (
                    "from_stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.stage",
                    ),
                ),
                (
                    "to_stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.stage",
                    ),
                ),
                ("changed_on", models.DateField()),
                ("reason", models.TextField(blank=True)),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        help_text="The board that decided it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stage_changes",
                        to="programme.board",
                    ),
                ),
            ],
            options={
                "ordering": ["changed_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_stage__isnull", True),
                            models.Q(("from_stage", models.F("to_stage")), _negated=True),
                            _connector="OR",
                        ),
                        name="stage_change_changes_stage",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="projects.project",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("baseline_day", models.DateField(blank=True, null=True)),
                (
                    "baseline_certainty",
                    programme.common.fields.CertaintyField(
                        choices=[
                            ("exact", "Exact"),
                            ("circa", "Circa (approximate)"),
                            ("tbc", "To be confirmed"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="exact",
                        max_length=15,
                    ),
                ),
                ("forecast_day", models.DateField(blank=True, null=True)),
                (
                    "forecast_certainty",
                    programme.common.fields.CertaintyField(
                        choices=[
                            ("exact", "Exact"),
                            ("circa", "Circa (approximate)"),
                            ("tbc", "To be confirmed"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="exact",
                        max_length=15,
                    ),
                ),
                ("actual_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "name"), name="milestone_name_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("baseline_certainty__in", ["exact", "circa"]),
                                ("baseline_day__isnull", False),
                            ),
                            models.Q(
                                ("baseline_certainty__in", ["tbc", "not_applicable"]),
                                ("baseline_day__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="milestone_baseline_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("forecast_certainty__in", ["exact", "circa"]),
                                ("forecast_day__isnull", False),
                            ),
                            models.Q(
                                ("forecast_certainty__in", ["tbc", "not_applicable"]),
                                ("forecast_day__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="milestone_forecast_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Risk",
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
                        related_name="risks",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.SlugField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[("risk", "Risk"), ("issue", "Issue")], default="risk", max_length=5
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a risk of the whole programme.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="projects.project",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("cause_and_effect", models.TextField(blank=True)),
                ("mitigation", models.TextField(blank=True)),
                ("owner_post", models.CharField(blank=True, max_length=150)),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_risks",
                        to="programme.organisation",
                    ),
                ),
                (
                    "is_strategic",
                    models.BooleanField(
                        default=False, help_text="Goes to the board whatever its score."
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("official", "OFFICIAL"),
                            ("official_sensitive", "OFFICIAL-SENSITIVE"),
                        ],
                        default="official",
                        max_length=20,
                    ),
                ),
                (
                    "inherent_likelihood",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "inherent_impact",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "target_likelihood",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "target_impact",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("raised_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closing_note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="risk_ref_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("raised_on__isnull", True),
                            ("closed_on__isnull", True),
                            ("raised_on__lte", models.F("closed_on")),
                            _connector="OR",
                        ),
                        name="risk_raised_on_before_closed_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("inherent_impact__range", (1, 5)),
                            ("inherent_likelihood__range", (1, 5)),
                        ),
                        name="risk_inherent_on_five_by_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target_impact__isnull", True), ("target_likelihood__isnull", True)
                            ),
                            models.Q(
                                ("target_impact__isnull", False),
                                ("target_impact__range", (1, 5)),
                                ("target_likelihood__isnull", False),
                                ("target_likelihood__range", (1, 5)),
                            ),
                            _connector="OR",
                        ),
                        name="risk_target_on_five_by_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                        related_name="decisions",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.SlugField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("noted", "Noted"),
                            ("endorsed", "Endorsed"),
                            ("approved", "Approved"),
                            ("decided", "Decided"),
                            ("not_pursued", "Considered and not pursued"),
                        ],
                        default="decided",
                        max_length=12,
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="programme.board",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="programme.meeting",
                    ),
                ),
                ("taken_on", models.DateField()),
                ("text", models.TextField()),
                ("reasons", models.TextField(blank=True)),
                (
                    "projects",
                    models.ManyToManyField(
                        blank=True, related_name="decisions", to="projects.project"
                    ),
                ),
            ],
            options={
                "ordering": ["-taken_on", "ref"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "ref"), name="decision_ref_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "not_pursued"), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_not_pursued_with_reasons",
                        violation_error_message="Give the reasons why it was not pursued.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
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
                        related_name="engagements",
                        to="programme.programme",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("representative", "Representative bodies"),
                            ("consultation", "Consultation"),
                            ("communications", "Communications"),
                        ],
                        max_length=15,
                    ),
                ),
                ("with_whom", models.CharField(max_length=200)),
                ("summary", models.TextField()),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(blank=True, null=True)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="projects.project",
                    ),
                ),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["kind", "order", "from_day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "kind", "with_whom", "from_day"),
                        name="engagement_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_day__isnull", True),
                            ("to_day__isnull", True),
                            ("from_day__lte", models.F("to_day")),
                            _connector="OR",
                        ),
                        name="engagement_from_day_before_to_day",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusUpdate",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="projects.project",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="programme.reportingperiod",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("status_line", models.CharField(blank=True, max_length=300)),
                (
                    "narrative",
                    models.TextField(
                        blank=True, help_text="Rich text, cleaned when it is written."
                    ),
                ),
                ("restricted_narrative", models.TextField(blank=True)),
                ("path_to_green", models.TextField(blank=True)),
                ("path_to_green_by", models.DateField(blank=True, null=True)),
                ("path_to_green_owner", models.CharField(blank=True, max_length=150)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("return_reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-period__as_at", "project__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "period"),
                        name="update_once_per_period",
                        violation_error_message="This project already has an update for the period.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("reviewed_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="update_not_reviewed_by_its_author",
                        violation_error_message="Nobody reviews their own update.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MilestoneChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="projects.milestone",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("set", "Set"),
                            ("forecast", "Forecast moved"),
                            ("rebaseline", "Re-baselined"),
                            ("reached", "Reached"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("stated_on", models.DateField()),
                ("date_day", models.DateField(blank=True, null=True)),
                (
                    "date_certainty",
                    programme.common.fields.CertaintyField(
                        choices=[
                            ("exact", "Exact"),
                            ("circa", "Circa (approximate)"),
                            ("tbc", "To be confirmed"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="exact",
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The board that approved a re-baseline.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestone_changes",
                        to="programme.board",
                    ),
                ),
            ],
            options={
                "ordering": ["stated_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("date_certainty__in", ["exact", "circa"]),
                                ("date_day__isnull", False),
                            ),
                            models.Q(
                                ("date_certainty__in", ["tbc", "not_applicable"]),
                                ("date_day__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="milestone_change_date_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "rebaseline"), _negated=True),
                            ("approved_by__isnull", False),
                            _connector="OR",
                        ),
                        name="milestone_rebaseline_approved",
                        violation_error_message="A re-baseline needs the board that approved it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="projects.risk",
                    ),
                ),
                ("assessed_on", models.DateField()),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-assessed_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "assessed_on"), name="risk_assessed_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact__range", (1, 5)), ("likelihood__range", (1, 5))
                        ),
                        name="risk_assessment_on_five_by_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
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
                        related_name="actions",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.SlugField(max_length=20)),
                ("text", models.TextField()),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="programme.board",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="programme.meeting",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="projects.decision",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="projects.project",
                    ),
                ),
                ("owner_post", models.CharField(max_length=150)),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_actions",
                        to="programme.organisation",
                    ),
                ),
                ("raised_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("completed_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["due_on", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="action_ref_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("raised_on__isnull", True),
                            ("due_on__isnull", True),
                            ("raised_on__lte", models.F("due_on")),
                            _connector="OR",
                        ),
                        name="action_raised_on_before_due_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("raised_on__isnull", True),
                            ("completed_on__isnull", True),
                            ("raised_on__lte", models.F("completed_on")),
                            _connector="OR",
                        ),
                        name="action_raised_on_before_completed_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="projects.statusupdate",
                    ),
                ),
                (
                    "dimension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="programme.dimension",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="programme.ratinglevel",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["dimension__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("update", "dimension"), name="rating_once_per_dimension"
                    )
                ],
            },
        ),
    ]
