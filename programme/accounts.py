"""How people come to have an account: the programme office makes it, nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """The portal's answers to allauth's questions about accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the programme office, so the sign-up page is closed."""
        return False
