"""The registers: risks and issues, decisions, actions, and engagement with others."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from programme.choices import MOST_STEPS
from programme.common.fields import in_order
from programme.common.words_later import say_later
from programme.models import (
    Board,
    Meeting,
    Order,
    Organisation,
    Programme,
    RoleAssignment,
    ScopedQuerySet,
    Versioned,
    marking_field,
    scoped,
)
from programme.models.ratings import STEP_OF_RISK
from projects.models.ends import EarlierEnd
from projects.models.projects import Project, is_held_by, owner_field


class RiskQuerySet(ScopedQuerySet):
    def open(self, on: date | None = None) -> RiskQuerySet:
        """Entries not closed yet (on the given day, when one is given)."""
        if on is None:
            return self.filter(closed_on__isnull=True)
        then = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
        ended = RiskEnd.objects.filter(risk=OuterRef("pk"), ended_on__lte=on, reopened_on__gt=on)
        return self.filter(then, ~Exists(ended), raised_on__lte=on)


class Risk(Versioned):
    """A risk (it may happen) or an issue (it has), of one project or of the whole programme.

    Inherent is the score before any mitigation, target the one aimed at; the current score is
    the newest assessment.
    """

    class Kind(models.TextChoices):
        RISK = "risk", say_later("Risk")
        ISSUE = "issue", "Issue"

    class Response(models.TextChoices):
        REDUCE = "reduce", "Reduce: make it less likely or less harmful"
        AVOID = "avoid", "Avoid: do it another way"
        TRANSFER = "transfer", "Transfer: somebody else bears it"
        ACCEPT = "accept", "Accept: bear it, and watch"

    class Proximity(models.TextChoices):
        SOON = "soon", "Within 3 months"
        YEAR = "year", "Within a year"
        LATER = "later", "Later than that"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="risks")
    ref = models.SlugField(max_length=20)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.RISK)
    project = models.ForeignKey(
        Project,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
        help_text="Empty for a risk of the whole programme.",
    )
    title = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    event = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    response = models.CharField(max_length=8, choices=Response, blank=True)
    mitigation = models.TextField(blank=True)
    proximity = models.CharField(
        max_length=5, choices=Proximity, blank=True, help_text="When it may happen."
    )
    review_on = models.DateField(null=True, blank=True)
    owner_post = models.CharField(max_length=150, blank=True)
    owner_user = owner_field("owned_risks")
    owner_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_risks"
    )
    is_strategic = models.BooleanField(
        default=False, help_text="Goes to the board whatever its score."
    )
    sensitivity = marking_field()
    inherent_likelihood = models.PositiveSmallIntegerField(validators=STEP_OF_RISK)
    inherent_impact = models.PositiveSmallIntegerField(validators=STEP_OF_RISK)
    target_likelihood = models.PositiveSmallIntegerField(
        validators=STEP_OF_RISK, null=True, blank=True
    )
    target_impact = models.PositiveSmallIntegerField(validators=STEP_OF_RISK, null=True, blank=True)
    raised_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_note = models.TextField(blank=True)

    objects = scoped(base=RiskQuerySet)

    class Meta:
        ordering = ["ref"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="risk_ref_unique"),
            in_order("risk", "raised_on", "closed_on"),
            models.CheckConstraint(
                condition=Q(
                    inherent_likelihood__range=(1, MOST_STEPS),
                    inherent_impact__range=(1, MOST_STEPS),
                ),
                name="risk_inherent_on_a_matrix",
            ),
            models.CheckConstraint(
                condition=Q(target_likelihood__isnull=True, target_impact__isnull=True)
                | Q(
                    target_likelihood__isnull=False,
                    target_likelihood__range=(1, MOST_STEPS),
                    target_impact__isnull=False,
                    target_impact__range=(1, MOST_STEPS),
                ),
                name="risk_target_on_a_matrix",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref.upper()} {self.title}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """By its owner's account, and as its project; a risk of the whole programme without an
        account is nobody's own."""
        if is_held_by(self.owner_user_id, assignment):
            return True
        return self.project is not None and self.project.owned_by(assignment)


