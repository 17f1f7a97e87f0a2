"""Projects and the way they move through their stages."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from programme.common.fields import CertaintyField, date_property, in_order, known_when_certain
from programme.common.values import Certainty, PlainDate
from programme.common.words_later import say_later
from programme.models import (
    Board,
    HolderTerm,
    Order,
    Organisation,
    PlanPriority,
    Programme,
    RoleAssignment,
    ScopedQuerySet,
    Stage,
    Theme,
    Versioned,
    marking_field,
    scoped,
)
from projects.choices import ChangeKind
from projects.models.ends import EarlierEnd
from projects.models.workstreams import Workstream


def is_held_by(user_id: int | None, assignment: RoleAssignment) -> bool:
    """Whether the account of a row that has one is that of the role's holder."""
    return user_id is not None and user_id == assignment.user_id


def owner_field(related_name: str) -> models.ForeignKey:
    """The account that answers for a row beside its owner's post. It may write the row."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name=related_name,
        help_text="Who may write it, besides those who write its project.",
    )


class ProjectQuerySet(ScopedQuerySet):
    def open(self) -> ProjectQuerySet:
        """Projects that have not come to an end."""
        return self.exclude(stage__kind=Stage.Kind.CLOSED)

    def going_on(self) -> ProjectQuerySet:
        """Projects that are neither closed nor withdrawn."""
        return self.open().filter(withdrawn_on__isnull=True)

    def reporting(self) -> ProjectQuerySet:
        """Projects that are asked for updates: live or in the pipeline, not paused or closed."""
        return self.filter(stage__kind__in=Stage.ASKED)

    def asked(self) -> ProjectQuerySet:
        """Projects that a period which opens asks for updates of their own."""
        return self.reporting().top_level().filter(withdrawn_on__isnull=True)

    def top_level(self) -> ProjectQuerySet:
        """Projects that are not a component of another."""
        return self.filter(parent__isnull=True)


class Project(Versioned):
    """A piece of work with a lead and a status; it may have component projects."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="projects")
    ref = models.SlugField(max_length=20, help_text="As in addresses: t03")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="projects")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="components"
    )
    lead_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="led_projects"
    )
    partners: models.ManyToManyField = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_projects"
    )
    lead_post = models.CharField(max_length=150, blank=True)
    sponsor_post = models.CharField(max_length=150, blank=True)
    lead_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_projects",
        help_text="Who may update it.",
    )
    sponsor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sponsored_projects",
        help_text="Who answers for it above its lead; writes none of it.",
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="projects")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    themes: models.ManyToManyField = models.ManyToManyField(
        Theme, blank=True, related_name="projects"
    )
    priorities: models.ManyToManyField = models.ManyToManyField(
        PlanPriority, blank=True, related_name="projects"
    )
    statutory_basis = models.CharField(
        max_length=200, blank=True, help_text="Such as a section 22A agreement."
    )
    sensitivity = marking_field()
    in_papers_as_component = models.BooleanField(
        default=True, help_text="Whether its parent's entry in a paper lists it."
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    order = Order()

    objects = scoped(base=ProjectQuerySet)

    class Meta:
        ordering = ["workstream__order", "order", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="project_ref_unique"),
            in_order("project", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="project_not_part_of_itself",
                violation_error_message=say_later("A project cannot be a component of itself."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="project_withdrawn_with_reason",
                violation_error_message=say_later("Say why the project was withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name for a table cell: the short one where there is one."""
        return self.short_name or self.name

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """Whether the role's holder leads it, or the role was given for the body that does."""
        leads = is_held_by(self.lead_user_id, assignment)
        return leads or assignment.is_for(self.lead_organisation_id)


class LeadTerm(HolderTerm):
    """Which organisation led a project once: what a paper of that time says of it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="earlier_leads")

    objects = scoped("project__programme")

    class Meta(HolderTerm.Meta):
        constraints = [
            models.UniqueConstraint(fields=["project", "until"], name="lead_term_ends_once_a_day")
        ]


class ProjectEnd(EarlierEnd):
    """A time for which a project was withdrawn."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="earlier_ends")

    objects = scoped("project__programme")

    class Meta(EarlierEnd.Meta):
        constraints = [in_order("project_end", "ended_on", "reopened_on")]


class StageChange(models.Model):
    """A project's move from one stage to another. The first one has no stage before it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stage_changes")
    from_stage = models.ForeignKey(
        Stage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    changed_on = models.DateField()
    reason = models.TextField(blank=True)
    board = models.ForeignKey(
        Board,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stage_changes",
        help_text="The board that decided it.",
    )

    objects = scoped("project__programme")

    class Meta:
        ordering = ["changed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_stage__isnull=True) | ~Q(from_stage=F("to_stage")),
                name="stage_change_changes_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.to_stage} on {self.changed_on:%-d %B %Y}"


class MilestoneQuerySet(ScopedQuerySet):
    def open(self) -> MilestoneQuerySet:
        """Those that are neither reached nor withdrawn."""
        return self.filter(actual_on__isnull=True, withdrawn_on__isnull=True)

    def with_first_date(self) -> MilestoneQuerySet:
        """Each with what ``first_date`` reads: the date it was first set for."""
        first = MilestoneChange.objects.filter(
            milestone=OuterRef("pk"), kind=ChangeKind.SET
        ).order_by("stated_on", "pk")
        return self.annotate(
            first_day=Subquery(first.values("date_day")[:1]),
            first_certainty=Subquery(first.values("date_certainty")[:1]),
        )


class Milestone(Versioned):
    """A dated step of a project. The baseline is what was first agreed; a re-baseline is a
    change that a board approves, and every change is kept."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=200)
    owner_post = models.CharField(max_length=150, blank=True)
    owner_user = owner_field("owned_milestones")
    baseline_day = models.DateField(null=True, blank=True)
    baseline_certainty = CertaintyField()
    forecast_day = models.DateField(null=True, blank=True)
    forecast_certainty = CertaintyField()
    actual_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    order = Order()

    baseline = date_property("baseline")
    forecast = date_property("forecast")

    objects = scoped("project__programme", MilestoneQuerySet)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="milestone_name_unique"),
            known_when_certain("milestone", "baseline", "day"),
            known_when_certain("milestone", "forecast", "day"),
        ]

    def __str__(self) -> str:
        return f"{self.project.label}: {self.name}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """By its owner's account, and as its project."""
        return is_held_by(self.owner_user_id, assignment) or self.project.owned_by(assignment)

    @property
    def first_date(self) -> PlainDate | None:
        """The date first agreed, of a milestone that has been re-baselined since and was read
        ``with_first_date``; None where its baseline is that date still."""
        return rebaselined_from(self.first_day, self.first_certainty, self.baseline)


def rebaselined_from(
    first_day: date | None, first_certainty: str | None, baseline: PlainDate
) -> PlainDate | None:
    """The date first agreed where it is another than the baseline, else None."""
    if first_certainty is None:
        return None
    first = PlainDate(first_day, Certainty(first_certainty))
    return None if first == baseline else first


class MilestoneChange(models.Model):
    """What was said of a milestone, and when: the history that papers of a past date read."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in ChangeKind]
    )
    stated_on = models.DateField()
    date_day = models.DateField(null=True, blank=True)
    date_certainty = CertaintyField()
    reason = models.TextField(blank=True)
    approved_by = models.ForeignKey(
        Board,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="milestone_changes",
        help_text="The board that approved a re-baseline.",
    )

    date = date_property("date")

    objects = scoped("milestone__project__programme")

    class Meta:
        ordering = ["stated_on", "pk"]
        constraints = [
            known_when_certain("milestone_change", "date", "day"),
            models.CheckConstraint(
                condition=~Q(kind="rebaseline") | Q(approved_by__isnull=False),
                name="milestone_rebaseline_approved",
                violation_error_message=say_later(
                    "A re-baseline needs the board that approved it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.get_kind_display()}"
