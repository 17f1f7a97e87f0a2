"""``manage.py send_reminders``: the letters that are due today. Once a day is enough; more often,
or twice at once, sends nothing twice."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from programme.common.formats import count
from programme.management.base import StoredCommand
from programme.models import Programme
from projects.letters import send_reminders


class Command(StoredCommand):
    help = "Reminds, by e-mail, of the updates that people owe, as each programme has set up."

    def handle(self, *args: Any, **options: Any) -> None:
        for programme in Programme.objects.filter(ended_on__isnull=True):
            sent = send_reminders(programme)
            for reminder in sent:
                reminder.refresh_from_db()
            failed = [each for each in sent if each.sent_at is None]
            said = f"{programme.short_name}: {count(len(sent) - len(failed), 'letter')} sent"
            if failed:
                said += f", {len(failed)} refused by the mail server: run it again"
            self.stdout.write(f"{said}.")
        if folder := getattr(settings, "EMAIL_FILE_PATH", None):
            self.stdout.write(f"Letters are in {folder}")
