import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import programme.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
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
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200, unique=True)),
                ("short_name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("police", "Police"),
                            ("fire", "Fire and rescue"),
                            ("ambulance", "Ambulance"),
                            ("commissioner", "Commissioner's office"),
                            ("council", "Council"),
                            ("government", "Government department or national body"),
                            ("regional", "Regional body"),
                            ("academic", "University or research body"),
                            ("company", "Company"),
                            ("charity", "Charity or community body"),
                            ("health", "Health body"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
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
                    "slug",
                    models.SlugField(help_text="As it stands in addresses: /essex/", unique=True),
                ),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(max_length=60)),
                ("vision", models.TextField(blank=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "host",
                    models.ForeignKey(
                        help_text="The accountable body.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_programmes",
                        to="programme.organisation",
                    ),
                ),
                (
                    "financial_year_start_month",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                (
                    "default_marking",
                    models.CharField(
                        choices=[
                            ("official", "OFFICIAL"),
                            ("official_sensitive", "OFFICIAL-SENSITIVE"),
                        ],
                        default="official",
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("financial_year_start_month__range", (1, 12))),
                        name="programme_financial_year_start_is_a_month",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                ("name", models.CharField(blank=True, max_length=150)),
                ("post", models.CharField(blank=True, max_length=150)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="programme.organisation",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Made with the example programme; production refuses these.",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ["email"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True), name="user_has_email"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
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
                        related_name="partnerships",
                        to="programme.programme",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="programme.organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("host", "Host"),
                            ("partner", "Partner"),
                            ("funder", "Funder"),
                            ("associate", "Associate"),
                        ],
                        default="partner",
                        max_length=20,
                    ),
                ),
                ("joined_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, null=True)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order", "organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "organisation"), name="partnership_once_per_programme"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("joined_on__isnull", True),
                            ("left_on__isnull", True),
                            ("joined_on__lte", models.F("left_on")),
                            _connector="OR",
                        ),
                        name="partnership_joined_on_before_left_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Principle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="principles",
                        to="programme.programme",
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "order"), name="principle_order_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Aim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aims",
                        to="programme.programme",
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "order"), name="aim_order_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanPriority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_priorities",
                        to="programme.programme",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("in_force_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "plan priorities",
                "ordering": ["in_force_from", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "number", "in_force_from"),
                        name="plan_priority_number_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from__isnull", True),
                            ("in_force_to__isnull", True),
                            ("in_force_from__lte", models.F("in_force_to")),
                            _connector="OR",
                        ),
                        name="plan_priority_in_force_from_before_in_force_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=100)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "slug"), name="theme_slug_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pipeline", "Pipeline"),
                            ("live", "Live"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "slug"), name="stage_slug_unique"),
                    models.UniqueConstraint(
                        fields=("programme", "order"), name="stage_order_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for what a command of the system did.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("actor_label", models.CharField(max_length=200)),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to="programme.programme",
                    ),
                ),
                ("verb", models.CharField(help_text="Dotted: update.submitted", max_length=60)),
                ("object_type", models.CharField(help_text="app_label.model_name", max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                ("object_label", models.CharField(max_length=300)),
                (
                    "before",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("correlation_id", models.CharField(db_index=True, max_length=36)),
            ],
            options={
                "verbose_name_plural": "audit entries",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["object_type", "object_id"], name="programme_a_object__553ebe_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingPeriod",
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
                        related_name="periods",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField(help_text="As in addresses and commands: 2019-03")),
                ("name", models.CharField(max_length=60)),
                ("starts_on", models.DateField()),
                (
                    "as_at",
                    models.DateField(
                        help_text="The day whose position the period's papers report."
                    ),
                ),
                ("opens_on", models.DateField(blank=True, null=True)),
                (
                    "due_on",
                    models.DateField(blank=True, help_text="When updates are due.", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                        default="planned",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["-as_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="period_slug_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("programme", "as_at"), name="period_as_at_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("as_at__isnull", True),
                            ("starts_on__lte", models.F("as_at")),
                            _connector="OR",
                        ),
                        name="period_starts_on_before_as_at",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("due_on__isnull", True),
                            ("opens_on__lte", models.F("due_on")),
                            _connector="OR",
                        ),
                        name="period_opens_on_before_due_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Board",
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
                        related_name="boards",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategic", "Strategic board"),
                            ("scrutiny", "Scrutiny board"),
                            ("governance", "Governance board"),
                            ("chief_officers", "Chief officers' group"),
                            ("panel", "Panel"),
                            ("working_group", "Working group"),
                            ("delivery", "Delivery or project board"),
                        ],
                        max_length=20,
                    ),
                ),
                ("remit", models.TextField(blank=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The body whose board it is; empty for a joint board.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="boards",
                        to="programme.organisation",
                    ),
                ),
                (
                    "reports_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporting_boards",
                        to="programme.board",
                    ),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="programme.board",
                    ),
                ),
                ("set_up_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "slug"), name="board_slug_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("set_up_on__isnull", True),
                            ("ended_on__isnull", True),
                            ("set_up_on__lte", models.F("ended_on")),
                            _connector="OR",
                        ),
                        name="board_set_up_on_before_ended_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reports_to__isnull", True),
                            models.Q(("reports_to", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="board_does_not_report_to_itself",
                        violation_error_message="A board cannot report to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingScale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rating_scales",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="rating_scale_slug_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_levels",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("word", models.CharField(max_length=40)),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("red", "Red"),
                            ("amber_red", "Amber/Red"),
                            ("amber", "Amber"),
                            ("amber_green", "Amber/Green"),
                            ("green", "Green"),
                            ("blue", "Blue"),
                            ("grey", "Grey"),
                            ("none", "No colour"),
                        ],
                        max_length=15,
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="risk_level_slug_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("programme", "rank"), name="risk_level_rank_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardMember",
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
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="programme.board",
                    ),
                ),
                ("post", models.CharField(max_length=150)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_seats",
                        to="programme.organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("vice_chair", "Vice-chair"),
                            ("member", "Member"),
                            ("secretary", "Secretary"),
                            ("attendee", "In attendance"),
                        ],
                        default="member",
                        max_length=20,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="board_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("from_day", models.DateField(blank=True, null=True)),
                ("to_day", models.DateField(blank=True, null=True)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order", "post"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("board", "organisation", "post", "from_day"),
                        name="board_member_seat_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_day__isnull", True),
                            ("to_day__isnull", True),
                            ("from_day__lte", models.F("to_day")),
                            _connector="OR",
                        ),
                        name="board_member_from_day_before_to_day",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="programme.board",
                    ),
                ),
                ("held_on", models.DateField()),
                ("starts_at", models.TimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        help_text="The period whose papers the meeting receives.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="programme.reportingperiod",
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "held_on"), name="meeting_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="programme.programme",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("office", "Programme office"),
                            ("lead", "Project lead"),
                            ("finance", "Finance lead"),
                            ("secretary", "Board secretary"),
                            ("member", "Board member"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="programme.organisation",
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="programme.board",
                    ),
                ),
                ("from_day", models.DateField(blank=True, null=True)),
                ("to_day", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["user__email", "role"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_day__isnull", True),
                            ("to_day__isnull", True),
                            ("from_day__lte", models.F("to_day")),
                            _connector="OR",
                        ),
                        name="role_assignment_from_day_before_to_day",
                        violation_error_message="The end cannot be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "finance"), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="role_assignment_finance_lead_of_an_organisation",
                        violation_error_message="A finance lead needs an organisation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "member"), _negated=True),
                            ("board__isnull", False),
                            _connector="OR",
                        ),
                        name="role_assignment_member_of_a_board",
                        violation_error_message="A board member needs a board.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="programme.ratingscale",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="The letters printed in the cell: G, A/R, N/A", max_length=4
                    ),
                ),
                ("word", models.CharField(max_length=40)),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("red", "Red"),
                            ("amber_red", "Amber/Red"),
                            ("amber", "Amber"),
                            ("amber_green", "Amber/Green"),
                            ("green", "Green"),
                            ("blue", "Blue"),
                            ("grey", "Grey"),
                            ("none", "No colour"),
                        ],
                        max_length=15,
                    ),
                ),
                ("definition", models.TextField(blank=True)),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("needs_reason", models.BooleanField(default=False)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scale", "code"), name="rating_level_code_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("scale", "rank"), name="rating_level_rank_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rank__isnull", True), ("rank__gte", 1), _connector="OR"
                        ),
                        name="rating_level_rank_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dimension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dimensions",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=60)),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dimensions",
                        to="programme.ratingscale",
                    ),
                ),
                ("is_overall", models.BooleanField(default=False)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("none", "Judgement only"),
                            ("slip", "Working days late"),
                            ("cost", "Cost over budget, percent"),
                            ("benefit", "Benefit forecast as a share of target, percent"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "figures",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("costs", "Cost estimates"),
                            ("savings", "Money benefits"),
                            ("benefits", "Other benefits"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("in_force_to", models.DateField(blank=True, null=True)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="dimension_slug_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_overall", True)),
                        fields=("programme",),
                        name="dimension_one_overall",
                        violation_error_message="A programme has one overall dimension.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from__isnull", True),
                            ("in_force_to__isnull", True),
                            ("in_force_from__lte", models.F("in_force_to")),
                            _connector="OR",
                        ),
                        name="dimension_in_force_from_before_in_force_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskMatrixCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_cells",
                        to="programme.programme",
                    ),
                ),
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
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="programme.risklevel",
                    ),
                ),
            ],
            options={
                "ordering": ["likelihood", "impact"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "likelihood", "impact"), name="risk_cell_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact__range", (1, 5)), ("likelihood__range", (1, 5))
                        ),
                        name="risk_cell_on_five_by_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tolerance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dimension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tolerances",
                        to="programme.dimension",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tolerances",
                        to="programme.ratinglevel",
                    ),
                ),
                (
                    "limit",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                ),
            ],
            options={
                "ordering": ["level__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dimension", "level"), name="tolerance_once_per_level"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("limit__isnull", True)),
                        fields=("dimension",),
                        name="tolerance_one_level_without_limit",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="Programme",
            name="partners",
            field=models.ManyToManyField(
                related_name="programmes",
                through="programme.Partnership",
                to="programme.organisation",
            ),
        ),
    ]
