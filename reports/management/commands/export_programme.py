"""``manage.py export_programme SLUG``: a programme as a file that loads as an equal one."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from programme.management.base import StoredCommand
from programme.models import Programme
from reports import programme_file


class Command(StoredCommand):
    help = (
        "Writes a programme as a programme file, for load_programme of this portal or of another. "
        "Not in it: the record, issued papers, and accounts other than an example's."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", help="The short word in its address: essex")
        parser.add_argument("file", nargs="?", help="Where to write it; to the screen without one.")
        parser.add_argument(
            "--set-up",
            action="store_true",
            help="Only what another programme could begin with: no dates, people, work or money.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the file; a CommandError says why it was not written."""
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            known = ", ".join(Programme.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(
                f"There is no programme “{options['programme']}”. There are: {known or 'none'}."
            )
        text = programme_file.export(programme, only_set_up=options["set_up"])
        if options["file"] is None:
            self.stdout.write(text, ending="")
            return
        path = Path(options["file"])
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{programme} is written to {path}.")
