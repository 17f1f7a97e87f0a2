"""Run every benchmark on a database of its own and print what was measured.

Each is a ratio of two things measured in the same run (or a count), so that it means the same on
any machine. Exits 1 when one is over its limit.
"""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "programme.site.settings"
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    django.setup()
    from django.core.management import call_command

    from benchmarks import pages, papers

    call_command("migrate", verbosity=0)
    print(f"{'':55} {'measured':>9} {'limit':>7}")
    kept = True
    for module in (pages, papers):
        for result in module.measure():
            mark = "" if result.kept else "  over its limit"
            print(
                f"{result.name:55} {result.value:9.2f} {result.limit:7.2f}  {result.detail}{mark}",
                flush=True,
            )
            kept = kept and result.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
