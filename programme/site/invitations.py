"""Letters to people who are given a role: the way to choose a password, or word of the role."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from programme.models import Programme, User
from programme.site.account_forms import ResetPasswordForm


def send_invitation(request: HttpRequest, user: User) -> None:
    """Sends somebody without a password the link by which they choose one.

    The same link as for a forgotten password, lasting as long; the adapter words the letter.
    Raises what the mail server raises.
    """
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)


def send_new_role(request: HttpRequest, user: User, programme: Programme) -> None:
    """Tells somebody who has a password already that they were given a role in ``programme``.
    Raises what the mail server raises."""
    url = request.build_absolute_uri(f"/{programme.slug}/")
    context = {"user": user, "programme": programme, "url": url}
    get_adapter().send_mail("account/email/new_role", user.email, context)
