"""A programme and the words it sets up for itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programme.common.calendar import CALENDARS
from programme.common.fields import in_order
from programme.common.words import POUND, Words, refused, refused_sign
from programme.common.words_later import say_later
from programme.models.base import (
    MarkingChoices,
    Order,
    ScopedQuerySet,
    SetUpPart,
    Versioned,
    scoped,
)
from programme.models.organisations import Organisation


def validate_sign(sign: str) -> None:
    """Refuses what cannot be a currency's sign."""
    if reason := refused_sign(sign):
        raise ValidationError(reason)


def validate_words(words: Mapping[str, Mapping[str, str]]) -> None:
    """Refuses what are no words for terms."""
    if problems := refused(words):
        raise ValidationError([f"{name}: {problem}" for name, problem in problems.items()])


class ProgrammeQuerySet(ScopedQuerySet):
    programme_path = "pk"

    def with_own_words(self) -> Self:
        """Those that have words or signs of their own in place of the usual ones."""
        arrows = Programme.MovementSigns.ARROWS
        return self.exclude(words={}, currency_sign=POUND, movement_signs=arrows)


class Programme(Versioned):
    """A body of collaboration work with partners, boards and a calendar."""

    class MovementSigns(models.TextChoices):
        ARROWS = "arrows", "Arrows and words: “↑ was Amber”"
        WORDS = "words", "Words alone: “better, was Amber”"

    slug = models.SlugField(
        unique=True,
        help_text="As it stands in addresses: /essex/",
        error_messages={"unique": "Another programme has this word."},
    )
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    vision = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    host = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_programmes",
        help_text="The accountable body, one of the programme's organisations; empty until the "
        "first of them is added.",
    )
    financial_year_start_month = models.PositiveSmallIntegerField(
        default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    calendar = models.CharField(
        "bank holidays",
        max_length=20,
        choices=list(CALENDARS.items()),
        default="england_and_wales",
        help_text="Whose bank holidays are no working days.",
    )
    default_marking = models.CharField(
        max_length=20, choices=MarkingChoices, default=MarkingChoices.OFFICIAL
    )
    keeps_money = models.BooleanField(
        "keeps its money here",
        default=True,
        help_text="Budgets, spend, grants and benefits. Without them the portal says nothing of "
        "money, on pages and in papers.",
    )
    ended_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="The last day on which anything of it is written.",
    )
    end_reason = models.TextField("reason of its end", blank=True, editable=False)
    words = models.JSONField(
        default=dict,
        blank=True,
        validators=[validate_words],
        help_text="What it calls its things, by the key of the term, as one and as several; what "
        "it leaves out has its default word.",
    )
    currency_sign = models.CharField(
        "sign of the currency", max_length=4, default=POUND, validators=[validate_sign]
    )
    movement_signs = models.CharField(
        "signs of movement",
        max_length=10,
        choices=MovementSigns,
        default=MovementSigns.ARROWS,
        help_text="How pages and papers say that a rating or a risk has moved.",
    )
    partners: models.ManyToManyField = models.ManyToManyField(
        Organisation, through="Partnership", related_name="programmes"
    )

    objects = scoped("pk", ProgrammeQuerySet)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(financial_year_start_month__range=(1, 12)),
                name="programme_financial_year_start_is_a_month",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over: it is read, and nothing of it is written any more."""
        return self.ended_on is not None and self.ended_on < timezone.localdate()

    @property
    def spoken(self) -> Words:
        """What it calls its things."""
        return Words.of(
            self.words,
            sign=self.currency_sign,
            arrows=self.movement_signs == self.MovementSigns.ARROWS,
        )


class Partnership(Versioned):
    """An organisation's part in a programme."""

    class Role(models.TextChoices):
        HOST = "host", "Host"
        PARTNER = "partner", say_later("Partner")
        FUNDER = "funder", "Funder"
        ASSOCIATE = "associate", "Associate"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="partnerships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partnerships"
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.PARTNER)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation"], name="partnership_once_per_programme"
            ),
            in_order("partnership", "joined_on", "left_on"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.programme}"


class HolderTerm(models.Model):
    """Which organisation held something once, up to a day. Which one does since then is the next
    such row's, or stands in the thing itself."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(help_text="The last day of its term.")

    class Meta:
        abstract = True
        ordering = ["until"]

    def __str__(self) -> str:
        return self.organisation.name


class HostTerm(HolderTerm):
    """Who was a programme's accountable body once."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="earlier_hosts")

    objects = scoped()

    class Meta(HolderTerm.Meta):
        constraints = [
            models.UniqueConstraint(fields=["programme", "until"], name="host_term_ends_once_a_day")
        ]


class Principle(SetUpPart):
    """One of the principles by which a programme works."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="principles")
    text = models.CharField(max_length=300)
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Aim(SetUpPart):
    """What a programme is there to bring about ("better value for money")."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="aims")
    text = models.CharField(max_length=300)
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class PlanPriority(SetUpPart):
    """A priority of the plan that the programme answers to (a police and crime plan)."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="plan_priorities"
    )
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_to = models.DateField(null=True, blank=True)

    objects = scoped()

    class Meta:
        ordering = ["in_force_from", "number"]
        verbose_name_plural = "plan priorities"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number", "in_force_from"], name="plan_priority_number_unique"
            ),
            in_order("plan_priority", "in_force_from", "in_force_to"),
        ]

    def refuse_clash(self) -> None:
        others = PlanPriority.objects.of(self.programme).offered().filter(number=self.number)
        for other in others.exclude(pk=self.pk):
            starts = max(each.in_force_from or date.min for each in (self, other))
            ends = min(each.in_force_to or date.max for each in (self, other))
            if starts <= ends:
                raise ValidationError(
                    {"number": f"“{other}” has this number, and is in force at the same time."}
                )

    def __str__(self) -> str:
        return self.text


class Theme(SetUpPart):
    """A subject that cuts across workstreams (estates, prevention, technology)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="themes")
    slug = models.SlugField()
    name = models.CharField(max_length=100)
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="theme_slug_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Stage(SetUpPart):
    """Where a project can stand. Projects that are paused or closed are not asked for updates."""

    class Kind(models.TextChoices):
        PIPELINE = "pipeline", "Pipeline"
        LIVE = "live", "Live"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Closed"

    ASKED = (Kind.PIPELINE, Kind.LIVE)
    """Of these kinds are the stages whose projects are asked for updates."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="stages")
    slug = models.SlugField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="stage_slug_unique"),
        ]

    def __str__(self) -> str:
        return self.name
