"""``manage.py check_data``: whether stored data keeps the rules that span several rows."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import finance.integrity
import programme.integrity
import projects.integrity
import reports.integrity
from programme.integrity import sentences
from programme.models import Programme

APPS = (programme.integrity, projects.integrity, finance.integrity, reports.integrity)


class Command(BaseCommand):
    help = (
        "Checks the rules over several rows in a programme (in all of them when none is named), "
        "prints a sentence for each breach, and exits with 1 when there is any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", nargs="?", help="The short word in its address: essex")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints what is wrong; exits with 1 when anything is."""
        wrong = False
        for one in self._programmes(options["programme"]):
            found = sentences(breach for app in APPS for breach in app.breaches(one))
            self.stdout.write(f"{one}:" if found else f"{one}: nothing is wrong.")
            for sentence in found:
                self.stdout.write(f"  {sentence}")
            wrong = wrong or bool(found)
        if wrong:
            sys.exit(1)

    def _programmes(self, slug: str | None) -> list[Programme]:
        stored = list(Programme.objects.order_by("slug"))
        chosen = [one for one in stored if slug in (None, one.slug)]
        if slug is not None and not chosen:
            known = ", ".join(one.slug for one in stored) or "none"
            raise CommandError(f"There is no programme “{slug}”. There are: {known}.")
        return chosen
