"""Status updates: what a project says of itself in a period, and how it is rated."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from programme.common.words_later import say_later
from programme.models import (
    Board,
    Dimension,
    RatingLevel,
    ReportingPeriod,
    RoleAssignment,
    ScopedQuerySet,
    Versioned,
    scoped,
)
from projects.models.projects import Project


class StatusUpdateQuerySet(ScopedQuerySet):
    def accepted(self) -> StatusUpdateQuerySet:
        """What pages and papers say: updates that somebody else than their author accepted."""
        return self.filter(state=StatusUpdate.State.ACCEPTED)

    def given(self) -> StatusUpdateQuerySet:
        """Updates that nobody has to be asked for any more: handed in, accepted or not yet."""
        return self.filter(state__in=StatusUpdate.GIVEN)


class StatusUpdate(Versioned):
    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        HANDED_IN = "handed_in", "Handed in"
        RETURNED = "returned", "Returned"
        ACCEPTED = "accepted", "Accepted"

    GIVEN = (State.HANDED_IN, State.ACCEPTED)
    """What was handed in and not given back; of these, boards see what was accepted."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="updates")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="updates")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    status_line = models.CharField(max_length=300, blank=True)
    narrative = models.TextField(blank=True, help_text="Rich text, cleaned when it is written.")
    restricted_narrative = models.TextField(blank=True)
    path_to_green = models.TextField(blank=True)
    path_to_green_by = models.DateField(null=True, blank=True)
    path_to_green_owner = models.CharField(max_length=150, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_in_at = models.DateTimeField(null=True, blank=True)
    # How often each step was saved (projects.steps): 0 for one that nobody has looked through.
    words_version = models.PositiveIntegerField(default=0, editable=False)
    ratings_version = models.PositiveIntegerField(default=0, editable=False)
    milestones_version = models.PositiveIntegerField(default=0, editable=False)
    risks_version = models.PositiveIntegerField(default=0, editable=False)
    on_behalf = models.BooleanField(say_later("handed in on the lead’s behalf"), default=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True)

    objects = scoped("project__programme", StatusUpdateQuerySet)

    # What an update said before it was accepted stands in the record for those who read drafts.
    RECORD_RIGHTS = {"restricted_narrative": "updates.restricted", "*": "updates.draft"}

    class Meta:
        ordering = ["-period__as_at", "project__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period"],
                name="update_once_per_period",
                violation_error_message=say_later(
                    "This project already has an update for the period."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(handed_in_by__isnull=True)
                | ~Q(reviewed_by=F("handed_in_by")),
                name="update_not_reviewed_by_its_author",
                violation_error_message="Nobody reviews their own update.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.label}, {self.period}"

    @property
    def is_accepted(self) -> bool:
        """Whether pages and papers say what it says."""
        return self.state == self.State.ACCEPTED

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """As its project."""
        return self.project.owned_by(assignment)


@dataclass(frozen=True, slots=True)
class RestrictedText:
    """What an update says to the boards only. It is the project's own, and of those who sit on a
    board of the programme or keep one; a panel meets in public and is none of those boards."""

    update: StatusUpdate

    def owned_by(self, assignment: RoleAssignment) -> bool:
        if assignment.board is not None:
            return assignment.board.kind != Board.Kind.PANEL
        return self.update.owned_by(assignment)


class RatingQuerySet(ScopedQuerySet):
    def accepted(self) -> RatingQuerySet:
        """Those that pages and papers show, by the update that they stand in."""
        return self.filter(update__state=StatusUpdate.State.ACCEPTED)

    def with_before(self) -> RatingQuerySet:
        """Each with ``before_level``, the id of the level that its project gave in the same
        dimension the last time before, in whichever period; None where it never had.

        This is what a rating's movement is measured from, on every page and paper.
        """
        earlier = (
            Rating.objects.accepted()
            .filter(
                dimension=OuterRef("dimension"),
                update__project=OuterRef("update__project"),
                update__period__as_at__lt=OuterRef("update__period__as_at"),
            )
            .order_by("-update__period__as_at")
        )
        return self.annotate(before_level=Subquery(earlier.values("level")[:1]))


class RatedAs(models.TextChoices):
    """Whose judgement a rating is."""

    OWNER = "owner", say_later("The project’s owner")
    OFFICE = "office", "The programme office"
    REVIEWER = "reviewer", "An independent reviewer"


class Rating(models.Model):
    """The level given to one dimension in one update. No row means that none was given."""

    update = models.ForeignKey(StatusUpdate, on_delete=models.PROTECT, related_name="ratings")
    # A programme has a handful of dimensions and levels. An index of either finds half the table,
    # and SQLite, which keeps no statistics of its own accord, takes it for a good one.
    dimension = models.ForeignKey(
        Dimension, on_delete=models.PROTECT, related_name="ratings", db_index=False
    )
    level = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, related_name="ratings", db_index=False
    )
    reason = models.TextField(blank=True)
    rated_as = models.CharField(
        "rated by", max_length=10, choices=RatedAs, default=RatedAs.OWNER.value
    )
    proposed = models.ForeignKey(
        RatingLevel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="What the data proposed when the update was handed in.",
    )
    proposed_from = models.CharField(
        max_length=100, blank=True, help_text="The figure that it was proposed from, in words."
    )

    objects = scoped("update__project__programme", RatingQuerySet)

    class Meta:
        ordering = ["dimension__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["update", "dimension"], name="rating_once_per_dimension"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.level}"


class RatingCorrection(models.Model):
    """A rating of an accepted update that was found to be wrong afterwards: the rating holds what
    is right, this row what had been accepted, and why it was corrected."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="corrections")
    from_level = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="+")
    to_level = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    corrected_on = models.DateField()

    objects = scoped("rating__update__project__programme")

    class Meta:
        ordering = ["corrected_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_level=F("to_level")), name="rating_correction_corrects"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rating}, corrected from {self.from_level}"
