"""People, the roles they hold, and their invitations."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.utils import timezone

from programme import actions, granting, holdings
from programme.common import english
from programme.common.forms import PortalForm
from programme.common.words import say
from programme.filters import PersonFilterSet
from programme.forms import EndRoleForm, InvitationForm, NewRoleForm, PersonForm, RoleForm
from programme.holdings import Held, Holding
from programme.models import Person, RoleAssignment, User
from programme.pages import (
    ConfirmPage,
    DetailPage,
    EditPage,
    InAddress,
    ListPage,
    ProgrammePage,
    ReasonForm,
)
from programme.pages.base import Link
from programme.roles import PERMISSIONS, Scope
from programme.selectors import people_of, roles_of, roles_to_confirm
from programme.site import invitations
from programme.tables import PersonTable
from programme.views.holdings import EndsRoles, handed_over_by, links
from programme.views.of_person import PEOPLE, OfPerson
from programme.views.shared import HOME, FullDownload, SectionPage

WAITS = "It takes effect once somebody else who manages people confirms it."

logger = logging.getLogger(__name__)


class PersonList(SectionPage, FullDownload, ListPage):
    template_name = "programme/people/list.html"
    permission = "people.manage"
    section = "programme:people:list"
    title = "People and their roles"
    table_class = PersonTable
    filterset_class = PersonFilterSet
    things = ("role", "roles")
    only_in_downloads = ("email",)
    empty_text = "Nobody holds a role in this programme yet. Invite the first person."

    def get_queryset(self) -> Any:
        return roles_of(self.programme)

    def get_buttons(self) -> list[Link]:
        return [("Invite somebody", self.url("programme:people:invite"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = [
            (role, granting.why_not_confirm(role, self.request.user))
            for role in roles_to_confirm(self.programme)
        ]
        left = holdings.without_an_owner(self.programme)
        adrift = [
            (person, english.listed(left[person.user_id]))
            for person in people_of(self.programme).filter(user__in=left)
        ]
        return super().get_context_data(waiting=waiting, adrift=adrift, **kwargs)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role as a person's page shows it: its state with a colour, whether the reader can confirm
    it, and why not where it waits for a second person."""

    role: RoleAssignment
    state: str
    colour: str
    can_confirm: bool = False
    why_not: str = ""

    @classmethod
    def of(cls, role: RoleAssignment, in_force: bool, reader: User) -> HeldRole:
        if in_force:
            return cls(role, "In force", "green")
        if role.to_day is not None and role.to_day < timezone.localdate():
            return cls(role, "Ended", "grey")
        if role.person.declined_at is not None:
            return cls(role, "Declined", "grey")
        if role.confirmed_at is None:
            why_not = granting.why_not_confirm(role, reader)
            return cls(role, "Not confirmed yet", "yellow", not why_not, why_not)
        if role.person.is_waiting:
            return cls(role, "Not accepted yet", "yellow")
        return cls(role, "Not begun", "grey")


class PersonDetail(OfPerson, DetailPage):
    permission = "people.manage"
    row = "person"
    template_name = "programme/people/detail.html"

    def get_buttons(self) -> list[Link]:
        person, is_self = self.person, self.person.user == self.request.user
        offered = []
        if not is_self and not person.closed_at and not person.declined_at:
            offered.append(("Give another role", self.beside("roles:add")))
        offered.append(("Edit", self.beside("edit")))
        if person.is_waiting:
            offered.append(("Send the invitation again", self.beside("remind")))
        elif person.closed_at:
            offered.append(("Open the account again", self.beside("reopen")))
        elif not is_self:
            offered.append(("Close the account", self.beside("close")))
        return offered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = list(roles_of(self.programme).filter(person=self.person))
        current = set(roles_of(self.programme).current().values_list("pk", flat=True))
        reader = self.request.user
        held, promised = holdings.held_by(self.person, roles), holdings.promised(self.person)
        in_force = [role for role in roles if role.pk in current]
        return super().get_context_data(
            held=links(self, held),
            adrift=holdings.adrift(held, in_force),
            promised=links(self, promised),
            idle=[words for role in in_force if (words := without_rows(role, held + promised))],
            hand_over_url=self.beside("hand_over") if handed_over_by(self, held) else "",
            is_self=self.person.user == reader,
            roles=[HeldRole.of(role, role.pk in current, reader) for role in roles],
            history=self.history_of(self.person, roles),
            **kwargs,
        )


