"""What happens to accounts at the door, on record: signing in, wrong passwords, passwords chosen.

allauth says what happened; an entry stands in the record of every programme that the account is in,
and in that of none where it is in none. What was typed is never kept. Wrong passwords for an
account make three entries an hour at most, with how many there were; for an address without an
account none, since what was typed there may be anything, a password too.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from programme import audit
from programme.models import User

TOLD = (1, 10, 100)
"""The wrong passwords of an hour that make an entry."""
_HOUR = 60 * 60


def listen() -> None:
    """Connects to allauth; called once, when the portal starts."""
    signals.user_logged_in.connect(_signed_in, dispatch_uid="record")
    signals.password_changed.connect(_password_changed, dispatch_uid="record")
    signals.password_set.connect(_password_set, dispatch_uid="record")
    signals.password_reset.connect(_password_reset, dispatch_uid="record")


def wrong_password(email: str) -> None:
    """Somebody tried to sign in to an account with a password that is not its own."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        return
    key = f"wrong-passwords:{user.pk}:{timezone.now():%Y%m%d%H}"
    cache.add(key, 0, timeout=2 * _HOUR)
    many = cache.incr(key)
    if many in TOLD:
        _record("account.wrong_password", user, by=None, wrong_passwords_this_hour=many)


def _signed_in(sender: Any, user: User, **kwargs: Any) -> None:
    _record("account.signed_in", user, by=user)


def _password_changed(sender: Any, user: User, **kwargs: Any) -> None:
    _record("account.password_changed", user, by=user)


def _password_set(sender: Any, user: User, **kwargs: Any) -> None:
    _record("account.password_set", user, by=user)


def _password_reset(sender: Any, user: User, **kwargs: Any) -> None:
    _record("account.password_reset", user, by=user)


@transaction.atomic
def _record(verb: str, user: User, *, by: User | None, **said: Any) -> None:
    known = user.known_as.filter(accepted_at__isnull=False, closed_at__isnull=True)
    programmes = [each.programme for each in known.select_related("programme")]
    for programme in programmes or [None]:
        audit.record(verb=verb, obj=user, before={}, after=said, by=by, programme=programme)
