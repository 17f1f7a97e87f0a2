"""What people answer for by their account on this floor: projects, and what stands in registers."""

from __future__ import annotations

from django.db.models import Q

from programme.holdings import Holding, Page, Roles, register
from programme.models import RoleAssignment
from projects.models import Action, Milestone, Project, Risk

LEAD = RoleAssignment.Role.LEAD


def register_all() -> None:
    """Registers them."""
    register(
        Holding(
            "projects",
            ("project to lead", "projects to lead"),
            "lead_user",
            "updates.edit",
            "projects.edit",
            "project.handed_over",
            lambda programme: Project.objects.of(programme).going_on().order_by("order", "ref"),
            _page_of_project,
            name=_project,
            through=_led_by_body,
            is_given=True,
        ),
        Holding(
            "sponsored",
            ("project to sponsor", "projects to sponsor"),
            "sponsor_user",
            "projects.view",
            "projects.edit",
            "project.handed_over",
            lambda programme: Project.objects.of(programme).going_on().order_by("order", "ref"),
            _page_of_project,
            name=_project,
        ),
        Holding(
            "milestones",
            ("open milestone", "open milestones"),
            "owner_user",
            "milestones.edit",
            "milestones.edit",
            "milestone.handed_over",
            lambda programme: (
                Milestone.objects.of(programme)
                .filter(actual_on__isnull=True, withdrawn_on__isnull=True)
                .filter(project__in=Project.objects.of(programme).going_on())
                .select_related("project")
            ),
            lambda row: (
                "projects:milestones:detail",
                {"project": row.project.ref, "milestone": row.pk},
            ),
        ),
        Holding(
            "risks",
            ("open risk or issue", "open risks and issues"),
            "owner_user",
            "risks.edit",
            "risks.edit",
            "risk.handed_over",
            lambda programme: Risk.objects.of(programme).open().order_by("ref"),
            lambda row: ("projects:risks:detail", {"risk": row.ref}),
        ),
        Holding(
            "actions",
            ("open action", "open actions"),
            "owner_user",
            "actions.edit",
            "actions.edit",
            "action.handed_over",
            lambda programme: Action.objects.of(programme).open().order_by("ref"),
            lambda row: ("projects:actions:detail", {"task": row.ref}),
        ),
    )


def _project(row: Project) -> str:
    return f"{row.ref.upper()} {row.label}"


def _page_of_project(row: Project) -> Page:
    return "projects:detail", {"project": row.ref}


def _led_by_body(roles: Roles) -> Q:
    """Projects without a lead's account that a lead's role for their organisation reaches."""
    bodies = [each.organisation_id for each in roles if each.role == LEAD]
    return Q(lead_user__isnull=True, lead_organisation__in=bodies)
