"""Organisations as one programme knows them."""

from __future__ import annotations

from django.db import models

from programme.models.base import EarlierName, Versioned, scoped


class Organisation(Versioned):
    """A body that has to do with a programme, by the name that this programme gives it.

    Every programme has rows of its own: a body that two of them work with is in each, and neither
    reads or changes what the other says of it.
    """

    class Kind(models.TextChoices):
        POLICE = "police", "Police"
        FIRE = "fire", "Fire and rescue"
        AMBULANCE = "ambulance", "Ambulance"
        COMMISSIONER = "commissioner", "Commissioner's office"
        COUNCIL = "council", "Council"
        GOVERNMENT = "government", "Government department or national body"
        REGIONAL = "regional", "Regional body"
        ACADEMIC = "academic", "University or research body"
        COMPANY = "company", "Company"
        CHARITY = "charity", "Charity or community body"
        HEALTH = "health", "Health body"

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="organisations"
    )
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    succeeded_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        help_text="The body that took over what was open in its name.",
    )

    objects = scoped()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="organisation_slug_unique"),
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="organisation_name_unique",
                violation_error_message="The programme has an organisation of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(EarlierName):
    """What an organisation was called once."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="earlier_names"
    )

    objects = scoped("organisation__programme")

    class Meta(EarlierName.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "until"], name="organisation_name_ends_once_a_day"
            )
        ]