class RiskEnd(EarlierEnd):
    """A time for which a risk was closed."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="earlier_ends")

    objects = scoped("risk__programme")

    class Meta(EarlierEnd.Meta):
        constraints = [in_order("risk_end", "ended_on", "reopened_on")]


class RiskAssessment(models.Model):
    """The score of a risk on a day."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="assessments")
    assessed_on = models.DateField()
    likelihood = models.PositiveSmallIntegerField(validators=STEP_OF_RISK)
    impact = models.PositiveSmallIntegerField(validators=STEP_OF_RISK)
    note = models.TextField(blank=True)

    objects = scoped("risk__programme")

    class Meta:
        ordering = ["-assessed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "assessed_on"], name="risk_assessed_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, MOST_STEPS), impact__range=(1, MOST_STEPS)),
                name="risk_assessment_on_a_matrix",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk}: {self.likelihood} × {self.impact}"


class Decision(Versioned):
    """What a board resolved, including what it considered and did not pursue, and why."""

    class Kind(models.TextChoices):
        NOTED = "noted", "Noted"
        ENDORSED = "endorsed", "Endorsed"
        APPROVED = "approved", "Approved"
        DECIDED = "decided", "Decided"
        NOT_PURSUED = "not_pursued", "Considered and not pursued"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions")
    ref = models.SlugField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DECIDED)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    taken_on = models.DateField()
    text = models.TextField()
    reasons = models.TextField(blank=True)
    projects: models.ManyToManyField = models.ManyToManyField(
        Project, blank=True, related_name="decisions"
    )

    objects = scoped()

    class Meta:
        ordering = ["-taken_on", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="decision_ref_unique"),
            models.CheckConstraint(
                condition=~Q(kind="not_pursued") | ~Q(reasons=""),
                name="decision_not_pursued_with_reasons",
                violation_error_message="Give the reasons why it was not pursued.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref.upper()}: {self.text[:60]}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """As its board."""
        return self.board.owned_by(assignment)


class ActionQuerySet(ScopedQuerySet):
    def open(self) -> ActionQuerySet:
        """Actions not done and not withdrawn."""
        return self.filter(completed_on__isnull=True, withdrawn_on__isnull=True)

    def overdue(self, on: date) -> ActionQuerySet:
        """Open actions whose due date has passed on the given day."""
        return self.open().filter(due_on__lt=on)


class Action(Versioned):
    """Who does what by when: as a board or a decision asked, or as a lead set themselves and
    others without one."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="actions")
    ref = models.SlugField(max_length=20)
    text = models.TextField()
    board = models.ForeignKey(
        Board,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        help_text="Empty where no board asked for it.",
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    owner_post = models.CharField(max_length=150)
    owner_user = owner_field("owned_actions")
    owner_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_actions"
    )
    raised_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    objects = scoped(base=ActionQuerySet)

    class Meta:
        ordering = ["due_on", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="action_ref_unique"),
            in_order("action", "raised_on", "due_on"),
            in_order("action", "raised_on", "completed_on"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(board__isnull=False),
                name="action_of_a_meeting_has_its_board",
                violation_error_message=say_later("An action of a meeting has its board."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref.upper()}: {self.text[:60]}"

    def owned_by(self, assignment: RoleAssignment) -> bool:
        """By its owner's account; else as its board for a secretary, as its project for everybody
        else."""
        if is_held_by(self.owner_user_id, assignment):
            return True
        if assignment.role == RoleAssignment.Role.SECRETARY:
            return self.board is not None and self.board.owned_by(assignment)
        return self.project is not None and self.project.owned_by(assignment)


class ActionEnd(EarlierEnd):
    """A time for which an action was done or withdrawn."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="earlier_ends")

    objects = scoped("action__programme")

    class Meta(EarlierEnd.Meta):
        constraints = [in_order("action_end", "ended_on", "reopened_on")]


class Engagement(Versioned):
    """Contact with those a programme affects or speaks to, as papers report it."""

    class Kind(models.TextChoices):
        REPRESENTATIVE = "representative", "Representative bodies"
        CONSULTATION = "consultation", "Consultation"
        COMMUNICATIONS = "communications", "Communications"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="engagements")
    kind = models.CharField(max_length=15, choices=Kind)
    with_whom = models.CharField(max_length=200)
    summary = models.TextField()
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="engagements"
    )
    order = Order()

    objects = scoped()

    class Meta:
        ordering = ["kind", "order", "from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "with_whom", "from_day"], name="engagement_unique"
            ),
            in_order("engagement", "from_day", "to_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.with_whom}"