class PersonInvite(EditPage):
    permission = "people.manage"
    row = "person"
    title = "Invite somebody"
    above = (HOME, PEOPLE)
    form_class = InvitationForm
    detail = "programme:people:detail"
    button = "Send the invitation"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"offered": offered_with_a_role(self)}

    def perform(self, form: InvitationForm) -> Person:
        return actions.invite_user(
            programme=self.programme,
            email=form.cleaned_data["email"],
            person=form.person,
            role=form.given,
            gives=form.gives,
            by=self.request.user,
        )

    def finish(self, saved: Person) -> None:
        if saved.is_waiting and not send(self, saved):
            messages.error(self.request, not_sent(saved))
        super().finish(saved)

    def get_success_text(self, obj: Person) -> str:
        role = obj.roles.latest("pk")
        return self._said(obj, role) + without_rows(role, all_of(obj))

    def _said(self, obj: Person, role: RoleAssignment) -> str:
        waits = " and somebody else who manages people confirms it" if is_unconfirmed(role) else ""
        if obj.is_waiting:
            return f"{obj} is invited. The role is in force once they accept{waits}."
        if waits:
            return f"{obj} is in the programme already, and has the role once it is confirmed."
        return f"{obj} is in the programme already, and has the role now."


class PersonRemind(OfPerson, ConfirmPage):
    """Sends the invitation once more to somebody who has not accepted it."""

    permission = "people.manage"
    row = "person"
    button = "Send the invitation again"

    def get_title(self) -> str:
        return f"Send {self.person} the invitation again?"

    def get_warning(self) -> str:
        return f"A new letter goes to {self.person.email}."

    def perform(self, form: PortalForm) -> Person:
        return actions.renew_invitation(person=self.person, by=self.request.user)

    def finish(self, saved: Person) -> None:
        if send(self, saved):
            super().finish(saved)
        else:
            messages.error(self.request, not_sent(saved))

    def get_success_text(self, obj: Person) -> str:
        return f"The invitation to {obj} is sent."


class PersonEdit(OfPerson, EditPage):
    permission = "people.manage"
    row = "person"
    form_class = PersonForm
    action = actions.change_person


class OfRole(OfPerson):
    """Mixin of the pages about one role of a person, which has no page of its own."""

    assignment = InAddress(lambda page: roles_of(page.programme).filter(person=page.person))


class RoleAdd(OfPerson, EditPage):
    permission = "people.manage"
    row = "assignment"
    form_class = NewRoleForm
    button = "Give the role"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"offered": offered_with_a_role(self)}

    def get_title(self) -> str:
        return f"Give {self.person} a role"

    def perform(self, form: NewRoleForm) -> RoleAssignment:
        """What somebody is given depends on who they are: the action makes the row itself."""
        return actions.assign_role(
            user=self.person.user,
            programme=self.programme,
            values={name: form.cleaned_data[name] for name in RoleForm.Meta.fields},
            gives=form.gives,
            by=self.request.user,
        )

    def get_success_text(self, obj: RoleAssignment) -> str:
        given = f"{obj.person} is given the role of {obj.get_role_display().lower()}."
        return (
            given
            + (f" {WAITS}" if is_unconfirmed(obj) else "")
            + without_rows(obj, all_of(obj.person))
        )


