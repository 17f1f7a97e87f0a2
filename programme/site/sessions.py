"""Sessions in the database that know whose they are (Django's way to extend them)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from programme.models import Session
from programme.site.drafts import LATE_BY


class SessionStore(DatabaseStore):
    """SESSION_ENGINE: what Django keeps, and the user beside it."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        stored = super().create_model_instance(data)
        stored.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return stored

    @classmethod
    def clear_expired(cls) -> None:
        """Removes sessions whose forms are no longer taken either."""
        Session.objects.filter(expire_date__lt=timezone.now() - LATE_BY).delete()
