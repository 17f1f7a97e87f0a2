"""The letter to people whom a programme invites: the way to choose a password, or to the invitation
for whoever has one."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.urls import reverse

from programme.models import Person
from programme.site.account_forms import ResetPasswordForm


def send_invitation(request: HttpRequest, person: Person) -> None:
    """Sends somebody the way to accept an invitation. Raises what the mail server raises.

    Whoever has no password yet gets the link by which they choose one: the same as for a forgotten
    password, lasting as long; the adapter words the letter. A closed account gets no letter.
    """
    user = person.user
    if not user.is_active:
        return
    if user.has_usable_password():
        url = request.build_absolute_uri(reverse("account_invitations"))
        context = {"user": user, "programme": person.programme, "url": url}
        get_adapter().send_mail("account/email/invited", user.email, context)
        return
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
