"""Who administers the portal."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from programme import actions
from programme.common.forms import PortalForm
from programme.forms import PortalAdministratorForm
from programme.models import User
from programme.pages import PortalEdit, PortalPage
from programme.selectors import portal_history
from programme.site import invitations

START = ("Programmes", "reports:start")
ADMINISTRATORS = ("Who administers the portal", "programme:administrators:list")

logger = logging.getLogger(__name__)


class AdministratorList(PortalPage, TemplateView):
    template_name = "programme/administrators.html"
    title = ADMINISTRATORS[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        holding = User.objects.filter(administers_portal=True, is_active=True)
        return super().get_context_data(
            administrators=holding.order_by("name", "email"),
            history=portal_history(),
            buttons=[("Add somebody", reverse("programme:administrators:add"))],
            **kwargs,
        )


class AdministratorAdd(PortalEdit):
    title = "Let somebody administer the portal"
    button = "Let them administer the portal"
    above = (START, ADMINISTRATORS)
    form_class = PortalAdministratorForm

    def perform(self, form: PortalAdministratorForm) -> User:
        return actions.appoint_portal_administrator(
            email=form.cleaned_data["email"], by=self.request.user
        )

    def finish(self, saved: User) -> None:
        messages.success(self.request, f"{saved.email} administers the portal.")
        if saved.has_usable_password():
            return
        try:
            invitations.send_password_link(self.request, saved)
        except (OSError, SMTPException):
            logger.exception("No way to a password for an administrator of the portal")
            messages.error(
                self.request,
                "The letter could not be sent. They can ask for a link on the page for a forgotten "
                "password.",
            )


class AdministratorEnd(PortalEdit):
    button = "Take it from them"
    above = (START, ADMINISTRATORS)
    form_class = PortalForm

    def administrator(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["user"], administers_portal=True)

    def get_title(self) -> str:
        return f"Take the administration of the portal from {self.administrator()}?"

    def perform(self, form: PortalForm) -> User:
        return actions.dismiss_portal_administrator(user=self.administrator(), by=self.request.user)

    def get_success_url(self, saved: User) -> str:
        return reverse("reports:start") if saved == self.request.user else self.get_cancel_url()

    def finish(self, saved: User) -> None:
        messages.success(self.request, f"{saved.email} does not administer the portal any more.")
