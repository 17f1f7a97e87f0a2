"""``manage.py worker``: does what pages leave to be done, such as making PDFs, until it is stopped.

A slot is a place for one worker; run each slot once. A worker that was killed leaves its work
marked as being done; the next worker of the same slot takes it up again, so that a piece of work
may be done twice and has to bear that.
"""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from programme.management.base import StoredCommand

MOST_TASKS = 100
"""After which a worker ends, for whoever keeps it running to start it afresh."""


class Command(StoredCommand):
    help = "Makes PDFs and does other work that pages leave to be done, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slot", default="1", help="Each worker has one of its own.")
        parser.add_argument("--batch", action="store_true", help="End when nothing is left to do.")

    def handle(self, *args: Any, slot: str, batch: bool, **options: Any) -> None:
        name = f"slot-{slot}"
        left = [
            each.pk
            for each in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
            if each.worker_ids and each.worker_ids[-1] == name
        ]
        DBTaskResult.objects.filter(pk__in=left).update(status=TaskResultStatus.READY)
        call_command(
            "db_worker",
            worker_id=name,
            queue_name="*",
            reload=False,
            batch=batch,
            max_tasks=MOST_TASKS,
            verbosity=0,
        )
