"""People who sign in, and the roles they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programme.common.fields import in_order
from programme.models.base import ScopedQuerySet, Versioned, scoped
from programme.models.boards import Board
from programme.models.organisations import Organisation
from programme.models.programmes import Programme


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. Papers name posts, never people."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150, blank=True)
    post = models.CharField(max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="users"
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_example = models.BooleanField(
        default=False, help_text="Made with the example programme; production refuses these."
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
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email


class RoleAssignmentQuerySet(ScopedQuerySet):
    def current(self, on: date | None = None) -> RoleAssignmentQuerySet:
        """Assignments in force on a day (today when none is given)."""
        day = on or timezone.localdate()
        return self.filter(Q(from_day__isnull=True) | Q(from_day__lte=day)).filter(
            Q(to_day__isnull=True) | Q(to_day__gte=day)
        )


class RoleAssignment(Versioned):
    """A role held in a programme, for an organisation or a board where the role asks for one."""

    class Role(models.TextChoices):
        OFFICE = "office", "Programme office"
        LEAD = "lead", "Project lead"
        FINANCE = "finance", "Finance lead"
        SECRETARY = "secretary", "Board secretary"
        MEMBER = "member", "Board member"
        AUDITOR = "auditor", "Auditor"
        ADMINISTRATOR = "administrator", "Administrator"

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
                violation_error_message="A board member needs a board.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.programme.short_name}"

    def is_for(self, organisation: Organisation | int | None) -> bool:
        """Whether the role was given for the organisation (or the id of one)."""
        pk = getattr(organisation, "pk", organisation)
        return pk is not None and pk == self.organisation_id
