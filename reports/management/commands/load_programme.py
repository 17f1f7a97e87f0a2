"""``manage.py load_programme FILE``: a whole programme from a programme file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from programme.common.formats import count
from programme.management.base import StoredCommand
from programme.programme_file.yamlfile import YamlError
from reports import programme_file


class Command(StoredCommand):
    help = (
        "Loads a programme from a file, or brings it back to what its file says. Rows that the "
        "file no longer names are taken away, unless people entered or changed them in the portal. "
        "Nothing is loaded when anything in it is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", help="The path of a programme file, or the name of one that comes along."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads the file and says what became of it; a CommandError says why nothing was."""
        path = self._path(options["file"])
        try:
            programme, loading = programme_file.load(path)
        except YamlError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(
            f"{programme} from {path.name}: {count(loading.made, 'row')} made, "
            f"{loading.changed} changed, {loading.unchanged} as they should be."
        )
        for heading, rows in (
            ("Removed, since the file no longer names them:", loading.removed),
            ("Withdrawn, since the file no longer names them:", loading.withdrawn),
            ("Still there and counted, though the file does not name them:", loading.left),
        ):
            if rows:
                self.stdout.write(heading)
                for row in rows:
                    self.stdout.write(f"  {row}")

    def _path(self, name: str) -> Path:
        named = programme_file.FOLDER / f"{name}.yaml"
        path = named if name in programme_file.names() else Path(name)
        if not path.is_file():
            known = ", ".join(programme_file.names())
            raise CommandError(
                f"There is no file “{name}”. Programme files that come along: {known}."
            )
        return path
