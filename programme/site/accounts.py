"""How people come to have an account: the programme office makes it, nobody signs up alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from programme.models import User


class AccountAdapter(DefaultAccountAdapter):
    """The portal's answers to allauth's questions about accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right",
        "enter_current_password": "This is not your current password",
        "too_many_login_attempts": (
            "Too many wrong passwords. Wait five minutes, or choose a new password"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the programme office, so the sign-up page is closed."""
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The way to choose a password: an invitation for whoever never had one."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)
            return
        context |= {
            # None where the link was asked for on the page for forgotten passwords.
            "programme": getattr(context["request"], "programme", None),
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        }
        self.send_mail("account/email/invitation", email, context)
