"""Who is signed in where."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A browser that is, or was, signed in. Signing out deletes the row; one that came to its end
    by itself stays for a day, so that text sent a minute too late can still be kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="sessions",
        help_text="Empty while nobody is signed in.",
    )

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls) -> type:
        from programme.site.sessions import SessionStore

        return SessionStore