class RoleEdit(OfRole, EditPage):
    permission = "people.manage"
    row = "assignment"
    form_class = RoleForm
    action = actions.change_role

    def get_title(self) -> str:
        return f"Edit a role of {self.person}"

    def get_success_text(self, obj: RoleAssignment) -> str:
        return "The role is saved." + (f" {WAITS}" if is_unconfirmed(obj) else "")


class RoleConfirm(OfRole, ConfirmPage):
    """A second person puts a role in force."""

    permission = "people.manage"
    row = "assignment"
    action = actions.confirm_role
    button = "Confirm the role"
    cancel = "Leave it waiting"
    success_text = "The role is confirmed."

    def get_title(self) -> str:
        return f"Confirm that {self.person} is {self.assignment.in_words()}?"

    def get_warning(self) -> str:
        giver = self.assignment.granted_by or "A command"
        return (
            f"{giver} gave this role. With your confirmation it takes effect, and both your names "
            "stand in the record. Where it should not be, end it instead."
        )


class RoleEnd(OfRole, EndsRoles):
    permission = "people.manage"
    row = "assignment"
    form_class = EndRoleForm
    action = actions.end_role
    button = "End the role"
    cancel = "Keep the role"
    success_text = "The role is ended."

    def ending(self) -> list[RoleAssignment]:
        return [self.assignment]

    def get_title(self) -> str:
        return f"End the role of {self.assignment.get_role_display().lower()}?"

    def get_warning(self) -> str:
        return f"{self.person} will no longer have this role in {self.programme.name}."


class PersonClose(OfPerson, EndsRoles):
    permission = "people.manage"
    row = "person"
    form_class = ReasonForm
    action = actions.close_account
    button = "Close the account"
    cancel = "Keep it open"
    success_text = "The account is closed."

    def ending(self) -> list[RoleAssignment]:
        return list(self.person.roles.all())

    def get_title(self) -> str:
        return f"Close the account of {self.person}?"

    def get_warning(self) -> str:
        return (
            f"All roles in {self.programme.name} end at once, and {self.person} is signed out. "
            "What they did stays on record. The account can be opened again, without its roles."
        )


class PersonReopen(OfPerson, ConfirmPage):
    permission = "people.manage"
    row = "person"
    action = actions.reopen_account
    button = "Open the account again"
    cancel = "Leave it closed"
    success_text = "The account is open again. It holds no role: give one anew."

    def get_title(self) -> str:
        return f"Open the account of {self.person} again?"


def offered_with_a_role(page: ProgrammePage) -> list[Holding]:
    """What the reader may give together with a role."""
    return [each for each in holdings.holdings() if each.is_given and page.allows(each.right)]


def without_rows(role: RoleAssignment, held: Iterable[Held]) -> str:
    """What to say, after something else, of a role for what is its holder's own who answers for
    nothing of the kind yet; empty for others."""
    kinds = [] if role.organisation_id else holdings.given_with(role.role)
    own = [each for each in kinds if PERMISSIONS[role.role][each.needs] is Scope.OWN]
    known = {each.key for each in held}
    missing = [say(each.words[1]) for each in own if each.key not in known]
    return f" {role.person} has no {english.listed(missing)} yet." if missing else ""


def all_of(person: Person) -> tuple[Held, ...]:
    """What somebody answers for, or will once they accept."""
    return holdings.held_by(person) + holdings.promised(person)


def is_unconfirmed(role: RoleAssignment) -> bool:
    return role.confirmed_at is None


def not_sent(person: Person) -> str:
    return (
        f"The mail to {person.email} could not be sent. The invitation stands: "
        "send it again once mail works."
    )


def send(page: ProgrammePage, person: Person) -> bool:
    """Sends the invitation. Returns whether the mail went out; why not is in the log. To the
    reader it is the same whether there was an account before, and for one that is closed."""
    try:
        invitations.send_invitation(page.request, person)
    except (OSError, SMTPException):
        logger.exception("No mail to person %s", person.pk)
        return False
    return True
