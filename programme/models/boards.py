"""Boards, who sits on them, and their meetings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from programme.common.fields import in_order
from programme.common.words_later import say_later
from programme.models.base import EarlierName, Order, ScopedQuerySet, Versioned, scoped
from programme.models.organisations import Organisation
from programme.models.periods import ReportingPeriod
from programme.models.programmes import Programme

if TYPE_CHECKING:
    from programme.models.people import RoleAssignment


class Board(Versioned):
    class Kind(models.TextChoices):
        STRATEGIC = "strategic", say_later("Strategic board")
        SCRUTINY = "scrutiny", say_later("Scrutiny board")
        GOVERNANCE = "governance", say_later("Governance board")
        CHIEF_OFFICERS = "chief_officers", "Chief officers' group"
        PANEL = "panel", "Panel"
        WORKING_GROUP = "working_group", "Working group"
        DELIVERY = "delivery", say_later("Delivery or project board")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="boards")
    slug = models.SlugField()
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    remit = models.TextField(blank=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="boards",
        help_text="The body whose board it is; empty for a joint board.",
    )
    reports_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reporting_boards"
    )
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    set_up_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="board_slug_unique"),
            in_order("board", "set_up_on", "ended_on"),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=F("id")),
                name="board_does_not_report_to_itself",
                violation_error_message=say_later("A board cannot report to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether the role was given for this board."""
        return self.pk is not None and self.pk == assignment.board_id


class BoardName(EarlierName):
    """What a board was called once."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="earlier_names")

    objects = scoped("board__programme")

    class Meta(EarlierName.Meta):
        constraints = [
            models.UniqueConstraint(fields=["board", "until"], name="board_name_ends_once_a_day")
        ]


class BoardMember(Versioned):
    """A seat on a board, held by a post of an organisation; the person may change."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        MEMBER = "member", "Member"
        SECRETARY = "secretary", "Secretary"
        ATTENDEE = "attendee", "In attendance"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="members")
    post = models.CharField(max_length=150)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="board_seats"
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="board_seats",
    )
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    order = Order()

    objects = scoped("board__programme")

    class Meta:
        ordering = ["order", "post"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "organisation", "post", "from_day"],
                name="board_member_seat_unique",
            ),
            in_order("board_member", "from_day", "to_day"),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.organisation.short_name}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether the role was given for the seat's board."""
        return self.board.owned_by(assignment)


class MeetingQuerySet(ScopedQuerySet):
    def of_board(self, board: Board, on: date) -> MeetingQuerySet:
        """The meetings that were a board's on a day, whosever they are now."""
        then = MeetingTerm.objects.filter(meeting=OuterRef("pk"), until__gte=on).order_by("until")
        whose = Coalesce(
            Subquery(then.values("board_id")[:1]),
            F("board_id"),
            output_field=models.BigIntegerField(),
        )
        return self.of(board.programme_id).annotate(board_then=whose).filter(board_then=board.pk)

    def after(self, day: date) -> MeetingQuerySet:
        """Meetings later than ``day`` that still stand, soonest first."""
        return (
            self.filter(held_on__gt=day).exclude(state=Meeting.State.CANCELLED).order_by("held_on")
        )


class Meeting(Versioned):
    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    period = models.ForeignKey(
        ReportingPeriod,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        help_text="The period whose papers the meeting receives.",
    )

    objects = scoped("board__programme", MeetingQuerySet)

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(fields=["board", "held_on"], name="meeting_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.board.short_name}, {self.held_on:%-d %B %Y}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether the role was given for the meeting's board."""
        return self.board.owned_by(assignment)


class MeetingTerm(models.Model):
    """Whose meeting it was to be, up to the last day of a board: what a paper of that time says."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="earlier_boards")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(help_text="The last day of the board.")

    objects = scoped("meeting__board__programme")

    class Meta:
        ordering = ["until"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "until"], name="meeting_term_ends_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.board.name
