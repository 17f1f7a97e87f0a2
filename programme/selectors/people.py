"""Organisations and people as a programme knows them."""

from __future__ import annotations

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from programme.models import (
    Organisation,
    Programme,
    RoleAssignment,
    ScopedQuerySet,
    User,
)


def organisations_of(programme: Programme) -> QuerySet[Organisation]:
    """Organisations that have to do with the programme: partners, and those that any row of it
    names (a board's seat, a project's lead, a source of money), in whatever app. One query."""
    has_to_do = Q()
    for relation in Organisation._meta.related_objects:
        rows = _rows_of(relation, programme)
        if rows is not None:
            has_to_do |= Q(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
    return Organisation.objects.filter(has_to_do)


def _rows_of(relation: ForeignObjectRel, programme: Programme) -> QuerySet | None:
    """The programme's rows of a related model; None for a model that belongs to no programme."""
    rows = relation.related_model._default_manager.all()
    if not isinstance(rows, ScopedQuerySet):
        return None
    # By its key, because a programme is reached from itself by its key.
    return rows.filter(**{rows.programme_path: programme.pk}).order_by()


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


def people_of(programme: Programme) -> QuerySet[User]:
    """Users who hold or held a role in the programme."""
    held = RoleAssignment.objects.of(programme).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(held.order_by())).select_related("organisation")


def roles_of(programme: Programme) -> QuerySet[RoleAssignment]:
    """Roles held in the programme, past ones too, with what a list of them shows. One query."""
    return (
        RoleAssignment.objects.of(programme)
        .select_related("user__organisation", "organisation", "board")
        .order_by("user__name", "user__email", "role")
    )
