"""People who sign in, and the roles they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from programme.common.fields import in_order
from programme.common.words_later import say_later
from programme.models.base import ScopedQuerySet, Versioned, scoped
from programme.models.boards import Board
from programme.models.organisations import Organisation
from programme.models.programmes import Programme


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)

    def of_address(self, email: str) -> User:
        """The account of an address; a new one, without a password, where there is none."""
        known = self.filter(email__iexact=email).first()
        nobody = {"password": make_password(None)}
        return known or self.get_or_create(email=email.lower(), defaults=nobody)[0]

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


NAMELESS = "Somebody without a name"
"""How an account is called whose holder has not said their name: never by its address."""


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. The account is theirs: they alone change its name. What a programme
    says of them stands in :class:`Person`. Papers name posts, never people."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_example = models.BooleanField(
        default=False, help_text="Made with the example programme; production refuses these."
    )
    administers_portal = models.BooleanField(
        default=False, help_text="Sets programmes up; sees none but those that gave them a role."
    )
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email=""),
                name="user_has_email",
            )
        ]

    def __str__(self) -> str:
        return self.name or NAMELESS

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def post_in(self, programme_id: int) -> str:
        """The post that a programme knows them by; empty where it says none. Reads ``known_as``,
        which a list fetches beforehand."""
        known = [each.post for each in self.known_as.all() if each.programme_id == programme_id]
        return known[0] if known else ""


class Person(Versioned):
    """Somebody as one programme knows them: invited to an address, in the programme once they
    accept.

    Until then the programme sees nothing of the account but what it typed itself: whether there
    was one before, under which name and in which other programmes, is none of its business.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="people")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="known_as")
    email = models.EmailField("e-mail address", help_text="As the programme typed it.")
    name = models.CharField(max_length=150, blank=True, help_text="Shown until they accept.")
    post = models.CharField(max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    promised = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="What they answer for once they accept, as programme.holdings keeps it.",
    )

    objects = scoped()

    RECORD_RIGHTS = {"email": "people.manage"}

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["programme", "user"], name="person_once_per_programme"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True),
                name="person_accepted_or_declined",
            ),
        ]

    def __str__(self) -> str:
        if self.accepted_at is not None and self.user.name:
            return self.user.name
        return self.name or NAMELESS

    @property
    def is_waiting(self) -> bool:
        """Whether the invitation has not been accepted."""
        return self.accepted_at is None

    @property
    def address(self) -> str:
        """Where they read their mail; the address that was typed until they accept."""
        return self.email if self.is_waiting else self.user.email


class RoleAssignmentQuerySet(ScopedQuerySet):
    def current(self, on: date | None = None) -> RoleAssignmentQuerySet:
        """Assignments in force on a day (today when none is given): confirmed, and of people who
        accepted and whose account the programme has not closed."""
        day = on or timezone.localdate()
        return (
            self.filter(confirmed_at__isnull=False)
            .filter(person__accepted_at__isnull=False, person__closed_at__isnull=True)
            .filter(Q(from_day__isnull=True) | Q(from_day__lte=day))
            .filter(Q(to_day__isnull=True) | Q(to_day__gte=day))
        )

    def unconfirmed(self) -> RoleAssignmentQuerySet:
        """Assignments that a second person can still put in force: neither over nor of somebody
        who declined the invitation."""
        return self.filter(
            Q(to_day__isnull=True) | Q(to_day__gte=timezone.localdate()),
            confirmed_at__isnull=True,
            person__declined_at__isnull=True,
        )


class RoleAssignment(Versioned):
    """A role held in a programme, for an organisation or a board where the role asks for one. It
    is in force for people who have accepted the programme's invitation, and once it is confirmed:
    at once, or for roles of much power by a second person."""

    class Role(models.TextChoices):
        OFFICE = "office", "Programme office"
        LEAD = "lead", say_later("Project lead")
        FINANCE = "finance", "Finance lead"
        SECRETARY = "secretary", say_later("Board secretary")
        MEMBER = "member", say_later("Board member")
        AUDITOR = "auditor", "Auditor"
        ADMINISTRATOR = "administrator", "Administrator"

    CONFIRMED_ROLES = frozenset((Role.FINANCE.value, Role.ADMINISTRATOR.value))

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="role_assignments",
    )
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.PROTECT, related_name="role_assignments"
    )
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        help_text="Who gave the role, or widened it last; empty for a command, and for the first "
        "roles of whoever set the programme up.",
    )
    confirmed_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        help_text="The second person, where the role needs one.",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The same pair of columns as user and programme, so that there is no third to keep in step.
    person = models.ForeignObject(
        Person,
        on_delete=models.DO_NOTHING,
        from_fields=["programme", "user"],
        to_fields=["programme", "user"],
        related_name="roles",
        editable=False,
    )

    objects = scoped(base=RoleAssignmentQuerySet)

    class Meta:
        ordering = ["user__email", "role"]
        constraints = [
            in_order("role_assignment", "from_day", "to_day"),
            models.CheckConstraint(
                condition=~Q(role="finance") | Q(organisation__isnull=False),
                name="role_assignment_finance_lead_of_an_organisation",
                violation_error_message="A finance lead needs an organisation.",
            ),
            models.CheckConstraint(
                condition=~Q(role="member") | Q(board__isnull=False),
                name="role_assignment_member_of_a_board",
                violation_error_message=say_later("A board member needs a board."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("user"))
                    & (Q(granted_by__isnull=True) | ~Q(confirmed_by=F("granted_by")))
                ),
                name="role_assignment_confirmed_by_a_second_person",
                violation_error_message="A role is confirmed by a second person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.programme.short_name}"

    @property
    def needs_second_person(self) -> bool:
        """Whether the role takes effect only once a second person confirms it."""
        return self.role in self.CONFIRMED_ROLES

    def in_words(self) -> str:
        """The role and what it is for: "Finance lead, Essex Fire"."""
        of = self.organisation or self.board
        return f"{self.get_role_display()}, {of}" if of else self.get_role_display()

    def is_for(self, organisation: Organisation | int | None) -> bool:
        """Whether the role was given for the organisation (or the id of one)."""
        pk = getattr(organisation, "pk", organisation)
        return pk is not None and pk == self.organisation_id
