"""``manage.py paper``: a paper from what is stored, as PDF, HTML or JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from programme.management.base import StoredCommand
from programme.models import Programme, ReportingPeriod
from reports.models import PaperTemplate
from reports.papers import FORMATS, render_paper


class Command(StoredCommand):
    help = "Write a paper, made from what is stored, to a file or to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("template", help="Such as strategic-board or quarterly-scrutiny.")
        parser.add_argument("--programme", required=True, help="Such as essex.")
        parser.add_argument("--period", required=True, help="Such as 2019-03.")
        parser.add_argument("--format", choices=sorted(FORMATS), default="pdf")
        parser.add_argument(
            "--with-restricted",
            action="store_true",
            help="Print the sections that are not public; the paper is then not for publication.",
        )
        parser.add_argument("-o", "--output", help="The file to write; standard output without it.")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            known = Programme.objects.values_list("slug", flat=True)
            raise CommandError(_unknown("programme", options["programme"], known))
        template = (
            PaperTemplate.objects.of(programme)
            .filter(slug=options["template"])
            .select_related("programme", "board")
            .first()
        )
        if template is None:
            known = PaperTemplate.objects.of(programme).values_list("slug", flat=True)
            raise CommandError(_unknown("paper template", options["template"], known))
        period = ReportingPeriod.objects.of(programme).filter(slug=options["period"]).first()
        if period is None:
            known = ReportingPeriod.objects.of(programme).values_list("slug", flat=True)
            raise CommandError(_unknown("reporting period", options["period"], known))

        rendered = render_paper(
            template,
            period,
            options["format"],
            with_restricted=options["with_restricted"],
        )
        if options["output"]:
            target = Path(options["output"])
            try:
                target.write_bytes(rendered.content)
            except OSError as error:
                raise CommandError(f"{target} could not be written: {error.strerror}.") from None
            if options["verbosity"]:
                self.stderr.write(f"{target}: {len(rendered.content):,} bytes")
        else:
            sys.stdout.buffer.write(rendered.content)


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    names = ", ".join(sorted(known))
    if not names:
        return f"There is no {what} “{name}”: none is stored yet."
    return f"There is no {what} “{name}”. There are: {names}."
