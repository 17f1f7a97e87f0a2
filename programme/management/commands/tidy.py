"""``manage.py tidy``: lets go of what is kept for a time only. Once a day is enough."""

from __future__ import annotations

from typing import Any

from programme.management.base import StoredCommand
from programme.site import drafts, sending
from programme.site.sessions import SessionStore


class Command(StoredCommand):
    help = (
        "Removes sessions that are over, drafts that nobody came back for and what is known of "
        "forms that were sent long ago."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
        drafts.tidy()
        sending.tidy()
