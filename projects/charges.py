"""What boards and organisations have in their charge on this floor: projects and registers."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

from django.db.models import Max

from programme.models import Board, Organisation
from programme.succession import Charge, HandOver, give, register, register_deed
from programme.writing import Edit
from projects.leads import keep_lead
from projects.models import Action, Decision, Project, Risk


def register_all() -> None:
    """Registers them."""
    actions = ("open action", "open actions")
    register_deed("last resolved something", _last_decided)
    register(
        Board,
        Charge(
            "actions",
            actions,
            "actions.edit",
            lambda board, last_day: Action.objects.filter(board=board).open(),
            give("board", "action.handed_over"),
            name=_reference,
        ),
    )
    register(
        Organisation,
        Charge(
            "projects",
            ("project that it leads", "projects that it leads"),
            "projects.edit",
            lambda body, last_day: body.led_projects.going_on(),
            _lead,
            name=attrgetter("label"),
        ),
        Charge(
            "partners",
            ("project that it takes part in", "projects that it takes part in"),
            "projects.edit",
            lambda body, last_day: body.partner_projects.going_on(),
            _take_part,
            name=attrgetter("label"),
        ),
        Charge(
            "risks",
            ("open risk or issue", "open risks and issues"),
            "risks.edit",
            lambda body, last_day: Risk.objects.filter(owner_organisation=body).open(),
            give("owner_organisation", "risk.handed_over"),
        ),
        Charge(
            "actions",
            actions,
            "actions.edit",
            lambda body, last_day: Action.objects.filter(owner_organisation=body).open(),
            give("owner_organisation", "action.handed_over"),
            name=_reference,
        ),
    )


def _last_decided(board: Board) -> date | None:
    day: date | None = Decision.objects.filter(board=board).aggregate(day=Max("taken_on"))["day"]
    return day


def _reference(row: Action) -> str:
    return row.ref.upper()


def _lead(row: Project, wanted: HandOver) -> None:
    """The successor leads the project from its first day on; papers of the time before keep the
    lead that it had. It is no partner of a project that it leads."""
    edit = Edit(row)
    edit.set(lead_organisation=wanted.successor)
    edit.set(partners=[each for each in row.partners.all() if each != wanted.successor])
    keep_lead(edit, wanted.since(row.earlier_leads))
    wanted.save(edit, "project.handed_over")


def _take_part(row: Project, wanted: HandOver) -> None:
    """The successor takes part in the place of the body that ends, where it does not already."""
    edit = Edit(row)
    others = {each for each in edit.row.partners.all() if each != wanted.body}
    if edit.row.lead_organisation_id != wanted.successor.pk:
        others.add(wanted.successor)
    edit.set(partners=sorted(others, key=str))
    wanted.save(edit, "project.handed_over")
