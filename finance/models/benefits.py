"""Benefits and their profiles over the years."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from finance.models.years import FinancialYear
from programme.common.fields import (
    CertaintyField,
    MoneyField,
    amount_property,
    known_when_certain,
)
from programme.common.values import Certainty
from programme.models import (
    Order,
    Organisation,
    Programme,
    RoleAssignment,
    User,
    Versioned,
    marking_field,
    scoped,
)
from projects.models import Project


class Benefit(Versioned):
    """A benefit that a project, or the programme as a whole, is there to bring. The classes are
    the Green Book's; cash-releasing and non-cash-releasing are never added together."""

    class Class(models.TextChoices):
        CASH_RELEASING = "cash_releasing", "Cash-releasing"
        NON_CASH_RELEASING = "non_cash_releasing", "Non-cash-releasing"
        QUANTIFIABLE = "quantifiable", "Quantifiable"
        QUALITATIVE = "qualitative", "Qualitative"
        DISBENEFIT = "disbenefit", "Disbenefit"

    class Recurrence(models.TextChoices):
        ONE_OFF = "one_off", "One-off"
        RECURRING = "recurring", "Recurring"
        NOT_STATED = "not_stated", "Not stated"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="benefits")
    ref = models.SlugField(max_length=20)
    project = models.ForeignKey(
        Project,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="benefits",
        help_text="Empty for a benefit of the whole programme.",
    )
    name = models.CharField(max_length=200)
    benefit_class = models.CharField("class", max_length=20, choices=Class)
    recurrence = models.CharField(max_length=10, choices=Recurrence, default=Recurrence.NOT_STATED)
    measure = models.CharField(max_length=200, blank=True, help_text="What is measured, and how.")
    baseline = models.CharField(max_length=200, blank=True)
    evidence = models.TextField(blank=True)
    timescale = models.CharField(max_length=200, blank=True)
    owner_post = models.CharField(max_length=150, blank=True)
    owner_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_benefits"
    )
    sensitivity = marking_field()
    withdrawn_on = models.DateField(null=True, blank=True)
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="benefit_ref_unique")
        ]

    def __str__(self) -> str:
        return self.name

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether the role was given for the body that owns it, or its project is the holder's."""
        if assignment.is_for(self.owner_organisation_id):
            return True
        return self.project is not None and self.project.owned_by(assignment)


def _is_not(name: str) -> Q:
    """Whoever validates is not the person of this name, where there is one."""
    return Q(**{f"{name}__isnull": True}) | ~Q(validated_by=F(name))


class BenefitProfile(Versioned):
    """Target, forecast and realised value of a benefit, in pounds, for one year or (without a
    year) over its whole life. A realised value counts once a finance lead has validated it, who
    neither entered it nor changed it last."""

    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="profile")
    year = models.ForeignKey(
        FinancialYear,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="benefit_profiles",
        help_text="Empty for the whole life of the benefit.",
    )
    target_pounds = MoneyField(null=True, blank=True)
    target_certainty = CertaintyField(default=Certainty.NOT_APPLICABLE.value)
    forecast_pounds = MoneyField(null=True, blank=True)
    forecast_certainty = CertaintyField(default=Certainty.NOT_APPLICABLE.value)
    realised_pounds = MoneyField(null=True, blank=True)
    realised_certainty = CertaintyField(default=Certainty.NOT_APPLICABLE.value)
    realised_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    realised_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    validated_on = models.DateField(null=True, blank=True)

    target = amount_property("target")
    forecast = amount_property("forecast")
    realised = amount_property("realised")

    objects = scoped("benefit__programme")

    class Meta:
        ordering = ["benefit__order", "year__starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["benefit", "year"], name="benefit_profile_once_a_year"),
            models.UniqueConstraint(
                fields=["benefit"],
                condition=Q(year__isnull=True),
                name="benefit_profile_one_whole_life",
            ),
            known_when_certain("benefit_profile", "target", "pounds"),
            known_when_certain("benefit_profile", "forecast", "pounds"),
            known_when_certain("benefit_profile", "realised", "pounds"),
            models.CheckConstraint(
                condition=Q(validated_by__isnull=True, validated_on__isnull=True)
                | Q(
                    validated_by__isnull=False,
                    validated_on__isnull=False,
                    realised_pounds__isnull=False,
                ),
                name="benefit_profile_validated_by_somebody",
                violation_error_message="A validation needs a realised value, a person and a day.",
            ),
            models.CheckConstraint(
                condition=Q(validated_by__isnull=True)
                | (_is_not("realised_entered_by") & _is_not("realised_changed_by")),
                name="benefit_profile_validated_by_somebody_else",
                violation_error_message="Whoever entered or changed a value cannot validate it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit}, {self.year or 'whole life'}"

    def is_by(self, user: User) -> bool:
        """Whether somebody entered the realised value or changed it last."""
        return user.pk in (self.realised_entered_by_id, self.realised_changed_by_id)

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """As its benefit."""
        return self.benefit.owned_by(assignment)
