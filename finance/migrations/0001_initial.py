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
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FinancialYear",
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
                        related_name="financial_years",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField(help_text="As in addresses: 2018-19")),
                ("label", models.CharField(help_text="As printed: 2018/19", max_length=20)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("agreed", "Agreed"), ("closed", "Closed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="financial_year_slug_unique"
                    ),
                    models.UniqueConstraint(
                        fields=("programme", "starts_on"), name="financial_year_start_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("starts_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="financial_year_starts_on_before_ends_on",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingSource",
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
                        related_name="funding_sources",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=100)),
                ("short_name", models.CharField(max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contribution", "Partner contribution"),
                            ("grant", "Grant"),
                            ("reserve", "Reserve"),
                            ("external", "Other external funding"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose money it is; its finance lead answers for it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_sources",
                        to="programme.organisation",
                    ),
                ),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="funding_source_slug_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SplitRule",
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
                        related_name="split_rules",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=100)),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("in_force_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="split_rule_slug_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from__isnull", True),
                            ("in_force_to__isnull", True),
                            ("in_force_from__lte", models.F("in_force_to")),
                            _connector="OR",
                        ),
                        name="split_rule_in_force_from_before_in_force_to",
                        violation_error_message="The end cannot be before the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Benefit",
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
                        related_name="benefits",
                        to="programme.programme",
                    ),
                ),
                ("ref", models.SlugField(max_length=20)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a benefit of the whole programme.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits",
                        to="projects.project",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "benefit_class",
                    models.CharField(
                        choices=[
                            ("cash_releasing", "Cash-releasing"),
                            ("non_cash_releasing", "Non-cash-releasing"),
                            ("quantifiable", "Quantifiable"),
                            ("qualitative", "Qualitative"),
                            ("disbenefit", "Disbenefit"),
                        ],
                        max_length=20,
                        verbose_name="class",
                    ),
                ),
                (
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("one_off", "One-off"),
                            ("recurring", "Recurring"),
                            ("not_stated", "Not stated"),
                        ],
                        default="not_stated",
                        max_length=10,
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        blank=True, help_text="What is measured, and how.", max_length=200
                    ),
                ),
                ("baseline", models.CharField(blank=True, max_length=200)),
                ("evidence", models.TextField(blank=True)),
                ("timescale", models.CharField(blank=True, max_length=200)),
                ("owner_post", models.CharField(blank=True, max_length=150)),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_benefits",
                        to="programme.organisation",
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["order", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "ref"), name="benefit_ref_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="CostCategory",
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
                        related_name="cost_categories",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=100)),
                (
                    "is_programme_team",
                    models.BooleanField(
                        default=False,
                        help_text="Salaries of the programme team; contributions are also shown without them.",
                    ),
                ),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "verbose_name_plural": "cost categories",
                "ordering": ["order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "slug"), name="cost_category_slug_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CostEstimate",
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
                        related_name="cost_estimates",
                        to="projects.project",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_estimates",
                        to="programme.reportingperiod",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "amount_pounds",
                    programme.common.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "amount_certainty",
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
                (
                    "term",
                    models.CharField(
                        choices=[
                            ("one_off", "In all"),
                            ("yearly", "A year"),
                            ("over_years", "Over several years"),
                        ],
                        default="one_off",
                        max_length=10,
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["project", "period", "label"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "period", "label"), name="cost_estimate_once_per_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_certainty__in", ["exact", "circa"]),
                                ("amount_pounds__isnull", False),
                            ),
                            models.Q(
                                ("amount_certainty__in", ["tbc", "not_applicable"]),
                                ("amount_pounds__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="cost_estimate_amount_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pounds__gte", 0),
                            ("amount_pounds__isnull", True),
                            _connector="OR",
                        ),
                        name="cost_estimate_amount_pounds_not_negative",
                        violation_error_message="An amount cannot be negative here.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("term", "over_years"), ("years__gte", 2), ("years__isnull", False)
                            ),
                            models.Q(
                                models.Q(("term", "over_years"), _negated=True),
                                ("years__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="cost_estimate_years_when_over_years",
                        violation_error_message="Say over how many years (two or more).",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedContribution",
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
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_contributions",
                        to="finance.financialyear",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_contributions",
                        to="finance.fundingsource",
                    ),
                ),
                (
                    "amount_pounds",
                    programme.common.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "amount_certainty",
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
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["source__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "source"), name="planned_contribution_once_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_certainty__in", ["exact", "circa"]),
                                ("amount_pounds__isnull", False),
                            ),
                            models.Q(
                                ("amount_certainty__in", ["tbc", "not_applicable"]),
                                ("amount_pounds__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="planned_contribution_amount_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pounds__gte", 0),
                            ("amount_pounds__isnull", True),
                            _connector="OR",
                        ),
                        name="planned_contribution_amount_pounds_not_negative",
                        violation_error_message="An amount cannot be negative here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
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
                        related_name="grants",
                        to="programme.programme",
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=150)),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="finance.financialyear",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="finance.fundingsource",
                    ),
                ),
                (
                    "awarded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants_awarded",
                        to="programme.organisation",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants_held",
                        to="programme.organisation",
                    ),
                ),
                (
                    "amount_pounds",
                    programme.common.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "amount_certainty",
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
                ("awarded_on", models.DateField(blank=True, null=True)),
                ("purpose", models.TextField(blank=True)),
                (
                    "projects",
                    models.ManyToManyField(
                        blank=True, related_name="grants", to="projects.project"
                    ),
                ),
            ],
            options={
                "ordering": ["-year__starts_on", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "slug"), name="grant_slug_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_certainty__in", ["exact", "circa"]),
                                ("amount_pounds__isnull", False),
                            ),
                            models.Q(
                                ("amount_certainty__in", ["tbc", "not_applicable"]),
                                ("amount_pounds__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="grant_amount_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pounds__gte", 0),
                            ("amount_pounds__isnull", True),
                            _connector="OR",
                        ),
                        name="grant_amount_pounds_not_negative",
                        violation_error_message="An amount cannot be negative here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SplitShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="finance.splitrule",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="split_shares",
                        to="finance.fundingsource",
                    ),
                ),
                (
                    "percent",
                    programme.common.fields.PercentField(
                        decimal_places=4,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
            ],
            options={
                "ordering": ["source__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "source"), name="split_share_once_per_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gt", 0), ("percent__lte", 100)),
                        name="split_share_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitProfile",
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
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profile",
                        to="finance.benefit",
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for the whole life of the benefit.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_profiles",
                        to="finance.financialyear",
                    ),
                ),
                (
                    "target_pounds",
                    programme.common.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "target_certainty",
                    programme.common.fields.CertaintyField(
                        choices=[
                            ("exact", "Exact"),
                            ("circa", "Circa (approximate)"),
                            ("tbc", "To be confirmed"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="not_applicable",
                        max_length=15,
                    ),
                ),
                (
                    "forecast_pounds",
                    programme.common.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "forecast_certainty",
                    programme.common.fields.CertaintyField(
                        choices=[
                            ("exact", "Exact"),
                            ("circa", "Circa (approximate)"),
                            ("tbc", "To be confirmed"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="not_applicable",
                        max_length=15,
                    ),
                ),
                (
                    "realised_pounds",
                    programme.common.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "realised_certainty",
                    programme.common.fields.CertaintyField(
                        choices=[
                            ("exact", "Exact"),
                            ("circa", "Circa (approximate)"),
                            ("tbc", "To be confirmed"),
                            ("not_applicable", "Not applicable"),
                        ],
                        default="not_applicable",
                        max_length=15,
                    ),
                ),
                (
                    "validated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("validated_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["benefit__order", "year__starts_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("benefit", "year"), name="benefit_profile_once_a_year"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("year__isnull", True)),
                        fields=("benefit",),
                        name="benefit_profile_one_whole_life",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("target_certainty__in", ["exact", "circa"]),
                                ("target_pounds__isnull", False),
                            ),
                            models.Q(
                                ("target_certainty__in", ["tbc", "not_applicable"]),
                                ("target_pounds__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="benefit_profile_target_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("forecast_certainty__in", ["exact", "circa"]),
                                ("forecast_pounds__isnull", False),
                            ),
                            models.Q(
                                ("forecast_certainty__in", ["tbc", "not_applicable"]),
                                ("forecast_pounds__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="benefit_profile_forecast_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("realised_certainty__in", ["exact", "circa"]),
                                ("realised_pounds__isnull", False),
                            ),
                            models.Q(
                                ("realised_certainty__in", ["tbc", "not_applicable"]),
                                ("realised_pounds__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="benefit_profile_realised_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("validated_by__isnull", True), ("validated_on__isnull", True)
                            ),
                            models.Q(
                                ("realised_pounds__isnull", False),
                                ("validated_by__isnull", False),
                                ("validated_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="benefit_profile_validated_by_somebody",
                        violation_error_message="A validation needs a realised value, a person and a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
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
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="finance.financialyear",
                    ),
                ),
                ("ref", models.SlugField(max_length=40)),
                ("description", models.CharField(max_length=200)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="finance.costcategory",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="projects.project",
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[("revenue", "Revenue"), ("capital", "Capital")],
                        default="revenue",
                        max_length=10,
                    ),
                ),
                (
                    "amount_pounds",
                    programme.common.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True
                    ),
                ),
                (
                    "amount_certainty",
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
                (
                    "split_rule",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who carries what fixed funding leaves.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="finance.splitrule",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("order", programme.models.base.Order(default=1)),
            ],
            options={
                "ordering": ["year", "order", "ref"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "ref"), name="budget_line_ref_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_certainty__in", ["exact", "circa"]),
                                ("amount_pounds__isnull", False),
                            ),
                            models.Q(
                                ("amount_certainty__in", ["tbc", "not_applicable"]),
                                ("amount_pounds__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="budget_line_amount_known_when_certain",
                        violation_error_message="Give a value, or say that it is TBC or not applicable.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_pounds__gte", 0),
                            ("amount_pounds__isnull", True),
                            _connector="OR",
                        ),
                        name="budget_line_amount_pounds_not_negative",
                        violation_error_message="An amount cannot be negative here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
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
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_figures",
                        to="finance.financialyear",
                    ),
                ),
                (
                    "document",
                    models.CharField(help_text="The paper that printed it.", max_length=200),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="finance.costcategory",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="finance.fundingsource",
                    ),
                ),
                ("pounds", programme.common.fields.MoneyField(decimal_places=2, max_digits=14)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["year", "category__order", "source__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "document", "category", "source"),
                        name="published_cell_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("category__isnull", False), ("source__isnull", True)),
                        fields=("year", "document", "category"),
                        name="published_category_total_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("category__isnull", True), ("source__isnull", False)),
                        fields=("year", "document", "source"),
                        name="published_source_total_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("category__isnull", True), ("source__isnull", True)),
                        fields=("year", "document"),
                        name="published_grand_total_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantReturn",
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
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="finance.grant",
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("submitted_on", models.DateField(blank=True, null=True)),
                (
                    "on_schedule",
                    models.BooleanField(
                        blank=True, help_text="Where the due date itself is not known.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grant", "name"), name="grant_return_name_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LineFunding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fixed_funding",
                        to="finance.budgetline",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_funding",
                        to="finance.fundingsource",
                    ),
                ),
                ("pounds", programme.common.fields.MoneyField(decimal_places=2, max_digits=14)),
            ],
            options={
                "ordering": ["source__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "source"), name="line_funding_once_per_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pounds__gte", 0), ("pounds__isnull", True), _connector="OR"
                        ),
                        name="line_funding_pounds_not_negative",
                        violation_error_message="An amount cannot be negative here.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Actual",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actuals",
                        to="finance.budgetline",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actuals",
                        to="finance.fundingsource",
                    ),
                ),
                ("month", models.DateField(help_text="The first day of the month.")),
                ("pounds", programme.common.fields.MoneyField(decimal_places=2, max_digits=14)),
            ],
            options={
                "ordering": ["month", "line__order", "source__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "source", "month"), name="actual_once_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="actual_month_starts_on_first"
                    ),
                ],
            },
        ),
    ]
