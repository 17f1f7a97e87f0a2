"""How people come to have an account: the programme office makes it, nobody signs up alone."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from programme.models import User
from programme.site import account_record, browsers

logger = logging.getLogger(__name__)


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

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The letter that says a password was chosen. One that cannot be sent stops nothing."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except (OSError, SMTPException):
            logger.exception("No letter about a password")

    # --- how often a password may be wrong ----------------------------------------------------

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try against what it could be: of the owner in a browser of theirs, or of
        somebody at this address, and then of all strangers who try this account. What strangers do
        elsewhere stops nobody, and what they do here does not stop the owner. What turns out right
        is not counted (allauth rolls it back)."""
        used = ratelimit.RateLimitUsage(usage=[])
        for action, key in self._limits(request, **credentials):
            consumed = self._consume(request, action, key)
            if consumed is None:
                raise self.validation_error("too_many_login_attempts")
            used.usage += consumed.usage
        self._login_failed_rl_usage = used

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        account_record.wrong_password(credentials.get("email", ""))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        response = super().post_login(request, user, **kwargs)
        if response is not None:
            browsers.remember(request, response, user.email)
        return response

    def get_client_ip(self, request: HttpRequest) -> str | None:
        """The visitor's address; the connection's, when fewer proxies than there should be have
        said where a request came from."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META.get("REMOTE_ADDR")

    def _limits(self, request: HttpRequest, **credentials: Any) -> list[tuple[str, str]]:
        email = credentials.get("email", "").lower()
        if browser := browsers.known(request, email):
            return [("login_failed_known_browser", f"{email}:{browser}")]
        return [
            ("login_failed", f"{email}:{ratelimit.get_ip(request)}"),
            ("login_failed_strangers", email),
        ]

    def _consume(
        self, request: HttpRequest, action: str, key: str
    ) -> ratelimit.RateLimitUsage | None:
        return ratelimit.consume(request, app="allauth.account", action=action, key=key)

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's word for a password that was chosen anew: its owner starts again."""
        for action, key in self._limits(request, **credentials):
            ratelimit.clear(request, app="allauth.account", action=action, key=key)
