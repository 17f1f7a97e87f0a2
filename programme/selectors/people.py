"""Organisations and people as a programme knows them."""

from __future__ import annotations

from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, When
from django.utils import timezone

from programme.models import Organisation, Person, Programme, RoleAssignment, User
from programme.roles import roles_with


def organisations_of(programme: Programme) -> QuerySet[Organisation]:
    """The programme's organisations: partners, and those that boards or projects name."""
    return Organisation.objects.of(programme)


def organisations_listed(programme: Programme) -> QuerySet[Organisation]:
    """As ``organisations_of``, each with its part in the programme: ``part_role``, ``joined_on``
    and ``left_on``, None for one that is no partner. Partners first, in their order. One query."""
    return (
        organisations_of(programme)
        .annotate(
            part=FilteredRelation("partnerships", condition=Q(partnerships__programme=programme)),
            part_role=F("part__role"),
            joined_on=F("part__joined_on"),
            left_on=F("part__left_on"),
        )
        .order_by(F("part__order").asc(nulls_last=True), "name")
    )


def people_of(programme: Programme) -> QuerySet[Person]:
    """People whom the programme has invited, whether they accepted or not."""
    return Person.objects.of(programme).select_related("user", "organisation", "programme")


def people_who_may(permission: str, programme: Programme) -> QuerySet[User]:
    """Accounts with a role in force that gives a right: over everything, or over what is theirs.
    These are whom a form offers as the owner of what the right is about."""
    held = RoleAssignment.objects.of(programme).current().filter(role__in=roles_with(permission))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def roles_of(programme: Programme) -> QuerySet[RoleAssignment]:
    """Roles given in the programme, past ones too, with what a list of them shows: ``shown_name``,
    ``shown_email`` and ``signed_in`` are the account's for people who accepted, and for others
    what the programme typed itself. One query."""
    accepted = Q(person__accepted_at__isnull=False)
    return (
        RoleAssignment.objects.of(programme)
        .select_related("person__user", "person__organisation", "organisation", "board")
        .annotate(
            shown_name=Case(
                When(accepted & ~Q(user__name=""), then="user__name"), default="person__name"
            ),
            shown_email=Case(When(accepted, then="user__email"), default="person__email"),
            signed_in=Case(When(accepted, then="user__last_login")),
        )
        .order_by("shown_name", "shown_email", "role")
    )


def roles_to_confirm(programme: Programme) -> QuerySet[RoleAssignment]:
    """Roles that wait for a second person, the oldest first. One query."""
    return (
        roles_of(programme)
        .unconfirmed()
        .select_related("person__user", "organisation", "board", "user", "granted_by")
        .order_by("updated_at", "pk")
    )


def invitations_for(user: User) -> QuerySet[Person]:
    """Invitations that somebody has not answered, with their programmes. One whose roles were all
    ended meanwhile is withdrawn."""
    offered = roles_offered().filter(programme=OuterRef("programme"), user=OuterRef("user"))
    return Person.objects.filter(
        Exists(offered.order_by()), user=user, accepted_at__isnull=True, declined_at__isnull=True
    ).select_related("programme", "user")


def roles_not_yet(user: User) -> QuerySet[RoleAssignment]:
    """Roles that somebody said yes to and that are not in force yet: a second person has to confirm
    them, or their first day is still to come. One query."""
    return (
        roles_offered()
        .filter(user=user, person__accepted_at__isnull=False, person__closed_at__isnull=True)
        .filter(Q(confirmed_at__isnull=True) | Q(from_day__gt=timezone.localdate()))
        .select_related("programme", "organisation", "board")
        .order_by("programme__name", "role", "pk")
    )


def roles_offered() -> QuerySet[RoleAssignment]:
    """Roles that are not over."""
    return RoleAssignment.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gte=timezone.localdate())
    )
