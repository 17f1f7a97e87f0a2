"""The letter to people whom a programme invites: the way to choose a password, or to the invitation
for whoever has one."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from programme.models import Person, User
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
    send_password_link(request, user)


def password_path(user: User) -> str:
    """Where somebody chooses a password: it works once, as long as a link in a letter."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)


def send_password_link(request: HttpRequest, user: User) -> None:
    """Sends somebody the way to choose a password. Raises what the mail server raises."""
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
