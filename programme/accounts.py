"""How people come to have an account: the programme office makes it, nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


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
