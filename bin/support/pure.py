"""Lists the pure modules: those that neither import Django nor anything of ours that does.

bin/lint checks their types strictly. They are found, not listed, so that none is forgotten.
"""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("programme", "projects", "finance", "reports")
DJANGO = ("django", "allauth", "environ", "csp")


def source_of(module: str) -> Path | None:
    """The file of one of our modules by its dotted name; None for anybody else's."""
    if module.split(".")[0] not in APPS:
        return None
    path = ROOT / module.replace(".", "/")
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((candidate for candidate in candidates if candidate.exists()), None)


@cache
def imports(path: Path) -> frozenset[str]:
    """Dotted names that a file imports, at the top or inside functions; also `package.name`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def needed(path: Path) -> set[Path]:
    """The file, and every file of ours that importing it loads."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [source for name in imports(current) if (source := source_of(name))]
            waiting += packages_of(current)
    return found


def packages_of(path: Path) -> list[Path]:
    """The files of the packages that a file stands in: Python runs them before it."""
    above = [parent / "__init__.py" for parent in path.parents if ROOT in parent.parents]
    return [each for each in above if each.exists()]


def is_pure(path: Path) -> bool:
    """Whether the file can be imported, typed and tested without Django."""
    outside = {name.split(".")[0] for source in needed(path) for name in imports(source)}
    return not any(name.startswith(DJANGO) for name in outside)


def pure_modules() -> list[Path]:
    """Files of the four apps that are pure, without the empty ones that only make a package."""
    return [
        path
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if path.stat().st_size and "migrations" not in path.parts and is_pure(path)
    ]


if __name__ == "__main__":
    for module in pure_modules():
        print(module.relative_to(ROOT))
