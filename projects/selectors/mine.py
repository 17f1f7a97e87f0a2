"""What is somebody's own, for the lists that home leads to: each rule stands once, here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from programme.models import Programme, RoleAssignment
from projects.models import Action, Milestone, Project, Risk

Role = RoleAssignment.Role
NOTHING = Q(pk__in=())


def own_projects(held: Iterable[RoleAssignment], path: str = "") -> Q:
    """Of the holder of these roles: the projects that they lead themselves, and those that the body
    leads for which they are a project lead. ``path`` leads to the project from another row."""
    found = NOTHING
    for role in held:
        found |= Q(**{f"{path}lead_user": role.user_id})
        if role.role == Role.LEAD and role.organisation_id:
            found |= Q(**{f"{path}lead_organisation": role.organisation_id})
    return found


def by_name(held: Iterable[RoleAssignment]) -> Q:
    """Milestones, risks or actions whose owner's account is theirs."""
    return Q(owner_user__in={each.user_id for each in held})


def own_milestones(held: Iterable[RoleAssignment]) -> Q:
    """Those that are one's own by name, and those of one's projects."""
    held = tuple(held)
    return by_name(held) | own_projects(held, "project__")


def own_risks(held: Iterable[RoleAssignment]) -> Q:
    """Those that are one's own by name, those of one's projects, and those that one's body owns."""
    held = tuple(held)
    return by_name(held) | own_projects(held, "project__") | _of_own_body(held)


def own_actions(held: Iterable[RoleAssignment]) -> Q:
    """Those that are one's own by name, those about one's projects, those that one's body owes, and
    those that a board asked for which one is secretary of."""
    held = tuple(held)
    boards = [each.board_id for each in held if each.role == Role.SECRETARY and each.board_id]
    about = own_projects(held, "project__") | _of_own_body(held) | Q(board__in=boards)
    return by_name(held) | about


def _of_own_body(held: Iterable[RoleAssignment]) -> Q:
    bodies = [each.organisation_id for each in held if each.organisation_id]
    return Q(owner_organisation__in=bodies)


@dataclass(frozen=True, slots=True)
class Mine:
    """How many of each are the reader's own and open."""

    projects: int
    milestones: int
    risks: int
    actions: int


def count_mine(programme: Programme, held: Iterable[RoleAssignment]) -> Mine:
    """As many as the lists of each, narrowed to what is open and the reader's own. One query."""
    held = tuple(held)
    if not held:
        return Mine(0, 0, 0, 0)
    rows: dict[str, QuerySet] = {
        "projects": Project.objects.of(programme).filter(
            own_projects(held), withdrawn_on__isnull=True
        ),
        "milestones": Milestone.objects.of(programme)
        .open()
        .filter(own_milestones(held), project__withdrawn_on__isnull=True),
        "risks": Risk.objects.of(programme).open().filter(own_risks(held)),
        "actions": Action.objects.of(programme).open().filter(own_actions(held)),
    }
    counted = {f"my_{name}": _count(found) for name, found in rows.items()}
    found = Programme.objects.filter(pk=programme.pk).values(**counted).get()
    return Mine(**{name: found[f"my_{name}"] for name in rows})


def _count(rows: QuerySet) -> Coalesce:
    one = rows.order_by().annotate(one=Value(1)).values("one")
    counted = one.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
