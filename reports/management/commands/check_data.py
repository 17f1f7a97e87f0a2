"""``manage.py check_data``: whether stored data keeps the rules that span several rows, and whether
the record is the one that was written."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError

from programme import record_chain, record_guards
from programme.integrity import sentences
from programme.management.base import StoredCommand
from programme.models import Programme
from reports.integrity import all_breaches


def known_head(text: str) -> str:
    """A number, a colon and a hash."""
    if not re.fullmatch(r"\d{1,18}:[0-9a-f]{0,64}", text):
        raise ArgumentTypeError("it must look like 1234:9f86d081…, as check_data printed it")
    return text


class Command(StoredCommand):
    help = (
        "Checks the rules over several rows in a programme (in all of them when none is named) and "
        "the record of who did what with its guards, prints a sentence for each breach, and exits "
        "with 1 when there is any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", nargs="?", help="The short word in its address: essex")
        parser.add_argument(
            "--head",
            type=known_head,
            help="How the record's chain ended before, as this command printed it: the chain must "
            "still pass through there.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints what is wrong; exits with 1 when anything is."""
        wrong = self._record_is_wrong(options["head"])
        for one in self._programmes(options["programme"]):
            found = sentences(all_breaches(one))
            self.stdout.write(f"{one}:" if found else f"{one}: nothing is wrong.")
            for sentence in found:
                self.stdout.write(f"  {sentence}")
            wrong = wrong or bool(found)
        if wrong:
            sys.exit(1)

    def _record_is_wrong(self, known: str | None) -> bool:
        head = record_chain.head()
        found = [*record_guards.flaws(), *record_chain.flaws(known)]
        self.stdout.write("The record:" if found else "The record: nothing is wrong.")
        for sentence in found:
            self.stdout.write(f"  {sentence}")
        if not found:
            self.stdout.write(f"  Its chain ends with {head}")
        return bool(found)

    def _programmes(self, slug: str | None) -> list[Programme]:
        stored = list(Programme.objects.order_by("slug"))
        chosen = [one for one in stored if slug in (None, one.slug)]
        if slug is not None and not chosen:
            known = ", ".join(one.slug for one in stored) or "none"
            raise CommandError(f"There is no programme “{slug}”. There are: {known}.")
        return chosen
