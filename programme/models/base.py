"""What every stored thing shares."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from programme.common import markings

if TYPE_CHECKING:
    from programme.models.people import User


class Versioned(models.Model):
    """A row that people edit: when it was made and changed, and a version that refuses a save
    over somebody else's change."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class SetUpPart(Versioned):
    """A row that a programme sets up for itself (a stage, a scale, a source of money). One that is
    in use is withdrawn, not deleted: what used it keeps it, and nothing new is offered it.

    ``PARTS`` names the rows below it that are nothing without it, by their related name.
    """

    PARTS: tuple[str, ...] = ()

    withdrawn_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def siblings(self) -> models.QuerySet | None:
        """The rows among which it has a rank; None for a kind that has none."""
        return None

    def refuse_clash(self) -> None:
        """Raises ValidationError where it cannot be in use beside the others, whether it is saved
        or brought back."""


class ScopedQuerySet(models.QuerySet):
    """A QuerySet that knows the way from its model to the programme it belongs to."""

    programme_path = "programme"

    def visible_to(self, user: User) -> Self:
        """Rows of the programmes in which ``user`` holds a current role."""
        held = user.role_assignments.current().values("programme_id")
        return self.filter(**{f"{self.programme_path}__in": held})

    def of(self, programme: models.Model | int) -> Self:
        """Rows of one programme, given as itself or by its key."""
        # By its key, because a programme is reached from itself by its key.
        return self.filter(**{self.programme_path: getattr(programme, "pk", programme)})

    def in_use(self, on: date) -> Self:
        """Rows that had not been withdrawn by a day: what a paper as at that day speaks of."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))

    def offered(self) -> Self:
        """Rows that may be chosen: those that have not been withdrawn. Of a model whose rows are
        not withdrawn, all."""
        names = {field.name for field in self.model._meta.concrete_fields}
        return self.filter(withdrawn_on__isnull=True) if "withdrawn_on" in names else self.all()


def scoped(path: str = "programme", base: type[ScopedQuerySet] = ScopedQuerySet) -> models.Manager:
    """A manager for a model whose programme is reached by ``path``."""
    queryset = type(f"{base.__name__}Via_{path}", (base,), {"programme_path": path})
    return models.Manager.from_queryset(queryset)()


class EarlierName(models.Model):
    """What a body was called once: its name and short name up to a day. What it is called since
    then is the next such row's, or its own."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    until = models.DateField(help_text="The last day of the name.")

    class Meta:
        abstract = True
        ordering = ["until"]

    def __str__(self) -> str:
        return self.name


class Order(models.PositiveSmallIntegerField):
    """The place of a row among its siblings as people put them, starting at 1."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("default", 1)
        super().__init__(*args, **kwargs)


class MarkingChoices(models.TextChoices):
    """Government security classifications the portal may hold; nothing above."""

    OFFICIAL = "official", markings.LABELS["official"]
    OFFICIAL_SENSITIVE = "official_sensitive", markings.LABELS["official_sensitive"]


def marking_field() -> models.CharField:
    """The marking of what a row says."""
    return models.CharField(max_length=20, choices=MarkingChoices, default=MarkingChoices.OFFICIAL)


class Colour(models.TextChoices):
    """Colour tokens; what each looks like is the stylesheet's business."""

    RED = "red", "Red"
    AMBER_RED = "amber_red", "Amber/Red"
    AMBER = "amber", "Amber"
    AMBER_GREEN = "amber_green", "Amber/Green"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"
    GREY = "grey", "Grey"
    NONE = "none", "No colour"
