"""What the portal needs from the operating system, whether it is there, and how to get it.

Runs before the virtual environment exists, so it uses the standard library only.
"""

import ctypes
import glob
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

APT_GET = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
MACOS_LIBRARY_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")
CHROMIUM_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS_CHROMIUM = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
JAR_FOLDER = Path("/usr/share/java")
JAXB_JARS = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
)


@dataclass(frozen=True)
class Need:
    """One thing that must be on the machine.

    `apt` names the packages of Debian and Ubuntu that bring it, `brew` those of Homebrew.
    """

    what: str
    present: Callable[[], bool]
    apt: tuple[str, ...]
    brew: tuple[str, ...]


def library(name: str) -> bool:
    """Whether the shared library `name` can be loaded; no "lib", no version: "pango-1.0"."""
    if sys.platform == "darwin":
        return any(Path(folder, f"lib{name}.0.dylib").exists() for folder in MACOS_LIBRARY_FOLDERS)
    try:
        ctypes.CDLL(f"lib{name}.so.0")
    except OSError:
        return False
    return True


def postgres_programs() -> Path | None:
    """The folder with initdb and postgres (Debian keeps it off the PATH), newest version first."""
    found = shutil.which("initdb")
    candidates = [str(Path(found).resolve())] if found else []
    for pattern in (
        "/usr/lib/postgresql/*/bin/initdb",
        "/opt/homebrew/opt/postgresql*/bin/initdb",
        "/usr/local/opt/postgresql*/bin/initdb",
    ):
        # By length before text, so that version 9 does not come before version 15.
        candidates += sorted(glob.glob(pattern), key=lambda path: (len(path), path), reverse=True)
    for candidate in candidates:
        folder = Path(candidate).parent
        if (folder / "postgres").exists():
            return folder
    return None


def chromium() -> str | None:
    """Path of the browser for the tests: the one named by CHROMIUM, else one on the PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(command) for command in CHROMIUM_COMMANDS)
    return next((path for path in (*found, *MACOS_CHROMIUM) if path and Path(path).exists()), None)


def java() -> str | None:
    """Path of a Java 11 or newer that can compile, as running a source file directly needs."""
    homes = [Path(os.environ["JAVA_HOME"], "bin")] if os.environ.get("JAVA_HOME") else []
    homes += [Path("/opt/homebrew/opt/openjdk/bin"), Path("/usr/local/opt/openjdk/bin")]
    on_path = shutil.which("javac")
    if on_path:
        homes.insert(0, Path(on_path).parent)
    for home in homes:
        command = home / "java"
        if not command.exists() or not (home / "javac").exists():
            continue
        said = subprocess.run([command, "-version"], capture_output=True, text=True, check=False)
        version = said.stderr.split('"')[1] if '"' in said.stderr else "0"
        major = version.split(".")[0].split("-")[0]
        if said.returncode == 0 and major.isdigit() and int(major) >= 11:
            return str(command)
    return None


def jaxb() -> list[Path]:
    """The JAXB runtime that veraPDF needs and Java no longer brings; empty when incomplete."""
    jars = [JAR_FOLDER / f"{name}.jar" for name in JAXB_JARS]
    return jars if all(jar.exists() for jar in jars) else []


TO_RUN = (
    Need(
        "Pango and HarfBuzz, which set the type of a paper",
        lambda: all(map(library, ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset"))),
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0"),
        ("pango",),
    ),
)
TO_TEST = (
    Need("PostgreSQL", lambda: postgres_programs() is not None, ("postgresql",), ("postgresql",)),
    Need("Chromium", lambda: chromium() is not None, ("chromium",), ("chromium",)),
    Need("Java 11", lambda: java() is not None, ("default-jdk-headless",), ("openjdk",)),
    Need(
        "JAXB for veraPDF",
        lambda: bool(jaxb()),
        (
            "libjaxb-java",
            "libjaxb-api-java",
            "libistack-commons-java",
            "libfastinfoset-java",
            "libstax-ex-java",
            "libtxw2-java",
        ),
        (),
    ),
    Need(
        "pdftotext and pdftoppm",
        lambda: all(map(shutil.which, ("pdftotext", "pdftoppm"))),
        ("poppler-utils",),
        ("poppler",),
    ),
)


def missing(needs: Iterable[Need]) -> list[Need]:
    """Those of `needs` that are not on this machine."""
    return [need for need in needs if not need.present()]


def may_install() -> list[str] | None:
    """The prefix with which this user may run apt-get without being asked; None if not at all."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    without_asking = ["sudo", "-n"]
    if shutil.which("sudo") is None:
        return None
    tried = subprocess.run([*without_asking, "true"], capture_output=True, check=False)
    return without_asking if tried.returncode == 0 else None


def install(needs: Iterable[Need]) -> None:
    """Install with apt-get what `needs` name, if this user may; says what it does, never asks."""
    packages = sorted({package for need in needs for package in need.apt})
    prefix = may_install()
    if not packages or prefix is None:
        return

    def apt_get(*arguments: str) -> bool:
        command = [*prefix, *APT_GET, *arguments]
        return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0

    def add(*names: str) -> bool:
        return apt_get("install", "--yes", "--no-install-recommends", *names)

    print(f"Installing {', '.join(packages)} …", flush=True)
    if glob.glob("/var/lib/apt/lists/*_Packages*") and add(*packages):
        return
    # No package lists yet, or lists that name files which the mirror no longer keeps.
    apt_get("update")
    if not add(*packages):
        # One name that this release does not know must not stop the others.
        for package in packages:
            add(package)


def advice(needs: Iterable[Need]) -> str:
    """One command that a person can run to get what is missing, or what to look for."""
    needs = list(needs)
    if platform.system() == "Darwin":
        packages = sorted({package for need in needs for package in need.brew})
        return f"brew install {' '.join(packages)}" if packages else "(not offered by Homebrew)"
    packages = sorted({package for need in needs for package in need.apt})
    if shutil.which("apt-get"):
        return f"sudo apt-get update && sudo apt-get install --yes {' '.join(packages)}"
    return f"install what your system calls {', '.join(packages)} on Debian"
