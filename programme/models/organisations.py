"""Organisations, whatever programmes they take part in."""

from __future__ import annotations

from django.db import models

from programme.models.base import Versioned


class Organisation(Versioned):
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

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
