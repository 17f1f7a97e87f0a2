"""People, the roles they hold, and their invitations."""

from __future__ import annotations

import logging
from functools import cached_property
from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from programme import actions
from programme.common.forms import PortalForm
from programme.filters import PersonFilters
from programme.forms import EndRoleForm, InvitationForm, PersonForm, RoleForm
from programme.models import RoleAssignment, User
from programme.pages import ConfirmPage, DetailPage, EditPage, ListPage, ProgrammePage, history_of
from programme.pages.base import Link
from programme.selectors import people_of, roles_of
from programme.site import invitations
from programme.tables import PersonTable
from programme.views.shared import FullDownload, OfProgrammeForm, SectionPage

logger = logging.getLogger(__name__)


class PersonList(SectionPage, FullDownload, ListPage):
    template_name = "programme/section_list.html"
    permission = "people.manage"
    section = "programme:people:list"
    title = "People and their roles"
    table_class = PersonTable
    filterset_class = PersonFilters
    things = ("role", "roles")
    only_in_downloads = ("email",)
    empty_text = "Nobody holds a role in this programme yet. Invite the first person."

    def get_queryset(self) -> Any:
        return roles_of(self.programme)

    def get_buttons(self) -> list[Link]:
        return [("Invite somebody", self.url("programme:people:invite"))]


class OfPerson(ProgrammePage):
    """A page about somebody who holds or held a role in the programme."""

    permission = "people.manage"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(people_of(self.programme), pk=self.kwargs["person"])

    def get_permission_object(self) -> None:
        """People are nobody's own: the right reaches all of them or none."""

    def person_url(self, name: str = "detail", **rest: Any) -> str:
        return self.url(f"programme:people:{name}", person=self.person.pk, **rest)

    def get_breadcrumbs(self) -> list[Link]:
        return [
            ("Home", self.url("reports:home")),
            ("People", self.url("programme:people:list")),
            (str(self.person), self.person_url()),
        ]

    def get_success_url(self, obj: Any) -> str:
        return self.person_url()


class PersonPage(OfPerson, DetailPage):
    template_name = "programme/people/detail.html"

    def get_object(self) -> User:
        return self.person

    def get_breadcrumbs(self) -> list[Link]:
        return super().get_breadcrumbs()[:-1]

    @property
    def is_waiting(self) -> bool:
        """Whether the person was invited and has not chosen a password yet."""
        return self.person.is_active and not self.person.has_usable_password()

    def get_buttons(self) -> list[Link]:
        offered = [
            ("Give another role", self.person_url("roles:add")),
            ("Change details", self.person_url("edit")),
        ]
        if self.is_waiting:
            offered.append(("Send the invitation again", self.person_url("remind")))
        return offered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = list(roles_of(self.programme).filter(user=self.person))
        current = set(roles_of(self.programme).current().values_list("pk", flat=True))
        # Over what stands in the address, by the same names.
        kwargs |= {
            "person": self.person,
            "is_waiting": self.is_waiting,
            "roles": [(role, role.pk in current) for role in roles],
            "history": history_of(self.person, roles),
        }
        return super().get_context_data(**kwargs)


class PersonInvite(OfProgrammeForm, EditPage):
    permission = "people.manage"
    title = "Invite somebody"
    form_class = InvitationForm
    button = "Send the invitation"
    above = (("Home", "reports:home"), ("People", "programme:people:list"))

    def perform(self, form: InvitationForm) -> User:
        user = actions.invite_user(
            programme=self.programme,
            email=form.cleaned_data["email"],
            person=form.person,  # type: ignore[arg-type]
            role=form.given,  # type: ignore[arg-type]
            by=self.request.user,
        )
        if not send(self, user):
            messages.error(
                self.request,
                f"The mail to {user.email} could not be sent. The account stands: "
                "send the invitation again once mail works.",
            )
        return user

    def get_success_url(self, obj: User) -> str:  # type: ignore[override]
        return self.url("programme:people:detail", person=obj.pk)

    def get_success_text(self, obj: User) -> str:
        if obj.has_usable_password():
            return f"{obj} had an account already, and has the role now."
        return f"{obj} has an account and the role."


class PersonRemind(OfPerson, ConfirmPage):
    """Sends the invitation once more to somebody who has not chosen a password yet."""

    form_class = PortalForm
    button = "Send the invitation again"

    def get_object(self) -> User:
        return self.person

    def get_title(self) -> str:
        return f"Send {self.person} the invitation again?"

    def get_warning(self) -> str:
        return f"A new link to choose a password goes to {self.person.email}."

    def perform(self, form: PortalForm) -> User:
        if self.person.has_usable_password():
            raise ValidationError(f"{self.person} has chosen a password in the meantime.")
        if not send(self, self.person):
            raise ValidationError(f"The mail to {self.person.email} could not be sent.")
        return self.person

    def get_success_text(self, obj: User) -> str:
        return f"The invitation to {obj} is sent."


class PersonEdit(OfProgrammeForm, OfPerson, EditPage):
    form_class = PersonForm

    def get_object(self) -> User:
        return self.person

    def get_title(self) -> str:
        return f"Change the details of {self.person}"

    def perform(self, form: PersonForm) -> User:
        return actions.change_person(
            user=self.person,
            values=self.get_values(form),  # type: ignore[arg-type]
            programme=self.programme,
            by=self.request.user,
        )


class RoleAdd(OfProgrammeForm, OfPerson, EditPage):
    form_class = RoleForm
    button = "Give the role"

    def get_title(self) -> str:
        return f"Give {self.person} a role"

    def perform(self, form: RoleForm) -> RoleAssignment:
        return actions.assign_role(
            user=self.person,
            programme=self.programme,
            values=self.get_values(form),  # type: ignore[arg-type]
            by=self.request.user,
        )

    def get_success_text(self, obj: RoleAssignment) -> str:
        return f"{obj.user} is given the role of {obj.get_role_display().lower()}."


class _RolePage(OfPerson):
    def get_object(self) -> RoleAssignment:
        return get_object_or_404(roles_of(self.programme), user=self.person, pk=self.kwargs["role"])


class RoleEdit(OfProgrammeForm, _RolePage, EditPage):
    form_class = RoleForm

    def get_title(self) -> str:
        return f"Change a role of {self.person}"

    def perform(self, form: RoleForm) -> RoleAssignment:
        return actions.change_role(
            assignment=self.object,
            values=self.get_values(form),  # type: ignore[arg-type]
            expected_version=self.expected_version(form),
            by=self.request.user,
        )


class RoleEnd(_RolePage, ConfirmPage):
    form_class = EndRoleForm
    button = "End the role"
    cancel = "Keep the role"
    success_text = "The role is ended."

    def get_title(self) -> str:
        return f"End the role of {self.object.get_role_display().lower()}?"

    def get_warning(self) -> str:
        return f"{self.person} will no longer have this role in {self.programme.name}."

    def perform(self, form: EndRoleForm) -> RoleAssignment:
        return actions.end_role(
            assignment=self.object,
            to_day=form.cleaned_data["to_day"],
            expected_version=self.expected_version(form),
            by=self.request.user,
        )


def send(page: ProgrammePage, user: User) -> bool:
    """Sends the way to choose a password, or word of the new role to whoever has one already.
    Returns whether the mail went out; why not is in the log."""
    try:
        if user.has_usable_password():
            invitations.send_new_role(page.request, user, page.programme)
        else:
            invitations.send_invitation(page.request, user)
    except (OSError, SMTPException):
        logger.exception("No mail to user %s", user.pk)
        return False
    return True
