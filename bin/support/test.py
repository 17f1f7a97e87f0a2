"""The work behind bin/test: pytest on both databases, then one summary of both."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bin.support import postgres, system

ROOT = Path(__file__).resolve().parents[2]
# Four workers on a large machine: each has its own database and, with luck, half a gigabyte.
PYTEST = ["-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup"]
NOTHING_SELECTED = 5
# Compiled tests are kept whatever the shell says: else each worker of each run compiles them anew.
KEEP_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class SuiteRun:
    """One run of pytest: on which database, its exit status and its own last line."""

    database: str
    status: int
    last_line: str


def run_pytest(database: str, url: str, arguments: list[str]) -> SuiteRun:
    """Run pytest on the database at `url`, showing its output as it comes."""
    print(f"\n>>> {database}", flush=True)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    process = subprocess.Popen(
        [sys.executable, *PYTEST, *colour, *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "PORTAL_ENV": "development"} | KEEP_COMPILED,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    tail = b""
    try:
        while chunk := os.read(process.stdout.fileno(), 65536):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            tail = (tail + chunk)[-4096:]
    except BaseException:
        # Interrupted: pytest has heard of Ctrl-C too, but not of a signal sent to this program.
        process.terminate()
        process.wait()
        raise
    lines = COLOUR.sub("", tail.decode(errors="replace")).strip().splitlines()
    return SuiteRun(database, process.wait(), lines[-1].strip("= ") if lines else "no output")


def not_run() -> list[str]:
    """What this machine cannot run, each with what is missing."""
    reasons = []
    if system.chromium() is None:
        named = os.environ.get("CHROMIUM")
        reasons.append(
            f"browser tests: CHROMIUM names {named}, which is not there"
            if named
            else "browser tests: Chromium is missing"
        )
    if system.java() is None:
        reasons.append("veraPDF tests: Java 11 or newer with its compiler is missing")
    elif not system.jaxb():
        reasons.append("veraPDF tests: the JAXB jars are missing")
    if system.postgres_programs() is None:
        reasons.append("the suite on PostgreSQL: PostgreSQL is missing")
    return reasons


def verdict(runs: list[SuiteRun], reasons: list[str], strict: bool) -> int:
    """The exit status for all: the first failure's; pytest's own 5 if no run selected a test."""
    failed = [run.status for run in runs if run.status not in (0, NOTHING_SELECTED)]
    if failed:
        return failed[0]
    if all(run.status == NOTHING_SELECTED for run in runs):
        return NOTHING_SELECTED
    return 1 if strict and reasons else 0


def stop(number: int, frame: FrameType | None) -> None:
    """A request to end: leave through every `finally`, so that the server is stopped."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    """Both runs and the summary; returns the exit status."""
    signal.signal(signal.SIGTERM, stop)
    reasons = not_run()
    runs = [run_pytest("SQLite", "sqlite://:memory:", arguments)]
    programs = system.postgres_programs()
    if programs is not None:
        try:
            with postgres.throw_away(programs) as url:
                runs.append(run_pytest("PostgreSQL", url, [*arguments, "--database-only"]))
        except postgres.PostgresError as error:
            print(error, file=sys.stderr)
            runs.append(SuiteRun("PostgreSQL", 1, "the throw-away server did not start"))
    print()
    for reason in reasons:
        print(f"NOT RUN  {reason}")
    for run in runs:
        print(f"{run.database:<10} {run.last_line}")
    return verdict(runs, reasons, strict=os.environ.get("CI", "").lower() in {"1", "true", "yes"})


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
